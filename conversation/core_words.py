"""Recognises what must always work: STOP, HELP, a person, danger, erase, a language by name.

From data (`core_words.toml`, `asked_languages.toml`, `danger.toml`), without engine, model or
network, so that it holds when everything else is down (the fourth of the four ideas; B4, M3, S1,
S2).
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# Scripts that put no spaces between words, or glue endings to them: a phrase may stand anywhere.
UNSPACED = re.compile(r"[぀-ヿ㐀-鿿가-힯؀-ۿऀ-ॿ]")
# A longer text says more than which language it asks for.
ASKING_AT_MOST = 80
# A longer text is about more than erasing.
ERASING_AT_MOST = 120
# What the signs in a phrase of `danger.toml` stand for.
SIGNS = {
    "{": "(?:", "|": "|", "}": ")", "*": r"\w*", "'": " ?", "#": r"[1-9]\d+",
    "…": r" (?:\S+ ){0,8}?",
}  # fmt: skip


class CoreWord(StrEnum):
    """A text that the core answers by itself."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    HUMAN = "human"
    PAUSE = "pause"
    DISCREET = "discreet"
    NORMAL = "normal"
    QUIET = "quiet"
    ERASE = "erase"
    CONFIRM_ERASE = "confirm_erase"
    YES = "yes"
    NO = "no"


class Danger(StrEnum):
    """Why a person must be alerted now; danger is the more urgent of the two."""

    DANGER = "danger"
    SELF_HARM = "self_harm"


def fold(text: str) -> str:
    """Lower case, without accents, apostrophes or marks, single spaces: what people type varies."""
    text = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    text = "".join(char for char in text if not unicodedata.combining(char) or _is_vowel(char))
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"['’`´]", "", text)
    return " ".join(re.sub(r"[^\w\s\u0900-\u097f]|_", " ", text).split())


def _is_vowel(mark: str) -> bool:
    """Marks of Indic scripts are vowels and are kept; those on Latin letters are accents."""
    return unicodedata.name(mark, "").startswith("DEVANAGARI")


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def _words() -> dict[CoreWord, frozenset[str]]:
    data = _read("core_words")
    return {
        word: frozenset(fold(entry) for entry in data[word.value]["words"]) for word in CoreWord
    }


@cache
def _languages() -> dict[str, str]:
    data = _read("core_words")
    return {fold(name): code for code, names in data["languages"].items() for name in names}


def is_word(text: str, word: CoreWord) -> bool:
    """Whether a text is exactly one of the spellings of a core word, in any language."""
    return fold(text) in _words()[word]


def carrier_answers(text: str) -> bool:
    """Whether a word of STOP is one that the carrier knows and answers by itself (M3)."""
    return is_word(text, CoreWord.STOP) and fold(text) not in _stops_of_ours()


@cache
def _stops_of_ours() -> frozenset[str]:
    return frozenset(map(fold, _read("core_words")["stop"]["ours"]))


def wants_erase(text: str) -> bool:
    """Whether a text asks to have this chat erased, and nothing else: "ok now wipe all this".

    A question must follow: the word alone erases nothing.
    """
    if is_word(text, CoreWord.ERASE) or is_word(text, CoreWord.CONFIRM_ERASE):
        return True
    text = fold(text)
    if len(text) > ERASING_AT_MOST:
        return False
    glued = UNSPACED.search(text) is not None
    return any(verb.search(text) and _made_of(words, text, glued) for verb, words in _erasing())


def agrees_to_erase(text: str) -> bool:
    """Whether a text is a yes to an erase, in any words: "yeah do it". It erases nothing (C6)."""
    text = fold(text)
    return bool(text) and _made_of(_agreeing(), text, UNSPACED.search(text) is not None)


@cache
def _agreeing() -> frozenset[str]:
    return _words()[CoreWord.YES] | frozenset(map(fold, _read("core_words")["erase_yes"]["words"]))


@cache
def _erasing() -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    """For each language: a verb of erasing, and all the words that may stand in such a wish."""
    return tuple(
        (
            re.compile("|".join(map(_pattern, row["verbs"]))),
            frozenset(map(fold, [*row["verbs"], *row["around"]])),
        )
        for row in _read("core_words")["erase_wish"].values()
    )


def language_named(text: str) -> str | None:
    """The code of the language that a text asks for by its name, if it does nothing else.

    "english", or "can we speak english please": one name, and around it only the words of one row
    of `asked_languages.toml`; "english classes" and "i dont speak english" hold others.
    """
    text = fold(text)
    if text in _languages() or len(text) > ASKING_AT_MOST:
        return _languages().get(text)
    glued = UNSPACED.search(text) is not None
    for name, code in _names_in_a_sentence().items():
        for found in re.finditer(re.escape(name) if glued else rf"\b{re.escape(name)}\b", text):
            before, after = text[: found.start()].strip(), text[found.end() :].strip()
            for words in _asking() if before or after else ():
                if _made_of(words, before, glued) and _made_of(words, after, glued):
                    return code
    return None


