"""The organisation's own texts: rows that lie over the shipped catalogue (decision 11).

They are kept here because they live in the core's database, and because the command line and the
desk both have to do the same work with them; `language` knows no database. What is said of a text,
and by whom, never comes from a survivor: nothing here is encrypted or forgotten.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversation.models import EditedText
from language.catalogue import Catalogue, Forms
from language.shipped import DRAFTED, Shipped

LONGEST_NAME = 120
"""Characters of the name of who wrote or read a text."""


class TextRefused(ValueError):
    """A text was not taken; `problems` says why, each a sentence without its subject."""

    def __init__(self, message_id: str, language: str, problems: Sequence[str]) -> None:
        """Put the problems below one another."""
        lines = "".join(f"\n  {problem}" for problem in problems)
        super().__init__(f"the text of {message_id!r} ({language}) was not taken:{lines}")
        self.problems = tuple(problems)


def reviewed(name: str, on: date) -> str:
    """The review state of a text that somebody who speaks its language has read."""
    return f"reviewed by {_name(name)} on {on.isoformat()}"


def edit(
    session: Session,
    catalogue: Catalogue,
    shipped: Shipped,
    *,
    message_id: str,
    language: str,
    forms: Sequence[str],
    by: str,
    now: datetime,
    review: str = DRAFTED,
) -> EditedText:
    """Write a text in the caller's transaction; running parts speak it seconds after the commit.

    `forms` are the plural forms in their order, or one text. It is held to what the shipped texts
    are held to, with the organisation's own name and numbers in it. Raises TextRefused.
    """
    clean = tuple(unicodedata.normalize("NFC", "\n".join(f.split("\r\n"))).strip() for f in forms)
    who = _name(by)
    general = catalogue.general_in(language)
    problems = shipped.wrong_with(message_id, language, clean, general)
    if not who:
        problems.append("nobody is named who wrote it.")
    if problems:
        raise TextRefused(message_id, language, problems)
    row = session.get(EditedText, (message_id, language))
    if row is None:
        row = EditedText(message_id=message_id, language=language)
        session.add(row)
    row.forms, row.review, row.edited_by, row.edited_at = list(clean), review, who, now
    session.flush()
    return row


def reset(session: Session, *, message_id: str, language: str) -> bool:
    """Take an edited text away in the caller's transaction; False when there was none."""
    row = session.get(EditedText, (message_id, language))
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def read(session: Session) -> list[EditedText]:
    """Every edited text, by id and language."""
    return list(
        session.scalars(select(EditedText).order_by(EditedText.message_id, EditedText.language))
    )


def laid_over(
    rows: Iterable[EditedText], shipped: Shipped
) -> tuple[Mapping[tuple[str, str], Forms], list[EditedText]]:
    """What can be spoken of the rows, for `Catalogue.lay_over`, and the rows that cannot.

    A newer version may have dropped a message or an argument of it: then the shipped text is said
    rather than nothing.
    """
    spoken: dict[tuple[str, str], Forms] = {}
    left: list[EditedText] = []
    for row in rows:
        forms = tuple(row.forms)
        if shipped.can_speak(row.message_id, row.language, forms):
            spoken[row.language, row.message_id] = forms
        else:
            left.append(row)
    return spoken, left


def _name(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]
