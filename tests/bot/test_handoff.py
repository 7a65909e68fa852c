"""Only a clear yes opens a handoff, a no costs nothing, and the offer is never pushed."""

from typing import Any

import pytest

from bot.actions.context import Context
from bot.actions.handoff import (
    AskAgree,
    LeaveOffer,
    OpenHandoff,
    Person,
    RefuseHandoff,
    ValidateOfferForm,
)
from bot.actions.intake import ValidateIntakeForm
from bot.actions.onwards import ValidateNextForm
from bot.actions.step import Step
from conversation import handoffs
from tests.bot.trackers import DETROIT, ids, run, tracker

FORM = "offer_form"
DONE = {"matched": True, "safe": True}


def heard(context: Context, text: str, **more: Any) -> dict[str, Any]:
    return run(
        ValidateOfferForm, context, tracker(text, form=FORM, asked="agree", **{**DONE, **more})
    )[2]


@pytest.mark.parametrize("text", ["yes", "y", "Yes please", "sí", "claro que si", "1 yes"])
def test_a_clear_yes_opens_the_handoff(context: Context, text: str) -> None:
    assert heard(context, text, intent="yes")["route"] == "handoff"


def test_asking_for_a_person_is_as_clear_as_a_yes(context: Context) -> None:
    assert heard(context, "i want to talk to somebody", intent="human")["route"] == "handoff"
    assert heard(context, "una persona", intent="human")["route"] == "handoff"


@pytest.mark.parametrize("text", ["ok", "ok?", "maybe", "yes?", "tal vez", "bueno", "i guess"])
def test_anything_else_is_no_consent(context: Context, text: str) -> None:
    # C6, whatever the understanding makes of it.
    slots = heard(context, text, intent="yes")
    assert slots.get("route") != "handoff"
    assert slots["unclear"] is True


def test_a_question_is_no_consent_and_nobody_is_pushed_to_one(context: Context) -> None:
    # C6, P6
    asked = tracker("will they be nice?", intent="yes", form=FORM, asked="agree", **DONE)
    said, _, slots, _ = run(ValidateOfferForm, context, asked)
    assert ids(said) == ["cannot_answer"]
    assert slots["agree"] is None
    assert "unclear" not in slots
    told = {**DONE, "said_last": slots["said_last"]}
    assert run(AskAgree, context, tracker("will they be nice?", form=FORM, **told))[0] == []


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("no entiendo", "what_a_person_does"),
        ("whats that", "what_a_person_does"),
        ("para que sirve esa persona", "what_a_person_does"),
    ],
)
def test_who_asks_what_the_offer_means_is_told_and_has_not_said_no(
    context: Context, text: str, answer: str
) -> None:
    asked = tracker(text, intent="no", form=FORM, asked="agree", **DONE)
    said, _, slots, _ = run(ValidateOfferForm, context, asked)
    assert ids(said) == [answer]
    assert slots["agree"] is None


def test_an_uncertain_yes_is_no_consent(context: Context) -> None:
    assert (
        heard(context, "hmm lets see then", intent="yes", confidence=0.7).get("route") != "handoff"
    )


def test_a_person_that_was_only_guessed_at_is_no_consent(context: Context) -> None:
    slots = heard(context, "can u call them for me", intent="human", confidence=0.3)
    assert slots.get("route") != "handoff"


def test_a_need_told_instead_is_no_consent(context: Context) -> None:
    slots = heard(context, "food too", intent="yes", needs=("food",))
    assert slots["route"] == "intake"
    assert slots["needs"] == ["food"]


def test_twice_no_clear_answer_leaves_the_offer_open(context: Context) -> None:
    slots = heard(context, "maybe", unclear=True)
    assert slots["route"] == "undecided"
    said, commands, _, _ = run(LeaveOffer, context, tracker("maybe"))
    assert ids(said) == ["offer_left_open"]
    assert commands == []


@pytest.mark.parametrize("text", ["no", "no thanks", "skip", "never mind", "no gracias"])
def test_a_no_is_taken_at_once(context: Context, text: str) -> None:
    assert heard(context, text, intent="no")["route"] == "refused"


def test_a_no_before_the_intake_was_finished_leads_back_to_it(context: Context) -> None:
    assert heard(context, "no", matched=None)["route"] == "refused_intake"


def test_a_no_is_recorded_and_costs_nothing(context: Context) -> None:
    said, commands, slots, _ = run(RefuseHandoff, context, tracker("no"))
    assert ids(said) == ["handoff_refused"]
    assert commands == [{"command": "refuse_handoff", "args": {}}]
    assert slots["offered"] is True


def test_a_yes_hands_over_needs_and_place_and_nothing_more(context: Context) -> None:
    # C8
    known = tracker("yes", place=DETROIT)
    known.slots["needs"] = ["food"]
    _, commands, _, _ = run(OpenHandoff, context, known)
    args = {"needs": ["food"], "place": "Detroit, MI"}
    assert commands == [{"command": "open_handoff", "args": args}]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"advocates_available": False}, ["handoff_opened_closed", "ask_safe_time"]),
        ({"waiting": {"ahead": 2, "minutes": None}}, ["handoff_opened", "ask_check_ins"]),
        ({}, ["handoff_asked_for", "ask_check_ins"]),
        ({"discreet": True}, ["handoff_asked_for"]),
        ({"channel": "webchat"}, ["handoff_asked_for"]),
    ],
)
def test_the_wait_is_said_as_far_as_it_is_known_and_how_to_pass_it(
    context: Context, facts: dict[str, Any], words: list[str]
) -> None:
    assert ids(run(OpenHandoff, context, tracker("yes", facts=facts))[0]) == words