def language_wished(text: str, spoken: str | None) -> str | None:
    """The language that a text asks us for, in a talk in the `spoken` one.

    "hablan español" in a talk that is in Spanish asks about the places that were listed.
    """
    named = language_named(text)
    return None if named == spoken and asks_of_others(text) else named


def asks_of_others(text: str) -> bool:
    """Whether a text asks which language others speak: "hablan español"."""
    begins = _read("asked_languages")["others"]["begins"]
    return f"{fold(text)} ".startswith(tuple(f"{fold(word)} " for word in begins))


def unknown_language_asked_for(text: str) -> bool:
    """Whether a text asks for a language that we neither read nor write: "i need help in somali".

    In a question for a place or a lawyer it is a wish for the directory: "somali speaking lawyer".
    """
    text = fold(text)
    if len(text) > ASKING_AT_MOST or text in _never_alone():
        return False
    return _unknown_asked_for().fullmatch(text) is not None


@cache
def _never_alone() -> frozenset[str]:
    data = tomllib.loads((HERE / "asked_languages.toml").read_text(encoding="utf-8"))["unknown"]
    return frozenset(map(fold, data["never_alone"]))


@cache
def _unknown_asked_for() -> re.Pattern[str]:
    """An unknown language by its name, among words that only ask for it."""
    data = tomllib.loads((HERE / "asked_languages.toml").read_text(encoding="utf-8"))["unknown"]
    names = "|".join(re.escape(fold(name)) for name in data["names"])
    rows = [_words_of(words) for words in data["asking"].values()]
    rows_of_words = (rf"(?:(?:{words}) )*(?:{names})(?: (?:{words}))*" for words in rows)
    return re.compile("|".join(rows_of_words))


def _words_of(words: list[str]) -> str:
    return "|".join(re.escape(fold(word)) for word in sorted(words, key=len, reverse=True))


def _made_of(words: frozenset[str], text: str, glued: bool) -> bool:
    """Whether a text is nothing but these words; `glued`: they need no spaces between them."""
    starts = {0}
    for start in range(len(text)):
        for word in words if start in starts else ():
            end = start + len(word)
            if text.startswith(word, start):
                if text[end : end + 1] == " ":
                    starts.add(end + 1)
                elif glued or end == len(text):
                    starts.add(end)
    return len(text) in starts


@cache
def _names_in_a_sentence() -> dict[str, str]:
    data = tomllib.loads((HERE / "asked_languages.toml").read_text(encoding="utf-8"))
    more = {fold(name): code for code, names in data["names"].items() for name in names}
    # Tagalog "hindi" is a no: "hindi po" asks for nothing.
    nos = _words()[CoreWord.NO]
    return {name: code for name, code in (_languages() | more).items() if name not in nos}


@cache
def _asking() -> tuple[frozenset[str], ...]:
    data = tomllib.loads((HERE / "asked_languages.toml").read_text(encoding="utf-8"))
    return tuple(frozenset(map(fold, words)) for words in data["asking"].values())


@cache
def _phrases_of(section: str, file: str = "danger.toml") -> dict[str, re.Pattern[str]]:
    """Language → the phrases of a section of such a file."""
    data = tomllib.loads((HERE / file).read_text(encoding="utf-8"))
    return {
        language: re.compile("|".join(map(_pattern, phrases)))
        for language, phrases in data[section].items()
    }


@cache
def _spelled() -> re.Pattern[str]:
    """Words that look like a phrase of danger only once their accents are folded."""
    data = tomllib.loads((HERE / "danger.toml").read_text(encoding="utf-8"))
    words = (unicodedata.normalize("NFC", word) for word in data["not_when"]["spelled"])
    return re.compile("|".join(rf"\b{re.escape(word)}\b" for word in words))


@cache
def _contexts() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads((HERE / "danger.toml").read_text(encoding="utf-8"))
    return {
        name: re.compile("|".join(_pattern(phrase) for phrase in phrases))
        for name, phrases in data["not_when"].items()
    }


def _is_told(sentence: str) -> bool:
    """Whether a sentence tells a film's plot, or of a past that is over."""
    contexts = _contexts()
    if contexts["story"].search(sentence):
        return True
    return bool(contexts["past"].search(sentence)) and not contexts["now"].search(sentence)


def _lasts(sentence: str) -> bool:
    contexts = _contexts()
    return bool(contexts["lasting"].search(sentence)) and not contexts["now"].search(sentence)


