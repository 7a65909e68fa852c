"""Part of the language room: the catalogues as they ship, message by message, with their notes.

It must never change a file; texts that an organisation writes lie over it (decision 11).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import polib

from language import LANGUAGES
from language.catalogue import FALLBACK, FOLDER, Forms, forms_of, read_file
from language.general import DAYS_KEPT, DAYS_MESSAGE, EXAMPLES
from language.notes import Notes
from language.proofreading import REVIEW, placeholders, plural_count, wrong_with

DRAFTED = "drafted"


@dataclass(frozen=True)
class Shipped:
    """The entries of every language, by id, and how many plural forms each language has."""

    entries: Mapping[str, Mapping[str, polib.POEntry]]
    plural_forms: Mapping[str, int]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Self:
        """Read the folder. Raises OSError for a broken file, ValueError for a bad plural rule."""
        files = {
            file.stem: read_file(file)
            for file in sorted(folder.glob("*.po"))
            if file.stem in LANGUAGES
        }
        return cls(
            {
                code: {entry.msgid: entry for entry in file if not entry.obsolete}
                for code, file in files.items()
            },
            {code: plural_count(file) for code, file in files.items()},
        )

    def languages(self) -> list[str]:
        """Codes of the languages with a catalogue, in the order of LANGUAGES."""
        return [code for code in LANGUAGES if code in self.entries]

    def ids(self) -> list[str]:
        """Every message's id, in the order of en.po."""
        return list(self.entries[FALLBACK])

    def knows(self, message_id: str) -> bool:
        """Whether there is such a message."""
        return message_id in self.entries[FALLBACK]

    def notes(self, message_id: str) -> Notes:
        """What en.po says of the message."""
        return Notes.of(self.entries[FALLBACK][message_id])

    def forms(self, message_id: str, language: str) -> Forms:
        """The shipped text; empty where the language lacks it."""
        entry = self.entries.get(language, {}).get(message_id)
        return forms_of(entry) if entry is not None and not entry.fuzzy else ()

    def review(self, message_id: str, language: str) -> str:
        """Who has read the text: "drafted", or "reviewed by NAME on DATE"."""
        entry = self.entries.get(language, {}).get(message_id)
        for line in entry.tcomment.splitlines() if entry is not None else ():
            if REVIEW.fullmatch(line.strip()):
                return line.strip().removeprefix("review: ")
        return DRAFTED

    def wrong_with(
        self,
        message_id: str,
        language: str,
        forms: Forms,
        general: Mapping[str, str] | None = None,
    ) -> list[str]:
        """What is wrong with a text that is to lie over the shipped one; `general` as there."""
        if not self.knows(message_id):
            return ["there is no message of this id."]
        if language not in self.entries:
            return [f"there is no catalogue in {language!r} for it to lie over."]
        if not all(forms):
            return ["is empty; a text that is not wanted any more is reset."]
        found = wrong_with(
            language,
            forms,
            self.entries[FALLBACK][message_id],
            self.plural_forms[language],
            general,
        )
        if DAYS_KEPT in placeholders(forms) and not self.forms(DAYS_MESSAGE, language):
            found.append(f"{{{DAYS_KEPT}}} is said with {DAYS_MESSAGE!r}, which is missing here.")
        return found

    def can_speak(self, message_id: str, language: str, forms: Forms) -> bool:
        """Whether a text could be said at all: known, whole, and asking for nothing unknown."""
        if not self.knows(message_id) or language not in self.entries or not all(forms):
            return False
        original = self.entries[FALLBACK][message_id]
        count = self.plural_forms[language] if original.msgid_plural else 1
        known = placeholders(forms_of(original)) | EXAMPLES.keys()
        return len(forms) == count and placeholders(forms) <= known
