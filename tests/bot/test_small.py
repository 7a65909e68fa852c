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


@pytest.mark.parametrize("text", ["tonight", "for tonight", "something by 8pm tonight", "hoy"])
def test_when_help_is_needed_is_no_time_at_which_to_text_them(context: Context, text: str) -> None:
    assert told(context, text, kept=None, intent="safe_time") == ([], None)


IN_LINE = {"handoff": "waiting"}
OFF = {
    "actually dont text me": ({"safe_time": KEPT}, "forget_safe_time", "safe_time_forgotten"),
    "mejor no me escriba": ({"safe_time": KEPT}, "forget_safe_time", "safe_time_forgotten"),
    "cancel that time": ({"safe_time": KEPT}, "forget_safe_time", "safe_time_forgotten"),
    "stop with the check ins pls": (
        {"check_ins": True, **IN_LINE},
        "set_check_ins",
        "check_ins_off",
    ),
    "ya no me mande avisos": ({"check_ins": True, **IN_LINE}, "set_check_ins", "check_ins_off"),
    "dont text me first": ({}, None, "safe_time_forgotten"),
}


@pytest.mark.parametrize("text", list(OFF))
def test_a_text_of_ours_that_is_not_wanted_any_more_does_not_come(
    context: Context, text: str
) -> None:
    facts, wanted, answer = OFF[text]
    said, _ = told(context, text, facts=facts)
    commands = [one["command"] for one in said if "command" in one]
    assert commands == ([wanted] if wanted else [])
    assert [one["say"] for one in said if "say" in one] == [answer]


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({"safe_time": KEPT}, "safe_time_is"),
        (IN_LINE, "texts_first_line"),
        ({}, "texts_first_never"),
    ],
)
@pytest.mark.parametrize("text", ["are you going to text me tmrw?", "me va a escribir mañana?"])
def test_who_asks_if_we_text_is_told_the_time_or_no(
    context: Context, text: str, facts: dict[str, Any], answer: str
) -> None:
    said, _ = told(context, text, kept=facts.get("safe_time"), facts=facts)
    assert ids(said) == [answer]
