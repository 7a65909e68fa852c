"""Part of the bot's actions: reads short answers by their exact words. Must never guess.

"y", "dos" or "the 2nd one" teach a classifier little, so they are looked up; whatever is longer or
other than these tables is left to the understanding.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from conversation.core_words import UNSPACED

MOST_WORDS = 8
"""A longer text is no number to choose with: "2 kids and me in a car since monday"."""


class Answer(StrEnum):
    """What a short answer says."""

    YES = "yes"
    NO = "no"
    SKIP = "skip"
    WEAK = "weak"  # "ok", "maybe": an answer to small questions, never a consent (C6)
    BACK = "back"
    MORE = "more"
    SAFE_NOW = "safe_now"  # "he left": a yes to "is it safe", and to nothing else
    NEVER_MIND = "never_mind"  # a no, and in line for an advocate the way out


def plain(text: str) -> str:
    """Lower case, single spaces, no accents on Latin letters, no marks: what people type varies."""
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(char for char in text if not "\u0300" <= char <= "\u036f")
    text = unicodedata.normalize("NFC", re.sub(r"['’`´]", "", text))
    kept = (c if unicodedata.category(c)[0] in "LNM" else " " for c in text)
    return " ".join("".join(kept).split())


_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_ANSWERS = {plain(word): answer for answer in Answer for word in _DATA[answer.value]}
_NUMBERS = {plain(word): int(value) for value, words in _DATA["numbers"].items() for word in words}
_ORDINALS = re.compile(
    "|".join(
        rf"(?<!\d){re.escape(word)}(?![次天])"
        if re.search(r"[\u3040-\u9fff\uac00-\ud7af]", word)
        else rf"(?<!\w){re.escape(word)}(?!\w)"
        for word in sorted(_NUMBERS, key=len, reverse=True)
        if " " in word or (len(word) > 1 and re.search(r"[\u3040-\u9fff\uac00-\ud7af]", word))
    )
)
"""Numbers of several words, and in scripts whose words hang together ("告诉我第一个")."""
_AROUND = frozenset(_DATA["around"]["words"])
_FILLERS = frozenset(_DATA["around"]["fillers"])
_INSTEAD = sorted(
    (
        word if UNSPACED.search(word) else f"{word} "
        for word in map(plain, _DATA["instead"]["begins"])
    ),
    key=len,
    reverse=True,
)
_LEAVING = {key: frozenset(map(plain, words)) for key, words in _DATA["leaving"].items()}
_NOT_SAFE = tuple(f"{plain(word)} " for word in _DATA["not_safe"]["begins"])
_SAFE = sorted(map(plain, _DATA["safe"]["begins"]), key=len, reverse=True)
_NO_YES = {key: tuple(map(plain, _DATA["safe"][key])) for key in ("but", "if", "asks", "may_ask")}
_LEAVE = {word for word, answer in _ANSWERS.items() if answer is Answer.NEVER_MIND}
_LONGEST = max(len(words.split()) for words in _LEAVE)
_BESIDES = frozenset(plain(word) for word in _DATA["instead"]["besides"])


@dataclass(frozen=True)
class Short:
    """A short text's exact meaning: an answer, or the numbers it names in their order."""

    answer: Answer | None = None
    numbers: tuple[int, ...] = ()
    bare: bool = False  # nothing stands around the numbers: "2", not "tell me about 2"


def read_short(text: str) -> Short:
    """What a short text says exactly; an empty Short for anything else."""
    words = plain(text)
    answer = _ANSWERS.get(words)
    if answer is not None:
        return Short(answer=answer)
    # "yes yes", "no no no"
    parts = set(words.split())
    if len(parts) == 1 and parts.issubset(_ANSWERS):
        return Short(answer=_ANSWERS[parts.pop()])
    numbers, bare = _numbers(_apart(words))
    first, _, rest = words.partition(" ")
    if not numbers and _ANSWERS.get(first) is Answer.YES:
        # "yes 3" chooses the third, and says yes to nothing else (C6).
        numbers, bare = _numbers(_apart(rest))[0], False
    return Short(numbers=numbers, bare=bare)


def begins_with(answer: Answer, text: str) -> bool:
    """Whether the first word of a text is one of an answer's words: "yes go ahead"."""
    return _ANSWERS.get(plain(text).partition(" ")[0]) is answer


