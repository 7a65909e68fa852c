"""Twilio's webhooks: verified to the letter, written once, answered at once (M3, M5, M6)."""

import logging

import pytest
from sqlalchemy import select

from app.database import Database
from app.wake import LocalWake
from conversation.models import Address, Author, Delivery, EarlyReport, Message, new_id
from conversation.vault import Vault
from tests.channels.conftest import NUMBER, PUBLIC, Webhooks, a_text, webhooks_at
from tests.conftest import Clock
from tests.support.twilio_standin import new_sid

STATUS = "/sms/twilio/status"


def test_a_signed_text_is_written_and_answered_with_empty_twiml(webhooks: Webhooks) -> None:
    answer = webhooks.post(a_text(Body="  i need a bed\n"))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/xml")
    assert answer.text == '<?xml version="1.0" encoding="UTF-8"?><Response />'
    [message] = webhooks.messages()
    assert (message.text, message.author) == ("  i need a bed\n", Author.SURVIVOR)


def test_a_forged_signature_is_refused_and_changes_nothing(webhooks: Webhooks) -> None:
    answers = [
        webhooks.post(a_text(), token="another token"),
        webhooks.post(a_text(), headers={"X-Twilio-Signature": ""}),
        webhooks.post(a_text(), headers={"X-Twilio-Signature": "x" * 28}),
        webhooks.post(a_text(), url="https://elsewhere.example.org/sms/twilio"),
        webhooks.post({**a_text(), "Body": "one"}, body="Body=another"),
        webhooks.client.post("/sms/twilio", data=a_text()),
    ]
    assert [answer.status_code for answer in answers] == [403] * len(answers)
    assert webhooks.messages() == []


def test_without_a_token_nothing_is_taken(
    database: Database, vault: Vault, clock: Clock, wake: LocalWake
) -> None:
    webhooks = webhooks_at(PUBLIC, database, vault, clock, wake, auth_token="")
    assert webhooks.post(a_text(), token="").status_code == 403
    assert webhooks.messages() == []


@pytest.mark.parametrize(
    "fields",
    [
        [*a_text(Body="").items()],
        [*a_text(Body="a=b&c=d%20+é 😀\r\n").items()],
        [*a_text().items(), ("Tag", "one"), ("Tag", "two"), ("Tag", "one"), ("Empty", "")],
        [*a_text(Body=" x ").items(), ("ForwardedFrom", " "), ("Öffnung", "ß")],
    ],
)
def test_the_signature_covers_empty_repeated_and_untrimmed_fields(
    webhooks: Webhooks, fields: list[tuple[str, str]]
) -> None:
    assert webhooks.post(fields).status_code == 200
    assert webhooks.messages()[0].text == dict(fields)["Body"]


@pytest.mark.parametrize(
    ("public_url", "path", "url"),
    [
        # Behind a proxy that has a path of its own.
        ("https://example.org/texts", "/sms/twilio", "https://example.org/texts/sms/twilio"),
        (
            "https://example.org",
            "/sms/twilio?a=1&b=%C3%A9",
            "https://example.org/sms/twilio?a=1&b=%C3%A9",
        ),
        ("https://example.org:8443", "/sms/twilio", "https://example.org:8443/sms/twilio"),
        # Twilio signs with or without the usual port: its validator takes both.
        ("https://example.org", "/sms/twilio", "https://example.org:443/sms/twilio"),
        ("http://example.org", "/sms/twilio", "http://example.org/sms/twilio"),
        # No public address: the one the request came to.
        ("", "/sms/twilio?a=1", "http://testserver/sms/twilio?a=1"),
    ],
)
def test_the_address_is_the_one_twilio_called(
    database: Database,
    vault: Vault,
    clock: Clock,
    wake: LocalWake,
    public_url: str,
    path: str,
    url: str,
) -> None:
    webhooks = webhooks_at(public_url, database, vault, clock, wake)
    assert webhooks.post(a_text(), path=path, url=url).status_code == 200
    assert webhooks.post(a_text(), path=path, url=f"{url}x").status_code == 403


def test_http_is_not_https(webhooks: Webhooks) -> None:
    answer = webhooks.post(a_text(), url=f"http{PUBLIC.removeprefix('https')}/sms/twilio")
    assert answer.status_code == 403


def test_a_host_that_is_none_is_refused(
    database: Database, vault: Vault, clock: Clock, wake: LocalWake
) -> None:
    webhooks = webhooks_at("", database, vault, clock, wake)
    for host in ("x:y", "[::", "a:99999999"):
        assert webhooks.post(a_text(), headers={"Host": host}).status_code == 403


def test_the_same_message_twice_is_one_message(webhooks: Webhooks) -> None:
    fields = a_text()
    for token in (new_id(), new_id()):
        answer = webhooks.post(fields, headers={"I-Twilio-Idempotency-Token": token})
        assert answer.status_code == 200
    assert len(webhooks.messages()) == 1


def test_a_body_without_end_is_not_read(webhooks: Webhooks) -> None:
    huge = a_text(Body="x" * 70_000)
    assert webhooks.post(huge).status_code == 403
    # In pieces, without a length.
    pieces = (b"Body=" + b"x" * 10_000 for _ in range(100))
    answer = webhooks.client.post(
        "/sms/twilio",
        content=pieces,
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": "x" * 28,
        },
    )
    assert answer.status_code == 403
    assert webhooks.messages() == []


