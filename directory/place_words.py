"""Part of the directory room: a text in words, names in other scripts found, and lists of words.

It must never know whose text it is, and keeps none of it.
"""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from directory.place_index import Sized, plain
from directory.place_scripts import PlaceName, name_at, script_word

_LATIN = r"0-9A-Za-z\u00C0-\u024F\u1E00-\u1EFF"
# Signs that belong to the letter before: vowels of Hindi, marks of Arabic.
_SIGNS = (
    r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957"
    r"\u0962\u0963\u200c\u200d"
)
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
# Chinese puts no spaces: each sign is a word.
_WORD = re.compile(
    rf"[{_LATIN}]+(?:['\u2019][A-Za-z]+)?|[{_HAN}]|(?:[^\W_{_LATIN}{_HAN}])[^\W_{_LATIN}{_HAN}]*"
    rf"(?:[{_SIGNS}]+[^\W_{_LATIN}{_HAN}]*)*"
)

# Vietnamese and French "in": without their accents they would be the Spanish "or" and "to".
_WITH_ACCENT = frozenset({"ở", "à"})


@dataclass(frozen=True)
class Word:
    """A word of a text; `name` is the place that it is the name of in another script."""

    plain: str
    raw: str
    after_comma: bool  # a comma stands between this word and the one before
    ends: bool  # the text or the sentence ends after this word
    name: PlaceName | None = None

    @property
    def sized(self) -> Sized | None:
        """The place of a name in another script."""
        return self.name.sized if self.name is not None else None


def words_of(text: str) -> list[Word]:
    """The text's words; letters of another script end a word, as in "我在Houston".

    A name in another script is one word, and what is written together with it another.
    """
    text = unicodedata.normalize("NFC", text)
    found: list[Word] = []
    for match in _WORD.finditer(text):
        raw, rest = match.group(), text[match.end() :].lstrip(" ")
        found.append(
            Word(
                plain=_word_of(raw),
                raw=raw,
                after_comma=text[: match.start()].rstrip().endswith((",", "，", "、", "،")),
                ends=not rest or rest[0] in ".!?\n;)。！？；।؟",
            )
        )
    return _with_names(found) if any(not _is_latin(word.raw) for word in found) else found


def phrase_before(words: Sequence[Word], key: str) -> int:
    """How many words the longest phrase of a list takes that stands right before; 0 for none.

    A phrase does not reach across a comma or the end of a sentence.
    """
    longest = max(map(len, phrases(key)), default=0)
    for length in range(min(longest, len(words)), 0, -1):
        last = words[-length:]
        whole = not any(word.ends or after.after_comma for word, after in pairwise(last))
        if whole and tuple(word.plain for word in last) in phrases(key):
            return length
    return 0


def phrase_after(words: Sequence[Word], key: str) -> int:
    """The same for the longest phrase right behind; `*` stands for any ending of a word."""
    longest = 0
    for phrase in phrases(key):
        first = words[: len(phrase)]
        whole = len(first) == len(phrase) and not first[0].after_comma
        if whole and all(_fits(word.plain, part) for word, part in zip(first, phrase, strict=True)):
            longest = max(longest, len(phrase))
    return longest


def is_one_of(word: Word, key: str) -> bool:
    """Whether a word is in a list of single words, where `*` stands for any ending."""
    return word.plain in words_for(key) or any(word.plain.startswith(stem) for stem in _stems(key))


@cache
def words_for(key: str) -> frozenset[str]:
    """A list of single words."""
    return frozenset(map(_word, str(lists()[key]).split()))


@cache
def phrases(key: str) -> tuple[tuple[str, ...], ...]:
    """A list of phrases, in words as `words_of` gives them."""
    listed: list[str] = list(lists()[key])
    return tuple(dict.fromkeys(tuple(_split(phrase)) for phrase in listed))


@cache
def _stems(key: str) -> tuple[str, ...]:
    return tuple(word.removesuffix("*") for word in words_for(key) if word.endswith("*"))


def _word_of(raw: str) -> str:
    if raw.casefold() in _WITH_ACCENT:
        return raw.casefold()
    return plain(raw) if _is_latin(raw) else script_word(raw)


def _split(phrase: str) -> list[str]:
    return [
        _word(part)
        for word in phrase.split()
        for part in (list(word) if re.match(f"[{_HAN}]", word) else [word])
    ]


def _word(word: str) -> str:
    return word if _is_latin(word) else script_word(word)


def _fits(word: str, pattern: str) -> bool:
    return word == pattern or (pattern.endswith("*") and word.startswith(pattern[:-1]))


def _is_latin(raw: str) -> bool:
    return re.match(f"[{_LATIN}]", raw) is not None


def _with_names(words: list[Word]) -> list[Word]:
    """The words, where several that are one name are one, and what hangs on it stands alone."""
    found: list[Word] = []
    at = 0
    plains = [word.plain for word in words]
    while at < len(words):
        name = name_at(plains, at)
        if name is None:
            found.append(words[at])
            at += 1
            continue
        parts = words[at : at + name.length]
        if name.before:
            found.append(Word(name.before, name.before, parts[0].after_comma, ends=False))
        found.append(
            Word(
                plain=" ".join(word.plain for word in parts),
                raw=" ".join(word.raw for word in parts),
                after_comma=parts[0].after_comma and not name.before,
                ends=parts[-1].ends and not name.after,
                name=name,
            )
        )
        if name.after:
            found.append(Word(name.after, name.after, after_comma=False, ends=parts[-1].ends))
        at += name.length
    return found


@cache
def lists() -> dict[str, str | list[str]]:
    """Everything in place_words.toml as it stands."""
    path = Path(__file__).with_suffix(".toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
