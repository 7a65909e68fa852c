"""Part of the channels room: the chat page of the survivor.

It shows nothing that betrays, and keeps nothing on the device but one cookie that ends with the
browser. A visitor is a secret in that cookie; the core keeps its keyed hash, as of a number. It
must never know who a visitor is, nor put anything of a conversation into an address.
"""

import json
import re
import secrets
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.orm import Session, sessionmaker
from sse_starlette.event import ServerSentEvent
from sse_starlette.sse import EventSourceResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from channels.forms import read_form
from channels.pace import Pace
from conversation import inbox, transcript
from conversation.models import Author, Channel
from conversation.ports import Wake
from conversation.vault import Vault
from language import LANGUAGES
from language.catalogue import Catalogue

HERE = Path(__file__).parent
COOKIE = "chat"
# Longer than anybody types at once; the field takes no more, so that nothing is cut unseen.
LONGEST_TEXT = 4000
LARGEST_BODY = 64 * 1024
# In seconds.
LOOK_EVERY = 0.5
WAIT_FOR_ANSWER = 4.0
# What a page calls a text it sends: enough chance that nobody else's is the same.
MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{22,64}")
# Where the way out leads: a page that anybody may have open.
WAY_OUT = "https://www.weather.gov/"
PAGE_HEADERS = {
    # As everywhere, and the button "Leave now" may lead outside when there are no scripts.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"connect-src 'self'; form-action 'self' {WAY_OUT}; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    # With "no-referrer" browsers say "Origin: null" when the form is sent without scripts, and it
    # could not be told from another site's. Other sites get no referrer either way.
    "Referrer-Policy": "same-origin",
}
PAGE_TEXTS = (
    "chat_title",
    "chat_hint",
    "chat_leave",
    "chat_leave_note",
    "chat_label",
    "chat_send",
    "chat_empty",
    "chat_from_you",
    "chat_from_bot",
    "chat_from_advocate",
    "chat_not_sent",
    "chat_offline",
    "chat_waiting",
    "chat_too_fast",
    "chat_refresh",
    "chat_language",
)


@dataclass(frozen=True)
class WebchatDeps:
    """What the chat page needs; `secure` says whether it is reached by https."""

    sessions: sessionmaker[Session]
    reading: sessionmaker[Session]
    vault: Vault
    wake: Wake
    clock: Callable[[], datetime]
    catalogue: Catalogue
    secure: bool


def routes(deps: WebchatDeps) -> list[BaseRoute]:
    """The page, what it sends, and what it listens to."""
    chat = _Chat(deps)
    return [
        Route("/chat", chat.page, methods=["GET"]),
        Route("/chat/messages", chat.send, methods=["POST"]),
        Route("/chat/events", chat.events, methods=["GET"]),
        Route("/chat/leave", chat.leave, methods=["POST"]),
        Mount("/static/chat", StaticFiles(directory=HERE / "static"), name="chat-static"),
    ]


@dataclass(frozen=True)
class _Mark:
    """How far a page has shown a talk: the name of the talk, and the number of the last line.

    It travels as the id of an event. The name says nothing, and changes when the talk is erased.
    """

    talk: str = ""
    seq: int = 0

    @classmethod
    def read(cls, text: str) -> "_Mark":
        """A mark as a page gave it back; what is none is the beginning."""
        talk, _, seq = text.partition(".")
        return cls(talk, int(seq)) if seq.isdecimal() and len(seq) < 10 else cls()

    def __str__(self) -> str:
        return f"{self.talk}.{self.seq}"


@dataclass(frozen=True)
class _News:
    """The lines after a mark. `again`: the page shows another talk, and has to begin anew."""

    mark: _Mark = field(default_factory=_Mark)
    lines: list[transcript.Line] = field(default_factory=list)
    again: bool = False


