"""A turn is taken once, in order, and survives every kind of crash (ideas 1 and 3, decision 7)."""

import threading

import pytest
from sqlalchemy import func, select

from conversation import due
from conversation.models import Channel, Conversation, Message, Turn
from conversation.ports import Timing
from tests.conversation.conftest import Core


def test_a_text_is_answered_by_the_engine(core: Core) -> None:
    assert core.say("i got no where to sleep tonite") == ["greet"]
    memory, text = core.engine.asked[0]
    assert text == "i got no where to sleep tonite"
    assert memory["facts"]["first_contact"] is True
    assert memory["facts"]["channel"] == "sms"


def test_the_memory_of_one_turn_is_given_to_the_next(core: Core) -> None:
    core.say("hello there my friend")
    core.say("i need food")
    memory, _ = core.engine.asked[1]
    assert memory["slots"] == {"turns": 1}
    assert memory["facts"]["first_contact"] is False
    assert memory["facts"]["silence_seconds"] == 3


def test_the_engine_is_told_that_they_had_left(core: Core) -> None:
    core.say("i need food")
    core.say("BYE")
    core.say("me again")
    assert core.engine.asked[-1][0]["facts"]["was_paused"] is True
    core.say("and a bed")
    assert core.engine.asked[-1][0]["facts"]["was_paused"] is False


def test_texts_sent_in_pieces_are_one_turn(core: Core) -> None:
    for piece in ("i got", "no where to sleep", "tonite"):
        core.text(piece)
        core.clock.forward(1.5)
        assert core.take_turns() == 0
    core.clock.forward(1)
    assert core.take_turns() == 1
    assert core.engine.asked[0][1] == "i got\nno where to sleep\ntonite"


def test_a_turn_waits_eight_seconds_at_most_for_more_pieces(core: Core) -> None:
    for _ in range(5):
        core.text("and another thing")
        core.clock.forward(1.7)
    assert core.take_turns() == 1


def test_web_chat_does_not_wait_for_pieces(core: Core) -> None:
    core.text("i need food", channel=Channel.WEBCHAT)
    assert core.take_turns() == 1


def test_a_conversation_is_never_taken_by_two_workers_at_once(core: Core) -> None:
    core.text("i need food", channel=Channel.WEBCHAT)
    with core.database.sessions() as session:
        assert due.take_next(session, "one", core.clock(), Timing()) is not None
    with core.database.sessions() as session:
        assert due.take_next(session, "two", core.clock(), Timing()) is None


def test_many_workers_take_each_turn_once(core: Core) -> None:
    for number in range(12):
        core.text("i need food", channel=Channel.WEBCHAT, address=f"visitor {number}")
    threads = [threading.Thread(target=core.take_turns) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(core.engine.asked) == 12
    with core.database.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Turn)) == 12


def test_the_turn_of_a_worker_that_died_is_taken_again_after_its_lease(core: Core) -> None:
    core.text("i need food", channel=Channel.WEBCHAT)
    with core.database.sessions() as session:
        due.take_next(session, "died", core.clock(), Timing())
    assert core.take_turns() == 0
    core.clock.forward(Timing().lease + 1)
    assert core.take_turns() == 1
    assert core.said(Channel.WEBCHAT) == ["greet"]


def test_a_worker_that_lost_its_lease_commits_nothing(core: Core) -> None:
    def somebody_else_took_it() -> None:
        core.engine.meanwhile = lambda: None
        core.clock.forward(Timing().lease + 1)
        assert core.take_turns() == 1

    core.engine.meanwhile = somebody_else_took_it
    core.text("i need food", channel=Channel.WEBCHAT)
    core.take_turns()
    assert core.said(Channel.WEBCHAT) == ["greet"]
    with core.database.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Turn)) == 1


def test_what_the_core_had_to_say_survives_a_crash_while_the_engine_thinks(core: Core) -> None:
    def killed() -> None:
        core.engine.meanwhile = lambda: None
        raise SystemExit

    core.engine.meanwhile = killed
    core.text("i need food")
    core.text("HUMAN")
    core.clock.forward(3)
    with pytest.raises(SystemExit):
        core.take_turns()
    assert core.said() == []
    core.clock.forward(Timing().lease + 1)
    core.take_turns()
    assert core.said() == ["greet", "offer_handoff"]


def test_a_text_that_comes_while_the_engine_thinks_is_the_next_turn(core: Core) -> None:
    def another_text() -> None:
        core.engine.meanwhile = lambda: None
        core.text("and food")

    core.engine.meanwhile = another_text
    core.say("a bed please")
    core.clock.forward(3)
    core.take_turns()
    assert [text for _, text in core.engine.asked] == ["a bed please", "and food"]


def test_with_the_engine_down_they_get_one_honest_text_and_the_answer_later(core: Core) -> None:
    core.engine.down = True
    assert core.say("i need food") == ["engine_down"]
    for _ in range(3):
        core.clock.forward(20)
        core.take_turns()
    assert core.said() == ["engine_down"]
    core.engine.down = False
    core.clock.forward(70)
    core.take_turns()
    assert core.said() == ["engine_down", "greet"]


def test_after_an_outage_the_engine_is_still_told_that_they_had_left(core: Core) -> None:
    core.say("i need food")
    core.say("BYE")
    core.engine.down = True
    assert core.say("me again") == ["engine_down"]
    core.engine.down = False
    core.clock.forward(5)
    core.take_turns()
    assert core.engine.asked[-1][0]["facts"]["was_paused"] is True
    core.say("and a bed")
    assert core.engine.asked[-1][0]["facts"]["was_paused"] is False


def test_what_is_no_longer_fresh_is_not_answered(core: Core) -> None:
    core.engine.down = True
    core.say("i need food")
    core.engine.down = False
    core.clock.forward(Timing().fresh + 1)
    core.take_turns()
    assert core.said() == ["engine_down"]
    assert core.say("are you there") == ["greet"]


def test_a_new_text_is_tried_at_once_though_the_engine_was_down(core: Core) -> None:
    core.engine.down = True
    core.say("i need food")
    core.engine.down = False
    assert core.say("and a bed") == ["greet"]
    assert core.engine.asked[-1][1] == "i need food\nand a bed"


def test_an_unknown_command_of_the_engine_changes_nothing(core: Core) -> None:
    core.engine.commands = [{"command": "drop_tables", "args": {}}]
    assert core.say("i need food") == ["engine_down"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("call me at 313-555-0123 near 48226", "call me at (phone) near 48226"),
        ("write to ana@example.org please", "write to (email) please"),
        ("my zip is 48226-1234", "my zip is 48226-1234"),
    ],
)
def test_the_engine_never_sees_a_number_or_an_address(core: Core, text: str, seen: str) -> None:
    core.say(text)
    assert core.engine.asked[0][1] == seen


def test_nothing_is_lost_when_the_commit_of_a_turn_fails(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    core.text("i need food", channel=Channel.WEBCHAT)
    with monkeypatch.context() as patch:
        patch.setattr("conversation.turns._answered", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            core.take_turns()
    with core.database.sessions() as session:
        conversation = session.scalars(select(Conversation)).one()
        assert conversation.memory is None
        assert session.scalars(select(Message).where(Message.answered_at.is_not(None))).all() == []
    assert core.said(Channel.WEBCHAT) == []
    core.clock.forward(Timing().lease + 1)
    core.take_turns()
    assert core.said(Channel.WEBCHAT) == ["greet"]
