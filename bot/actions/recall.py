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

    @property
    def searchable(self) -> bool:
        """Whether there is something to search for."""
        return bool(self.seeking)


def recall(tracker: Tracker) -> Recall:
    """What is remembered, with a default for whatever is not."""
    needs = _needs(tracker, "needs")
    place = tracker.get_slot("place")
    asked: Mapping[str, Any] = tracker.get_slot("asked") or {}
    return Recall(
        safe=tracker.get_slot("safe"),
        needs=needs,
        seeking=_needs(tracker, "seeking") or needs or (),
        place=as_place(place),
        place_answered=place is not None,
        matched=bool(tracker.get_slot("matched")),
        offered=bool(tracker.get_slot("offered")),
        wants_person=bool(tracker.get_slot("wants_person")),
        shown=tuple(tracker.get_slot("shown") or ()),
        listed=tuple(tracker.get_slot("listed") or ()),
        told=tuple(tracker.get_slot("told") or ()),
        asked=asked.get("slot"),
        times_asked=int(asked.get("times") or 0),
        misunderstood=int(tracker.get_slot("misunderstood") or 0),
        after_crisis=tracker.get_slot("after_crisis"),
        crises=tuple(tracker.get_slot("crises") or ()),
        said_last=tracker.get_slot("said_last"),
    )


def _needs(tracker: Tracker, slot: str) -> tuple[Need, ...] | None:
    value = tracker.get_slot(slot)
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