class _Chat:
    def __init__(self, deps: WebchatDeps) -> None:
        self._deps = deps
        self._pace = Pace(deps.clock, most=20, seconds=60)
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    async def page(self, request: Request) -> Response:
        """The page, with what has been said so far: it works without scripts too."""
        return await self._page(request)

    async def _page(self, request: Request, *, text: str = "", too_fast: bool = False) -> Response:
        language = self._language(request)
        token = _token(request)
        news = await run_in_threadpool(self._news, token, _Mark()) if token else _News()
        html = self._templates.get_template("chat.html").render(
            language=language,
            languages=[LANGUAGES[code] for code in self._deps.catalogue.languages()],
            direction=LANGUAGES[language].direction,
            text={key: self._deps.catalogue.speak(key, {}, language) for key in PAGE_TEXTS},
            mark=str(news.mark) if news.lines else "",
            lines=[_shown(line) for line in news.lines],
            written=text,
            too_fast=too_fast,
            longest=LONGEST_TEXT,
            way_out=WAY_OUT,
            message_id=secrets.token_urlsafe(16),
        )
        return HTMLResponse(html, 429 if too_fast else 200, headers=PAGE_HEADERS)

    async def send(self, request: Request) -> Response:
        """Take a text: from the script (204), or from the form itself (the page again)."""
        if not _same_origin(request):
            return PlainTextResponse("This did not come from the chat page.", status_code=403)
        form = await read_form(request, LARGEST_BODY)
        if form is None:
            return PlainTextResponse("This is not what the chat page sends.", status_code=400)
        text = str(form.get("choice") or form.get("text", ""))
        # A form's line breaks are two characters each.
        text = text.replace("\r\n", "\n")[:LONGEST_TEXT]
        wants_page = "text/html" in request.headers.get("accept", "")
        message_id = str(form.get("id", ""))
        if not MESSAGE_ID.fullmatch(message_id):
            message_id = secrets.token_urlsafe(16)
        # The first text makes the visitor. When its answer is lost and it is sent again, it makes
        # the same one: nobody but this page knows its id.
        token = _token(request) or self._deps.vault.hashes("visitor", message_id)[0]
        if not self._pace.allows(token):
            if wants_page:
                return await self._page(request, text=text, too_fast=True)
            return PlainTextResponse("Too many messages at once.", status_code=429)
        if text.strip():
            await run_in_threadpool(self._receive, token, text, message_id)
            self._deps.wake.ring()
        response = Response(status_code=204)
        if wants_page:
            await self._wait_for_answer(token)
            response = RedirectResponse(f"/chat?language={self._language(request)}", 303)
        response.set_cookie(COOKIE, token, **self._cookie())
        return response

    async def leave(self, request: Request) -> Response:
        """Forget the chat on this device; without scripts, also be somewhere else."""
        wants_page = "text/html" in request.headers.get("accept", "")
        response = RedirectResponse(WAY_OUT, 303) if wants_page else Response(status_code=204)
        response.delete_cookie(COOKIE, **self._cookie())
        return response

    async def events(self, request: Request) -> Response:
        """The lines after those that the page shows, as they come."""
        token = _token(request)
        if token is None:
            # 204 tells the browser not to ask again: nothing has been sent yet.
            return Response(status_code=204)
        # After a lost connection the browser says what it saw last; the address is the old one.
        seen = request.headers.get("last-event-id") or request.query_params.get("after", "")
        return EventSourceResponse(self._stream(token, _Mark.read(seen)), ping=15)

    async def _stream(self, token: str, mark: _Mark) -> AsyncIterator[ServerSentEvent]:
        while True:
            news = await run_in_threadpool(self._news, token, mark)
            if news.again:
                # An event without data would not reach the page.
                yield ServerSentEvent(event="again", data="again", id=str(_Mark(news.mark.talk)))
            for line in news.lines:
                id_ = str(_Mark(news.mark.talk, line.seq))
                yield ServerSentEvent(event="line", id=id_, data=json.dumps(_shown(line)))
            mark = news.mark
            await self._deps.wake.wait(LOOK_EVERY)

    async def _wait_for_answer(self, token: str) -> None:
        """Give the answer a moment, so that a page without scripts shows it at once."""
        until = time.monotonic() + WAIT_FOR_ANSWER
        while time.monotonic() < until:
            news = await run_in_threadpool(self._news, token, _Mark())
            if news.lines and news.lines[-1].author != Author.SURVIVOR:
                return
            await self._deps.wake.wait(LOOK_EVERY)

    def _receive(self, token: str, text: str, message_id: str) -> None:
        with self._deps.sessions() as session:
            inbox.receive(
                session,
                self._deps.vault,
                channel=Channel.WEBCHAT,
                address=token,
                text=text,
                # A page that sends again after a broken connection sends the same id; another
                # visitor's id is another one.
                provider_id=self._deps.vault.hashes("message", token + message_id)[0],
                now=self._deps.clock(),
            )

    def _news(self, token: str, mark: _Mark) -> _News:
        """What is new for a page that shows all up to `mark`."""
        with self._deps.reading() as session:
            found = inbox.latest_conversation(session, self._deps.vault, Channel.WEBCHAT, token)
            if found is None:
                return _News(mark)
            state = "closed" if found.closed_at else "open"
            talk = self._deps.vault.hashes("talk", f"{found.id} {state}")[0][:12]
            after = mark.seq if mark.talk == talk else 0
            lines = transcript.lines(session, found.id, after=after)
        return _News(
            mark=_Mark(talk, lines[-1].seq if lines else after),
            # An erased message has no text left.
            lines=[line for line in lines if line.text],
            again=mark.talk not in ("", talk),
        )

    def _language(self, request: Request) -> str:
        """The page's language: chosen, else the browser's first that the catalogue has."""
        known = self._deps.catalogue.languages()
        asked = [request.query_params.get("language", "")]
        asked += request.headers.get("accept-language", "").split(",")
        for name in asked:
            code = name.split(";")[0].split("-")[0].strip().lower()
            if code in known:
                return code
        return "en"

    def _cookie(self) -> dict[str, Any]:
        # No age: it ends with the browser.
        return {
            "path": "/chat",
            "httponly": True,
            "samesite": "strict",
            "secure": self._deps.secure,
        }


def _shown(line: transcript.Line) -> dict[str, Any]:
    return {
        "author": line.author.value,
        "text": line.text,
        "choices": list(line.choices) if line.author == Author.BOT else [],
    }


def _token(request: Request) -> str | None:
    token = request.cookies.get(COOKIE, "")
    return token if 32 <= len(token) <= 64 else None


def _same_origin(request: Request) -> bool:
    """Whether a form came from our own page: other sites cannot write in a survivor's name."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    # A browser of before 2023.
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")
