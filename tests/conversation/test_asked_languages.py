"""A language is asked for by its name, alone or in a sentence that does nothing else (L3)."""

import time

import pytest

from conversation.core_words import language_named
from tests.conversation.conftest import Core


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("can we speak english", "en"),
        ("English please", "en"),
        ("speak english", "en"),
        ("i want to speak english", "en"),
        ("in spanish please", "es"),
        ("hi can you text me in Spanish?", "es"),
        ("speak french?", "fr"),
        ("do you speak arabic", "ar"),
        ("can u speak hindi", "hi"),
        ("¿Podemos hablar en español?", "es"),
        ("hablas ingles", "en"),
        ("habla chino", "zh"),
        ("prefiero en portugues por favor", "pt"),
        ("fala português?", "pt"),
        ("pode falar em inglês", "en"),
        ("parlez-vous français", "fr"),
        ("est-ce que vous parlez anglais", "en"),
        ("èske ou pale kreyòl", "ht"),
        ("ou ka pale angle", "en"),
        ("你会说中文吗", "zh"),
        ("可以说英语吗？", "en"),
        ("bạn có nói tiếng Việt không", "vi"),
        ("nói tiếng anh được không", "en"),
        ("pwede ba mag tagalog", "tl"),
        ("marunong ka ba mag english", "en"),
        ("вы говорите по-русски?", "ru"),
        ("можно на английском", "en"),
        ("한국어 할 수 있어요?", "ko"),
        ("영어로 해주세요", "en"),
        ("هل تتكلم العربية", "ar"),
        ("ممكن بالعربي", "ar"),
        ("क्या आप हिंदी में बात कर सकते हैं", "hi"),
        ("hindi mein baat karo", "hi"),
    ],
)
def test_a_sentence_may_ask_for_a_language(text: str, language: str) -> None:
    assert language_named(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "english classes",
        "i need an english teacher",
        "i want to learn english",
        "i want english",
        "spanish speaking lawyer",
        "is there somebody who speaks french",
        "i dont speak english",
        "no english",
        "english or spanish",
        "my chinese boss took my passport",
        "clases de ingles",
        "quiero ingles",
        "no hablo ingles",
        "un abogado que hable español",
        "frances",
        "não falo inglês",
        "je ne parle pas anglais",
        "m pa pale angle",
        "我不会说英语",
        "英语课",
        "我想学英语",
        "tôi không nói được tiếng Anh",
        "hindi ako marunong mag english",
        "hindi po",
        "hindi ok",
        "hindi na",
        "я не говорю по-английски",
        "영어 못해요",
        "영어 선생님",
        "ما بحكي انجليزي",
        "मुझे अंग्रेजी नहीं आती",
    ],
)
def test_a_class_a_lawyer_and_a_no_ask_for_no_language(text: str) -> None:
    assert language_named(text) is None


def test_a_long_text_of_such_words_takes_no_time() -> None:
    began = time.perf_counter()
    assert language_named("할수" * 39 + "x") is None
    assert language_named("可以" * 400) is None
    assert time.perf_counter() - began < 1


def test_a_language_asked_for_in_another_is_the_one_that_is_spoken(core: Core) -> None:
    assert core.say("parlez-vous anglais")[0] == "language_changed"
    assert core.conversation().language == "en"
    assert core.engine.asked[-1][1] == "repeat"


def test_a_language_that_we_only_read_is_named_once(core: Core) -> None:
    assert core.say("parlez-vous français") == ["language_only_read", "greet"]
    assert core.conversation().language == "fr"
