"""Part of the channels room: Twilio's webhooks. A text comes in, a delivery report comes in.

Every request is verified (M5). Nothing slow happens before the answer: the message is written
once, and the worker does the rest. It must never know what is said in reply.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from twilio.request_validator import SIGNATURE_HEADER, RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

from channels.forms import read_form
from conversation.inbox import delivery_report, receive
from conversation.models import Channel, Delivery
from conversation.ports import Wake
from conversation.vault import Vault

log = logging.getLogger(__name__)

INCOMING = "/sms/twilio"
STATUS = "/sms/twilio/status"
# A Twilio webhook is a few kilobytes; nothing larger is read.
LARGEST_BODY = 64 * 1024
EMPTY_TWIML = str(MessagingResponse())

# What Twilio calls the states of a message. What is not here (accepted, queued, sending) says
# nothing that we do not know.
STATES = {
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.DELIVERED,
    "undelivered": Delivery.UNDELIVERED,
    "failed": Delivery.FAILED,
    "canceled": Delivery.FAILED,
}
OPT_OUT_TYPES = frozenset({"STOP", "START", "HELP"})


@dataclass(frozen=True)
class SmsDeps:
    """What the webhooks need.

    `public_url` is what Twilio's address of a webhook begins with, a path of the proxy's own
    included (https://help.example.org/texts); empty: what the request itself says.
    """

    sessions: sessionmaker[Session]
    vault: Vault
    wake: Wake
    clock: Callable[[], datetime]
    auth_token: str
    public_url: str


def routes(deps: SmsDeps) -> list[Route]:
    """The two webhooks; without Twilio's token every request is refused."""
    webhooks = _Webhooks(deps, RequestValidator(deps.auth_token))
    return [
        Route(INCOMING, webhooks.incoming, methods=["POST"]),
        Route(STATUS, webhooks.status, methods=["POST"]),
    ]


@dataclass(frozen=True)
class _Webhooks:
    deps: SmsDeps
    validator: RequestValidator

    async def incoming(self, request: Request) -> Response:
        """A text. Sent again by Twilio, it has the same MessageSid, and is written once."""
        form = await self._verified(request, INCOMING)
        if form is None or not (form.get("MessageSid") and form.get("From")):
            return _refused()
        if ":" in str(form["From"]):
            # "whatsapp:+1…" and the like: an answer could not be sent, so none is promised. Twilio
            # shows the refusal in its debugger.
            log.warning("a message of another channel than SMS was refused")
            return PlainTextResponse("This address takes SMS only.", status_code=422)
        await run_in_threadpool(self._receive, form)
        self.deps.wake.ring()
        return Response(EMPTY_TWIML, media_type="text/xml")

    async def status(self, request: Request) -> Response:
        """Where a message of ours is on its way."""
        form = await self._verified(request, STATUS)
        if form is None or not form.get("MessageSid"):
            return _refused()
        state = STATES.get(str(form.get("MessageStatus", "")))
        if state is not None:
            await run_in_threadpool(self._report, form, state)
            self.deps.wake.ring()
        return Response(status_code=204)

    def _receive(self, form: FormData) -> None:
        with self.deps.sessions() as session:
            receive(
                session,
                self.deps.vault,
                channel=Channel.SMS,
                address=str(form["From"]),
                text=str(form.get("Body", "")),
                provider_id=str(form["MessageSid"]),
                media_count=_count(str(form.get("NumMedia", ""))),
                opt_out=_opt_out(form),
                now=self.deps.clock(),
            )

    def _report(self, form: FormData, state: Delivery) -> None:
        with self.deps.sessions() as session:
            delivery_report(
                session,
                provider_id=str(form["MessageSid"]),
                state=state,
                error_code=str(form.get("ErrorCode", "")) or None,
                now=self.deps.clock(),
            )

    async def _verified(self, request: Request, path: str) -> FormData | None:
        """The request's fields, if Twilio signed them for this very address; else None."""
        signature = request.headers.get(SIGNATURE_HEADER)
        if not self.deps.auth_token or not signature:
            return None
        form = await read_form(request, LARGEST_BODY)
        if form is None:
            return None
        try:
            valid = self.validator.validate(self._address(request, path), form, signature)
        except ValueError:
            # The Host header is no host.
            return None
        return form if valid else None

    def _address(self, request: Request, path: str) -> str:
        """The address that Twilio called: behind a proxy the request itself does not know it."""
        if not self.deps.public_url:
            return str(request.url)
        # To the letter: what Twilio signed must not be decoded and encoded again.
        query = request.scope["query_string"].decode("latin-1")
        return f"{self.deps.public_url}{path}" + (f"?{query}" if query else "")


def _refused() -> Response:
    return PlainTextResponse("The signature does not fit this request.", status_code=403)


def _count(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) <= 2 else 0


def _opt_out(form: FormData) -> str | None:
    kind = str(form.get("OptOutType", "")).upper()
    return kind if kind in OPT_OUT_TYPES else None