def test_the_offer_says_with_it_when_nobody_is_there(context: Context) -> None:
    said = run(AskAgree, context, tracker("x", facts={"advocates_available": False}))[0]
    assert ids(said) == ["offer_handoff", "offer_closed_note"]


def test_an_unclear_answer_is_asked_again_plainly(context: Context) -> None:
    assert ids(run(AskAgree, context, tracker("maybe", unclear=True))[0]) == ["offer_plain"]


def test_a_person_asked_for_while_waiting_hears_the_wait_in_other_words_each_time(
    context: Context,
) -> None:
    facts = {"handoff": "waiting", "agreed": True, "waiting": {"ahead": 1, "minutes": None}}
    said, _, slots, _ = run(Person, context, tracker("hello?", facts=facts, offered=True))
    assert ids(said) == ["still_waiting"]
    assert slots["route"] == "next"
    known = tracker("hello?", facts=facts, offered=True)
    known.slots["asked"] = slots["asked"]
    assert ids(run(Person, context, known)[0]) == ["still_waiting_again"]


@pytest.mark.parametrize(("ahead", "wait"), [(2, "wait_ahead"), (0, "wait_next")])
def test_who_is_next_is_not_told_of_nobody_ahead(context: Context, ahead: int, wait: str) -> None:
    facts = {"handoff": "waiting", "agreed": True, "waiting": {"ahead": ahead, "minutes": None}}
    said = run(Person, context, tracker("hello?", facts=facts, offered=True))[0]
    assert said[0]["args"]["wait"]["say"] == wait


def test_who_was_first_in_line_by_an_alarm_is_not_told_of_nobody_ahead(context: Context) -> None:
    facts = {"handoff": "waiting", "waiting": {"ahead": 0, "minutes": None}}
    assert ids(run(OpenHandoff, context, tracker("yes", facts=facts))[0])[0] == "handoff_asked_for"


@pytest.mark.parametrize("form", [ValidateNextForm, ValidateOfferForm, ValidateIntakeForm])
@pytest.mark.parametrize("text", ["nvm take me out", "ya no quiero esperar dejelo", "nvm im ok"])
def test_many_words_lead_out_of_the_line_from_any_form(
    context: Context, form: type[Step], text: str
) -> None:
    # C4
    name = form.called.removeprefix("validate_")
    waiting = {"handoff": "waiting"}
    made = tracker(text, form=name, facts=waiting, offered=True, safe=True)
    assert run(form, context, made)[2]["route"] == "back"
    made = tracker(text, form=name, offered=True, safe=True)
    assert run(form, context, made)[2].get("route") != "back"


def test_an_alarm_is_no_consent_so_a_person_is_still_offered(context: Context) -> None:
    # C13: an alarm puts the conversation first in line without anybody's yes.
    _, _, slots, _ = run(Person, context, tracker("a person", facts={"handoff": "waiting"}))
    assert slots["route"] == "offer"


def test_danger_in_the_offer_is_left_to_the_rules(context: Context) -> None:
    events = run(
        ValidateOfferForm,
        context,
        tracker("he found me", form=FORM, asked="agree", intent="danger"),
    )[3]
    assert events[-1]["event"] == "action_execution_rejected"


def test_a_yes_after_a_long_silence_is_an_answer_to_nothing(context: Context) -> None:
    slots = heard(context, "yes", intent="yes", facts={"silence_seconds": 7 * 3600})
    assert slots["route"] == "intake"
    assert slots["safe"] is None


@pytest.mark.parametrize("met", [{}, {"met": None, "told": None}])
def test_what_the_core_asked_after_its_own_handoff_is_read_as_the_answer(
    context: Context, met: dict[str, Any]
) -> None:
    memory = handoffs.with_question(None, "ask_safe_time")
    known: dict[str, Any] = {**memory["slots"], **met}  # type: ignore[dict-item]
    facts = {"handoff": "waiting", "advocates_available": False, "zone": "America/Detroit"}
    answer = tracker("tomorrow at 3 pm", form="next_form", asked="next", facts=facts, **known)
    said, _, slots, _ = run(ValidateNextForm, context, answer)
    assert ids(said) == ["confirm_safe_time"]
    assert slots["small"]["ask"] == "confirm_safe_time"


@pytest.mark.parametrize("text", ["yes 3", "si 2", "yes the first one", "yeah number 2"])
def test_a_yes_with_a_number_chooses_and_is_no_consent(context: Context, text: str) -> None:
    slots = heard(context, text, intent="yes", listed=("a", "b", "c"))
    assert slots.get("route") != "handoff"


@pytest.mark.parametrize("text", ["tao po ba kausap ko", "is a person there", "hay alguien ahi"])
def test_a_question_about_a_person_is_no_wish_for_one(context: Context, text: str) -> None:
    assert heard(context, text, intent="human").get("route") != "handoff"


@pytest.mark.parametrize("text", ["no entiendo", "i dont understand"])
def test_who_does_not_understand_the_offer_has_not_refused_it(context: Context, text: str) -> None:
    said, _, slots, _ = run(
        ValidateOfferForm, context, tracker(text, intent="no", form=FORM, asked="agree", **DONE)
    )
    assert ids(said) == ["what_a_person_does"]
    assert slots["agree"] is None
    assert "route" not in slots


def test_after_two_offers_only_the_way_to_a_person_is_said(context: Context) -> None:
    told = ["welcome", "private", "offer", "offer_again"]
    asked = tracker("who reads this", form=FORM, asked="agree", told=told, **DONE)
    said, *_ = run(AskAgree, context, asked)
    assert ids(said) == ["offer_stands"]
    wished = tracker("call them for me", intent="call_for_me", told=told, **DONE)
    said, *_ = run(AskAgree, context, wished)
    assert ids(said)[0] in ("offer_handoff", "offer_again")
