"""Danger, thoughts of self-harm and harm that is done are answered at once (S1, S2, B4)."""

from dataclasses import replace

import pytest

from conversation import handoffs
from conversation.models import Channel, Delivery
from language.segments import fold_accents
from tests.conversation.conftest import Core


@pytest.fixture(autouse=True)
def _engine_is_down(core: Core) -> None:
    core.engine.down = True


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("he says hes gonna kill me", "danger_answer"),
        ("ME VA A MATAR", "danger_answer"),
        ("I'm locked in and he has a knife", "danger_answer"),
        ("他拿着刀", "danger_answer"),
        ("i dont want to live", "self_harm_answer"),
        ("ya no quiero vivir", "self_harm_answer"),
        ("хочу умереть", "self_harm_answer"),
    ],
)
def test_danger_is_answered_at_once_and_is_first_in_line(
    core: Core, text: str, answer: str
) -> None:
    core.text(text)
    core.take_turns()
    assert core.said()[:2] == [answer, "advocate_alerted"]
    with core.database.sessions() as session:
        (waiting,) = handoffs.queue(session)
    assert waiting.urgent
    assert not waiting.agreed


def test_with_nobody_at_the_desk_nobody_is_promised(core: Core) -> None:
    core.turns = replace(core.turns, someone_here=lambda _session: False)
    core.text("he has a gun")
    core.take_turns()
    assert core.said()[:2] == ["danger_answer", "advocate_alerted_closed"]


def test_danger_told_again_is_answered_in_other_words(core: Core) -> None:
    core.say("he has a gun")
    assert core.say("hes banging on the door")[0] == "danger_again"


def test_the_first_cry_for_help_is_answered_in_its_language(core: Core) -> None:
    core.say("me va a matar")
    assert core.conversation().language == "es"
    assert "911" in core.lines()[1].text
    answer = core.voice.catalogue.speak("danger_answer", {}, "es")
    assert core.lines()[1].text.startswith(fold_accents(answer)[:20])


@pytest.mark.parametrize(
    "text",
    [
        "i used to work for him, he has a gun and is outside",
        "the man i used to live with has a gun and is coming here",
        "when i was home he came back, he is outside with a gun",
        "my husband killed it and is going to kill me",
        "last year he found me and now he has a gun",
    ],
)
def test_a_past_beside_it_does_not_hide_danger_now(core: Core, text: str) -> None:
    core.text(text)
    core.take_turns()
    assert core.said()[0] == "danger_answer"


def test_danger_in_the_second_piece_of_a_text_is_answered_once(core: Core) -> None:
    core.text("hello")
    core.text("he has a gun")
    core.take_turns()
    core.clock.forward(60)
    core.take_turns()
    assert core.said().count("danger_answer") == 1


@pytest.mark.parametrize(
    "text",
    [
        "killed it at my interview today",
        "this heat is killing me",
        "in the movie he has a gun",
        "years ago he said he will kill me",
        "me muero de risa",
    ],
)
def test_an_idiom_or_a_story_is_no_alarm(core: Core, text: str) -> None:
    core.text(text)
    core.take_turns()
    with core.database.sessions() as session:
        assert handoffs.queue(session) == []


def test_harm_that_is_done_is_told_to_call_now_and_once_in_full(core: Core) -> None:
    core.engine.down = False
    assert core.say("i dont want to live")[0] == "self_harm_answer"
    assert core.say("i took all the pills")[0] == "harm_done_answer"
    assert core.engine.asked[-1][0]["facts"]["crisis_answered"] == "emergency"
    assert core.say("i swallowed them all")[0] == "harm_done_again"
    with core.database.sessions() as session:
        (waiting,) = handoffs.queue(session)
    assert waiting.alarm == "self_harm"


def test_harm_done_in_the_second_piece_of_a_text_is_what_is_answered(core: Core) -> None:
    core.engine.down = False
    core.text("i want to die")
    core.text("i already took all my pills")
    core.take_turns()
    core.clock.forward(10)
    core.take_turns()
    assert core.said()[:2] == ["harm_done_answer", "advocate_alerted"]
    assert "self_harm_answer" not in core.said()
    assert "1-800-222-1222" in " ".join(line.text for line in core.lines())


def test_a_pause_lets_the_answer_to_danger_go_out(core: Core) -> None:
    core.text("he has a gun")
    core.take_turns()
    core.text("pause")
    core.clock.forward(3)
    core.take_turns()
    core.send_all()
    said = core.voice.speak([{"say": "danger_answer"}], "en", Channel.SMS)[0].text
    sent = [line.text for line in core.lines() if line.delivery == Delivery.SENT]
    assert sent[0] == said
    assert "first in line" in sent[1]
    assert core.conversation().paused


def test_a_stop_takes_back_even_the_answer_to_danger(core: Core) -> None:
    core.text("he has a gun")
    core.take_turns()
    core.text("STOP")
    core.clock.forward(3)
    core.take_turns()
    core.send_all()
    bots = [line.delivery for line in core.lines() if line.author == "bot"]
    assert set(bots) == {Delivery.EXPIRED}


def test_the_bots_pause_beside_a_crisis_is_not_carried_out(core: Core) -> None:
    core.engine.down = False
    core.engine.commands = [{"command": "pause", "args": {}}]
    core.text("cant talk, he has a gun")
    core.take_turns()
    assert not core.conversation().paused
    core.send_all()
    assert Delivery.EXPIRED not in [line.delivery for line in core.lines()]
    core.say("not a good time")
    assert core.conversation().paused
