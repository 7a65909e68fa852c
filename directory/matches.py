"""Part of the directory room: what a search is asked with and what it answers.

It must never know a survivor: a query is needs, a place, a language and a time, nothing more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from directory.places import Place
from directory.vocabulary import Need, Requirement


@dataclass(frozen=True)
class Query:
    """What is looked for. `at` is aware; `exclude` are service ids; `seed` settles ties."""

    needs: tuple[Need, ...]
    place: Place | None
    language: str | None
    at: datetime
    exclude: frozenset[str] = frozenset()
    limit: int = 3
    include_law_enforcement: bool = False
    seed: int = 0


@dataclass(frozen=True)
class Reason:
    """Why a match fits: `reason_<code>` in the catalogues, with its arguments."""

    code: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """A partner's service that fits, with the reasons, best first. Nothing confidential (D9).

    `needs` are those of the query that the service meets. `open_now` is None when unknown (D3), and
    `next_opening` is in aware UTC. `restrictions` are plain sentences in English, and
    `requirements` the same where the directory has a word for it (D13).
    """

    service_id: str
    partner: str
    service: str
    needs: tuple[Need, ...]
    phone: str | None
    text_number: str | None
    url: str | None
    address: str | None
    languages: tuple[str, ...]
    reasons: tuple[Reason, ...]
    open_now: bool | None
    next_opening: datetime | None
    zone: str | None
    cost: str | None
    distance_km: float | None
    virtual: bool
    restrictions: tuple[str, ...]
    invented: bool
    interpreters: bool = False
    requirements: tuple[Requirement, ...] = ()
    assured: date | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
