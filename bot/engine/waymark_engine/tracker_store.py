"""Holds a conversation's tracker only while its turn runs: part of bot/engine. Must never persist.

Each turn has a tracker under an id of its own, so turns at the same time do not meet.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker


class TurnTrackerStore(TrackerStore):  # type: ignore[misc]
    """A tracker store that has nothing outside of a turn."""

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        """Takes what Rasa passes to any tracker store; needs none of it."""
        super().__init__(domain, event_broker, **kwargs)
        self._held: dict[str, DialogueStateTracker] = {}

    @contextmanager
    def hold(self, tracker: DialogueStateTracker) -> Iterator[None]:
        """Keep this tracker for the length of the block, then forget it whatever happened."""
        self._held[tracker.sender_id] = tracker
        try:
            yield
        finally:
            del self._held[tracker.sender_id]

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Replace the turn's tracker; a tracker of no running turn is not kept."""
        if tracker.sender_id in self._held:
            self._held[tracker.sender_id] = tracker

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of the turn that runs under this id."""
        return self._held.get(sender_id)

    async def keys(self) -> list[str]:
        """The ids of the turns that run now."""
        return list(self._held)
