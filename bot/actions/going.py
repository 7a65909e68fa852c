"""Part of the bot's actions: hears a wish to go somewhere, and a fear of what a hospital asks for.

Must never guess: phrases are in going.toml, and they count only after a crisis.
"""

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from re import Pattern

from bot.actions.answers import plain
from bot.actions.hearing import Heard
from bot.actions.phrases import any_of
from directory.vocabulary import Need


@cache
def _phrases(section: str) -> Pattern[str]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return any_of(phrase for phrases in data[section].values() for phrase in phrases)


def wants_somewhere(heard: Heard) -> Heard:
    """The message; where it asks where to go its need is a place to stay: "i want to leave"."""
    if heard.needs or not _phrases("where").search(plain(heard.text)):
        return heard
    labels = {**heard.labels, Need.HOUSING: 1.0}
    return replace(heard, intent="need", named=(Need.HOUSING,), labels=labels)


def asks_for_hospital(heard: Heard) -> bool:
    """Whether it asks where to go for help or what it costs: "i dont have insurance"."""
    text = plain(heard.text)
    return any(_phrases(section).search(text) is not None for section in ("where", "cost"))
