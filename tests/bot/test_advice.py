"""Advice on law and medicine is never given (S11): who asks for it is told who can give it."""

import pytest

from bot.actions.advice import NO_ADVICE, own_answer
from bot.actions.context import Context
from language.speaking import speak_word


@pytest.mark.parametrize(
    "text",
    [
        "should i record him",
        "Should I confront him?",
        "do i qualify for a t visa",
        "can they get me a visa",
        "will i get deported if i talk to them",
        "should i take these pills",
        "¿Debo denunciarlo?",
        "califico para la visa t",
        "me pueden deportar?",
        "我应该录音吗",
        "y si me regresan a mi pais?",
        "y si nos mandan de vuelta",
        "et s'ils me renvoient dans mon pays?",
        "e se me mandarem de volta?",
        "paano kung pauwiin nila ako?",
        "а если меня отправят обратно на родину?",
        "要是他们把我遣送回国怎么办",
        "만약 저를 본국으로 돌려보내면 어떡해요?",
        "اذا رجعوني على بلدي؟",
        "अगर मुझे वापस भेज दिया तो?",
    ],
)
def test_who_asks_for_advice_is_heard(text: str) -> None:
    assert own_answer(text) == NO_ADVICE


@pytest.mark.parametrize(
    "text",
    [
        "i need a lawyer",
        "i need a visa",
        "he records me",
        "help with my t visa",
        "should i call them",
        "should i send the zip code",
        "necesito denunciar",
        "quiero que me regresen a mi pais",
        "si nos regresan el dinero",
        "can you help me",
        "is it legal help",
        "",
    ],
)
def test_who_asks_for_help_is_not_taken_for_it(text: str) -> None:
    assert own_answer(text) is None


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_answer_names_who_can_and_tells_nobody_what_to_do(
    context: Context, language: str
) -> None:
    said = speak_word(context.catalogue, {"say": NO_ADVICE}, language).casefold()
    assert ("lawyer" if language == "en" else "abogado") in said
    assert not any(word in said for word in ("record", "secret", "grab", "enfrent", "confront"))


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("i want to call the police", True),
        ("Give me the police number", True),
        ("i want to report him but im scared", True),
        ("quiero denunciarlo", True),
        ("我想报警", True),
        ("i dont want to call the police", False),
        ("no quiero denunciarlo", False),
        ("no quiero llamar a la policia", False),
        ("will you call the police", False),
        ("he said he will call the police", False),
        ("me van a denunciar", False),
    ],
)
def test_only_who_asks_for_the_police_is_told_how_to_reach_them(text: str, wants: bool) -> None:
    # S12
    assert own_answer(text) == ("police_wish" if wants else None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("is it my fault", "not_your_fault"),
        ("fue mi culpa?", "not_your_fault"),
        ("can u promise me ill be safe", "no_promise"),
        ("her name is lena can u contact her", "contacts_nobody"),
        ("le pueden avisar a mi hermana", "contacts_nobody"),
        ("what would they actually do", "what_a_person_does"),
        ("y si me regresan a mi pais?", "no_advice"),
        ("como le aviso a la policia?", "police_wish"),
        ("no es mi culpa", None),
        ("can you text me tomorrow", None),
    ],
)
def test_some_questions_have_an_answer_of_their_own(text: str, answer: str | None) -> None:
    assert own_answer(text) == answer
