"""The stand-in answers Twilio's own SDK as Twilio does, where our tests rely on it."""

from datetime import UTC, datetime, timedelta

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.support.twilio_standin import TwilioStandIn

TO = "+13135550123"


@pytest.fixture
def client(twilio: TwilioStandIn) -> Client:
    opened = Client(twilio.account_sid, twilio.auth_token)
    opened.api.base_url = twilio.url
    return opened


def test_its_list_is_paged_newest_first(twilio: TwilioStandIn, client: Client) -> None:
    for number in range(5):
        client.messages.create(to=TO, from_=twilio.number, body=f"text {number}")
    client.messages.create(to="+13135550199", from_=twilio.number, body="to another")
    found = client.messages.list(to=TO, page_size=2)
    assert [item.body for item in found] == [f"text {number}" for number in (4, 3, 2, 1, 0)]
    assert sum(request.startswith("GET") for request in twilio.requests) == 3


def test_its_filters_by_date_know_days_only_and_not_what_still_waits(
    twilio: TwilioStandIn, client: Client
) -> None:
    for body in ("sent", "waits"):
        client.messages.create(to=TO, from_=twilio.number, body=body)
    evening = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    twilio.messages[0].sent = evening
    later, next_day = evening + timedelta(minutes=30), evening + timedelta(hours=2)
    assert [item.body for item in client.messages.list(date_sent_after=later)] == ["sent"]
    assert [item.body for item in client.messages.list(date_sent=later)] == ["sent"]
    assert [item.body for item in client.messages.list(date_sent_before=next_day)] == ["sent"]
    assert client.messages.list(date_sent_after=next_day) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": "", "body": "hello"}, 21604),
        ({"to": TO, "body": ""}, 21602),
        ({"to": TO, "body": "x" * 1601}, 21617),
    ],
)
def test_it_refuses_what_twilio_refuses(
    twilio: TwilioStandIn, client: Client, fields: dict[str, str], code: int
) -> None:
    with pytest.raises(TwilioRestException) as caught:
        client.messages.create(from_=twilio.number, **fields)
    assert caught.value.code == code
    assert twilio.messages == []
