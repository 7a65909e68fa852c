"""The intake keeps what is told, never asks it again, and never interrogates."""

from typing import Any

import pytest
from rasa_sdk import Tracker

from bot.actions.context import Context
from bot.actions.intake import ValidateIntakeForm
from bot.actions.matches import ShowMatches
from bot.actions.questions import AskNeeds, AskPlace, AskSafe
from bot.actions.recall import ANYWHERE
from tests.bot.trackers import DETROIT, ids, run, tracker

FORM = "intake_form"
FIRST = {"met": None, "told": None}
LONG = {"silence_seconds": 7 * 3600}


def heard(context: Context, text: str, question: str | None, **more: Any) -> dict[str, Any]:
    return run(ValidateIntakeForm, context, answering(text, question, **more))[2]


def answering(
    text: str, question: str | None, *, remembered: dict[str, Any] | None = None, **more: Any
) -> Tracker:
    """A tracker where this question of the intake was asked and `text` came."""
    made = tracker(text, form=FORM, asked=question, **more)
    made.slots |= remembered or {}
    return made


def rejected(context: Context, text: str, question: str, **more: Any) -> bool:
    events = run(ValidateIntakeForm, context, answering(text, question, **more))[3]
    return any(event["event"] == "action_execution_rejected" for event in events)


def test_needs_and_place_of_the_first_message_are_kept(context: Context) -> None:
    text = "i got no where to sleep, me n my 2 yr old near 48226"
    slots = heard(
        context,
        text,
        None,
        intent="need",
        needs=("housing",),
        facts={"first_contact": True},
        **FIRST,
    )
    assert slots["needs"] == ["housing"]
    assert slots["place"]["zip"] == "48226"
    assert slots["safe"] is None


def test_a_person_asked_for_first_is_offered_after_the_safety_question(context: Context) -> None:
    slots = heard(
        context,
        "can i talk to someone",
        None,
        intent="human",
        facts={"first_contact": True},
        **FIRST,
    )
    assert slots["wants_person"] is True
    after = heard(context, "yes", "safe", intent="yes", wants_person=True)
    assert after["route"] == "offer"
    assert after["requested_slot"] is None


@pytest.mark.parametrize("text", ["yes", "y", "sí", "1", "skip"])
def test_a_yes_or_a_skip_goes_on(context: Context, text: str) -> None:
    assert heard(context, text, "safe")["safe"] is True


@pytest.mark.parametrize("text", ["no", "2", "n", "never mind"])
def test_not_safe_leads_to_the_pause(context: Context, text: str) -> None:
    # S7
    slots = heard(context, text, "safe")
    assert slots["route"] == "pause"
    assert slots.get("safe") is None


def test_tell_me_about_2_is_no_answer_to_the_safety_question(context: Context) -> None:
    slots = heard(context, "tell me about 2", "safe", intent="about_match")
    assert "route" not in slots
    assert "safe" not in slots


def test_who_tells_their_need_instead_of_a_yes_is_not_asked_again(
    context: Context,
) -> None:
    asked = {"remembered": {"asked": {"slot": "safe", "times": 1}}, "confidence": 0.8}
    food = {"intent": "need", "needs": ("food",), **asked}
    assert heard(context, "i need food", "safe", **food)["safe"] is True
    assert "safe" not in heard(context, "it is a lot", "safe", intent="other", **asked)
    # What crossed with the question was written before it could be read.
    assert "safe" not in heard(context, "i need food", "safe", facts={"crossed": True}, **food)


def test_numbers_of_the_menu_are_needs(context: Context) -> None:
    slots = heard(context, "3 and 1", "needs", safe=True)
    assert slots["needs"] == ["legal_representation", "housing"]


def test_a_label_tapped_in_web_chat_is_its_need(context: Context) -> None:
    # "legal help" alone may be understood as asking for help.
    slots = heard(context, "legal help", "needs", intent="help", safe=True)
    assert slots["needs"] == ["legal_representation"]


def test_a_need_told_beside_a_question_is_kept_and_the_question_answered(context: Context) -> None:
    more = {"intent": "cost", "needs": ("dental_care",), "safe": True}
    assert heard(context, "is a dentist free", "needs", **more)["needs"] == ["dental_care"]
    assert rejected(context, "is a dentist free", "needs", **more)


def test_a_skipped_need_leads_to_the_offer_of_a_person(context: Context) -> None:
    # B6
    slots = heard(context, "skip", "needs", safe=True)
    assert slots["needs"] == []
    assert slots["route"] == "offer"


