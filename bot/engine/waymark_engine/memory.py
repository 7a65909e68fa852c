"""Memory to tracker and back: part of bot/engine. A memory must never hold what a survivor wrote.

A memory is {"version", "facts", "slots", "form", "last_action", "undo"}. One of another version, or
one that names a form or a slot to ask for that is gone, keeps its facts only: the survivor comes to
the menu.
"""

from __future__ import annotations

from typing import Any

from rasa.shared.core.constants import (
    ACTION_LISTEN_NAME,
    ACTION_SESSION_START_NAME,
    DEFAULT_SLOT_NAMES,
    REQUESTED_SLOT,
)
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

VERSION = 1
FACTS_SLOT = "facts"
_NEUTRAL = {"name": None, "confidence": 0.0}
_NOT_REMEMBERED = DEFAULT_SLOT_NAMES | {FACTS_SLOT}
_NO_STEP = (ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME)


class MalformedMemory(ValueError):
    """The memory is not of the agreed shape; the message names the part, never its content."""


def check_shape(memory: object) -> dict[str, Any] | None:
    """The memory, or None for a first contact; raises MalformedMemory."""
    if memory is None:
        return None
    if not isinstance(memory, dict):
        raise MalformedMemory("memory must be an object or null")
    for part in ("facts", "slots"):
        if not isinstance(memory.get(part, {}), dict):
            raise MalformedMemory(f"memory.{part} must be an object")
    return memory


def tracker_from(
    memory: dict[str, Any] | None, domain: Domain, sender_id: str
) -> DialogueStateTracker:
    """A tracker that stands where the conversation stood after its last turn.

    A form is resumed behind a neutral user event, since Rasa's form looks for one; the last action
    is there because rules may look at it.
    """
    tracker = DialogueStateTracker(sender_id, domain.slots)
    for event in _events(_usable(memory, domain), domain):
        tracker.update(event, domain)
    return tracker


def memory_from(tracker: DialogueStateTracker, before: dict[str, Any] | None) -> dict[str, Any]:
    """What to remember of this tracker; the facts are returned as they were given."""
    loop = tracker.active_loop_name
    return {
        "version": VERSION,
        "facts": (before or {}).get("facts", {}),
        "slots": {
            slot.name: slot.value
            for slot in tracker.slots.values()
            if slot.name not in _NOT_REMEMBERED and slot.value != slot.initial_value
        },
        "form": {"name": loop, "requested_slot": tracker.get_slot(REQUESTED_SLOT)}
        if loop
        else None,
        "last_action": _last_action(tracker),
        "undo": None,
    }


def _usable(memory: dict[str, Any] | None, domain: Domain) -> dict[str, Any]:
    if memory is None:
        return {}
    form = memory.get("form")
    if memory.get("version") != VERSION or not (form is None or _form_exists(form, domain)):
        return {"facts": memory.get("facts", {})}
    return memory


def _form_exists(form: object, domain: Domain) -> bool:
    if not isinstance(form, dict) or form.get("name") not in domain.form_names:
        return False
    asked = form.get("requested_slot")
    return asked is None or asked in {slot.name for slot in domain.slots}


def _events(memory: dict[str, Any], domain: Domain) -> list[Event]:
    known = {slot.name for slot in domain.slots}
    events: list[Event] = [
        ActionExecuted(ACTION_SESSION_START_NAME),
        SessionStarted(),
        ActionExecuted(ACTION_LISTEN_NAME),
    ]
    if FACTS_SLOT in known and "facts" in memory:
        events.append(SlotSet(FACTS_SLOT, memory["facts"]))
    events += [
        SlotSet(name, value)
        for name, value in memory.get("slots", {}).items()
        if name in known and name not in _NOT_REMEMBERED
    ]
    form = memory.get("form")
    steps: list[str] = []
    if form:
        events.append(ActiveLoop(form["name"]))
        steps.append(form["name"])
    last = str(memory.get("last_action"))
    if last in domain.action_names_or_texts and last not in (*_NO_STEP, *steps):
        steps.append(last)
    if steps:
        events.append(UserUttered("", _NEUTRAL))
        events += [ActionExecuted(step) for step in steps]
        if form:
            events.append(SlotSet(REQUESTED_SLOT, form.get("requested_slot")))
        events.append(ActionExecuted(ACTION_LISTEN_NAME))
    return events


def _last_action(tracker: DialogueStateTracker) -> str | None:
    for event in reversed(tracker.applied_events()):
        if isinstance(event, ActionExecuted) and event.action_name not in _NO_STEP:
            name: str | None = event.action_name
            return name
    return None
