"""Asides about the service, about themselves and about somebody: each answer by itself."""

import pytest
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.asides import (
    AboutMe,
    Abuse,
    AsksAboutSomeone,
    ForSomeoneElse,
    Outside,
    Outsider,
    Press,
    SmallTalk,
    WhatIs,
    WrongNumber,
)
from bot.actions.context import Context
from bot.actions.hearing import hear
from bot.actions.intake import ValidateIntakeForm
from directory.vocabulary import Need
from language.segments import fold_accents, segments
from language.speaking import speak_word
from tests.bot.trackers import DETROIT, ids, run, tracker

LONG = {"silence_seconds": 30000}


def test_everything_that_is_kept_is_said_back(context: Context) -> None:
    facts = {
        "handoff": "waiting",
        "safe_time": "2026-11-25T20:00:00+00:00",
        "zone": "America/Detroit",
        "check_ins": True,
        "discreet": True,
    }
    heard = tracker("what do you know about me", intent="about_me", safe=True, facts=facts)
    heard.slots |= {"place": DETROIT, "needs": ["food", "housing"]}
    heard.slots["fits"] = {"children": True, "wheelchair": True, "gender": "woman"}
    heard.slots["told"] = [*heard.slots["told"], "minor"]
    said, commands, _, _ = run(AboutMe, context, heard)
    assert ids(said) == ["about_me", "about_me_change"]
    assert commands == []
    text = speak_word(context.catalogue, said[0], "en")
    for told in ("food", "Detroit, MI", "under 18", "a person", "check-ins", "discreet", "English"):
        assert told in text
    for told in ("children with you", "wheelchair", "a woman"):
        assert told in text
    assert "3:00" in text
    assert "START OVER" in speak_word(context.catalogue, said[1], "en")


def test_nothing_is_said_to_be_kept_when_nothing_was_told(context: Context) -> None:
    said = run(AboutMe, context, tracker("que sabe de mi", intent="about_me", safe=True))[0]
    assert ids(said) == ["about_me_nothing"]


@pytest.mark.parametrize(("action", "intent"), [(AboutMe, "about_me"), (WhatIs, "what_is")])
def test_a_stranger_is_told_nothing_before_texting_is_safe(
    context: Context, action: type[AboutMe], intent: str
) -> None:
    # S13
    heard = tracker("x", intent=intent, needs=("housing",), form="intake_form", asked="safe")
    assert run(action, context, heard)[0] == []


@pytest.mark.parametrize(
    ("intent", "answer"),
    [
        ("about_me", "about_me_nothing"),
        ("what_is", "about_need_housing"),
        ("trust", "trust"),
        ("for_someone_else", "for_someone_else"),
    ],
)
@pytest.mark.parametrize("facts", [{"first_contact": True}, LONG])
def test_what_was_asked_before_texting_was_safe_is_answered_after_a_yes(
    context: Context, intent: str, answer: str, facts: dict[str, object]
) -> None:
    met = None if "first_contact" in facts else True
    first = tracker(
        "what is x", intent=intent, needs=("housing",), form="intake_form", facts=facts, met=met
    )
    said, _, slots, _ = run(ValidateIntakeForm, context, first)
    assert said == []
    owed = slots["owed"]
    yes = tracker("yes", intent="yes", form="intake_form", asked="safe", owed=owed)
    said, _, slots, _ = run(ValidateIntakeForm, context, yes)
    assert ids(said)[:1] == [answer]
    assert slots["owed"] is None


def test_a_no_keeps_the_answer_back(context: Context) -> None:
    owed = {"intent": "what_is", "needs": ["housing"]}
    no = tracker("no", intent="no", form="intake_form", asked="safe", owed=owed)
    said, _, slots, _ = run(ValidateIntakeForm, context, no)
    assert said == []
    assert slots["route"] == "pause"


@pytest.mark.parametrize("intent", ["what_is", "press", "asks_about_someone", "outsider"])
def test_a_need_that_is_only_named_is_not_asked_for(context: Context, intent: str) -> None:
    heard = tracker(
        "what is x", intent=intent, needs=("housing",), form="intake_form", asked="needs"
    )
    assert hear(heard, context).needs == ()
    slots = run(ValidateIntakeForm, context, heard)[2]
    assert "needs" not in slots


def test_a_need_named_in_a_mere_guess_is_asked_for(context: Context) -> None:
    heard = tracker("x", intent="what_is", confidence=0.2, needs=("housing",))
    assert hear(heard, context).needs == (Need.HOUSING,)


def test_at_most_two_kinds_of_help_are_explained_and_none_without_a_name(context: Context) -> None:
    heard = tracker("x", intent="what_is", needs=("food", "housing", "clothing"))
    assert ids(run(WhatIs, context, heard)[0]) == ["about_need_food", "about_need_housing"]
    assert ids(run(WhatIs, context, tracker("x", intent="what_is"))[0]) == ["what_is_kinds"]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("need", list(Need))
def test_each_explanation_is_one_text_message(context: Context, need: Need, language: str) -> None:
    text = context.catalogue.speak(f"about_need_{need}", {}, language)
    assert segments(fold_accents(text)).count == 1


