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
from language.general import DAYS_KEPT, DAYS_MESSAGE, DEFAULTS, General

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
Forms = tuple[str, ...]
"""A text: one form, or one for each plural form of its language."""


@dataclass(frozen=True)
class _Texts:
    """One language's texts: id → its forms, and which form a number takes (None: no plurals)."""

    forms: Mapping[str, Forms]
    form_of: Callable[[int], int] | None


class Catalogue:
    """All messages in all languages, read once; edited texts lie over the shipped ones.

    General placeholders (language/general.py) are filled in by itself. Threads may speak while
    another lays texts over it.
    """

    def __init__(self, texts: Mapping[str, _Texts], general: General = DEFAULTS) -> None:
        self._texts = texts
        self._general = general
        self._values = general.values()
        self._over: Mapping[tuple[str, str], Forms] = {}
        self._edition = 0

    @classmethod
    def load(cls, folder: Path = FOLDER, general: General = DEFAULTS) -> Self:
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
        return cls({code: _texts(read_file(file)) for code, file in files.items()}, general)

    @property
    def general(self) -> General:
        """What fills the general placeholders."""
        return self._general

    @property
    def edition(self) -> int:
        """How often texts were laid over it: what was made from its texts may have to be redone."""
        return self._edition

    def lay_over(self, edited: Mapping[tuple[str, str], Forms]) -> None:
        """Speak these texts, (language, id) → forms, instead of the shipped ones, until the next.

        They have to be right: `language.edited` checks them.
        """
        self._over = dict(edited)
        self._edition += 1

    def languages(self) -> list[str]:
        """Codes of the languages that have a catalogue, in the order of LANGUAGES."""
        return [code for code in LANGUAGES if code in self._texts]

    def missing(self, language: str) -> list[str]:
        """Ids of English messages that `language` would speak in English, in catalogue order."""
        return [id_ for id_ in self._texts[FALLBACK].forms if self._forms(id_, language) is None]

    def knows(self, message_id: str) -> bool:
        """Whether there is such a message."""
        return message_id in self._texts[FALLBACK].forms

    def speak(self, message_id: str, args: Mapping[str, Value], language: str) -> str:
        """The message in `language`, in English where the language lacks it.

        Raises KeyError with the id for an unknown message, ValueError for an argument not given.
        """
        for code in (language, FALLBACK):
            forms = self._forms(message_id, code)
            if forms is not None:
                form = _form(message_id, forms, self._texts[code].form_of, args)
                return self._filled(message_id, form, args, code)
        raise KeyError(message_id)

    def general_in(self, language: str) -> dict[str, str]:
        """The organisation's values of all general placeholders, as a language says them."""
        days = self.speak(DAYS_MESSAGE, {NUMBER: self._general.keep_days}, language)
        return {**self._values, DAYS_KEPT: days}

    def _forms(self, message_id: str, language: str) -> Forms | None:
        """The text with its plural forms: the edited one, else the shipped one, else None."""
        texts = self._texts.get(language)
        if texts is None:
            return None
        return self._over.get((language, message_id)) or texts.forms.get(message_id)

    def _filled(self, message_id: str, text: str, args: Mapping[str, Value], language: str) -> str:
        def value(found: re.Match[str]) -> str:
            name = found[1]
            if name in args:
                said = str(args[name])
            elif name in self._values:
                said = self._values[name]
            elif name == DAYS_KEPT:
                said = self.speak(DAYS_MESSAGE, {NUMBER: self._general.keep_days}, language)
            else:
                raise ValueError(f"Message {message_id!r} needs the argument {name!r}; give it.")
            return embed(said, language)

        return PLACEHOLDER.sub(value, text)


def read_file(file: Path) -> polib.POFile:
    """The catalogue file as polib reads it; OSError names the file and line when it is broken."""
    return polib.pofile(str(file), encoding="utf-8")


def forms_of(entry: polib.POEntry) -> Forms:
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


def _form(
    message_id: str, forms: Forms, form_of: Callable[[int], int] | None, args: Mapping[str, Value]
) -> str:
    if len(forms) == 1:
        return forms[0]
    number = args.get(NUMBER)
    if not isinstance(number, int):
        raise ValueError(f"Message {message_id!r} has plural forms; give a whole number as 'n'.")
    if form_of is None:
        raise ValueError(f"Message {message_id!r} has plural forms, its catalogue no Plural-Forms.")
    return forms[form_of(number)]
