"""After danger nothing is asked; what they tell is kept (S1, S2, S13)."""

from datetime import timedelta

import pytest

from bot.actions.context import Context
from bot.actions.hearing import facts_of
from bot.actions.interruptions import Crisis
from bot.actions.onwards import FORM, ValidateNextForm
from tests.bot.trackers import DETROIT, ids, run, tracker


def test_harm_done_that_only_the_understanding_saw_is_told_to_call_now(context: Context) -> None:
    heard = tracker("i took all of them", intent="self_harm")
    said, _, slots, _ = run(Crisis, context, heard)
    assert ids(said) == ["harm_done_answer", "advocate_alerted"]
    assert slots["crises"] == ["self_harm", "emergency"]


def test_danger_of_somebody_else_has_words_that_fit(context: Context) -> None:
    heard = tracker("her boss hits her", intent="danger")
    heard.latest_message["labels"] = {"for_someone_else": 0.5}
    assert ids(run(Crisis, context, heard)[0])[0] == "danger_other_answer"


def test_who_is_in_line_is_not_told_so_again(context: Context) -> None:
    known = {"crises": ["danger"], "said_last": "danger_again", "facts": {"handoff": "waiting"}}
    said = run(Crisis, context, tracker("he is inside", intent="danger", **known))[0]
    assert ids(said) == ["danger_answer"]


def test_a_place_after_danger_is_thanked_for_and_kept(context: Context) -> None:
    known = {"crises": ["danger"], "after_crisis": 0, "told": []}
    heard = tracker("detroit", intent="place", form=FORM, asked="next", **known)
    said, _, slots, _ = run(ValidateNextForm, context, heard)
    assert ids(said) == ["crisis_place"]
    assert slots["place"]["label"] == DETROIT["label"]
    assert "route" not in slots


@pytest.mark.parametrize("text", ["i dont want an ambulance", "i need a doctor"])
def test_while_minutes_count_no_doctor_is_searched(context: Context, text: str) -> None:
    known = {"crises": ["self_harm", "emergency"], "after_crisis": 0}
    heard = tracker(text, intent="need", needs=("medical_care",), form=FORM, asked="next", **known)
    assert ids(run(ValidateNextForm, context, heard)[0]) == ["after_emergency"]


@pytest.mark.parametrize(("crises", "neutral"), [(["danger"], True), (None, False)])
def test_an_hour_after_danger_somebody_else_may_hold_the_phone(
    context: Context, crises: list[str] | None, neutral: bool
) -> None:
    silence = {"silence_seconds": int(timedelta(hours=1).total_seconds())}
    heard = tracker("hi", intent="greet", crises=crises, facts=silence)
    assert facts_of(heard).long_silence == neutral
