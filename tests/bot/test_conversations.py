"""Whole conversations with the trained bot, through the turn channel: scripts and interruptions."""

from pathlib import Path
from typing import Any

import pytest

from tests.bot.talking import Script, Talk, Turn, read_scripts

SCRIPTS = list(read_scripts(Path(__file__).parent / "conversations"))
# What is asked in between, in both languages, and the words that answer it.
ASIDES = {
    "en": {
        "who is this": ["who_are_you"],
        "is it free": ["cost"],
        "who reads this": ["privacy"],
        "will u tell the police": ["authorities"],
        "say that again": [],
        "hello": ["greet"],
        "thanks": ["thanks"],
        "how does this work": ["help_options"],
    },
    "es": {
        "quien es": ["who_are_you"],
        "es gratis?": ["cost"],
        "quien lee esto": ["privacy"],
        "le van a decir a la migra": ["authorities"],
        "repite por favor": [],
        "hola": ["greet"],
        "gracias": ["thanks"],
        "como funciona esto": ["help_options"],
    },
}
WHY = {"en": "why do you ask", "es": "por que pregunta"}
OPENINGS = {
    "safe": ["hello"],
    "needs": ["hello", "yes"],
    "place": ["food", "yes"],
    "agree": ["food", "yes", "detroit"],
    "next": ["food", "yes", "detroit", "no"],
}
# Every way in which a question may be asked again.
QUESTIONS = {
    "safe": {"ask_safe", "ask_safe_again"},
    "needs": {"ask_need", "ask_need_again"},
    "place": {"ask_place", "ask_place_again"},
    "agree": {"offer_handoff", "offer_again"},
    "next": set(),
}
REASONS = {
    "safe": "why_safe",
    "needs": "why_need",
    "place": "why_place",
    "agree": "why_offer",
    "next": "why_at_all",
}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.title)
def test_the_conversation_goes_as_written(talk: Talk, script: Script) -> None:
    for turn, said, done in talk.play(script):
        assert (turn.text, said, done) == (turn.text, turn.says, turn.does)


def ended(talk: Talk, texts: list[str], language: str) -> dict[str, Any]:
    """The answer to the last of these texts."""
    script = Script("", {"language": language}, [Turn(text, {}) for text in texts])
    *_, (_, answer) = talk.answers(script)
    return answer


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("question", list(OPENINGS))
def test_whatever_is_asked_in_between_is_answered_and_the_question_asked_again(
    talk: Talk, question: str, language: str
) -> None:
    for text, answer in {**ASIDES[language], WHY[language]: [REASONS[question]]}.items():
        said = [word["say"] for word in ended(talk, [*OPENINGS[question], text], language)["words"]]
        assert said[: len(answer)] == answer, text
        rest = [word for word in said[len(answer) :] if not word.startswith("match_list")]
        assert len(rest) == bool(QUESTIONS[question]), text
        assert set(rest) <= QUESTIONS[question], text


def test_two_asides_in_a_row_do_not_repeat_the_same_question(talk: Talk) -> None:
    for question, opening in OPENINGS.items():
        if QUESTIONS[question]:
            once = ended(talk, [*opening, "is it free"], "en")["words"][-1]["say"]
            twice = ended(talk, [*opening, "is it free", "who is this"], "en")["words"][-1]["say"]
            assert once != twice


def test_the_open_question_is_still_answered_after_an_aside(talk: Talk) -> None:
    texts = ["food", "is it free", "yes", "who reads this", "detroit", "why do you ask", "yes"]
    answer = ended(talk, texts, "en")
    assert [command["command"] for command in answer["commands"]] == ["open_handoff"]


def test_a_memory_that_an_advocate_gave_back_leads_on(talk: Talk) -> None:
    # Decision 13: hand-back clears the open form.
    memory = ended(talk, ["food", "yes", "detroit", "no"], "en")["memory"]
    for text in ("ok", "2", "i need a lawyer", "who is this", "say that again", "yes", "asdf qwer"):
        answer = talk.turn(
            text, {**memory, "form": None}, {**memory["facts"], "first_contact": False}
        )
        assert answer["words"], text


def test_a_memory_of_another_version_leads_to_the_menu(talk: Talk) -> None:
    facts = {"first_contact": False, "language": "en"}
    answer = talk.turn("hm", {"version": 99, "slots": {"safe": True}}, facts)
    assert [word["say"] for word in answer["words"]][-1] == "ask_need"


def test_no_memory_holds_what_a_survivor_wrote(talk: Talk) -> None:
    # Decision 1: no raw text but the place's name.
    texts = [
        "my name is Ana Xochitl and i need food",
        "yes",
        "im by the old mill in detroit",
        "maybe",
    ]
    memory = str(ended(talk, texts, "en")["memory"])
    assert not any(word in memory for word in ("Ana", "Xochitl", "mill", "maybe"))


TAPPED = {
    "en": "a safe place to stay|food|legal help|a doctor|someone to talk to|work",
    "es": "un lugar seguro donde quedarse|comida|ayuda legal|un doctor|"
    "alguien con quien hablar|trabajo",
}


@pytest.mark.parametrize("language", list(TAPPED))
def test_the_tapped_labels_of_the_menu_are_understood(talk: Talk, language: str) -> None:
    for label in TAPPED[language].split("|"):
        answer = ended(talk, [*OPENINGS["needs"], label], language)
        assert [word["say"] for word in answer["words"]] == ["ask_place"], label
        assert len(answer["memory"]["slots"]["needs"]) == 1
