"""In which language a conversation goes on: what they write in, or ask for by its name."""

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


@pytest.mark.parametrize(
    ("word", "code"), [("español", "es"), ("ENGLISH", "en"), ("in English", "en")]
)
def test_a_language_is_changed_by_its_name(core: Core, word: str, code: str) -> None:
    assert core.say(word)[0] == "language_changed"
    assert core.conversation().language == code
    assert core.engine.asked[0][1] == "repeat"


def test_one_word_of_need_is_answered_in_its_language(core: Core) -> None:
    core.say("comida")
    assert core.conversation().language == "es"
    assert core.engine.asked[0][0]["facts"]["language"] == "es"


def test_a_yes_after_a_word_that_tells_no_language_settles_it(core: Core) -> None:
    core.say("doctor")
    assert core.conversation().language is None
    core.say("si")
    assert core.conversation().language == "es"


def test_tagalog_no_is_no_request_for_hindi(core: Core) -> None:
    core.say("kailangan ko ng pagkain para sa mga anak ko")
    assert core.conversation().language == "tl"
    core.say("hindi")
    assert core.conversation().language == "tl"
    assert core.engine.asked[-1][1] == "hindi"


def test_a_language_without_texts_is_promised_nothing(core: Core) -> None:
    assert core.say("français")[0] == "language_only_read"
    assert "French" in core.lines()[1].text
    assert core.say("мне нужна помощь, мне негде жить")[0] == "language_only_read"
    assert core.say("мне нужна еда для детей")[0] == "greet"


@pytest.mark.parametrize("text", ["pinche robot", "zzz", "lol what", "no comment"])
def test_a_short_text_is_not_claimed_for_a_language_that_we_only_read(
    core: Core, text: str
) -> None:
    assert "language_only_read" not in core.say(text)
    assert core.conversation().language in (None, "en", "es")


@pytest.mark.parametrize("text", ["mwen grangou", "gutom ako", "bonjour", "привет"])
def test_a_short_text_that_leaves_no_doubt_is(core: Core, text: str) -> None:
    assert core.say(text)[0] == "language_only_read"


@pytest.mark.parametrize("first", ["i need a place to sleep", "necesito un lugar para dormir"])
def test_one_short_text_does_not_flip_a_conversation_we_can_write_in(
    core: Core, first: str
) -> None:
    core.say(first)
    before = core.conversation().language
    assert before in ("en", "es")
    assert core.say("merci beaucoup") == ["greet"]
    assert core.say("pinche robot") == ["greet"]
    assert core.conversation().language == before
    assert core.say("mwen pa gen kote pou m dòmi aswè a")[0] == "language_only_read"


def test_gibberish_settles_no_language(core: Core) -> None:
    core.say("asdfghjkl")
    assert core.conversation().language in (None, "en")
