"""Part of the bot's actions: what is remembered of a conversation, read from Rasa's slots.

Must never hold what a survivor wrote, but for the place they named.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from directory.places import Place
from directory.vocabulary import Need

ANYWHERE = "anywhere"
"""Stands in the slot `place` when the question was skipped."""


@dataclass(frozen=True)
class Recall:
    """The slots that actions read, in the project's own types."""

    safe: bool | None
    needs: tuple[Need, ...] | None
    seeking: tuple[Need, ...]
    place: Place | None
    place_answered: bool
    matched: bool
    offered: bool
    wants_person: bool
    shown: tuple[str, ...]
    listed: tuple[str, ...]
    told: tuple[str, ...]
    asked: str | None
    times_asked: int
    misunderstood: int
    after_crisis: int | None
    crises: tuple[str, ...]
    said_last: str | None
    kinds: frozenset[str]
    fits: Mapping[str, Any]
    narrowed: tuple[str, ...]
    narrowing: bool
    covered: tuple[Need, ...]
    wider: tuple[str, ...]
    wanted: str | None
    told_about: tuple[int, ...]
    small: Mapping[str, Any]
    returned: bool
    explained: tuple[Need, ...]

    @property
    def searchable(self) -> bool:
        """Whether there is something to search for."""
        return bool(self.seeking)


def recall(tracker: Tracker, changed: Mapping[str, Any] | None = None) -> Recall:
    """What is remembered, with a default for whatever is not.

    `changed` are slots that are about to be set: they count as set already.
    """
    told = changed or {}

    def slot(name: str) -> Any:
        return told[name] if name in told else tracker.get_slot(name)

    needs = _needs(slot("needs"))
    place = slot("place")
    asked: Mapping[str, Any] = slot("asked") or {}
    return Recall(
        safe=slot("safe"),
        needs=needs,
        seeking=_needs(slot("seeking")) or needs or (),
        place=as_place(place),
        place_answered=place is not None,
        matched=bool(slot("matched")),
        offered=bool(slot("offered")),
        wants_person=bool(slot("wants_person")),
        shown=tuple(slot("shown") or ()),
        listed=tuple(slot("listed") or ()),
        told=tuple(slot("told") or ()),
        asked=asked.get("slot"),
        times_asked=int(asked.get("times") or 0),
        misunderstood=int(slot("misunderstood") or 0),
        after_crisis=slot("after_crisis"),
        crises=tuple(slot("crises") or ()),
        said_last=slot("said_last"),
        kinds=frozenset(slot("kinds") or ()),
        fits=slot("fits") or {},
        narrowed=tuple(slot("narrowed") or ()),
        narrowing=bool(slot("narrowing")),
        covered=_needs(slot("covered")) or (),
        wider=tuple(slot("wider") or ()),
        wanted=slot("wanted"),
        told_about=(int(slot("told_about")),) if slot("told_about") else (),
        small=slot("small") or {},
        returned=bool(slot("returned")),
        explained=_needs(slot("explained")) or (),
    )


def _needs(value: Any) -> tuple[Need, ...] | None:
    if value is None:
        return None
    return tuple(Need(need) for need in value if need in set(Need))


def as_place(value: object) -> Place | None:
    """The place that a slot holds; None when there is none or the question was skipped."""
    return Place(**value) if isinstance(value, dict) else None


def place_value(place: Place) -> dict[str, Any]:
    """A place as the slot holds it."""
    return asdict(place)


def slots(**values: Any) -> list[EventType]:
    """The events that remember these values."""
    return [SlotSet(name, value) for name, value in values.items()]