def test_a_friends_need_is_looked_for_when_an_offer_is_open(context: Context) -> None:
    heard = tracker("x", intent="for_someone_else", needs=("food",), form="offer_form", safe=True)
    said, _, slots, _ = run(ForSomeoneElse, context, heard)
    assert ids(said) == ["for_someone_else"]
    assert slots["route"] == "intake"
    without = tracker("x", intent="for_someone_else", form="offer_form", safe=True)
    assert run(ForSomeoneElse, context, without)[2]["route"] is None


@pytest.mark.parametrize(("action", "first"), [(SmallTalk, "small_talk"), (Abuse, "abuse")])
def test_the_second_answer_has_other_words(
    context: Context, action: type[SmallTalk], first: str
) -> None:
    said, _, slots, _ = run(action, context, tracker("x", intent=first))
    assert ids(said) == [first]
    again = tracker("x", intent=first, answered=slots["answered"])
    assert ids(run(action, context, again)[0]) == [f"{first}_again"]


@pytest.mark.parametrize("action", [Abuse, Press, AsksAboutSomeone])
def test_at_first_contact_what_this_is_comes_before_the_answer(
    context: Context, action: type[Outside]
) -> None:
    # M4, B1
    said, _, slots, _ = run(action, context, tracker("x", met=None, told=None))
    assert ids(said) == ["welcome", action.messages[0]]
    assert slots["told"] == ["welcome"]
    assert slots["route"] is None


@pytest.mark.parametrize("action", [Abuse, Press, AsksAboutSomeone])
def test_after_a_pause_a_stranger_learns_nothing(context: Context, action: type[Outside]) -> None:
    # S13
    said, _, slots, _ = run(action, context, tracker("x", met=None))
    assert said == []
    assert slots["route"] == "intake"


def test_whoever_asks_about_somebody_reads_the_same_words(context: Context) -> None:
    # C1: neither that a person has written nor that they have not.
    plain = tracker("where is my daughter", intent="asks_about_someone")
    told = tracker("this is detective x", intent="asks_about_someone", place=DETROIT, safe=True)
    told.slots["needs"] = ["housing"]
    first, second = (run(AsksAboutSomeone, context, heard) for heard in (plain, told))
    assert first[0] == second[0]
    assert second[2]["safe"] is None
    assert "needs" not in second[2]


def test_a_wrong_number_ends_neutrally(context: Context) -> None:
    # S7, S13
    said, commands, slots, _ = run(WrongNumber, context, tracker("wrong number", safe=True))
    assert ids(said) == ["wrong_number"]
    assert commands == [{"command": "pause", "args": {}}]
    assert (slots["met"], slots["safe"]) == (None, None)
    first = tracker("wrong number", met=None, told=None)
    assert ids(run(WrongNumber, context, first)[0]) == ["wrong_number_first"]


def test_what_was_explained_in_this_answer_is_not_explained_again() -> None:
    dispatcher = CollectingDispatcher()
    for _ in range(2):
        WhatIs.answer(dispatcher, tracker("what is case management"), (Need.CASE_MANAGEMENT,))
    assert [one["custom"]["say"] for one in dispatcher.messages] == ["about_need_case_management"]


def test_being_native_is_said_back_as_kept(context: Context) -> None:
    heard = tracker("what do you know", intent="about_me", safe=True, fits={"native": True})
    said = run(AboutMe, context, heard)[0]
    assert "You are Native" in speak_word(context.catalogue, said[0], "en")


@pytest.mark.parametrize("text", ["what about food", "y comida?", "ged classes + esl"])
def test_a_kind_of_help_that_is_only_named_is_asked_for(context: Context, text: str) -> None:
    heard = tracker(text, intent="what_is", needs=("food",), form="intake_form", asked="needs")
    assert hear(heard, context).needs == ("food",)
    assert run(ValidateIntakeForm, context, heard)[2]["needs"] == ["food"]


def test_who_wants_to_report_learns_whom_to_call_and_nothing_is_searched(context: Context) -> None:
    first = tracker("a girl in room 12", intent="outsider", needs=("housing",), met=None, told=[])
    said, commands, slots, _ = run(Outsider, context, first)
    assert ids(said) == ["welcome", "outsider"]
    assert commands == []
    assert slots["route"] is None
    assert "needs" not in slots
    again = tracker("a girl in room 12", intent="outsider", answered={"outsider": 1})
    assert ids(run(Outsider, context, again)[0]) == ["outsider_again"]


def test_who_just_said_that_it_is_safe_is_not_asked_again(context: Context) -> None:
    heard = tracker("where is my sister", intent="asks_about_someone", safe=True)
    heard.slots["asked"] = {"slot": "needs", "times": 1}
    said, _, slots, _ = run(AsksAboutSomeone, context, heard)
    assert ids(said) == ["asks_about_someone"]
    assert "safe" not in slots


@pytest.mark.parametrize(
    ("text", "answer"),
    [("whats the police number", "police_wish"), ("kiero hablar con la policia", "police_wish")],
)
def test_what_has_an_answer_of_its_own_waits_for_the_yes_too(
    context: Context, text: str, answer: str
) -> None:
    first = tracker(text, intent="need", needs=("victim_advocacy",), form="intake_form", met=None)
    said, _, slots, _ = run(ValidateIntakeForm, context, first)
    assert said == []
    assert "needs" not in slots
    yes = tracker("yes", intent="yes", form="intake_form", asked="safe", owed=slots["owed"])
    assert ids(run(ValidateIntakeForm, context, yes)[0])[:1] == [answer]
