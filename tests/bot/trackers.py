"""Trackers and dispatchers built by hand, for tests of single actions."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.context import Context
from bot.actions.step import Step

FACTS = {
    "now": "2026-11-24T15:00:00+00:00",
    "language": "en",
    "channel": "sms",
    "first_contact": False,
    "silence_seconds": 60,
    "handoff": "none",
    "advocates_available": True,
    "seed": 1,
}
DETROIT = {
    "label": "Detroit, MI", "kind": "city", "zip": None, "city": "Detroit",
    "county": "Wayne County", "state": "MI", "latitude": 42.33, "longitude": -83.05,
    "zone": "America/Detroit",
}  # fmt: skip


def tracker(
    text: str = "",
    *,
    intent: str = "other",
    confidence: float = 0.95,
    needs: tuple[str, ...] = (),
    form: str | None = None,
    asked: str | None = None,
    steps: tuple[str, ...] = (),
    facts: dict[str, Any] | None = None,
    **slots: Any,
) -> Tracker:
    """A tracker where a survivor has just said `text`, and `steps` have run since."""
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "needs": list(needs),
    }
    ran = [*steps, *([form] if form else [])]
    events = [{"event": "user", "text": text}, *({"event": "action", "name": s} for s in ran)]
    remembered = {"met": True, "told": ["welcome", "private"], **slots}
    return Tracker.from_dict(
        {
            "sender_id": "a turn",
            "slots": {**remembered, "facts": {**FACTS, **(facts or {})}, "requested_slot": asked},
            "latest_message": message,
            "events": events,
            "active_loop": {"name": form} if form else {},
        }
    )


def run(
    action: type[Step], context: Context, heard: Tracker
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any], list[dict[str, Any]]]:
    """What an action says, the commands it gives, the slots it sets, and all its events."""
    dispatcher = CollectingDispatcher()
    events = action(context).act(dispatcher, heard)
    custom = [message["custom"] for message in dispatcher.messages]
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    said = [word for word in custom if "say" in word]
    commands = [command for command in custom if "command" in command]
    return said, commands, slots, events


def ids(said: list[dict[str, Any]]) -> list[str]:
    """The ids of words."""
    return [word["say"] for word in said]
