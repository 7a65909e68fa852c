"""What is no answer to a question is known as such: questions, refusals, sentences."""

import pytest

from bot.actions.context import Context
from bot.actions.hearing import Heard, hear
from bot.actions.intake import ValidateIntakeForm
from bot.actions.questions import AskPlace
from bot.actions.recall import ANYWHERE
from bot.actions.unanswered import asks, is_puzzled, may_be_place, refuses_to_say
from tests.bot.trackers import ids, run, tracker


def heard(context: Context, text: str) -> Heard:
    return hear(tracker(text), context)


@pytest.mark.parametrize(
    "text",
    [
        "what would happen then", "is this normal", "so if i go who sees me", "does it hurt?",
        "que pasa si no voy", "y si no me creen", "est ce que ca dure", "sera que demora",
        "eske sa ap pran tan", "paano kung hindi", "co lau khong?", "а если нет", "会不会很久",
        "오래 걸리나요", "شو بصير بعدين", "kya hoga",
    ],
)  # fmt: skip
def test_a_question_is_known_by_its_words_or_its_mark(context: Context, text: str) -> None:
    assert asks(heard(context, text))


@pytest.mark.parametrize("text", ["ok?", "2?", "detroit", "yes", "its a lot", "gracias", "好"])
def test_what_asks_nothing_is_no_question(context: Context, text: str) -> None:
    assert not asks(heard(context, text))


@pytest.mark.parametrize(
    "text",
    [
        "id rather not say", "i dont want to tell you where i am", "no quiero decir donde estoy",
        "je veux pas dire ou je suis", "nao quero falar onde", "mwen pa vle di ki kote m ye",
        "ayoko sabihin kung nasaan ako", "khong muon noi em o dau", "не хочу говорить где я",
        "我不想说", "어디 있는지 말하기 싫어요", "ما بدي قول وين انا", "main nahi bataungi",
    ],
)  # fmt: skip
def test_who_does_not_want_to_say_where_is_asked_no_more(context: Context, text: str) -> None:
    assert refuses_to_say(text)
    assert _answer(context, text)[1]["place"] == ANYWHERE


def _answer(context: Context, text: str) -> tuple[list[str], dict[str, object]]:
    made = tracker(text, form="intake_form", asked="place", safe=True)
    made.slots["needs"] = ["food"]
    said, _, slots, _ = run(ValidateIntakeForm, context, made)
    return ids(said), slots


@pytest.mark.parametrize("text", ["is this going to take long", "que pasa si no voy"])
def test_a_question_in_place_of_a_place_is_answered_honestly(context: Context, text: str) -> None:
    said, slots = _answer(context, text)
    assert said == ["cannot_answer"]
    assert "place_tries" not in slots
    stands = tracker(text, form="intake_form", said_last=slots["said_last"], safe=True)
    assert run(AskPlace, context, stands)[0] == []


@pytest.mark.parametrize("text", ["it's a lot", "es que es mucho", "太多了", "c'est beaucoup"])
def test_a_sentence_is_no_place_that_was_not_found(context: Context, text: str) -> None:
    assert not may_be_place(heard(context, text))
    asking = tracker(text, form="intake_form", place_tries=1, safe=True)
    asking.slots["asked"] = {"slot": "place", "times": 1}
    assert ids(run(AskPlace, context, asking)[0]) == ["ask_place_again"]


@pytest.mark.parametrize("text", ["springfeeld", "santa rosita del norte", "foo mi", "圣地亚哥镇"])
def test_a_name_may_be_a_place(context: Context, text: str) -> None:
    assert may_be_place(heard(context, text))


@pytest.mark.parametrize("text", ["whats that", "q es eso", "no entiendo", "什么意思"])
def test_who_does_not_follow_is_told_what_it_is(context: Context, text: str) -> None:
    assert is_puzzled(heard(context, text))
    assert _answer(context, text)[0] == ["about_need_food"]


@pytest.mark.parametrize("text", ["k", "what is a food bank and where do i find it", "ok"])
def test_other_words_are_no_puzzlement(context: Context, text: str) -> None:
    assert not is_puzzled(heard(context, text))
