"""Two advocates at once: exactly one gets it; with an advocate on the line the bot is silent."""

import threading

import pytest
from sqlalchemy import select

from conversation import handoffs
from conversation.handoffs import AlreadyTaken, NotWaiting, NotYours, OptedOut
from conversation.models import Channel, Handoff
from tests.conversation.conftest import Core


@pytest.fixture
def waiting(core: Core) -> handoffs.Waiting:
    """A survivor who asked for a person and said yes."""
    core.say("HUMAN")
    core.say("yes")
    with core.database.sessions() as session:
        return handoffs.queue(session)[0]


def claim(core: Core, handoff_id: str, advocate: str) -> str:
    with core.database.sessions() as session:
        return handoffs.claim(
            session, handoff_id, advocate, core.clock(), voice=core.voice, advocate_name=advocate
        )


def test_a_second_claim_loses_politely(core: Core, waiting: handoffs.Waiting) -> None:
    claim(core, waiting.handoff_id, "ana")
    with pytest.raises(AlreadyTaken) as lost:
        claim(core, waiting.handoff_id, "bo")
    assert lost.value.advocate_id == "ana"
    assert claim(core, waiting.handoff_id, "ana") == waiting.conversation_id


def test_of_many_claims_at_once_exactly_one_wins(core: Core, waiting: handoffs.Waiting) -> None:
    won: list[str] = []
    lost: list[str] = []

    def try_it(advocate: str) -> None:
        try:
            claim(core, waiting.handoff_id, advocate)
            won.append(advocate)
        except AlreadyTaken:
            lost.append(advocate)

    threads = [threading.Thread(target=try_it, args=(f"advocate {n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 7)


def test_the_survivor_is_told_who_came_and_the_bot_is_silent(
    core: Core, waiting: handoffs.Waiting
) -> None:
    claim(core, waiting.handoff_id, "ana")
    core.send_all()
    assert core.said()[-1] == "advocate_joined"
    assert core.say("hello ana") == []
    assert core.engine.asked == []
    assert core.lines()[-1].text == "hello ana"


def test_the_bot_stays_silent_when_an_advocate_came_while_it_was_thinking(
    core: Core, waiting: handoffs.Waiting
) -> None:
    core.engine.meanwhile = lambda: claim(core, waiting.handoff_id, "ana") and None
    core.text("i need food")
    core.clock.forward(3)
    core.take_turns()
    assert core.said()[-1] == "advocate_joined"


def test_danger_rings_at_the_desk_while_an_advocate_has_the_conversation(
    core: Core, waiting: handoffs.Waiting
) -> None:
    claim(core, waiting.handoff_id, "ana")
    core.say("he has a gun")
    with core.database.sessions() as session:
        (mine,) = handoffs.mine(session, "ana")
    assert mine.alarm == "danger"


def test_danger_told_to_an_advocate_brings_the_numbers_once(
    core: Core, waiting: handoffs.Waiting
) -> None:
    """S1, S2: from any state; the advocate may be slow to answer."""
    claim(core, waiting.handoff_id, "ana")
    core.say("hello")
    assert core.say("he has a gun") == ["danger_answer"]
    assert core.say("he is going to kill me") == []


def test_an_advocates_words_reach_the_survivor(core: Core, waiting: handoffs.Waiting) -> None:
    claim(core, waiting.handoff_id, "ana")
    with core.database.sessions() as session:
        handoffs.answer(
            session,
            waiting.conversation_id,
            "ana",
            "I am here.",
            core.clock(),
            voice=core.voice,
        )
    core.send_all()
    assert core.lines()[-1].text == "I am here."
    assert core.lines()[-1].delivery == "sent"


def test_only_the_advocate_who_has_it_may_answer_or_end(
    core: Core, waiting: handoffs.Waiting
) -> None:
    claim(core, waiting.handoff_id, "ana")
    with core.database.sessions() as session:
        with pytest.raises(NotYours):
            handoffs.answer(
                session, waiting.conversation_id, "bo", "hi", core.clock(), voice=core.voice
            )
        with pytest.raises(NotYours):
            handoffs.close(session, waiting.conversation_id, "bo", core.clock(), voice=core.voice)


def test_nothing_can_be_answered_after_a_stop(core: Core, waiting: handoffs.Waiting) -> None:
    claim(core, waiting.handoff_id, "ana")
    core.say("STOP")
    with core.database.sessions() as session, pytest.raises((OptedOut, NotYours)):
        handoffs.answer(
            session, waiting.conversation_id, "ana", "hi", core.clock(), voice=core.voice
        )


def test_after_a_hand_back_the_bot_answers_again_with_no_form_open(
    core: Core, waiting: handoffs.Waiting
) -> None:
    claim(core, waiting.handoff_id, "ana")
    with core.database.sessions() as session:
        handoffs.hand_back(session, waiting.conversation_id, "ana", core.clock(), voice=core.voice)
    core.send_all()
    assert core.said()[-1] == "advocate_left"
    assert core.say("i need food") == ["greet"]
    assert core.engine.asked[-1][0]["form"] is None


def test_what_was_closed_can_be_asked_for_again(core: Core, waiting: handoffs.Waiting) -> None:
    claim(core, waiting.handoff_id, "ana")
    with core.database.sessions() as session:
        handoffs.close(session, waiting.conversation_id, "ana", core.clock(), voice=core.voice)
    core.send_all()
    core.say("HUMAN")
    core.say("yes")
    with core.database.sessions() as session:
        assert len(handoffs.queue(session)) == 1


def test_a_withdrawn_handoff_cannot_be_taken(core: Core, waiting: handoffs.Waiting) -> None:
    core.engine.commands = [{"command": "withdraw_handoff", "args": {}}]
    core.say("never mind")
    with pytest.raises(NotWaiting):
        claim(core, waiting.handoff_id, "ana")


def test_danger_is_taken_before_those_who_wait_longer(core: Core) -> None:
    core.say("HUMAN", address="visitor 1", channel=Channel.WEBCHAT)
    core.say("yes", address="visitor 1", channel=Channel.WEBCHAT)
    core.clock.forward(60)
    core.say("he has a gun", address="visitor 2", channel=Channel.WEBCHAT)
    with core.database.sessions() as session:
        first, second = handoffs.queue(session)
    assert first.urgent
    assert not second.urgent
    assert (first.position, second.position) == (1, 2)


SERVICE = "01900000-0000-7000-8000-000000000001"


def test_a_partner_they_ask_us_to_call_goes_along_and_is_erased_with_the_rest(core: Core) -> None:
    args = {"needs": ["legal_representation"], "place": "Detroit, MI", "service": SERVICE}
    core.asks({"say": "offer_handoff"})
    core.does("open_handoff", "yes", **args)
    with core.database.sessions() as session:
        assert handoffs.queue(session)[0].service == SERVICE
    with core.database.engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT service FROM handoff").scalar_one()
    assert SERVICE.encode() not in bytes(stored)
    core.say("erase")
    core.say("delete")
    with core.database.sessions() as session:
        assert session.scalars(select(Handoff)).one().service is None


def test_a_partner_to_call_is_kept_when_the_yes_crossed_the_question(core: Core) -> None:
    args = {"needs": ["food"], "place": "Detroit, MI", "service": SERVICE}
    assert core.does("open_handoff", "call them for me", **args) == ["offer_handoff"]
    assert core.say("yes")[0] == "handoff_asked_for"
    with core.database.sessions() as session:
        (waiting,) = handoffs.queue(session)
    assert (waiting.service, waiting.place, waiting.needs) == (SERVICE, "Detroit, MI", ("food",))


def test_without_a_partner_to_call_the_command_is_as_before(core: Core) -> None:
    core.asks({"say": "offer_handoff"})
    core.does("open_handoff", "yes", needs=["food"], place=None)
    with core.database.sessions() as session:
        assert handoffs.queue(session)[0].service is None


def test_every_move_of_a_handoff_is_in_the_table() -> None:
    reachable = {target for targets in handoffs.MOVES.values() for target in targets}
    assert reachable | {handoffs.HandoffState.WAITING} == set(handoffs.HandoffState)
