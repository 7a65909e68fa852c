"""The whole way of a text: webhook, core, outbox, Twilio, report; and what a crash does to it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from app.database import Database
from app.wake import LocalWake
from app.worker import Outbox
from channels.sms import SmsDeps, routes
from channels.twilio_client import TwilioSender
from conversation import inbox, outbox
from conversation.models import Author, Channel, Conversation, Delivery, Message
from conversation.ports import Timing
from conversation.vault import Vault
from tests.channels.conftest import NUMBER, PUBLIC, Webhooks, webhooks_at
from tests.conftest import Clock
from tests.support.browser import served
from tests.support.twilio_standin import Failure, Sent, TwilioStandIn, new_sid

TIMING = Timing()


class Killed(BaseException):
    """The process is gone: nothing after this runs."""


@dataclass
class Way:
    """A survivor's conversation, the outbox, and Twilio at the other end."""

    database: Database
    vault: Vault
    clock: Clock
    twilio: TwilioStandIn
    webhooks: Webhooks
    outbox: Outbox

    def says(self, *texts: str) -> None:
        """The core answers, in the one conversation there is."""
        with self.database.sessions() as session:
            conversation = session.scalars(select(Conversation)).one()
            for text in texts:
                outbox.queue_text(session, conversation, text, author=Author.BOT, now=self.clock())
            session.commit()

    def work(self) -> int:
        """Send what is due; how many tries."""
        tries = 0
        while (send := self.outbox.take()) is not None:
            send()
            tries += 1
        return tries

    def later(self, seconds: float) -> int:
        """Some time passes; send what is due then."""
        self.clock.forward(seconds)
        return self.work()

    def answers(self) -> list[Message]:
        """What was said, as it is stored."""
        with self.database.reading() as session:
            found = select(Message).where(Message.author == "bot").order_by(Message.seq)
            return list(session.scalars(found))

    def report(self, message: Sent, *statuses: str, error_code: str | None = None) -> None:
        """Twilio reports about a message."""
        for status in statuses:
            fields = {"MessageSid": message.sid, "MessageStatus": status}
            if error_code:
                fields["ErrorCode"] = error_code
            self.webhooks.post(fields, path="/sms/twilio/status")


def make_sender(twilio: TwilioStandIn, public_url: str) -> TwilioSender:
    return TwilioSender(
        account_sid=twilio.account_sid,
        auth_token=twilio.auth_token,
        sender=twilio.number,
        status_url=f"{public_url}/sms/twilio/status",
        api_url=twilio.url,
        timeout=2,
    )


@pytest.fixture
def way(
    database: Database, vault: Vault, clock: Clock, wake: LocalWake, twilio: TwilioStandIn
) -> Way:
    # Twilio has a clock of its own, which no test can set.
    clock.now = datetime.now(UTC)
    sender = make_sender(twilio, PUBLIC)
    webhooks = webhooks_at(PUBLIC, database, vault, clock, wake)
    with database.sessions() as session:
        inbox.receive(
            session,
            vault,
            channel=Channel.SMS,
            address=NUMBER,
            text="i need a bed",
            provider_id="SM0",
            now=clock(),
        )
    sending = Outbox(database.sessions, {Channel.SMS: sender}, clock, TIMING)
    return Way(database, vault, clock, twilio, webhooks, sending)


def states(way: Way) -> list[Delivery]:
    return [Delivery(message.delivery) for message in way.answers()]


def test_an_answer_goes_to_the_number_that_wrote(way: Way) -> None:
    way.says("one", "two")
    assert way.work() == 2
    assert [(one.to, one.body) for one in way.twilio.messages] == [(NUMBER, "one"), (NUMBER, "two")]
    assert states(way) == [Delivery.SENT, Delivery.SENT]
    # Nothing of it is worth sending after ten minutes.
    assert 590 <= way.twilio.messages[0].valid_seconds <= 600
    assert way.work() == 0


def test_reports_reach_the_message_late_doubled_and_out_of_order(way: Way) -> None:
    way.says("one")
    way.work()
    way.report(way.twilio.messages[0], "delivered", "sent", "delivered", "queued")
    assert states(way) == [Delivery.DELIVERED]


def test_a_filtered_text_is_shown_with_its_code(way: Way) -> None:
    way.says("one")
    way.work()
    way.report(way.twilio.messages[0], "sent", "undelivered", error_code="30007")
    assert (states(way), way.answers()[0].error_code) == ([Delivery.UNDELIVERED], "30007")


