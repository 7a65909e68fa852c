"""Texts that come in pieces are read line by line and as a whole."""

from typing import Any

import pytest

from bot.actions.context import Context
from bot.actions.handoff import ValidateOfferForm
from bot.actions.hearing import hear
from bot.actions.intake import ValidateIntakeForm
from tests.bot.trackers import run, tracker


def intake(context: Context, text: str, question: str, **more: Any) -> dict[str, Any]:
    made = tracker(text, form="intake_form", asked=question, **more)
    return run(ValidateIntakeForm, context, made)[2]


def test_a_yes_and_a_place_in_three_texts_are_both_kept(context: Context) -> None:
    slots = intake(context, "yes\nim in\ndetroit", "safe", intent="place")
    assert slots["safe"] is True
    assert slots["place"]["label"] == "Detroit, MI"


@pytest.mark.parametrize(
    "text", ["im in\ndetroit", "ok\ndetroit", "idk\nmaybe\ndetroit", "48226\n"]
)
def test_a_place_among_the_lines_is_the_place(context: Context, text: str) -> None:
    made = tracker(text, form="intake_form", asked="place", safe=True)
    made.slots["needs"] = ["food"]
    assert run(ValidateIntakeForm, context, made)[2]["place"]["state"] == "MI"


def test_a_number_among_the_lines_is_a_need(context: Context) -> None:
    assert intake(context, "hm\n2", "needs", safe=True)["needs"] == ["food"]


def test_a_yes_among_the_lines_is_a_consent_and_a_last_no_is_not(context: Context) -> None:
    def route(text: str, **more: Any) -> Any:
        made = tracker(text, form="offer_form", asked="agree", safe=True, matched=True, **more)
        return run(ValidateOfferForm, context, made)[2].get("route")

    assert route("yes\nplease do that for me") == "handoff"
    assert route("yes\nwait\nno") == "refused"
    assert route("yes\nis it free?") != "handoff"
    assert route("ok\nmaybe", unclear=None) != "handoff"


def test_danger_in_one_line_is_not_hidden_by_an_ok_in_another(context: Context) -> None:
    heard = hear(tracker("ok\nhes at the door", intent="danger"), context)
    assert heard.crisis
