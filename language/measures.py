"""Part of the language room: what one text costs as an SMS and asks of its reader.

It must never decide whether that is too much.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from language.catalogue import PLACEHOLDER
from language.grade import grade
from language.notes import Notes
from language.segments import PER_TEXT, Encoding, fold_accents, segments, split_for_sms


@dataclass(frozen=True)
class Measured:
    """A text with its placeholders filled: characters (units of the encoding), segments, grade.

    A text over the limit of one message goes as several (`texts`), whose segments are added up.
    `grade` is None where there is no whole sentence of its own, or no formula for the language.
    """

    characters: int
    encoding: Encoding
    texts: int
    segments: int
    grade: float | None


def measure(
    form: str, notes: Notes, language: str, general: Mapping[str, str] | None = None
) -> Measured:
    """Measure one form of a text as it is sent: Spanish with á í ó ú folded (M2).

    `notes` give examples for its placeholders, `general` the organisation's own name and numbers;
    the grade is that of the text, whatever the organisation is called.
    """
    text = notes.example(form, general)
    sent = fold_accents(text) if language == "es" else text
    whole = segments(sent)
    parts = split_for_sms(sent, PER_TEXT[whole.encoding])
    return Measured(
        characters=whole.characters,
        encoding=whole.encoding,
        texts=len(parts),
        segments=sum(segments(part).count for part in parts),
        grade=grade(notes.example(form), language) if own_words(form) else None,
    )


def own_words(form: str) -> bool:
    """Whether a text is more than placeholders: what fills them is measured by itself."""
    return any(letter.isalpha() for letter in PLACEHOLDER.sub("", form))
