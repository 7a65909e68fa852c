"""Part of the bot's actions: knows by exact words what has an answer of its own: a wish for advice
or for the police, blame, a promise. Must never give advice (S11), nor suggest the police (S12)."""

import re
import tomllib
from functools import cache
from pathlib import Path

from bot.actions.answers import is_question, plain
from bot.actions.phrases import any_of, spelled_out

NO_ADVICE, POLICE = "no_advice", "police_wish"
"""The messages that say who can give advice, and how the police are reached by who wants to."""
_OWN = {
    "fault": "not_your_fault",
    "promise": "no_promise",
    "reach": "contacts_nobody",
    "person": "what_a_person_does",
    "asks": NO_ADVICE,
    "police": POLICE,
}
"""Each table of phrases, and the message that answers; the first one found counts."""
_LITTLE = 2
"""With so few words beside it a phrase is all that a text says."""


def own_answer(text: str) -> str | None:
    """The message that answers such a text; None for any other text."""
    return next((_OWN[table] for table in _OWN if _found(table, text) is not None), None)


def only_own(text: str) -> bool:
    """Whether a text says nothing else: what only sounds like a need in it is none."""
    whole = spelled_out(plain(text))
    found = [said for table in _OWN if (said := _found(table, text)) is not None]
    return any(len(whole.replace(said, " ").split()) <= _LITTLE for said in found)


def asks_what(text: str) -> bool:
    """Whether a text asks what something is: "what about food" and "ged classes" ask for it."""
    return _found("what", text) is not None or (is_question(text) and not _found("also", text))


def _found(table: str, text: str) -> str | None:
    """The phrase of this table that a text holds."""
    found = _pattern(table).search(spelled_out(plain(text)))
    return found.group() if found else None


@cache
def _pattern(table: str) -> re.Pattern[str]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    # "no quiero llamar a la policia" wants none.
    return any_of(data[table]["phrases"], not_after="no")
