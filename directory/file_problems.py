"""Part of the directory room: what is wrong with a file, said so that a person can mend it.

It must never repeat a confidential address, not even to say what is wrong with it (D9).
"""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What follows from a problem."""

    REFUSED = "refused"  # nothing of the whole import is taken
    QUARANTINED = "quarantined"  # taken, but not shown until it is mended (D10)
    NOTED = "noted"  # taken and shown; something of it was left out or will not be used


@dataclass(frozen=True)
class Problem:
    """One thing wrong: in which file, record and field, with which value, and how to mend it."""

    severity: Severity
    file: str
    record: str
    field: str
    value: str
    wrong: str
    mend: str

    def __str__(self) -> str:
        """One line that says all of it."""
        where = f"{self.file}: {self.record}" + (f", {self.field}" if self.field else "")
        what = f" is {self.value}" if self.value else ""
        return f"{where}{what}: {self.wrong}. {self.mend}."


_LONGEST_VALUE = 60
UNSAID = "(not shown)"


def shown_value(value: object) -> str:
    """A value as it stands in a problem: short, and on one line."""
    text = repr(value)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
