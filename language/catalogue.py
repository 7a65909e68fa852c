"""Part of the language room: the messages Waymark speaks, one gettext catalogue a language.

It must never know when or to whom a message is said.
"""

import gettext
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import polib

from language import LANGUAGES

FOLDER = Path(__file__).parent / "catalogues"
FALLBACK = "en"
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
NUMBER = "n"
"""The argument that chooses between plural forms."""
DISCREET = "_discreet"
"""Ends the id of a message's variant that names no service, for whoever may look at the phone."""

_LEFT_TO_RIGHT_MARK = "\u200e"
_PLURAL_RULE = re.compile(r"plural\s*=\s*([^;]+)")

Value = str | int | float


@dataclass(frozen=True)
class _Texts:
    """One language's texts: id → its forms, and which form a number takes (None: no plurals)."""

    forms: Mapping[str, tuple[str, ...]]
    form_of: Callable[[int], int] | None


class Catalogue:
    """All messages in all languages, read once."""

    def __init__(self, texts: Mapping[str, _Texts]) -> None:
        self._texts = texts

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Self:
        """Reads every `<code>.po` in `folder`.

        Raises FileNotFoundError without an English catalogue (what a language lacks is spoken in
        English), ValueError for a file that is none of our languages, OSError for a broken file.
        """
        files = {file.stem: file for file in sorted(folder.glob("*.po"))}
        if FALLBACK not in files:
            raise FileNotFoundError(
                f"{folder} holds no {FALLBACK}.po; give the catalogues' folder."
            )
        for code, file in files.items():
            if code not in LANGUAGES:
                raise ValueError(
                    f"{file}: {code!r} is not in LANGUAGES; add it or rename the file."
                )
        return cls({code: _texts(read_file(file)) for code, file in files.items()})

    def languages(self) -> list[str]:
        """Codes of the languages that have a catalogue, in the order of LANGUAGES."""
        return [code for code in LANGUAGES if code in self._texts]

    def missing(self, language: str) -> list[str]:
        """Ids of English messages that `language` would speak in English, in catalogue order."""
        texts = self._texts.get(language)
        return [
            id_ for id_ in self._texts[FALLBACK].forms if texts is None or id_ not in texts.forms
        ]

    def knows(self, message_id: str) -> bool:
        """Whether there is such a message."""
        return message_id in self._texts[FALLBACK].forms

    def speak(self, message_id: str, args: Mapping[str, Value], language: str) -> str:
        """The message in `language`, in English where the language lacks it.

        Raises KeyError with the id for an unknown message, ValueError for an argument not given.
        """
        for code in (language, FALLBACK):
            texts = self._texts.get(code)
            if texts is not None and message_id in texts.forms:
                return _filled(message_id, _form(message_id, texts, args), args, code)
        raise KeyError(message_id)


def read_file(file: Path) -> polib.POFile:
    """The catalogue file as polib reads it; OSError names the file and line when it is broken."""
    return polib.pofile(str(file), encoding="utf-8")


def forms_of(entry: polib.POEntry) -> tuple[str, ...]:
    """The entry's text, or its plural forms in order; an empty tuple when it is not translated."""
    forms = (
        tuple(entry.msgstr_plural[index] for index in sorted(entry.msgstr_plural))
        if entry.msgid_plural
        else (entry.msgstr,)
    )
    return forms if all(forms) else ()


def plural_rule(file: polib.POFile) -> Callable[[int], int] | None:
    """Which form a number takes, from the header `Plural-Forms`; None when there is no such line.

    Raises ValueError for a rule that is no rule.
    """
    found = _PLURAL_RULE.search(file.metadata.get("Plural-Forms", "").partition(";")[2])
    return gettext.c2py(found[1].strip()) if found else None


def embed(text: str, language: str) -> str:
    """`text` safe to put into a sentence of `language`.

    Without a mark on both sides, phones show 1-888-373-7888 inside Arabic with its parts reversed.
    """
    info = LANGUAGES.get(language)
    if info is None or info.direction == "ltr" or text.isalnum() or len(text) < 2:
        return text
    if text.startswith(_LEFT_TO_RIGHT_MARK):
        return text
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
        return text
    return f"{_LEFT_TO_RIGHT_MARK}{text}{_LEFT_TO_RIGHT_MARK}"


def _texts(file: polib.POFile) -> _Texts:
    spoken = (entry for entry in file if not entry.obsolete and not entry.fuzzy)
    forms = {entry.msgid: forms_of(entry) for entry in spoken}
    return _Texts({id_: form for id_, form in forms.items() if form}, plural_rule(file))


def _form(message_id: str, texts: _Texts, args: Mapping[str, Value]) -> str:
    forms = texts.forms[message_id]
    if len(forms) == 1:
        return forms[0]
    number = args.get(NUMBER)
    if not isinstance(number, int):
        raise ValueError(f"Message {message_id!r} has plural forms; give a whole number as 'n'.")
    if texts.form_of is None:
        raise ValueError(f"Message {message_id!r} has plural forms, its catalogue no Plural-Forms.")
    return forms[texts.form_of(number)]


def _filled(message_id: str, text: str, args: Mapping[str, Value], language: str) -> str:
    def value(found: re.Match[str]) -> str:
        if found[1] not in args:
            raise ValueError(f"Message {message_id!r} needs the argument {found[1]!r}; give it.")
        return embed(str(args[found[1]]), language)

    return PLACEHOLDER.sub(value, text)
