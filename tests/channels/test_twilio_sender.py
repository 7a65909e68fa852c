"""Texts go out through Twilio's own SDK; what goes wrong is told apart, and nothing betrays."""

import logging
import socket
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from channels import twilio_client
from channels.twilio_client import TwilioSender
from conversation.ports import SendFailed, SendUnconfirmed, Timing
from tests.support.twilio_standin import Failure, TwilioStandIn

TO = "+13135550123"
BODY = "A bed for tonight: Harbor House, 313-555-0100."
STATUS_URL = "https://help.example.org/sms/twilio/status"


def sender(twilio: TwilioStandIn, *, origin: str = "", token: str = "") -> TwilioSender:
    return TwilioSender(
        account_sid=twilio.account_sid,
        auth_token=token or twilio.auth_token,
        sender=origin or twilio.number,
        status_url=STATUS_URL,
        api_url=twilio.url,
        timeout=2,
    )


def send(twilio: TwilioStandIn, body: str = BODY) -> str:
    return sender(twilio).send(to=TO, body=body, valid_seconds=540)


def find(twilio: TwilioStandIn, body: str = BODY, *, ago: float = 5) -> list[str]:
    since = datetime.now(UTC) - timedelta(seconds=ago)
    return sender(twilio).find_sent(to=TO, body=body, since=since)


def test_a_text_is_handed_over_whole(twilio: TwilioStandIn) -> None:
    body = "  ¿Está ahí? 😀\nA & B = 50% + {x}  "
    sid = send(twilio, body)
    [message] = twilio.messages
    assert message.sid == sid
    assert message.form == {
        "To": TO,
        "From": twilio.number,
        "Body": body,
        "StatusCallback": STATUS_URL,
        "ValidityPeriod": "540",
    }


def test_a_messaging_service_may_be_the_sender(twilio: TwilioStandIn) -> None:
    service = "MG" + "1" * 32
    sender(twilio, origin=service).send(to=TO, body=BODY, valid_seconds=540)
    form = twilio.messages[0].form
    assert form["MessagingServiceSid"] == service
    assert "From" not in form


@pytest.mark.parametrize(("asked", "told"), [(0, 1), (-3, 1), (540, 540), (10**6, 36_000)])
def test_the_validity_stays_within_twilios_bounds(
    twilio: TwilioStandIn, asked: int, told: int
) -> None:
    sender(twilio).send(to=TO, body=BODY, valid_seconds=asked)
    assert twilio.messages[0].valid_seconds == told


@pytest.mark.parametrize(
    ("failure", "code", "final"),
    [
        (Failure.BUSY, "20429", False),
        (Failure.OPTED_OUT, "21610", True),
        (Failure.BAD_NUMBER, "21211", True),
    ],
)
def test_a_refusal_says_whether_trying_again_can_help(
    twilio: TwilioStandIn, failure: Failure, code: str, final: bool
) -> None:
    twilio.fail_next(failure)
    with pytest.raises(SendFailed) as caught:
        send(twilio)
    assert (caught.value.code, caught.value.final) == (code, final)
    assert twilio.messages == []


def test_a_wrong_token_is_final_and_named(twilio: TwilioStandIn) -> None:
    with pytest.raises(SendFailed) as caught:
        sender(twilio, token="wrong").send(to=TO, body=BODY, valid_seconds=60)
    assert (caught.value.code, caught.value.final) == ("20003", True)


@pytest.mark.parametrize(
    ("failure", "taken"),
    [
        (Failure.BROKEN, False),
        (Failure.BROKEN_AFTER, True),
        (Failure.GONE_BEFORE, False),
        (Failure.GONE_AFTER, True),
    ],
)
def test_an_unclear_end_is_unconfirmed_and_twilios_list_tells(
    twilio: TwilioStandIn, failure: Failure, taken: bool
) -> None:
    twilio.fail_next(failure)
    with pytest.raises(SendUnconfirmed):
        send(twilio)
    assert find(twilio) == [message.sid for message in twilio.messages]
    assert len(twilio.messages) == taken


