"""Part of the bot's actions: what only sounds like an alarm, by exact words (alarming.toml).
Must never quiet what was surely understood, nor anything once an alarm was heard (S1, S2)."""

import tomllib
from pathlib import Path

from bot.actions.answers import plain
from bot.actions.phrases import any_of

UNSURE = 0.6
"""Less surely than this an alarm is a guess."""
MOST_LETTERS = 45
"""A longer text tells more than such a phrase."""

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_CALM = any_of(_DATA["calm"]["phrases"])
_UNLESS = any_of(_DATA["calm"]["unless"])
_SHUT_IN = any_of(_DATA["shut_in"]["phrases"])


def alarm_meant(intent: str, confidence: float, text: str, *, before: bool) -> str:
    """The intent of a text that was understood as an alarm: this one, another alarm, or none.

    "will they let me in" is none, "i cant get out" is danger and no despair. `before`: one has been
    heard before, after which none is quieted.
    """
    words = plain(text)
    if confidence >= UNSURE or len(words) > MOST_LETTERS:
        return intent
    if not before and _CALM.search(words) and not _UNLESS.search(words):
        return "other"
    return "danger" if _SHUT_IN.fullmatch(words) else intent