def test_what_is_no_form_is_refused(webhooks: Webhooks) -> None:
    for kind in ("application/json", "multipart/form-data; boundary=x", ""):
        answer = webhooks.post({}, body=b"{}", headers={"Content-Type": kind})
        assert answer.status_code == 403
    many = [(f"field{number}", "x") for number in range(300)]
    assert webhooks.post(many).status_code == 403


def test_a_signed_request_that_is_no_text_is_refused(webhooks: Webhooks) -> None:
    for lacking in ("MessageSid", "From"):
        fields = a_text()
        del fields[lacking]
        assert webhooks.post(fields).status_code == 403


@pytest.mark.parametrize(
    ("said", "count"), [("0", 0), ("3", 3), ("", 0), ("many", 0), ("9" * 5000, 0)]
)
def test_media_are_counted_and_not_fetched(webhooks: Webhooks, said: str, count: int) -> None:
    fields = a_text(NumMedia=said, Body="", MediaUrl0="https://media.example.org/1")
    assert webhooks.post(fields).status_code == 200
    assert [(one.media_count, one.text) for one in webhooks.messages()] == [(count, "")]


@pytest.mark.parametrize(
    ("said", "kept"),
    [("STOP", "STOP"), ("start", "START"), ("HELP", "HELP"), ("", None), ("?", None)],
)
def test_what_the_carrier_has_answered_is_noted(
    webhooks: Webhooks, said: str, kept: str | None
) -> None:
    webhooks.post(a_text(Body="stop", OptOutType=said))
    assert webhooks.messages()[0].opt_out == kept


def test_another_channel_is_refused_where_it_could_not_be_answered(
    webhooks: Webhooks, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = webhooks.post(a_text(From=f"whatsapp:{NUMBER}"))
    assert answer.status_code == 422
    assert webhooks.messages() == []
    assert NUMBER not in caplog.text + answer.text


def test_the_number_is_kept_whole_and_found_again(webhooks: Webhooks) -> None:
    webhooks.post(a_text())
    webhooks.post(a_text())
    with webhooks.database.reading() as session:
        assert [one.value for one in session.scalars(select(Address))] == [NUMBER]


# Delivery reports.


@pytest.fixture
def sent(webhooks: Webhooks, clock: Clock) -> str:
    """The provider id of a text that has been handed over."""
    webhooks.post(a_text())
    with webhooks.database.sessions() as session:
        message = session.scalars(select(Message)).one()
        sid = new_sid()
        session.add(
            Message(
                conversation_id=message.conversation_id,
                seq=2,
                channel=message.channel,
                author=Author.BOT,
                text="hello",
                at=clock(),
                delivery=Delivery.SENT,
                provider_id=sid,
            )
        )
        session.commit()
    return sid


def report(webhooks: Webhooks, sid: str, status: str, **more: str) -> int:
    fields = {"MessageSid": sid, "MessageStatus": status, "To": NUMBER, **more}
    return webhooks.post(fields, path=STATUS).status_code


@pytest.mark.parametrize(
    ("reports", "state"),
    [
        (["queued", "sending", "sent"], Delivery.SENT),
        (["delivered"], Delivery.DELIVERED),
        (["delivered", "sent", "delivered", "undelivered"], Delivery.DELIVERED),
        (["read"], Delivery.DELIVERED),
        (["undelivered", "sent"], Delivery.UNDELIVERED),
        (["failed"], Delivery.FAILED),
        (["canceled"], Delivery.FAILED),
        (["a new word of Twilio's"], Delivery.SENT),
    ],
)
def test_reports_only_move_a_message_forward(
    webhooks: Webhooks, sent: str, reports: list[str], state: Delivery
) -> None:
    assert [report(webhooks, sent, status) for status in reports] == [204] * len(reports)
    assert webhooks.messages()[-1].delivery == state


def test_an_undelivered_text_keeps_the_carriers_code(webhooks: Webhooks, sent: str) -> None:
    report(webhooks, sent, "undelivered", ErrorCode="30007")
    message = webhooks.messages()[-1]
    assert (message.delivery, message.error_code) == (Delivery.UNDELIVERED, "30007")


def test_a_report_that_comes_first_is_kept(webhooks: Webhooks) -> None:
    assert report(webhooks, "SM1", "delivered") == 204
    with webhooks.database.reading() as session:
        assert session.get_one(EarlyReport, "SM1").delivery == Delivery.DELIVERED


def test_a_forged_report_changes_nothing(webhooks: Webhooks, sent: str) -> None:
    fields = {"MessageSid": sent, "MessageStatus": "delivered"}
    assert webhooks.post(fields, path=STATUS, token="another").status_code == 403
    # Signed for the other webhook.
    assert webhooks.post(fields, path=STATUS, url=f"{PUBLIC}/sms/twilio").status_code == 403
    assert webhooks.post({"MessageStatus": "delivered"}, path=STATUS).status_code == 403
    assert webhooks.messages()[-1].delivery == Delivery.SENT


def test_a_report_about_an_inbound_text_changes_nothing(webhooks: Webhooks) -> None:
    fields = a_text()
    webhooks.post(fields)
    assert report(webhooks, fields["MessageSid"], "delivered") == 204
    assert webhooks.messages()[0].delivery == Delivery.RECEIVED