def test_a_silent_twilio_is_unconfirmed() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        silent = TwilioStandIn(url=f"http://127.0.0.1:{listening.getsockname()[1]}")
        quick = TwilioSender(
            account_sid="AC1",
            auth_token="x",
            sender="+1",
            status_url="",
            api_url=silent.url,
            timeout=0.2,
        )
        with pytest.raises(SendUnconfirmed):
            quick.send(to=TO, body=BODY, valid_seconds=60)
        with pytest.raises(SendUnconfirmed):
            quick.find_sent(to=TO, body=BODY, since=datetime.now(UTC))


def test_a_look_and_a_send_end_before_the_lease_does() -> None:
    longest = 2 * (2 * twilio_client.CONNECT + twilio_client.TIMEOUT)
    assert longest < Timing().lease


def test_a_text_that_waits_at_twilio_is_found(twilio: TwilioStandIn) -> None:
    # It has no time of sending yet: a filter by that time would not see it.
    sid = send(twilio)
    assert twilio.messages[0].sent is None
    assert find(twilio) == [sid]


def test_a_text_sent_over_midnight_is_found(twilio: TwilioStandIn) -> None:
    sid = send(twilio)
    message = twilio.messages[0]
    midnight = datetime(2026, 11, 25, tzinfo=UTC)
    message.created = midnight - timedelta(seconds=1)
    message.sent = midnight + timedelta(seconds=1)
    since = midnight - timedelta(seconds=10)
    assert sender(twilio).find_sent(to=TO, body=BODY, since=since) == [sid]


def test_only_this_text_to_this_number_since_then_is_found(twilio: TwilioStandIn) -> None:
    sid = send(twilio)
    send(twilio, "another text")
    sender(twilio).send(to="+13135550199", body=BODY, valid_seconds=60)
    old = send(twilio)
    twilio.messages[-1].created -= timedelta(minutes=10)
    assert find(twilio) == [sid]
    assert find(twilio, ago=900) == [old, sid]


def test_clocks_may_differ_a_little(twilio: TwilioStandIn) -> None:
    sid = send(twilio)
    twilio.messages[0].created -= timedelta(seconds=20)
    assert find(twilio, ago=0) == [sid]


def test_plain_signs_put_for_others_do_not_hide_a_text(twilio: TwilioStandIn) -> None:
    sid = send(twilio, "It's “here” – at 5")
    twilio.messages[0].form["Body"] = 'It\'s "here" - at 5'
    assert find(twilio, "It's “here” – at 5") == [sid]
    assert find(twilio, "It's “here” – at 6") == []


def test_a_text_without_a_letter_is_found_too(twilio: TwilioStandIn) -> None:
    sid = send(twilio, "👍")
    send(twilio, "👎")
    assert find(twilio, "👍") == [sid]


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """All loggers there are, as talkative as they can be."""
    loggers = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict)]
    before = [(logger, logger.level) for logger in loggers]
    caplog.set_level(logging.DEBUG)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield caplog
    for logger, level in before:
        logger.setLevel(level)


def test_neither_number_nor_text_is_in_a_log_or_an_exception(
    twilio: TwilioStandIn, everything_logged: pytest.LogCaptureFixture
) -> None:
    send(twilio)
    find(twilio)
    traces = []
    for failure in Failure:
        twilio.fail_next(failure)
        with pytest.raises((SendFailed, SendUnconfirmed)) as caught:
            send(twilio)
        traces += traceback.format_exception(caught.value)
    told = "".join(traces) + everything_logged.text
    # The libraries do speak at this level; they only have nothing to tell.
    assert "httpcore" in everything_logged.text
    for secret in (TO, TO.removeprefix("+"), TO[-7:], BODY, "Harbor", twilio.auth_token):
        assert secret not in told


def test_texts_sent_at_once_get_each_its_own_id(twilio: TwilioStandIn) -> None:
    one = sender(twilio)
    bodies = [f"text {number}" for number in range(24)]

    def hand_over(body: str) -> str:
        return one.send(to=TO, body=body, valid_seconds=60)

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(hand_over, bodies))
    assert {message.sid: message.body for message in twilio.messages} == dict(
        zip(ids, bodies, strict=True)
    )