def begins_safe(text: str) -> bool:
    """Whether a text begins as a yes to "is it safe to text", also with a reason behind it (S6)."""
    words = plain(text)
    first = next((one for one in _SAFE if _begins(words, one)), None)
    if first is None:
        return False
    rest = words.removeprefix(first).strip()
    sentence = re.split(r"[.!,;\n。！，]", text.strip())[0]
    if is_question(sentence) and len(plain(sentence).split()) <= len(first.split()) + 2:
        # "yes?" asks back.
        return False
    marked = re.match(r"\s*s[i\u00ed]+\s*[,.!\n]|\s*s\u00ed\b", text, re.IGNORECASE)
    unless = [*_NO_YES["but"], *(_NO_YES["asks"] if first in _NO_YES["may_ask"] else ())]
    unless += _NO_YES["if"] if first == "si" and not marked else ()
    return not any(_begins(rest, one) for one in unless)


def _begins(words: str, begin: str) -> bool:
    """Whether words begin so; where none are put between them, a letter may follow at once."""
    glued = "\u3400" <= begin[0] <= "\u9fff"
    return f"{words} ".startswith(begin if glued else f"{begin} ")


def begins_unsafe(text: str) -> bool:
    """Whether a text begins as "it is not safe" does: "not safe now text me at 9" (S7)."""
    return f"{plain(text)} ".startswith(_NOT_SAFE)


def instead(text: str) -> str | None:
    """What stands behind words that take back what was said before: "dallas" of "no i mean dallas".

    None when a text does not begin with them, or adds rather than replaces ("actually food too").
    """
    words = plain(text)
    if _BESIDES & set(words.split()):
        return None
    rest = words
    if re.match(r"\s*no\s*[,.;]", text, re.IGNORECASE):
        rest = words.removeprefix("no ")
    while found := next((begin for begin in _INSTEAD if rest.startswith(begin)), None):
        rest = rest.removeprefix(found)
    return rest if rest != words else None


def leaves(text: str) -> bool:
    """Whether somebody in line says to be taken out of it: "nvm take me out please" (C4)."""
    return _takes_out(plain(text)) or all_leave(text)


def begins_to_leave(text: str) -> bool:
    """Whether a text begins so: "nvm im good"; with a need in it, it may be about the need."""
    return any(f"{plain(text)} ".startswith(f"{begin} ") for begin in _LEAVING["begins"])


def _takes_out(words: str) -> bool:
    """Whether it is said outright, wherever in the text, and not said not to."""
    befores = [words.partition(said)[0].rstrip() for said in _LEAVING["anywhere"] if said in words]
    unless = tuple(f" {word}" for word in _LEAVING["unless"])
    return any(not f" {before}".endswith(unless) for before in befores)


def all_leave(text: str, more: frozenset[str] = frozenset()) -> bool:
    """Whether the words fall apart into phrases of leaving, one of them clear, and fillers.

    `more` are further clear phrases.
    """
    words = plain(text).split()
    clearly = _LEAVE | more
    # At each place: None where no phrases end, else whether a clear one is among them.
    ends: list[bool | None] = [False, *([None] * len(words))]
    for start in range(len(words)):
        clear = ends[start]
        if clear is None:
            continue
        for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
            phrase = " ".join(words[start:end])
            if phrase in clearly:
                ends[end] = True
            elif phrase in _LEAVING["beside"] | _LEAVING["fillers"]:
                ends[end] = ends[end] or clear
    return bool(ends[-1])


def is_question(text: str) -> bool:
    """Whether a text asks back: "ok?" is no consent (C6)."""
    return any(mark in text for mark in "?¿؟？")


def numbers_inside(text: str) -> tuple[int, ...]:
    """Every number in a longer text: "whats the first one". Only where a number is asked about."""
    found = [_value(word) for word in _apart(plain(text)) if word not in _FILLERS]
    return tuple(dict.fromkeys(value for value in found if value is not None))


def _apart(words: str) -> list[str]:
    """The words, each number that is several of them, or a part of one, by itself as figures."""
    return _ORDINALS.sub(lambda match: f" {_NUMBERS[match[0]]} ", words).split()


def _numbers(words: list[str]) -> tuple[tuple[int, ...], bool]:
    """The numbers, and whether nothing else stands around them; none when other words do."""
    if not 0 < len(words) <= MOST_WORDS:
        return (), False
    found: list[tuple[str, int]] = []
    for word in words:
        value = _value(word)
        if value is not None:
            found.append((word, value))
        elif word not in _AROUND:
            return (), False
    plainly = [value for word, value in found if word not in _FILLERS]
    chosen = tuple(dict.fromkeys(plainly or [value for _, value in found]))
    return chosen, bool(chosen) and len(found) == len(words)


def _value(word: str) -> int | None:
    if word.isdecimal() and len(word) <= 2:
        return int(word)
    return _NUMBERS.get(word)
