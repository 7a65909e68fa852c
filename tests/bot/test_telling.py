"""What is told later: needs taken back by their thing ("not food"), and what then matters."""

from typing import Any

import pytest

from bot.actions.context import Context
from bot.actions.dropping import dropped_things
from bot.actions.hearing import hear
from bot.actions.onwards import ValidateNextForm
from bot.actions.recall import recall
from bot.actions.telling import changes_mind, needs_told, taken_back, told_now
from directory.vocabulary import Need
from tests.bot.trackers import DETROIT, ids, run, tracker

LAWYER, FOOD, HOUSING, JOB = (
    Need.LEGAL_REPRESENTATION,
    Need.FOOD,
    Need.HOUSING,
    Need.JOB_PREPARATION,
)


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("not food", FOOD),
        ("actually not food", FOOD),
        ("not a lawyer", LAWYER),
        ("no bed either", HOUSING),
        ("ya no quiero trabajo", JOB),
        ("i have a bed now", HOUSING),
        ("i already got a bed", HOUSING),
        ("already got food", FOOD),
        ("i have a bed now but i need food", HOUSING),
        ("ya tengo abogada", LAWYER),
        ("comida no gracias", FOOD),
        ("no comida tampoco", FOOD),
        ("ja tenho comida", FOOD),
        ("не еда", FOOD),
        ("我有律师了", LAWYER),
        ("변호사 필요 없어요", LAWYER),
    ],
)
def test_a_thing_that_is_turned_down_or_there_is_read(text: str, need: Need) -> None:
    assert dropped_things(text) == {need}


@pytest.mark.parametrize(
    "text",
    [
        "not safe",
        "im not eating",
        "not enough food",
        "not only food",
        "no food since monday",
        "i have no food now",
        "why not food",
        "not food?",
        "i have a bed now but only till friday",
        "ya tengo hambre",
        "ya no quiero vivir",
        "ya no quiero trabajar ahi",
        "i have a court date now",
        "not food stamps office",
        "i have no food either",
        "no tengo ropa ni comida",
        "ya no trabajo",
        "there is no more food",
        "my phone does not work",
        "food and a lawyer",
    ],
)
def test_other_words_take_no_food_and_no_bed_back(text: str) -> None:
    assert not dropped_things(text) & {FOOD, HOUSING, JOB, LAWYER}


def after_a_list(text: str, *needs: str, told: tuple[str, ...], **more: Any) -> Any:
    made = tracker(
        text, form="next_form", asked="next", place=DETROIT, safe=True, matched=True, needs=needs,
        **more,
    )  # fmt: skip
    made.slots |= {"needs": list(told), "seeking": list(told)}
    return made


@pytest.mark.parametrize("text", ["not food", "actually not food", "no food either"])
def test_not_food_drops_the_food_and_keeps_the_lawyer(context: Context, text: str) -> None:
    made = after_a_list(text, "food", told=("legal_representation", "food"), intent="need")
    said, _, slots, _ = run(ValidateNextForm, context, made)
    assert ids(said) == ["need_removed", "here_for_you"]
    assert slots["needs"] == ["legal_representation"]
    assert "matched" not in slots


def test_what_was_not_told_is_neither_dropped_nor_asked_for(context: Context) -> None:
    made = after_a_list("not food", "food", told=("legal_representation",), intent="need")
    known, heard = recall(made), hear(made, context)
    assert taken_back(known, heard) == ()
    assert needs_told(known, heard) == {}


def test_not_food_and_a_lawyer_in_one_text_are_both_heard(context: Context) -> None:
    made = after_a_list(
        "not food i need a lawyer", "food", "legal_representation", told=("food",), intent="need"
    )
    told = told_now(recall(made), hear(made, context))
    assert told["needs"] == ["legal_representation"]
    assert told["matched"] is None


def test_actually_not_food_changes_nobodys_mind_and_actually_a_lawyer_does(
    context: Context,
) -> None:
    not_food = after_a_list("actually not food", "food", told=("food",))
    lawyer = after_a_list("actually a lawyer", "legal_representation", told=("food",))
    assert not changes_mind(hear(not_food, context))
    assert changes_mind(hear(lawyer, context))


def test_who_says_to_be_native_after_a_list_gets_another_only_where_a_line_helps(
    context: Context,
) -> None:
    # S5
    bed = told_now(*_native(context, "housing"))
    lawyer = told_now(*_native(context, "legal_representation"))
    assert bed["fits"] == lawyer["fits"] == {"native": True}
    assert "matched" in bed
    assert "matched" not in lawyer


def _native(context: Context, need: str) -> tuple[Any, Any]:
    made = after_a_list("im navajo", told=(need,))
    return recall(made), hear(made, context)
