"""Sending repeats safely: nothing lost, nothing twice that the carrier's list tells (M5-M7)."""

from datetime import datetime

import pytest
from sqlalchemy import select

from conversation import inbox, outbox
from conversation.models import Address, Delivery, new_id
from conversation.ports import SendFailed, SendUnconfirmed, Timing
from tests.conversation.conftest import Core

TIMING = Timing()


class ListedCarrier:
    """A carrier that keeps a list of what it took."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str, str]] = []

    def send(self, *, to: str, body: str, valid_seconds: int) -> str:
        assert 0 < valid_seconds <= 600
        self.taken.append((new_id(), to, body))
        return self.taken[-1][0]

    def find_sent(self, *, to: str, body: str, since: datetime) -> list[str]:
        return [sid for sid, number, text in reversed(self.taken) if (number, text) == (to, body)]


@pytest.fixture
def one_text(core: Core) -> Core:
    core.text("hello there")
    core.clock.forward(3)
    core.take_turns()
    return core


def take(core: Core, owner: str = "worker") -> outbox.Outgoing | None:
    with core.database.sessions() as session:
        return outbox.take_next(session, owner, core.clock(), TIMING)


def taken(core: Core, owner: str = "worker") -> outbox.Outgoing:
    return take(core, owner) or pytest.fail("nothing to send")


def delivery(core: Core) -> Delivery:
    return core.lines()[-1].delivery


def test_a_message_is_taken_by_one_worker_only(one_text: Core) -> None:
    assert take(one_text) is not None
    assert take(one_text) is None


def test_a_send_that_died_before_the_carrier_is_sent_once(one_text: Core) -> None:
    taken(one_text)
    one_text.clock.forward(TIMING.lease + 1)
    again, carrier = taken(one_text), ListedCarrier()
    assert again.tried_before
    outbox.send(carrier, again, frozenset())
    assert len(carrier.taken) == 1


def test_a_send_that_died_after_the_carrier_took_it_is_not_sent_again(one_text: Core) -> None:
    carrier = ListedCarrier()
    first_id = outbox.send(carrier, taken(one_text), frozenset())
    one_text.clock.forward(TIMING.lease + 1)
    assert outbox.send(carrier, taken(one_text), frozenset()) == first_id
    assert len(carrier.taken) == 1


def test_the_same_words_said_earlier_are_not_taken_for_this_message(one_text: Core) -> None:
    carrier = ListedCarrier()
    item = taken(one_text)
    earlier = carrier.send(to=item.to, body=item.body, valid_seconds=60)
    one_text.clock.forward(TIMING.lease + 1)
    assert outbox.send(carrier, taken(one_text), frozenset({earlier})) != earlier


@pytest.mark.parametrize("code", ["21610", "21211"])
def test_a_final_refusal_is_kept_and_not_tried_again(one_text: Core, code: str) -> None:
    with one_text.database.sessions() as session:
        outbox.failed(
            session,
            taken(one_text),
            "worker",
            SendFailed(code, final=True),
            one_text.clock(),
            TIMING,
        )
    one_text.clock.forward(300)
    assert take(one_text) is None
    assert (delivery(one_text), one_text.lines()[-1].error) == (Delivery.FAILED, code)


def test_who_replied_stop_to_the_carrier_gets_nothing_more_until_start(core: Core) -> None:
    core.engine.words = [{"say": "greet"}, {"say": "here_for_you"}]
    core.text("hello there")
    core.clock.forward(3)
    core.take_turns()
    with core.database.sessions() as session:
        error = SendFailed("21610", final=True)
        outbox.failed(session, taken(core), "worker", error, core.clock(), TIMING)
    assert take(core) is None
    with core.database.sessions() as session:
        assert session.scalars(select(Address)).one().opted_out_at is not None
    assert core.say("hello?") == []
    core.say("START")
    assert core.say("hello?") == ["greet", "here_for_you"]


def test_a_busy_carrier_is_tried_again_later_and_later(one_text: Core) -> None:
    waits = []
    for _ in range(4):
        item, waited = take(one_text), 0
        while item is None:
            one_text.clock.forward(1)
            waited += 1
            item = take(one_text)
        waits.append(waited)
        with one_text.database.sessions() as session:
            error = SendFailed("20429", final=False)
            outbox.failed(session, item, "worker", error, one_text.clock(), TIMING)
    assert waits == [0, 1, 2, 4]


def test_an_unconfirmed_send_looks_into_the_carriers_list_first(one_text: Core) -> None:
    with one_text.database.sessions() as session:
        outbox.failed(
            session, taken(one_text), "worker", SendUnconfirmed(), one_text.clock(), TIMING
        )
    one_text.clock.forward(TIMING.unconfirmed - 1)
    assert take(one_text) is None
    one_text.clock.forward(1)
    assert taken(one_text).tried_before


def test_what_is_late_is_not_sent(one_text: Core) -> None:
    one_text.clock.forward(outbox.SEND_WITHIN.total_seconds() + 1)
    assert take(one_text) is None
    assert delivery(one_text) == Delivery.EXPIRED


def test_messages_of_a_conversation_go_out_in_order(core: Core) -> None:
    core.engine.words = [{"say": "greet"}, {"say": "here_for_you"}]
    core.text("hello there")
    core.clock.forward(3)
    core.take_turns()
    first = taken(core)
    assert take(core) is None
    with core.database.sessions() as session:
        outbox.sent(session, first, "worker", new_id(), core.clock())
    assert taken(core).body != first.body


def report(core: Core, provider_id: str, state: Delivery) -> bool:
    with core.database.sessions() as session:
        return inbox.delivery_report(
            session, provider_id=provider_id, state=state, error_code=None, now=core.clock()
        )


def test_reports_only_move_a_message_forward(one_text: Core) -> None:
    with one_text.database.sessions() as session:
        outbox.sent(session, taken(one_text), "worker", "SM1", one_text.clock())
    for state in (Delivery.DELIVERED, Delivery.SENT, Delivery.UNDELIVERED):
        assert report(one_text, "SM1", state)
        assert delivery(one_text) == Delivery.DELIVERED


def test_a_report_that_overtakes_the_send_is_kept(one_text: Core) -> None:
    item = taken(one_text)
    assert not report(one_text, "SM1", Delivery.SENT)
    assert not report(one_text, "SM1", Delivery.DELIVERED)
    with one_text.database.sessions() as session:
        outbox.sent(session, item, "worker", "SM1", one_text.clock())
    assert delivery(one_text) == Delivery.DELIVERED


def test_the_same_provider_id_twice_is_one_message(core: Core) -> None:
    first = core.text("hello there", provider_id="SM1")
    again = core.text("hello there", provider_id="SM1")
    assert first.new
    assert not again.new
    assert first.message_id == again.message_id
    assert len(core.lines()) == 1


def test_spanish_goes_out_in_plain_letters_within_two_segments(core: Core) -> None:
    core.engine.words = [{"say": "offer_handoff"}]
    core.say("necesito comida para mis hijos")
    text = core.lines()[-1].text
    assert not set(text) & set("áíóú")
    assert core.conversation().language == "es"
