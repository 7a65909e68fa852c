"""A stand-in for Twilio on loopback: it takes texts and lists them, calls webhooks, and fails when
told to. What it knows of Twilio: the two addresses of Messages.json, and Twilio's signature.

    with TwilioStandIn() as twilio:
        ... TwilioSender(account_sid=twilio.account_sid, auth_token=twilio.auth_token,
                         sender=twilio.number, api_url=twilio.url, status_url=...) ...
        twilio.text(app_address, from_="+13135550123", body="hello")   # a survivor texts
        answer = twilio.wait_for(1)[0]                                 # what was sent back
        twilio.report(answer, "sent", "delivered")                     # in this order
        twilio.fail_next(Failure.BUSY, Failure.GONE_AFTER)             # the next two sends
"""

import base64
import json
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import uuid4

import httpx
from starlette.datastructures import MultiDict
from twilio.request_validator import SIGNATURE_HEADER, RequestValidator

AUTH_TOKEN = "a token of the tests' own"
MOST_ON_A_PAGE = 1000
LONGEST_BODY = 1600
Fields = Mapping[str, str] | Sequence[tuple[str, str]]


class Failure(Enum):
    """What may go wrong with a send: (taken all the same, status and Twilio's code or None)."""

    BUSY = (False, (429, 20429))
    BROKEN = (False, (500, 20500))
    BROKEN_AFTER = (True, (500, 20500))
    OPTED_OUT = (False, (400, 21610))
    BAD_NUMBER = (False, (400, 21211))
    # The connection is closed without an answer.
    GONE_BEFORE = (False, None)
    GONE_AFTER = (True, None)


@dataclass
class Sent:
    """A text that was handed over."""

    sid: str
    form: dict[str, str]
    created: datetime
    status: str = "queued"
    # Empty while it waits in the queue: Twilio's filters by date do not see it then.
    sent: datetime | None = None

    @property
    def to(self) -> str:
        return self.form["To"]

    @property
    def body(self) -> str:
        return self.form["Body"]

    @property
    def status_callback(self) -> str:
        return self.form.get("StatusCallback", "")

    @property
    def valid_seconds(self) -> int:
        return int(self.form["ValidityPeriod"])


def signature(url: str, fields: Fields, auth_token: str) -> str:
    """What Twilio would put into X-Twilio-Signature, by Twilio's own code."""
    computed = RequestValidator(auth_token).compute_signature(url, MultiDict(fields))
    return str(computed)


@dataclass
class TwilioStandIn:
    """See above. An account, its number, and everything that was handed over (`messages`)."""

    account_sid: str = "AC" + "0" * 32
    auth_token: str = AUTH_TOKEN
    number: str = "+13135550100"
    messages: list[Sent] = field(default_factory=list)
    # How often each address was asked, with its query: "POST", "GET To=%2B1…".
    requests: list[str] = field(default_factory=list)
    url: str = ""
    _failures: deque[Failure] = field(default_factory=deque)

    def __enter__(self) -> Self:
        self._server = _Server(self)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    # What a test does.

    def fail_next(self, *failures: Failure) -> None:
        """Let the next sends fail, each in its way; those after them succeed."""
        self._failures.extend(failures)

    def wait_for(self, count: int, seconds: float = 10) -> list[Sent]:
        """The texts, once there are at least `count`."""
        until = time.monotonic() + seconds
        while len(self.messages) < count:
            assert time.monotonic() < until, f"{len(self.messages)} of {count} texts were sent"
            time.sleep(0.02)
        return list(self.messages)

    def text(
        self,
        app_url: str,
        *,
        from_: str,
        body: str,
        sid: str | None = None,
        public_url: str | None = None,
        **more: str,
    ) -> httpx.Response:
        """A survivor texts: call the app's webhook as Twilio does.

        `sid` again is a retry; `public_url` where the app is known by another address than the
        one it is called at; `more` are further parameters (NumMedia, OptOutType, …).
        """
        fields = {
            "MessageSid": sid or new_sid(),
            "AccountSid": self.account_sid,
            "From": from_,
            "To": self.number,
            "Body": body,
            "NumMedia": "0",
            "NumSegments": "1",
            **more,
        }
        path = "/sms/twilio"
        return self.call(f"{app_url}{path}", fields, signed_for=f"{public_url or app_url}{path}")

    def report(
        self, message: Sent, *statuses: str, error_code: str | None = None, at: str | None = None
    ) -> None:
        """Report where a text is, in this order (twice, or backwards, if so told).

        `at` is where the app can be called, when the text's own callback address is another.
        """
        for status in statuses:
            message.status = status
            if status in ("sent", "delivered") and message.sent is None:
                message.sent = datetime.now(UTC)
            fields = {
                "MessageSid": message.sid,
                "AccountSid": self.account_sid,
                "From": self.number,
                "To": message.to,
                "MessageStatus": status,
            }
            if error_code:
                fields["ErrorCode"] = error_code
            callback = message.status_callback
            called = f"{at}{urlsplit(callback).path}" if at else callback
            answer = self.call(called, fields, signed_for=callback)
            assert answer.status_code == 204, f"a delivery report was refused: {answer}"

    def call(self, url: str, fields: Fields, *, signed_for: str | None = None) -> httpx.Response:
        """Call a webhook with these fields, signed."""
        return httpx.post(
            url,
            content=urlencode(fields),
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                SIGNATURE_HEADER: signature(signed_for or url, fields, self.auth_token),
                "I-Twilio-Idempotency-Token": str(uuid4()),
            },
            timeout=15,
        )

    # What Twilio does.

    def take(self, form: dict[str, str]) -> tuple[int, dict[str, Any]] | None:
        """Take a text; status and answer, None when the connection is to be closed."""
        failure = self._failures.popleft() if self._failures else None
        wrong = _wrong(form)
        if failure is None and wrong is not None:
            return 400, _error(400, wrong, form.get("To", ""))
        if failure is not None and not failure.value[0]:
            return self._refusal(failure, form)
        message = Sent(new_sid(), form, datetime.now(UTC))
        self.messages.append(message)
        return (201, self._shown(message)) if failure is None else self._refusal(failure, form)

    def _refusal(self, failure: Failure, form: dict[str, str]) -> tuple[int, dict[str, Any]] | None:
        if failure.value[1] is None:
            return None
        status, code = failure.value[1]
        return status, _error(status, code, form.get("To", ""))

    def page(self, query: dict[str, str]) -> dict[str, Any]:
        """A page of the list, newest first, filtered as Twilio filters."""
        size, number = int(query.get("PageSize", 50)), int(query.get("Page", 0))
        size = min(size, MOST_ON_A_PAGE)
        found = [one for one in reversed(self.messages) if _fits(one, query)]
        base = f"/2010-04-01/Accounts/{self.account_sid}/Messages.json"
        more = {**query, "PageSize": str(size), "Page": str(number + 1)}
        rest = found[(number + 1) * size :]
        return {
            "messages": [self._shown(one) for one in found[number * size : (number + 1) * size]],
            "page": number,
            "page_size": size,
            "uri": f"{base}?{urlencode(query)}",
            "next_page_uri": f"{base}?{urlencode(more)}" if rest else None,
        }

    def _shown(self, message: Sent) -> dict[str, Any]:
        return {
            "sid": message.sid,
            "account_sid": self.account_sid,
            "to": message.to,
            "from": message.form.get("From"),
            "messaging_service_sid": message.form.get("MessagingServiceSid"),
            "body": message.body,
            "status": message.status,
            "direction": "outbound-api",
            "date_created": format_datetime(message.created),
            "date_updated": format_datetime(message.created),
            "date_sent": format_datetime(message.sent) if message.sent else None,
            "error_code": None,
            "error_message": None,
            "api_version": "2010-04-01",
            "num_segments": "1",
            "num_media": "0",
            "uri": f"/2010-04-01/Accounts/{self.account_sid}/Messages/{message.sid}.json",
        }


