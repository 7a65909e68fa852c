"""Part of the bot's actions: the answer in words to the question which kind of help is meant. Must
never be asked about another text: "now" alone says nothing."""

import re
import tomllib
from functools import cache
from pathlib import Path

from bot.actions.answers import plain
from bot.actions.details import codes, read_details
from bot.actions.phrases import any_of
from directory.vocabulary import Need

MOST_WORDS = 12
"""A longer text tells something else."""
_OF_HOUSING = {"emergency": ("now",), "transitional": ("months",), "permanent": ("rent",)}
_OF_CARE = {"emergency": ("now",), "long_term": ("later", "months")}


def answered_kinds(need: Need, text: str) -> frozenset[str]:
    """The kinds of a need, as codes, that a text names when it was asked for them."""
    words = plain(text)
    if len(words.split()) > MOST_WORDS:
        return read_details(text).of([need])
    said = _said(words)
    of = _OF_HOUSING if need is Need.HOUSING else _OF_CARE
    named = {code for code in codes(need) if said & set(of.get(code.split(".")[1], ()))}
    told = read_details(text).of([need])
    if "later" in said:
        told -= {f"{need}.emergency"}
    return frozenset(named) | told


def says_only_when(text: str) -> bool:
    """Whether a text says nothing but how soon: "for tonight please", "para hoy"."""
    words = plain(text)
    rest = _patterns()["time"].sub(" ", _patterns()["now"].sub(" ", words))
    return rest != words and not _patterns()["beside"].sub(" ", rest).strip()


def _said(words: str) -> set[str]:
    """What is said; a phrase inside a longer one that was found does not count ("not today")."""
    found = [
        (match.start(), match.end(), key)
        for key, pattern in _patterns().items()
        for match in pattern.finditer(words)
    ]
    return {
        key
        for start, end, key in found
        if not any(a <= start and end <= b and b - a > end - start for a, b, _ in found)
    }


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {key: any_of(phrases) for key, phrases in data.items()}
