"""A short question about a match is answered in one line, for the match that is meant."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.context import Context
from bot.actions.hearing import facts_of, hear
from bot.actions.match_questions import about_listed_only, answer_about
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
    known = recall(made)
    heard = about_listed_only(known, hear(made, context))
    events = answer_about(context, dispatcher, known, facts_of(made), heard)
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


def test_where_none_is_clear_it_is_answered_for_all(context: Context) -> None:
    # B6: no question beside the one that is open
    said, events = asked(context, "is it open now")
    assert ids(said) == ["match_answers"]
    assert speak_word(context.catalogue, said[0], "en").startswith("1 ")
    assert events == []


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("do they need papers", {"match_unknown_all", "match_answers"}),
        ("we dont have papers is that a problem", {"match_unknown_all", "match_answers"}),
        ("y piden papeles?", {"match_unknown_all", "match_answers"}),
        ("NO TENGO SEGURO", {"match_unknown_all", "match_answers"}),
        ("which one speaks spanish", {"match_answers"}),
        ("cual habla español?", {"match_answers"}),
        ("chinese?", {"match_answers"}),
        ("cual esta mas cerca?", {"match_answers"}),
        ("y abren los sabados?", {"match_answers", "match_unknown_all"}),
        ("do they take kids", {"match_answers"}),
        ("can u hold a room", {"match_room", "match_answers"}),
        ("so if i go there who finds out", {"match_tells", "match_answers"}),
        ("do they call my caseworker", {"match_tells", "match_answers"}),
        ("may I sit with him?", {"match_unknown_all"}),
        ("can i bring my dog", {"match_unknown_all"}),
        ("收孩子吗", {"match_answers"}),
    ],
)
def test_one_question_is_answered_for_all_that_are_listed(
    context: Context, text: str, answers: set[str]
) -> None:
    needs = ("identification_documents",) if "pap" in text else ()
    said, events = asked(context, text, needs=needs)
    assert set(ids(said)) <= answers
    assert len(said) == 1
    assert events == []


def test_what_is_not_known_of_one_is_said_with_who_can_be_asked(context: Context) -> None:
    said, _ = asked(context, "does number 1 take dogs", length=1)
    assert ids(said) == ["match_unknown"]
    assert said[0]["args"]["contact"] in speak_word(context.catalogue, said[0], "en")


def test_the_number_in_the_question_is_answered_alone(context: Context) -> None:
    said, _ = asked(context, "y el 1 me cobra?", told_about=2)
    assert [one["args"]["number"] for one in said] == [1]


@pytest.mark.parametrize("text", ["i need to get my papers", "i need help with my kids", "quiero"])
def test_a_wish_is_no_question_about_the_list(context: Context, text: str) -> None:
    assert asked(context, text) == ([], None)


@pytest.mark.parametrize("text", ["is it free", "how much does this cost", "habla español"])
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