def _pattern(phrase: str) -> str:
    """The regular expression of a phrase in `danger.toml`, whose head says how one is written."""
    phrase = phrase.replace(" ... ", "…")
    body = "".join(map(_piece, re.findall(r"[{|}*'#…]|[^{|}*'#…]+", phrase)))
    if UNSPACED.search(phrase):
        return body
    return rf"\b{body}" if phrase.endswith("*") else rf"\b{body}\b"


def _piece(piece: str) -> str:
    """A sign with a meaning of its own, or plain words with the spaces around them."""
    if piece in SIGNS:
        return SIGNS[piece]
    words = f"{' ' * piece.startswith(' ')}{fold(piece)}{' ' * piece.endswith(' ')}"
    return re.escape(words if piece.strip() else " ")


@dataclass(frozen=True)
class Alarm:
    """A phrase of danger that stands in a text, and the language it is in.

    `about` is what makes its answer another one: "harm_done" (they have taken or cut already) and
    "medical", where minutes count; "danger_other" and "self_harm_other" (it is somebody else);
    "call_for_us" (we are asked to call); and what `After` says once an alarm has been answered.
    """

    kind: Danger
    language: str
    about: str | None = None


class After(StrEnum):
    """What a text says once an alarm has been answered, and only then (`after_alarm.toml`)."""

    TAKEN = "taken"
    SYMPTOM = "symptom"
    HELP_COMING = "help_coming"
    CANNOT_CALL = "cannot_call"
    NO_ENGLISH = "no_english"
    WORSE = "worse"


HARM_DONE, MEDICAL, OTHER, CALL_FOR_US = "harm_done", "medical", "danger_other", "call_for_us"
OTHERS_SELF_HARM = "self_harm_other"
MINUTES_COUNT = frozenset({HARM_DONE, MEDICAL})


def alarm_in(text: str) -> Alarm | None:
    """The more urgent of danger and self-harm that a text's phrases show, sentence by sentence."""
    text = _spelled().sub(" ", unicodedata.normalize("NFC", text.casefold()))
    sentences = [fold(part) for part in re.split(r"[.!?;\n。！？]+", text)]
    told = [part for part in sentences if part and not _is_told(part)]
    # "can you call 911 for me" is no turn of speech, "will you call 911" may be fear of it.
    call = _language_in(told, CALL_FOR_US, "after_alarm.toml")
    sentences = [_contexts()["idioms"].sub(" ", part) for part in told]
    about: dict[str, str] = {}
    for section in (HARM_DONE, MEDICAL, OTHER):
        # An ache that comes and goes is no emergency.
        heard = [one for one in sentences if section != MEDICAL or not _lasts(one)]
        if (found := _language_in(heard, section)) is not None:
            about[section] = found
            # What bleeds because of it is no danger from somebody else.
            pattern = _phrases_of(section)[found]
            sentences = [pattern.sub(" ", sentence) for sentence in sentences]
    which = next((section for section in about if section in MINUTES_COUNT), None)
    language = _language_in(sentences, Danger.DANGER)
    if language is not None:
        return Alarm(Danger.DANGER, language, which or (CALL_FOR_US if call else None))
    if HARM_DONE in about:
        return Alarm(Danger.SELF_HARM, about[HARM_DONE], HARM_DONE)
    for section in (MEDICAL, OTHER):
        if section in about:
            return Alarm(Danger.DANGER, about[section], section)
    if call is not None:
        return Alarm(Danger.DANGER, call, CALL_FOR_US)
    other = _language_in(sentences, OTHERS_SELF_HARM)
    if other is not None:
        # "my friend wants to die and i want to die too" is theirs.
        pattern = _phrases_of(OTHERS_SELF_HARM)[other]
        sentences = [pattern.sub(" ", sentence) for sentence in sentences]
    language = _language_in(sentences, Danger.SELF_HARM)
    if language is None and other is not None:
        return Alarm(Danger.SELF_HARM, other, OTHERS_SELF_HARM)
    return Alarm(Danger.SELF_HARM, language) if language is not None else None


def after_in(text: str) -> tuple[After, ...]:
    """What a text says after an alarm that has been answered; before one it says nothing sure."""
    sentences = [fold(part) for part in re.split(r"[.!?;\n。！？]+", text)]
    return tuple(
        what for what in After if _language_in(sentences, what, "after_alarm.toml") is not None
    )


def _language_in(sentences: list[str], section: str, file: str = "danger.toml") -> str | None:
    """The language of the first phrase of a section that stands in one of the sentences."""
    for language, pattern in _phrases_of(section, file).items():
        if any(pattern.search(sentence) for sentence in sentences):
            return language
    return None


def danger_in(text: str) -> Danger | None:
    """As `alarm_in`, without the language."""
    alarm = alarm_in(text)
    return alarm.kind if alarm else None
