"""Discreet mode: no text but in answer to theirs, and none that names a service (S8, S13)."""

from typing import Any

import pytest

from conversation import core_words, handoffs
from conversation.core_words import CoreWord
from conversation.handoffs import TheyWriteFirst
from conversation.models import Channel
from tests.conversation.conftest import Core
from tests.conversation.test_handoffs import claim


@pytest.fixture
def hidden(core: Core) -> Core:
    """A survivor in discreet mode, in line for an advocate."""
    core.say("HUMAN")
    core.say("yes")
    assert core.say("DISCREET") == ["discreet_on"]
    return core


def handoff(core: Core) -> handoffs.Waiting:
    with core.database.sessions() as session:
        return handoffs.queue(session)[0]


def writes(core: Core, text: str = "I am here.") -> None:
    with core.database.sessions() as session:
        conversation_id = core.conversation().id
        handoffs.answer(session, conversation_id, "ana", text, core.clock(), voice=core.voice)


def ends(core: Core, how: Any) -> None:
    with core.database.sessions() as session:
        how(session, core.conversation().id, "ana", core.clock(), voice=core.voice)


@pytest.mark.parametrize(
    "word",
    ["discreet", "Discreet mode", "DISCRETO", "discret", "discrição", "diskrè", "低调模式",
     "kín đáo", "palihim", "незаметно", "비밀 모드", "بتكتم", "गुप्त"],
)  # fmt: skip
def test_a_word_in_each_language_switches_it_on_without_the_engine(core: Core, word: str) -> None:
    core.engine.down = True
    assert core.say(word)[-1] == "discreet_on"
    assert core.conversation().discreet
    assert core.say("normal") == ["discreet_off"]
    assert not core.conversation().discreet


def test_normal_is_a_word_like_any_other_while_it_is_off(core: Core) -> None:
    assert core.say("normal") == ["greet"]
    assert core.engine.asked[-1][1] == "normal"


def test_none_of_the_new_words_is_an_answer_to_anything_else() -> None:
    new = (CoreWord.DISCREET, CoreWord.NORMAL, CoreWord.QUIET)
    words = {word: core_words._words()[word] for word in CoreWord}
    for word in new:
        for other in set(CoreWord) - {word}:
            assert words[word] & words[other] == set(), (word, other)
        assert words[word] & set(core_words._languages()) == set()
        ordinary = ("ok", "fine", "good", "bien", "food", "safe", "secret", "skip", "нормально")
        assert words[word] & set(ordinary) == set()


def test_the_bot_can_switch_it_and_the_words_of_that_turn_are_discreet_too(core: Core) -> None:
    core.engine.words = [{"say": "help_answer"}]
    assert core.does("set_discreet", "he checks my phone", on=True) == [
        "discreet_on",
        "help_answer",
    ]
    assert core.lines()[-1].text == core.voice.catalogue.speak("help_answer_discreet", {}, "en")
    core.say("and now")
    assert core.engine.asked[-1][0]["facts"]["discreet"] is True
    assert core.does("set_discreet", on=False)[0] == "discreet_off"
    core.say("and now")
    assert core.engine.asked[-1][0]["facts"]["discreet"] is False


def test_who_came_is_said_with_the_next_answer(hidden: Core) -> None:
    claim(hidden, handoff(hidden).handoff_id, "Ana")
    hidden.send_all()
    assert hidden.said()[-1] == "discreet_on"
    assert hidden.say("anybody there") == ["advocate_joined"]
    assert not any(word in hidden.lines()[-1].text for word in ("Ana", "advocate"))
    assert hidden.say("ok") == []


def test_who_left_is_said_before_the_bots_answer(hidden: Core) -> None:
    claim(hidden, handoff(hidden).handoff_id, "ana")
    hidden.say("hi")
    ends(hidden, handoffs.hand_back)
    hidden.send_all()
    assert hidden.said()[-1] == "advocate_joined"
    assert hidden.say("i need food") == ["advocate_left", "greet"]


