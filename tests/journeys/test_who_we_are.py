"""What this is, what it costs, who reads it, whom it tells: said first, and again when asked."""

import pytest

from tests.support.both import Both

ASKED = {
    "who_are_you": ("who is this | quien es", "not a person | no una persona"),
    "cost": ("is this free | es gratis", "This is free | Esto es gratis"),
    "privacy": ("who can see what i write | quien ve lo que escribo", "30 days | 30 dias"),
    "authorities": (
        "will you tell the police | le van a decir a la policia",
        "may have to report | quiza tenga que avisar",
    ),
    "trust": ("can i trust you | puedo confiar en ustedes", "You choose | Usted decide"),
}


def test_before_anything_personal_is_asked_it_is_said_what_this_is(both: Both) -> None:
    """P2, P4, B1, M4: automated, what it cannot do, who reads it, for how long."""
    first = both.say("hi | hola", "welcome", "welcome_private", "ask_safe", but_not="ask_need*")
    for said in (
        "I am not a person | No soy una persona",
        "I can't promise | No puedo prometer",
        "can read this chat | puede leer este chat",
        "30 days | 30 dias",
        "may have to report | quiza haya que avisar",
        "STOP: no more texts | STOP: no mas mensajes",
    ):
        assert first.has(said)
    for texts in first.texts:
        assert "?" not in "".join(texts[:-1]), "the question comes after all of it"


@pytest.mark.parametrize("question", ["ask_safe", "ask_place"])
def test_it_is_said_again_when_asked_and_the_question_comes_back(both: Both, question: str) -> None:
    """P4, B1, B3: never improvised, nothing promised."""
    both.say("i need food | necesito comida", "ask_safe_heard")
    if question == "ask_place":
        both.say("yes | si", "ask_place")
    for message, (words, said) in ASKED.items():
        answer = both.say(words, message, f"{question}*")
        assert answer.has(said)
        assert answer.lacks("guarantee | garantiz")


def test_a_robot_says_that_it_is_one(both: Both) -> None:
    """B1, B2."""
    both.begin("i need food | necesito comida", "ask_place")
    told = both.say("are you a robot | es usted un robot", "who_are_you", "ask_place*")
    assert told.has("automated | automatico")
    assert told.has("HUMAN | PERSONA")
