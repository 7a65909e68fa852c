"""Part of the directory room: what a search is asked with and what it answers.

It must never know a survivor: a query is needs, a place, a language and a time, nothing more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from directory.places import Place
from directory.vocabulary import Need, Requirement


@dataclass(frozen=True)
class Fits:
    """What must fit: only what a survivor volunteered, or answered when asked (D7).

    `children`: True when children come along, False when none do, None when nothing was said.
    `under_16` is a minor who is no older than 15.
    """

    children: bool | None = None
    wheelchair: bool = False
    gender: Literal["woman", "man"] | None = None
    minor: bool = False
    under_16: bool = False


@dataclass(frozen=True)
class Query:
    """What is looked for. `at` is aware; `exclude` are service ids; `seed` settles ties.

    `kinds` are codes such as "housing.emergency"; a need without one asks for any kind. With
    `wider` off, what is only somewhere else stays out: a service must reach the very place, or its
    whole state, or everybody everywhere (D5).
    """

    needs: tuple[Need, ...]
    place: Place | None
    language: str | None
    at: datetime
    exclude: frozenset[str] = frozenset()
    limit: int = 3
    include_law_enforcement: bool = False
    seed: int = 0
    kinds: frozenset[str] = frozenset()
    fits: Fits = Fits()
    wider: bool = True


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
    `requirements` the same where the directory has a word for it (D13). `kinds` are all those of
    the query's needs that the service is marked with. `about` is what it does, in English. `wider`
    says that it may be far off (D5), and `ask_first` what its record does not say and must fit
    (`ask_children`, `ask_wheelchair`).
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
    kinds: tuple[str, ...] = ()
    about: str | None = None
    wider: bool = False
    ask_first: tuple[str, ...] = ()
