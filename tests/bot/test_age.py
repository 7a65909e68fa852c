"""Somebody says by themselves that they are under 18: heard, never asked, never mistaken (S4)."""

import pytest

from bot.actions.age import says_minor, says_under_16
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
        "tengo 16 y no tengo donde dormir", "tengo 17, estoy sola",
        "tengo 15 pero vivo en la calle",
        "tengo diez y seis años", "yo solo tengo 14 y me escapé", "tengo 17 no se que hacer",
        "tenho 16 e não tenho onde dormir", "tenho só 15, fugi de casa", "tenho 16",
        "j'ai 16 et je sais pas où aller", "j'ai que 15 ans", "m gen 16 e m pa gen kote pou m dòmi",
        "mwen gen 15", "em mới 16 mà không có chỗ ở", "16 ako at wala akong matutulugan",
        "мне 16 и негде спать", "我16，没地方住", "저는 열여섯 살이에요", "انا عندي 16 سنة",
        "main 16 saal ki hu", "im 16f", "i just turned 17", "i have 16 years old",
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
        "tengo 15 anos aqui", "tengo 16 dolares", "tengo 2 hijos de 10 y 12", "tengo 10 y 12",
        "tengo 10 y necesito 20 mas", "tengo 10 y me faltan 5", "tengo 15 y medio de sueldo",
        "tengo diez y ocho años", "tengo 10 no mas", "tengo 16 semanas", "mi hija tiene 16 y no va",
        "tenho 15 anos de experiencia", "tenho 10 e preciso de 20", "tenho 16 reais",
        "j'ai 15 ans d'expérience", "j'ai 10 et il faut 20", "j'ai 12 euros", "m gen 10 dola",
        "m gen 10 e m bezwen 20", "em mới 10 ngày", "мне 10 долларов должны", "мне 20",
        "我10点到", "우리 딸은 열여섯 살이에요", "i have 10 years of experience",
        "i have 15 dollars", "i have 12 years here", "10 ako sa pila",
        "sè m gen 17 an", "pitit mwen gen 12 an", "m ap travay depi m gen 9 an",
    ],
)  # fmt: skip
def test_other_numbers_are_no_age(text: str) -> None:
    assert not says_minor((text,))


@pytest.mark.parametrize(
    "text",
    [
        "im 15 and i ran away", "im only fifteen", "tengo 14", "tengo doce años", "мне 15 лет",
        "我15岁", "저는 열다섯 살이에요", "mwen gen 15 an", "عمري 13 سنة",
    ],
)  # fmt: skip
def test_up_to_15_is_heard_too(text: str) -> None:
    assert says_under_16((text,))


@pytest.mark.parametrize(
    "text",
    [
        "im 16", "im a minor", "tengo diez y seis años", "soy menor de edad",
        "저는 열여섯 살이에요", "tengo 16 y mi hermana 12", "im 17 with 12 dollars",
        "my sister is 13",
    ],
)  # fmt: skip
def test_16_and_17_and_no_age_are_not_under_16(text: str) -> None:
    assert not says_under_16((text,))


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