@pytest.mark.parametrize("failure", [Failure.BUSY, Failure.BROKEN, Failure.GONE_BEFORE])
def test_what_twilio_did_not_take_is_sent_again_once(way: Way, failure: Failure) -> None:
    way.says("one")
    way.twilio.fail_next(failure)
    assert way.work() == 1
    assert way.twilio.messages == []
    assert way.later(6) == 1
    assert [one.body for one in way.twilio.messages] == ["one"]
    assert states(way) == [Delivery.SENT]


@pytest.mark.parametrize("failure", [Failure.BROKEN_AFTER, Failure.GONE_AFTER])
def test_what_twilio_took_without_saying_so_is_not_sent_again(way: Way, failure: Failure) -> None:
    way.says("one")
    way.twilio.fail_next(failure)
    way.work()
    assert way.later(6) == 1
    assert len(way.twilio.messages) == 1
    [answer] = way.answers()
    assert (answer.delivery, answer.provider_id) == (Delivery.SENT, way.twilio.messages[0].sid)
    way.report(way.twilio.messages[0], "delivered")
    assert states(way) == [Delivery.DELIVERED]


@pytest.mark.parametrize(
    ("failure", "code"), [(Failure.OPTED_OUT, "21610"), (Failure.BAD_NUMBER, "21211")]
)
def test_a_final_refusal_is_kept_and_not_tried_again(way: Way, failure: Failure, code: str) -> None:
    way.says("one")
    way.twilio.fail_next(failure)
    way.work()
    assert way.later(300) == 0
    assert (states(way), way.answers()[0].error_code) == ([Delivery.FAILED], code)


def test_a_crash_between_sending_and_noting_it_says_nothing_twice(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    way.says("one")

    def killed(*_args: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "sent", killed)
        with pytest.raises(Killed):
            way.work()
    assert len(way.twilio.messages) == 1
    # Twilio's report comes before anybody knows the message's id.
    way.report(way.twilio.messages[0], "delivered")
    assert states(way) == [Delivery.SENDING]
    assert way.later(1) == 0, "the lease of the killed worker still holds"
    assert way.later(TIMING.lease) == 1
    assert len(way.twilio.messages) == 1
    assert states(way) == [Delivery.DELIVERED]


def test_a_crash_before_sending_loses_nothing(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    way.says("one")

    def killed(*_args: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "send", killed)
        with pytest.raises(Killed):
            way.work()
    assert way.twilio.messages == []
    assert way.later(TIMING.lease + 1) == 1
    assert [one.body for one in way.twilio.messages] == ["one"]


def test_the_same_words_twice_are_two_texts_even_after_a_crash(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    way.says("same", "same")
    way.twilio.fail_next(Failure.GONE_AFTER, Failure.GONE_AFTER)
    way.work()
    for _ in range(4):
        way.later(6)
    assert [one.body for one in way.twilio.messages] == ["same", "same"]
    ids = {answer.provider_id for answer in way.answers()}
    assert ids == {one.sid for one in way.twilio.messages}


def test_while_twilios_list_cannot_be_read_nothing_is_sent_twice(way: Way) -> None:
    way.says("one")
    way.twilio.fail_next(Failure.GONE_AFTER)
    way.work()
    token, way.twilio.auth_token = way.twilio.auth_token, "changed"
    assert way.later(6) == 1
    way.twilio.auth_token = token
    assert way.later(10) == 1
    assert len(way.twilio.messages) == 1
    assert states(way) == [Delivery.SENT]


def test_what_is_late_is_not_sent(way: Way) -> None:
    way.says("one")
    way.twilio.fail_next(*[Failure.BUSY] * 50)
    for _ in range(11):
        way.later(timedelta(minutes=1).total_seconds())
    assert (way.twilio.messages, states(way)) == ([], [Delivery.EXPIRED])


def test_over_the_network_a_text_comes_in_an_answer_goes_out_and_its_report_comes_back(
    way: Way, wake: LocalWake
) -> None:
    deps = SmsDeps(way.database.sessions, way.vault, wake, way.clock, way.twilio.auth_token, "")
    with served(Starlette(routes=list(routes(deps)))) as address:
        sid = new_sid()
        for _ in range(2):
            assert way.twilio.text(address, from_=NUMBER, body="and food", sid=sid).is_success
        sending = {Channel.SMS: make_sender(way.twilio, address)}
        way.outbox = Outbox(way.database.sessions, sending, way.clock, TIMING)
        way.says("one")
        way.work()
        [answer] = way.twilio.wait_for(1)
        way.twilio.report(answer, "sent", "delivered", "sent")
    assert states(way) == [Delivery.DELIVERED]
    assert [message.text for message in way.webhooks.messages()] == [
        "i need a bed",
        "and food",
        "one",
    ]
