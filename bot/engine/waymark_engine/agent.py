"""Rasa's agent, made strict: part of bot/engine. Holds no conversation between two turns.

Whatever goes wrong inside a turn ends it (TurnFailed) instead of being logged and passed over.
"""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.agent import Agent
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.exceptions import ActionLimitReached
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event

from waymark_engine.actions import TurnFailed
from waymark_engine.tracker_store import TurnTrackerStore


class _Strict:
    """An action whose failure ends the turn; a form that declines to run is no failure."""

    def __init__(self, action: Action) -> None:
        self._action = action

    def __getattr__(self, name: str) -> Any:
        return getattr(self._action, name)

    async def run(self, *args: Any, **kwargs: Any) -> list[Event]:
        try:
            events: list[Event] = await self._action.run(*args, **kwargs)
        except ActionExecutionRejection:
            raise
        except Exception:  # noqa: BLE001 (any failure: its message may quote the survivor)
            raise TurnFailed(self._action.name()) from None
        return events


class TurnProcessor(MessageProcessor):  # type: ignore[misc]
    """Rasa's processor, in which no action fails quietly."""

    async def _run_action(self, action: Action, *args: Any, **kwargs: Any) -> bool:
        again: bool = await super()._run_action(_Strict(action), *args, **kwargs)
        return again

    def predict_next_with_tracker_if_should(self, tracker: Any) -> Any:
        """The next action; raises TurnFailed when rules send the turn in circles."""
        try:
            return super().predict_next_with_tracker_if_should(tracker)
        except ActionLimitReached:
            raise TurnFailed("too_many_actions") from None


class TurnAgent(Agent):  # type: ignore[misc]
    """An agent whose tracker store is ours and whose processor is strict."""

    tracker_store: TurnTrackerStore
    processor: TurnProcessor | None

    def load_model(self, model_path: str, fingerprint: str | None = None) -> None:
        """Load a model file; raises what Rasa raises for one that is missing or broken."""
        self.processor = TurnProcessor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            action_endpoint=self.action_endpoint,
            generator=self.nlg,
        )
        self.domain = self.processor.domain
        self._set_fingerprint(fingerprint)
        self.tracker_store.domain = self.domain
        self.nlg.responses = self.domain.responses

    @staticmethod
    def _create_tracker_store(store: TrackerStore | None, domain: Domain | None) -> TrackerStore:
        """Ours as it is: Rasa would wrap it to fall back to one that keeps trackers."""
        return store if store is not None else TurnTrackerStore(domain)