def test_of_several_that_came_and_went_the_last_is_told(hidden: Core) -> None:
    claim(hidden, handoff(hidden).handoff_id, "ana")
    ends(hidden, handoffs.close)
    hidden.engine.down = True
    assert hidden.say("HELP") == ["advocate_joined", "handoff_closed", "help_answer"]


def test_held_words_go_out_when_it_is_switched_off(hidden: Core) -> None:
    claim(hidden, handoff(hidden).handoff_id, "ana")
    assert hidden.say("NORMAL") == ["advocate_joined", "discreet_off"]


def test_an_advocates_words_go_only_as_an_answer(hidden: Core) -> None:
    claim(hidden, handoff(hidden).handoff_id, "ana")
    hidden.clock.forward(9 * 60)
    writes(hidden)
    hidden.send_all()
    assert [line.author for line in hidden.lines()[-2:]] == ["bot", "advocate"]
    assert hidden.said()[-1] == "advocate_joined"
    hidden.clock.forward(2 * 60)
    before = len(hidden.lines())
    with pytest.raises(TheyWriteFirst):
        writes(hidden, "Are you there?")
    assert len(hidden.lines()) == before
    hidden.say("yes")
    writes(hidden, "Good.")
    assert hidden.lines()[-1].text == "Good."


def test_it_can_be_switched_with_an_advocate_on_the_line(core: Core) -> None:
    core.say("HUMAN")
    core.say("yes")
    claim(core, handoff(core).handoff_id, "ana")
    core.send_all()
    assert core.say("DISCREET") == ["discreet_on"]
    assert core.conversation().discreet
    assert core.say("NORMAL") == ["discreet_off"]


def test_danger_is_answered_in_full_and_the_rest_names_nothing(hidden: Core) -> None:
    said = hidden.say("he has a gun")
    assert said[0] == "danger_answer"
    assert hidden.lines()[-2].text != ""
    texts = " ".join(line.text for line in hidden.lines()[-3:] if line.author == "bot")
    assert "911" in texts
    assert "advocate" not in texts


def test_a_yes_to_the_discreet_offer_is_recorded_in_its_own_words(core: Core) -> None:
    core.say("DISCREET")
    assert core.say("HUMAN") == ["offer_handoff"]
    core.say("yes")
    (row,) = core.consents("handoff")
    assert row.asked_text == core.voice.catalogue.speak("offer_handoff_discreet", {}, "en")


def test_an_erase_clears_it(hidden: Core) -> None:
    claim(hidden, handoff(hidden).handoff_id, "ana")
    hidden.say("erase")
    hidden.say("delete")
    gone = hidden.conversation()
    assert (gone.discreet, gone.held, gone.pending_args) == (False, None, None)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ({"say": "ask_place", "args": {"needs": [{"say": "need_food"}, {"say": "need_housing"}]}},
         "what you asked for"),
        ({"say": "still_waiting", "args": {"wait": {"say": "wait_closed"}}}, "Nobody is here"),
    ],
)  # fmt: skip
def test_what_stands_inside_a_message_is_discreet_too(
    core: Core, word: dict[str, Any], said: str
) -> None:
    (spoken,) = core.voice.speak([word], "en", Channel.WEBCHAT, discreet=True)
    assert said in spoken.text
    assert spoken.text.count(said) == 1
    assert spoken.said == [word["say"]]
    assert not any(need in spoken.text for need in ("food", "stay", "advocate"))
    (plain,) = core.voice.speak([word], "en", Channel.WEBCHAT)
    assert plain.text != spoken.text


def test_what_is_tapped_names_no_need_either(core: Core) -> None:
    word = {"say": "ask_need_again", "choices": ["need_food", "choice_skip"]}
    (spoken,) = core.voice.speak([word], "en", Channel.WEBCHAT, discreet=True)
    assert spoken.choices == ["Skip"]
    (plain,) = core.voice.speak([word], "en", Channel.WEBCHAT)
    assert len(plain.choices) == 2


def test_spanish_is_discreet_in_spanish(core: Core) -> None:
    core.say("necesito comida para mis hijos")
    assert core.say("DISCRETO") == ["discreet_on"]
    core.say("AYUDA")
    assert "asistente" in core.lines()[-1].text
    assert "servicios" not in core.lines()[-1].text
