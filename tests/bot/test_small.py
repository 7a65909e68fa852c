"""A safe time that is told, corrected and asked about."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.context import Context
from bot.actions.hearing import facts_of, hear
from bot.actions.recall import recall
from bot.actions.small import read_small, tell_time
from tests.bot.trackers import DETROIT, ids, tracker

KEPT = "2026-11-25T20:00:00+00:00"  # Wednesday, 3 in the afternoon in Detroit


def told(
    context: Context, text: str, *, kept: str | None = KEPT, **more: Any
) -> tuple[list[dict[str, Any]], Any]:
    made = tracker(text, place=DETROIT, safe=True, **more)
    dispatcher = CollectingDispatcher()
    known, facts, heard = recall(made), facts_of(made), hear(made, context)
    if known.small:
        events = read_small(context, dispatcher, known, facts, heard)
    else:
        events = tell_time(dispatcher, known, facts, heard, kept=kept)
    return [message["custom"] for message in dispatcher.messages], events


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("make it 4pm instead", "2026-11-25T21:00:00+00:00"),
        ("mejor el jueves", "2026-11-26T20:00:00+00:00"),
        ("change it to friday", "2026-11-27T20:00:00+00:00"),
    ],
)
def test_a_correction_keeps_the_day_or_the_hour_before_and_after_the_yes(
    context: Context, text: str, at: str
) -> None:
    open_question = {"ask": "confirm_safe_time", "at": KEPT, "zone": "America/Detroit"}
    said, _ = told(context, text, small=open_question)
    assert ids(said) == ["confirm_safe_time"]
    assert said[0]["args"]["time"]["time"] == at
    said, _ = told(context, text)
    assert said[0]["args"]["time"]["time"] == at


@pytest.mark.parametrize("text", ["what time will u text me", "¿a qué hora me va a escribir?"])
def test_the_time_that_is_kept_is_said_to_who_asks(context: Context, text: str) -> None:
    said, events = told(context, text, intent="safe_time")
    assert ids(said) == ["safe_time_is"]
    assert said[0]["args"]["time"]["time"] == KEPT
    assert events


def test_without_a_kept_time_nothing_is_said_of_one(context: Context) -> None:
    assert told(context, "what time will u text me", kept=None) == ([], None)
    assert told(context, "make it 4pm instead", kept=None) == ([], None)


def test_a_change_without_a_time_is_left_to_others(context: Context) -> None:
    assert told(context, "mejor un abogado") == ([], None)
    assert told(context, "actually 2 kids are with me") == ([], None)
    assert told(context, "actually food", needs=("food",)) == ([], None)
