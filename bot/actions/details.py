"""Part of the bot's actions: reads what must fit (a kind of help, children, a wheelchair) by exact
words. Must never ask it, guess it, or keep more than these few facts."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.actions.answers import is_question, plain
from bot.actions.phrases import any_of
from directory.search import Fits
from directory.vocabulary import KINDS, Need

MINOR, NATIVE = "minor", "native"
FOR_NATIVE = frozenset(
    {
        Need.SEXUAL_ASSAULT_SERVICES,
        Need.SAFETY_PLANNING,
        Need.CRISIS_INTERVENTION,
        Need.HOUSING,
    }
)
"""What the line for Native people is named for (S5)."""


@dataclass(frozen=True)
class Details:
    """What one message tells of it: kinds of needs, and what must fit."""

    kinds: frozenset[str] = frozenset()
    children: bool | None = None
    wheelchair: bool = False
    gender: str | None = None
    native: bool = False

    def of(self, needs: Iterable[Need]) -> frozenset[str]:
        """The kinds that belong to these needs: "tonight" says nothing about a lawyer."""
        mine = {code for need in needs for code in codes(need)}
        return self.kinds & mine

    @property
    def fits(self) -> dict[str, Any]:
        """What must fit, as the slot holds it; only what was told (D7)."""
        told = {"children": self.children, "wheelchair": self.wheelchair or None}
        told[NATIVE] = self.native or None
        told["gender"] = self.gender  # type: ignore[assignment]
        return {name: value for name, value in told.items() if value is not None}


def codes(need: Need) -> tuple[str, ...]:
    """The codes of a need's kinds, as the directory knows them."""
    return tuple(f"{need}.{kind}" for kind in KINDS[need])


def fits_of(slot: Mapping[str, Any] | None) -> Fits:
    """What must fit, as the directory is asked."""
    told = slot or {}
    return Fits(
        children=told.get("children"),
        wheelchair=bool(told.get("wheelchair")),
        gender=told.get("gender"),
        minor=bool(told.get(MINOR)),
    )


def read_details(text: str) -> Details:
    """The details that a text tells, in any of the languages.

    A phrase inside a longer one that was found does not count: "in custody" tells of no custody of
    children, and "without my kids" of no kids.
    """
    words = plain(text)
    children = _told("children", words)
    genders = _told("gender", words)
    return Details(
        kinds=frozenset(_told("kinds", words)),
        # "just me and my son" tells both: a place that takes children is the safer one.
        children=("yes" in children) if children else None,
        wheelchair=bool(_told("wheelchair", words)),
        gender=genders.pop() if len(genders) == 1 else None,
        native=_told("native", words) == {"yes"},
    )


def takes_back(text: str) -> bool:
    """Whether a text takes something back: "dont need a lawyer any more"; no question does."""
    return not is_question(text) and bool(_told("takes_back", plain(text)))


def _told(table: str, words: str) -> set[str]:
    """The keys of a table whose phrases stand in the words."""
    found = [
        (match.start(), match.end(), key)
        for key, pattern in _phrases(table).items()
        for match in pattern.finditer(words)
    ]
    return {
        key
        for start, end, key in found
        if not any(a <= start and end <= b and b - a > end - start for a, b, _ in found)
    }


@cache
def _phrases(table: str) -> dict[str, re.Pattern[str]]:
    """One pattern for each key of a table, over all languages, the longest phrase first."""
    found: dict[str, list[str]] = {}
    for file in sorted((Path(__file__).parent / "details").glob("*.toml")):
        for key, phrases in tomllib.loads(file.read_text("utf-8")).get(table, {}).items():
            found.setdefault(key, []).extend(phrases)
    return {key: any_of(phrases) for key, phrases in found.items()}
