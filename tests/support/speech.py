"""Recognises messages of the catalogues in rendered texts, in any language."""

import re
from dataclasses import dataclass, field
from functools import cache

from language.catalogue import FOLDER, forms_of, read_file
from language.segments import fold_accents


@cache
def _patterns(message_id: str) -> list[re.Pattern[str]]:
    """What a message may look like: each form in each language, as whole or with letters folded."""
    found = []
    for file in sorted(FOLDER.glob("*.po")):
        for entry in read_file(file):
            if entry.msgid == message_id:
                for form in forms_of(entry):
                    found += [_pattern(form), _pattern(fold_accents(form))]
    assert found, f"no message {message_id!r} in the catalogues"
    return found


def _pattern(form: str) -> re.Pattern[str]:
    parts = re.split(r"\{[a-z0-9_]+\}", form)
    spaced = [re.sub(r"(\\ |\\\n|\s)+", r"\\s+", re.escape(part)) for part in parts]
    return re.compile(".+?".join(spaced), re.DOTALL)


@dataclass
class Speech:
    """Texts that came one after another."""

    texts: list[str] = field(default_factory=list)

    def says(self, message_id: str) -> bool:
        """Whether a message is among them, also when it was split over several texts."""
        whole = " ".join(self.texts)
        return any(pattern.search(whole) for pattern in _patterns(message_id))

    def __contains__(self, words: str) -> bool:
        return words in " ".join(self.texts)
