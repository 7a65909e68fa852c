"""Recognises messages of the catalogues in rendered texts, in any language or in one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from language.catalogue import FOLDER, forms_of, read_file
from language.segments import fold_accents


@cache
def _forms(file: Path) -> dict[str, tuple[str, ...]]:
    """The forms of every message of a catalogue."""
    return {entry.msgid: tuple(forms_of(entry)) for entry in read_file(file)}


@cache
def _patterns(message_id: str, language: str) -> list[re.Pattern[str]]:
    """What a message may look like: each form in a language, as whole or with letters folded."""
    found = list(_all_patterns(message_id, language))
    assert found, f"no message {message_id!r} in the catalogues"
    return found


def _all_patterns(wanted: str, language: str) -> Iterator[re.Pattern[str]]:
    for file in sorted(FOLDER.glob(f"{language}.po")):
        for message_id, forms in _forms(file).items():
            if fnmatchcase(message_id, wanted):
                for form in forms:
                    yield _pattern(form)
                    yield _pattern(fold_accents(form))


def _pattern(form: str) -> re.Pattern[str]:
    parts = re.split(r"\{[a-z0-9_]+\}", form)
    assert any(part.strip() for part in parts), "a message of placeholders only fits every text"
    spaced = [re.sub(r"(\\ |\\\n|\s)+", r"\\s+", re.escape(part)) for part in parts]
    return re.compile(".+?".join(spaced), re.DOTALL)


@dataclass
class Speech:
    """Texts that came one after another."""

    texts: list[str] = field(default_factory=list)

    def says(self, message_id: str, language: str = "*") -> bool:
        """Whether a message is among them, also when it was split over several texts.

        Patterns such as `ask_place*` stand for every id that fits.
        """
        whole = " ".join(self.texts)
        return any(pattern.search(whole) for pattern in _patterns(message_id, language))

    def __contains__(self, words: str) -> bool:
        return words in " ".join(self.texts)
