"""Part of the bot's actions: knows by exact words a wish for advice, or for a way to the police.
Must never give advice (S11), nor suggest the police to who did not ask (S12)."""

import re
import tomllib
from functools import cache
from pathlib import Path

from bot.actions.answers import plain
from bot.actions.phrases import any_of

NO_ADVICE, POLICE = "no_advice", "police_wish"
"""The messages that say who can give advice, and how the police are reached by who wants to."""


def asks_for_advice(text: str) -> bool:
    """Whether a text asks what to do or to expect in law or medicine: "should i record him"."""
    return bool(_pattern("asks").search(plain(text)))


def wants_police(text: str) -> bool:
    """Whether a survivor says that they want the police: "i want to report him"."""
    return bool(_pattern("police").search(plain(text)))


def own_answer(text: str) -> str | None:
    """The message that answers such a text; None for any other text."""
    if asks_for_advice(text):
        return NO_ADVICE
    return POLICE if wants_police(text) else None


@cache
def _pattern(table: str) -> re.Pattern[str]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    # "no quiero llamar a la policia" wants none.
    return any_of(data[table]["phrases"], not_after="no")