def new_sid() -> str:
    """An id as Twilio's: SM and 32 digits."""
    return "SM" + uuid4().hex


def _wrong(form: dict[str, str]) -> int | None:
    """Twilio's code for what a send lacks."""
    if not form.get("To"):
        return 21604
    if not (form.get("From") or form.get("MessagingServiceSid")):
        return 21603
    if not form.get("Body"):
        return 21602
    return 21617 if len(form["Body"]) > LONGEST_BODY else None


def _error(status: int, code: int, to: str) -> dict[str, Any]:
    # Twilio's own words repeat the number.
    return {
        "status": status,
        "code": code,
        "message": f"The message to {to} was refused",
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
    }


def _fits(message: Sent, query: dict[str, str]) -> bool:
    if "To" in query and message.to != query["To"]:
        return False
    if "From" in query and message.form.get("From") != query["From"]:
        return False
    # Only the day counts, whatever time is asked for; what has not been sent has none.
    day = message.sent.date().isoformat() if message.sent else ""
    asked = {name: query.get(name, "")[:10] for name in ("DateSent", "DateSent<", "DateSent>")}
    if any(asked.values()) and not day:
        return False
    return (
        asked["DateSent"] in ("", day)
        and day <= (asked["DateSent<"] or day)
        and day >= asked["DateSent>"]
    )


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, twilio: TwilioStandIn) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.twilio = twilio
        self.lock = threading.Lock()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length).decode()
        with self.server.lock:
            self.server.twilio.requests.append("POST")
            if not self._known():
                return
            answer = self.server.twilio.take(dict(parse_qsl(body, keep_blank_values=True)))
        if answer is None:
            self.close_connection = True
            return
        self._answer(*answer)

    def do_GET(self) -> None:
        query = urlsplit(self.path).query
        with self.server.lock:
            self.server.twilio.requests.append(f"GET {query}")
            if not self._known():
                return
            page = self.server.twilio.page(dict(parse_qsl(query)))
        self._answer(200, page)

    def _known(self) -> bool:
        twilio = self.server.twilio
        pair = f"{twilio.account_sid}:{twilio.auth_token}".encode()
        if self.headers.get("Authorization") != f"Basic {base64.b64encode(pair).decode()}":
            self._answer(401, _error(401, 20003, ""))
            return False
        path = urlsplit(self.path).path
        if path != f"/2010-04-01/Accounts/{twilio.account_sid}/Messages.json":
            self._answer(404, _error(404, 20404, ""))
            return False
        return True

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tests look at `requests`."""
