"""Wishes about the person, our texts and us, by their words, in any language; and what is none."""

import pytest

from bot.actions import wishes
from bot.actions.unanswered import is_lost

NO_PERSON = """
dont let anyone read it|i dont want anybody in this|forget the advocate|tell them not to bother
siempre no|i said yes by accident|i take it back no person
please dont show it to anyone|nobody should read my messages|take me off this list
changed my mind about the person|no person please|no quiero que lo lean|me arrepenti ya no
ya no, saquenme de la lista|ya no kiero esperar|salir|ya no quiero, cancelen eso
no dejen que nadie lo lea|dije que si por error|ya no quiero hablar con nadie
je ne veux pas qu'on lise|j'ai dit oui par erreur|não quero que ninguém leia
falei sim sem querer|m pa vle pesonn li mesaj mwen|不想让别人看|点错了|tôi đổi ý rồi
không muốn ai đọc|ayoko na may magbasa|не хочу чтобы кто-то читал|передумала|아무도 읽지 마세요
실수로 네라고 했어요|ما بدي حدا يقرأ|कोई न पढ़े|galti se haan bol diya
"""
A_PERSON = """
can anyone read this|who reads this|i want a person
i dont want to wait for the bus i need a ride|no puedo salir|i dont want him to find me
no quiero que me encuentre|quiero hablar con alguien|ya no quiero vivir|i cant leave
nobody knows where i am
"""
ALONE = """
leave me alone|take me off this list|déjeme en paz|ya dejenme en paz|pare de escribirme
ya no me mande nada porfa|ya no me escriban|stop texting me|laissez-moi tranquille
me deixa em paz|kite m trankil|别烦我|để tôi yên|tigilan nyo na ako|оставьте меня в покое
그만 연락하세요|اتركوني|mujhe akela chhod do
"""
NOT_ALONE = """
he wont leave me alone|how do i make him leave me alone|no me deja en paz|i want to be alone
he keeps texting me|quiero que me deje en paz|i need food
"""
MACHINE = """
hi are u real?|tao po ba kausap ko|are you a bot|eres real|es usted una persona?
vous êtes un robot|você é um robô|ou se yon moun|你是真人吗|bạn là người thật hay robot|вы робот
사람이에요?|انت روبوت|aap insaan hain kya
"""
NO_MACHINE = """
i want to talk to a real person|quiero hablar con una persona|he is a real monster
is it real help|mi novio es una mala persona|can i get a human
"""
LOST = """
no entiendo|i dont understand|what do u mean|je comprends pas|não entendi|pa konprann|看不懂
không hiểu|hindi ko maintindihan|не понимаю|이해가 안 돼요|ما فهمت|samajh nahi aaya
"""


def lines(block: str) -> list[str]:
    return [one for line in block.strip().splitlines() for one in line.split("|")]


@pytest.mark.parametrize("text", lines(NO_PERSON))
def test_a_person_who_is_not_wanted_after_all(text: str) -> None:
    assert wishes.no_person(text)


@pytest.mark.parametrize("text", lines(A_PERSON))
def test_what_says_nothing_against_a_person(text: str) -> None:
    assert not wishes.no_person(text)


@pytest.mark.parametrize("text", lines(ALONE))
def test_a_wish_to_be_left_alone(text: str) -> None:
    assert wishes.leave_alone(text)


@pytest.mark.parametrize("text", lines(NOT_ALONE))
def test_who_is_not_left_alone_by_somebody_else_does_not_silence_us(text: str) -> None:
    assert not wishes.leave_alone(text)


@pytest.mark.parametrize("text", lines(MACHINE))
def test_whoever_asks_if_we_are_a_machine_is_heard(text: str) -> None:
    assert wishes.asks_if_machine(text)
    assert not wishes.wishes_it(text)


@pytest.mark.parametrize("text", lines(NO_MACHINE))
def test_a_person_who_is_wanted_or_told_of_is_no_such_question(text: str) -> None:
    assert not wishes.asks_if_machine(text)


@pytest.mark.parametrize("text", lines(LOST))
def test_who_does_not_follow_is_heard(text: str) -> None:
    assert is_lost(text)
    assert not is_lost(f"{text} and my family and my boss and all of them never did")