def test_the_third_misunderstanding_in_a_row_leads_to_a_person(context: Context) -> None:
    # B5: at the second one the person stood beside the menu.
    for before, after in ((0, 1), (1, 2)):
        slots = heard(context, "blue sky", "needs", safe=True, misunderstood=before)
        assert slots["misunderstood"] == after
    assert heard(context, "blue sky", "needs", safe=True, misunderstood=2)["route"] == "offer"


@pytest.mark.parametrize(
    "text", ["48226", "detroit", "im near detroit", "Wayne County MI", "detriot mi"]
)
def test_a_place_is_read_as_people_write_it(context: Context, text: str) -> None:
    slots = heard(context, text, "place", intent="place", safe=True, needs=("food",))
    assert slots["place"]["state"] == "MI"


@pytest.mark.parametrize("text", ["skip", "no", "idk", "no sé", "rather not say"])
def test_the_place_can_be_left_out(context: Context, text: str) -> None:
    intent = "skip" if text == "rather not say" else "other"
    slots = heard(context, text, "place", intent=intent, safe=True)
    assert slots["place"] == ANYWHERE


def test_of_several_towns_one_is_chosen_by_number_or_state(context: Context) -> None:
    first = heard(context, "springfield", "place", intent="place", safe=True)
    options = first["places_asked"]
    assert len(options) > 1
    by_number = heard(context, "2", "place", safe=True, places_asked=options)
    assert by_number["place"] == options[1]
    by_state = heard(context, "illinois", "place", intent="place", safe=True, places_asked=options)
    assert by_state["place"]["state"] == "IL"


def test_an_unknown_place_is_asked_once_more_and_then_left_out(context: Context) -> None:
    first = heard(context, "qwxzzt", "place", safe=True)
    assert first["place_tries"] == 1
    said, _, slots, _ = run(
        ValidateIntakeForm,
        context,
        tracker("qwxzzt", form=FORM, asked="place", safe=True, place_tries=1),
    )
    assert ids(said) == ["place_gave_up"]
    assert slots["place"] == ANYWHERE


def test_the_word_more_is_not_taken_for_the_town_of_moore(context: Context) -> None:
    slots = heard(context, "more", "place", intent="more", safe=True)
    assert "place" not in slots
    assert "places_asked" not in slots


@pytest.mark.parametrize(
    "intent", ["cost", "privacy", "why", "who_are_you", "authorities", "thanks", "help", "unsafe"]
)
@pytest.mark.parametrize("asked", ["safe", "needs", "place"])
def test_an_aside_is_left_to_the_rules(context: Context, intent: str, asked: str) -> None:
    if (intent, asked) == ("unsafe", "safe"):
        assert heard(context, "he is looking", asked, intent=intent)["route"] == "pause"
    else:
        assert rejected(context, "something asked in between here", asked, intent=intent, safe=True)


def test_an_aside_that_is_a_mere_guess_counts_as_not_understood(context: Context) -> None:
    slots = heard(context, "qwxzzt", "place", intent="who_are_you", confidence=0.14, safe=True)
    assert slots["place_tries"] == 1
    # Silence costs most: it is never a guess.
    assert not rejected(context, "stop that", "place", intent="stop", confidence=0.14, safe=True)
    assert rejected(context, "pls stop it", "place", intent="stop", confidence=0.8, safe=True)


def test_danger_is_left_to_the_rules_from_any_question(context: Context) -> None:
    # B4
    for asked in ("safe", "needs", "place"):
        assert rejected(context, "hes at the door", asked, intent="danger")


def test_a_plain_no_is_no_danger_whatever_it_was_understood_as(context: Context) -> None:
    assert heard(context, "mejor no", "safe", intent="self_harm")["route"] == "pause"


def test_what_the_core_answered_as_danger_is_no_misunderstanding(context: Context) -> None:
    slots = heard(context, "he has a gun", "needs", safe=True, facts={"crisis_answered": True})
    assert "misunderstood" not in slots


def test_after_hours_of_silence_it_is_asked_again_whether_texting_is_safe(context: Context) -> None:
    # S6, S13
    slots = heard(context, "48226", "place", intent="place", safe=True, facts=LONG)
    assert slots["safe"] is None
    assert slots["place"]["zip"] == "48226"


def test_a_lost_memory_leads_to_the_menu_without_a_second_welcome(context: Context) -> None:
    slots = heard(context, "hm", None, met=None, told=None)
    assert slots["safe"] is True


def test_first_words_say_what_this_is_and_who_reads_it_before_anything_is_asked(
    context: Context,
) -> None:
    # M4, B1, P2
    first = tracker("hi", form=FORM, met=None, told=None, facts={"first_contact": True})
    assert ids(run(AskSafe, context, first)[0]) == ["welcome", "welcome_private", "ask_safe"]


