"""Part of the bot's actions: what all of them share. Must never write or quote a survivor."""

from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.context import Context
from bot.actions.hearing import CONTINUOUS, Facts
from bot.actions.recall import Recall, slots
from bot.actions.speech import say

Events = list[EventType]


class Step(Action):  # type: ignore[misc]
    """An action of ours: `called` is its name in the domain."""

    called: ClassVar[str]

    def __init__(self, context: Context) -> None:
        """`context` is all that an action may reach."""
        self.context = context

    def name(self) -> str:
        """The name in the domain."""
        return self.called

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Say what there is to say and return what to remember."""
        return self.act(dispatcher, tracker)

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The action itself; the domain is not needed for any of ours."""
        raise NotImplementedError(self.called)


def closed(route: str) -> Events:
    """Close the form that is open; the rules go on along this route."""
    return [*slots(route=route), SlotSet("requested_slot", None)]


def reject(form: str) -> Events:
    """Leave the message to the rules; the form asks its question again afterwards."""
    return [ActionExecutionRejected(form)]


def asks(known: Recall, slot: str, **more: Any) -> Events:
    """Remember that this question was asked once more in a row."""
    times = known.times_asked + 1 if known.asked == slot else 1
    return slots(asked={"slot": slot, "times": times}, **more)


def times_asked(known: Recall, slot: str) -> int:
    """How often in a row this question was asked before."""
    return known.times_asked if known.asked == slot else 0


def say_in_turn(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    *messages: str,
    counted: str | None = None,
    **args: str,
) -> dict[str, Any]:
    """Say the next of these messages, the second time in other words; returns slots.

    `counted` is the name under which the times are counted, the first message if there is none.
    """
    answered = dict(tracker.get_slot("answered") or {})
    name = counted or messages[0]
    times = int(answered.get(name) or 0)
    say(dispatcher, messages[times % len(messages)], **args)
    return {"answered": {**answered, name: times + 1}}


def remind_automated(
    dispatcher: CollectingDispatcher, facts: Facts, told_at: float | None
) -> Events:
    """Say again that this is automated when the conversation has gone on for long (B1)."""
    now = facts.now.timestamp()
    if told_at is None or now - told_at < CONTINUOUS.total_seconds():
        return []
    say(dispatcher, "still_automated")
    return slots(told_at=now)
