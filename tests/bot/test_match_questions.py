"""A short question about a match is answered in one line, for the match that is meant."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.context import Context
from bot.actions.hearing import facts_of, hear
from bot.actions.match_questions import answer_about
from bot.actions.matches import ShowMatches
from bot.actions.recall import recall
from language.speaking import speak_word
from tests.bot.trackers import DETROIT, ids, run, tracker


def asked(context: Context, text: str, **more: Any) -> tuple[list[dict[str, Any]], Any]:
    searching = tracker("", place=DETROIT, safe=True)
    searching.slots["needs"] = ["housing"]
    shown = run(ShowMatches, context, searching)[2]
    listed = shown["listed"][: more.pop("length", 3)]
    made = tracker(text, place=DETROIT, safe=True, matched=True, listed=listed, **more)
    made.slots["needs"] = ["housing"]
    dispatcher = CollectingDispatcher()
    events = answer_about(context, dispatcher, recall(made), facts_of(made), hear(made, context))
    return [message["custom"] for message in dispatcher.messages], events


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("is it open now", {"match_open", "match_opens", "match_closed", "match_hours_unknown"}),
        ("a que hora abren", {"match_open", "match_opens", "match_closed", "match_hours_unknown"}),
        ("do they speak spanish", {"match_languages", "match_languages_unknown"}),
        ("whats the address", {"match_address", "match_address_unknown"}),
        ("do they charge", {"match_cost", "match_cost_unknown"}),
        ("is it free", {"match_cost", "match_cost_unknown"}),
        ("开门吗", {"match_open", "match_opens", "match_closed", "match_hours_unknown"}),
    ],
)
def test_one_line_answers_for_the_match_that_was_told_last(
    context: Context, text: str, facts: set[str]
) -> None:
    said, events = asked(context, text, told_about=2)
    assert ids(said) == ["match_says"]
    assert said[0]["args"]["number"] == 2
    assert said[0]["args"]["fact"]["say"] in facts
    assert {event["name"]: event["value"] for event in events} == {"told_about": 2}
    text_said = speak_word(context.catalogue, said[0], "es")
    assert text_said.startswith("2 ")
    assert "\n" not in text_said


@pytest.mark.parametrize(
    "text", ["is number 1 free", "es gratis el 1", "is 1 open", "the first one, is it open?"]
)
def test_a_number_in_the_question_names_the_match(context: Context, text: str) -> None:
    said, _ = asked(context, text, told_about=2)
    assert [one["args"]["number"] for one in said] == [1]


def test_an_hour_in_the_question_names_no_match(context: Context) -> None:
    said, _ = asked(context, "is it open until 3", told_about=1)
    assert [one["args"]["number"] for one in said] == [1]


def test_the_only_match_is_meant(context: Context) -> None:
    said, _ = asked(context, "esta abierto?", length=1)
    assert [one["args"]["number"] for one in said] == [1]


def test_where_none_is_clear_it_is_asked_which(context: Context) -> None:
    said, events = asked(context, "is it open now")
    assert ids(said) == ["which_match"]
    assert events == []


@pytest.mark.parametrize("text", ["is it free", "how much does this cost", "hablan español"])
def test_what_may_be_about_this_service_is_left_to_others(context: Context, text: str) -> None:
    assert asked(context, text) == ([], None)


@pytest.mark.parametrize("text", ["i need food", "do you speak spanish", "thank you", ""])
def test_other_words_are_left_to_others(context: Context, text: str) -> None:
    assert asked(context, text) == ([], None)


def test_a_new_need_in_the_question_is_left_to_others(context: Context) -> None:
    assert asked(context, "where are they giving food", needs=("food",)) == ([], None)


def test_no_name_is_said_while_discreet(context: Context) -> None:
    # S8
    said, _ = asked(context, "whats the address", told_about=1)
    partner = said[0]["args"]["partner"]
    variant = {**said[0], "say": "match_says_discreet"}
    assert partner not in speak_word(context.catalogue, variant, "en")
