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

MINOR, UNDER_16, NATIVE = "minor", "under_16", "native"
TONIGHT = "housing.emergency"
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
        under_16=bool(told.get(UNDER_16)),
    )


def read_details(text: str) -> Details:
    """The details that a text tells, in any of the languages.

    A phrase inside a longer one that was found does not count: "in custody" tells of no custody of
    children, and "without my kids" of no kids.
    """
    words = plain(text)
    children = _told("children", words)
    genders = _told("gender", words)
    tonight = {TONIGHT} if _listed("soon").search(words) else set()
    return Details(
        kinds=frozenset(_told("kinds", words) | tonight),
        # "just me and my son" tells both: a place that takes children is the safer one.
        children=("yes" in children) if children & {"yes", "no"} else None,
        wheelchair=bool(_told("wheelchair", words)),
        gender=genders.pop() if len(genders) == 1 else None,
        native=_told("native", words) == {"yes"},
    )


def tells_only_details(text: str) -> bool:
    """Whether a text says who comes along, or what must fit, and nothing else: "w my 3 kids".

    Such a text asks for nothing, whatever it sounds like.
    """
    words = plain(text)
    if "apart" in _told("children", words):
        return False
    found = False
    for table in ("children", "wheelchair", "gender"):
        for pattern in _phrases(table).values():
            words, count = pattern.subn(" ", words)
            found = found or count > 0
    return found and not _listed("beside").sub(" ", words).strip()


def asks_whether(text: str) -> bool:
    """Whether a text asks if something is in the way, or asked for: "do they need papers"."""
    return bool(_listed("whether").search(plain(text)))


@cache
def _listed(key: str) -> re.Pattern[str]:
    """A list of details.toml; "soon" stands at a text's end, and numbers may stand beside."""
    file = Path(__file__).with_suffix(".toml")
    pattern = any_of(tomllib.loads(file.read_text("utf-8"))[key]).pattern
    around = {"soon": rf"(?:{pattern})$", "beside": rf"{pattern}|\d+"}
    return re.compile(around.get(key, pattern))


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
    if table == "children":
        # "my kids are w my ex": the longer of two that share a word tells where they are.
        return {
            key
            for start, end, key in found
            if not any(a < end and start < b and b - a > end - start for a, b, _ in found)
        }
    return {
        key
        for start, end, key in found
        if not any(a <= start and end <= b and b - a > end - start for a, b, _ in found)
    }


@cache
def _phrases(table: str) -> dict[str, re.Pattern[str]]:
    """One pattern for each key of a table, over all languages, the longest phrase first."""
    found: dict[str, list[str]] = {}
    folder = Path(__file__).parent / "details"
    for file in sorted(folder.glob("*.toml")):
        for key, phrases in tomllib.loads(file.read_text("utf-8")).get(table, {}).items():
            found.setdefault(key, []).extend(phrases)
    return {key: _with_numbers(any_of(phrases)) for key, phrases in found.items()}


def _with_numbers(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """The pattern, where N in a phrase stands for any number: "my N kids"."""
    return re.compile(re.sub(r"\bnnn\b", rf"(?:\\d+|{_NUMBERS})", pattern.pattern))


_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|uno|una|un|dos|tres|cuatro|cinco|seis|siete|deux|trois|"
    "quatre|cinq|dois|duas|youn|twa|kat|senk|hai|ba|bon|dalawang|tatlong|apat na|двое|трое|do|teen|"
    "char"
)
