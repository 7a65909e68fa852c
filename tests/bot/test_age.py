"""Somebody says by themselves that they are under 18: heard, never asked, never mistaken (S4)."""

import pytest

from bot.actions.age import says_minor
from bot.actions.context import Context
from bot.actions.handoff import ValidateOfferForm
from bot.actions.onwards import ValidateNextForm
from language.speaking import speak_word
from tests.bot.trackers import ids, run, tracker


@pytest.mark.parametrize(
    "text",
    [
        "im 15 and i ran away", "i am 16", "I'm a minor", "im only fifteen", "i'm under 18",
        "i am a 16 year old girl", "tengo 14 años", "tengo 14", "soy menor de edad",
        "tengo dieciséis años", "мне 15 лет", "我15岁", "j'ai 15 ans", "저는 15살이에요",
        "मैं 15 साल की हूँ", "عمري 15 سنة", "tôi 15 tuổi", "15 anyos ako", "mwen gen 15 an",
    ],
)  # fmt: skip
def test_an_age_under_18_is_heard_in_the_languages_we_read(text: str) -> None:
    assert says_minor((text,))


@pytest.mark.parametrize(
    "text",
    [
        "im 15 minutes away", "im 15 weeks pregnant", "i was 15 when it started", "im 22",
        "my sister is 15", "tengo 15 años viviendo aqui", "tengo 15 años en este pais",
        "tengo 3 hijos", "im 10 miles from detroit", "my daughter is 12", "tengo 10 dolares",
    ],
)  # fmt: skip
def test_other_numbers_are_no_age(text: str) -> None:
    assert not says_minor((text,))


@pytest.mark.parametrize("form", [ValidateOfferForm, ValidateNextForm])
def test_it_is_told_once_with_a_line_for_young_people(context: Context, form: type) -> None:
    name = form.called  # type: ignore[attr-defined]
    made = tracker("im 16", form=name.removeprefix("validate_"), safe=True, matched=True)
    said, _, slots, _ = run(form, context, made)
    assert ids(said) == ["minor_answer"]
    for language in ("en", "es"):
        assert "1-800-843-5678" in speak_word(context.catalogue, said[0], language)
    made = tracker(
        "im 16", form=name.removeprefix("validate_"), safe=True, matched=True, told=slots["told"]
    )
    assert "minor_answer" not in ids(run(form, context, made)[0])