def test_what_the_core_has_said_already_is_not_said_again(context: Context) -> None:
    # HELP or HUMAN as the very first text is answered by the core, with the welcome.
    first = tracker("food", form=FORM, met=None, told=None, facts={"welcomed": True})
    said, _, slots, _ = run(AskSafe, context, first)
    assert ids(said) == ["welcome_private", "ask_safe"]
    assert slots["told"] == ["welcome", "private"]


def test_what_was_told_is_acknowledged_without_repeating_it(context: Context) -> None:
    first = tracker("food", form=FORM, met=None, told=None, facts={"first_contact": True})
    first.slots["needs"] = ["food"]
    assert ids(run(AskSafe, context, first)[0])[-1] == "ask_safe_heard"


def test_re_entry_is_neutral_and_says_automated_after_a_week(context: Context) -> None:
    # B1, S13
    assert ids(run(AskSafe, context, tracker("hi", form=FORM, facts=LONG))[0]) == ["reentry"]
    week = {"silence_seconds": 8 * 86400}
    assert ids(run(AskSafe, context, tracker("hi", form=FORM, facts=week))[0]) == [
        "reentry_automated"
    ]


def test_it_is_said_again_that_this_is_automated_every_three_hours(context: Context) -> None:
    # B1
    told_at = 1795532400.0 - 3 * 3600
    said = run(AskNeeds, context, tracker("hi", form=FORM, told_at=told_at))[0]
    assert ids(said) == ["still_automated", "ask_need"]


def test_a_question_is_never_asked_in_the_same_words_twice_in_a_row(context: Context) -> None:
    for action, slot in ((AskSafe, "safe"), (AskNeeds, "needs"), (AskPlace, "place")):
        before: list[str] = []
        for times in range(4):
            known = tracker("hi", form=FORM, asked=slot)
            known.slots |= {"asked": {"slot": slot, "times": times}, "needs": ["food"]}
            known.slots |= {"said_last": before[0] if before else None}
            said = ids(run(action, context, known)[0])
            assert said != before
            before = said


def test_i_do_not_know_what_i_need_gets_the_menu_without_haste(context: Context) -> None:
    said = run(AskNeeds, context, tracker("idk", form=FORM, misunderstood=1))[0]
    assert ids(said) == ["need_unsure"]


def test_everything_known_leads_to_the_matches_and_once_to_the_offer(context: Context) -> None:
    known = {"needs": ("food",), "intent": "yes"}
    slots = heard(context, "yes", "safe", **known, place=DETROIT)
    assert (slots["route"], slots["detail"]) == ("matches", "done")
    for offered, route in ((None, "offer"), (True, "next")):
        told = tracker("yes", place=DETROIT, offered=offered)
        told.slots["needs"] = ["food"]
        assert run(ShowMatches, context, told)[2]["route"] == route


def test_a_question_is_not_taken_for_one_of_several_towns(context: Context) -> None:
    options = heard(context, "springfield", "place", intent="place", safe=True)["places_asked"]
    more = {"safe": True, "places_asked": options}
    assert rejected(context, "is it free", "place", intent="cost", **more)
    assert rejected(context, "who is this", "place", intent="who_are_you", **more)
    assert heard(context, "in il", "place", **more)["place"]["state"] == "IL"


@pytest.mark.parametrize(
    ("text", "intent"),
    [("not in detroit he knows everybody there", "unsafe"), ("im not in detroit anymore", "place")],
)
def test_a_known_place_that_is_to_be_avoided_is_forgotten_and_asked_again(
    context: Context, text: str, intent: str
) -> None:
    known = {"safe": True, "needs": ["housing"], "place": DETROIT}
    slots = heard(context, text, "detail", intent=intent, remembered=known)
    assert slots["place"] is None
    asking = answering(text, "place", remembered={**known, "place": None})
    assert ids(run(AskPlace, context, asking)[0]) == ["place_avoided"]


def test_another_place_named_with_the_one_to_avoid_stands_instead(context: Context) -> None:
    known = {"safe": True, "needs": ["housing"], "place": DETROIT}
    slots = heard(context, "not in detroit, maybe toledo", "detail", remembered=known)
    assert slots["place"]["label"] == "Toledo, OH"


def test_a_place_to_avoid_is_no_place_that_was_not_found(context: Context) -> None:
    known = {"safe": True, "needs": ["housing"]}
    slots = heard(context, "not in detroit", "place", intent="place", remembered=known)
    assert slots.get("place") is None
    assert slots.get("place_tries") is None


def test_where_somebody_is_from_does_not_move_a_search(context: Context) -> None:
    known = {"safe": True, "needs": ["housing"], "place": DETROIT}
    for text in ("i need food, im from houston", "my mom is in ohio and i need food"):
        told = heard(context, text, "detail", intent="need", needs=("food",), remembered=known)
        assert "place" not in told
