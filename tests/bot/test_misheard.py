"""What only sounds like a question about us: money, a threat, a language that others speak."""

import pytest

from bot.actions.wishes import gives_money, mistook_number, money_back, threatens
from conversation.core_words import asks_of_others


@pytest.mark.parametrize(
    "text", ["do u give money", "me pueden dar dinero", "dan dinero?", "cho tiền không"]
)
def test_money_is_asked_for(text: str) -> None:
    assert gives_money(text)


@pytest.mark.parametrize(
    "text", ["do i have to pay money", "cuesta dinero", "how much money is it"]
)
def test_a_question_about_the_cost_asks_for_no_money(text: str) -> None:
    assert not gives_money(text)
    assert not money_back(text)


def test_what_was_taken_is_wanted_back() -> None:
    assert money_back("can i get my money back")
    assert money_back("me devuelven mi dinero")


def test_a_threat_is_heard_and_a_call_for_help_is_none() -> None:
    assert threatens("tell me or i will find you")
    assert not threatens("i will find a way")
    assert not threatens("can you find someone or i will be alone")


def test_a_wrong_number_is_heard() -> None:
    assert mistook_number("no soy juan perdon me equivoque")
    assert not mistook_number("necesito comida")


def test_others_are_asked_about_in_their_language() -> None:
    assert asks_of_others("hablan español")
    assert not asks_of_others("habla español")
