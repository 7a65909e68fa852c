"""What `waymark messages` shows: every text as it is said here, measured and proofread."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.parts import CATALOGUES, Parts
from conversation import edited_texts
from conversation.models import EditedText
from language.catalogue import Forms
from language.measures import Measured, measure
from language.notes import Notes
from language.proofreading import placeholders, problems
from language.shipped import Shipped

COLUMNS = (
    "message", "language", "characters", "encoding", "segments", "grade", "placeholders", "review",
)  # fmt: skip
NONE = "-"


@dataclass(frozen=True)
class Entry:
    """One message in one language: the text that is said, its worst form measured."""

    message_id: str
    language: str
    forms: Forms
    measured: Measured
    review: str
    problems: tuple[str, ...]
    edited_by: str | None = None

    @property
    def edited(self) -> bool:
        """Whether the text is the organisation's own."""
        return self.edited_by is not None

    @property
    def row(self) -> tuple[str, ...]:
        """Its cells, in the order of COLUMNS."""
        measured = self.measured
        segments = str(measured.segments)
        if measured.texts > 1:
            segments += f" in {measured.texts} texts"
        return (
            self.message_id,
            self.language,
            str(measured.characters),
            measured.encoding,
            segments,
            NONE if measured.grade is None else f"{measured.grade:.1f}",
            " ".join(sorted(placeholders(self.forms))) or NONE,
            f"{self.review} (edited)" if self.edited else self.review,
        )

    @property
    def cost(self) -> str:
        """Its measures in words."""
        _, _, characters, encoding, segments, grade, *_ = self.row
        return f"{characters} characters of {encoding}, segments: {segments}, grade: {grade}"


@dataclass(frozen=True)
class Report:
    """All entries, and every problem as a line that names language and message."""

    entries: list[Entry]
    problems: list[str]


def report(
    parts: Parts, shipped: Shipped, languages: Sequence[str], only: str | None = None
) -> Report:
    """Measure the texts of these languages as they are said here; `only` one message, if given."""
    with parts.database.reading() as session:
        rows = {(row.language, row.message_id): row for row in edited_texts.read(session)}
    entries: list[Entry] = []
    shipped_problems: set[str] = set()
    for message_id in shipped.ids() if only is None else [only]:
        for language in languages:
            edited = rows.get((language, message_id))
            forms = shipped.forms(message_id, language)
            if forms:
                shipped_problems |= {
                    f"{language}.po: {message_id}: {what}"
                    for what in shipped.wrong_with(message_id, language, forms)
                }
            if forms or edited is not None:
                entries.append(_entry(parts, shipped, message_id, language, edited))
    found = [
        f"{_source(entry)}: {entry.message_id}: {problem}"
        for entry in entries
        for problem in entry.problems
    ]
    if only is None:
        found += _of_files(languages, shipped_problems)
        found += (
            f"edited text ({language}): {message_id}: there is no message of this id any more; "
            "reset it."
            for language, message_id in rows
            if language in languages and not shipped.knows(message_id)
        )
    return Report(entries, found)


def _entry(
    parts: Parts, shipped: Shipped, message_id: str, language: str, edited: EditedText | None
) -> Entry:
    forms = shipped.forms(message_id, language) if edited is None else tuple(edited.forms)
    general = parts.voice.catalogue.general_in(language)
    return Entry(
        message_id=message_id,
        language=language,
        forms=forms,
        measured=_worst(shipped.notes(message_id), forms, language, general),
        review=shipped.review(message_id, language) if edited is None else edited.review,
        problems=tuple(shipped.wrong_with(message_id, language, forms, general)),
        edited_by=None if edited is None else edited.edited_by,
    )


def _worst(notes: Notes, forms: Forms, language: str, general: dict[str, str]) -> Measured:
    """The measures of the form that costs most, with the highest grade of all forms."""
    measured = [measure(form, notes, language, general) for form in forms]
    longest = max(measured, key=lambda one: (one.segments, one.characters))
    grades = [one.grade for one in measured if one.grade is not None]
    return Measured(
        longest.characters,
        longest.encoding,
        longest.texts,
        longest.segments,
        max(grades, default=None),
    )


def _of_files(languages: Sequence[str], of_texts: set[str]) -> list[str]:
    """What is wrong with the files beyond the texts, which are held to the values used here."""
    return [
        problem
        for problem in problems(CATALOGUES)
        if problem not in of_texts and problem.partition(".po:")[0] in languages
    ]


def _source(entry: Entry) -> str:
    return f"edited text ({entry.language})" if entry.edited else f"{entry.language}.po"
