"""Part of the language room: what the `#.` lines of a message in en.po say of it.

It must never look at a text in another language than the message's own entry.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import polib

from language.catalogue import NUMBER, PLACEHOLDER
from language.general import EXAMPLES

SEGMENTS_ALLOWED = 2  # M2, where a message does not say otherwise
_TYPICAL = "x" * 20  # what an argument without an example is counted as
_TYPICAL_NUMBER = "12"
_PAIRS = re.compile(r",\s*(?=[a-z][a-z0-9_]*=)")


@dataclass(frozen=True)
class Notes:
    """The note for translators, the segments allowed as written, and examples of arguments."""

    note: str
    sms: str
    examples: dict[str, str]

    @classmethod
    def of(cls, entry: polib.POEntry) -> Self:
        """Read the comment of an entry of en.po."""
        words, sms, examples = [], str(SEGMENTS_ALLOWED), ""
        for line in entry.comment.splitlines():
            key, _, value = line.partition(":")
            if key == "sms":
                sms = value.strip()
            elif key == "example":
                examples = value.strip()
            else:
                words.append(line)
        pairs = (pair.partition("=") for pair in _PAIRS.split(examples) if pair)
        return cls(" ".join(words).strip(), sms, {name: value for name, _, value in pairs})

    @property
    def allowed(self) -> int | None:
        """Segments allowed in GSM-7; None when the line is no number of segments."""
        return int(self.sms) if self.sms.isdecimal() and int(self.sms) >= 1 else None

    def example(self, text: str, general: Mapping[str, str] | None = None) -> str:
        """`text` with an example in each placeholder; `general` replaces the general ones."""
        values = {**EXAMPLES, **(general or {}), **self.examples}

        def value(found: re.Match[str]) -> str:
            return values.get(found[1], _TYPICAL_NUMBER if found[1] == NUMBER else _TYPICAL)

        return PLACEHOLDER.sub(value, text)
