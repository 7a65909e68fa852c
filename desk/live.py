"""Keeps an open page up to date: by server-sent events, or by polling where they do not come.

Both send the same pieces. A page names what it has seen as "event.line", two numbers that only
grow within a conversation; what it gets begins after them, so that no line is lost or doubled.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sse_starlette import ServerSentEvent
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from conversation import audit
from conversation.events import EventKind
from conversation.models import Event
from desk import login, presence, queue, reading, rendering
from desk.queue import Desk
from desk.reading import Talk
from desk.visits import Refused, Stream, Visit

RECONNECT_MS = 1000


@dataclass(frozen=True)
class Seen:
    """Up to which event and which line a page is up to date."""

    event: int = 0
    line: int = 0

    @classmethod
    def read(cls, text: str | None) -> "Seen":
        """Read "17.12"; anything else means: nothing yet."""
        event, dot, line = (text or "").partition(".")
        ascii_digits = (event + line).isascii() and event.isdigit() and line.isdigit()
        if not dot or not ascii_digits or len(event) + len(line) > 18:
            return cls()
        return cls(int(event), int(line))

    def __str__(self) -> str:
        """The form in which a page carries it."""
        return f"{self.event}.{self.line}"


class LoggedOut(Exception):
    """The login ended while the page was open."""


class Watcher:
    """What one open page has been shown, and what it has to be shown next."""

    def __init__(self, visit: Visit, conversation_id: str | None, seen: Seen) -> None:
        """Begin where the page is; a page without a conversation shows the queue only."""
        self._visit = visit
        self._conversation_id = conversation_id
        self._desk: Desk | None = None
        self._recorded = False
        self._over = False
        self.seen = seen

    def look(self) -> str | None:
        """The pieces that are new since the last look, None when there are none. Raises LoggedOut.

        A look that will show lines is recorded before they are read (C12).
        """
        deps, person = self._visit.deps, self._visit.person
        now = deps.clock()
        with deps.reading() as session:
            if login.still_there(session, person, now) is None:
                raise LoggedOut
            desk = queue.look(session, person, now)
            talk, ended = self._talk(session, now)
            fresh = talk is not None and talk.last_event > self.seen.event
        pieces: dict[str, Any] = {}
        if desk != self._desk:
            self._desk = pieces["desk"] = desk
        if ended is not None and not self._over:
            self._over = True
            pieces["ended"] = ended
        if talk is not None and fresh:
            self._record()
            pieces |= self._news(talk)
        if not pieces:
            return None
        blank = {"desk": None, "ended": None, "talk": None, "lines": (), "deliveries": ()}
        context = self._visit.context(**{**blank, **pieces, "chosen": self._conversation_id})
        return rendering.render("news.html", {**context, "now": now})

    def sign_of_life(self) -> None:
        """Let `desk.presence` know that this page is open."""
        deps = self._visit.deps
        with deps.sessions() as session:
            presence.sign(session, self._visit.person, deps.clock())

    def _talk(self, session: Session, now: datetime) -> tuple[Talk | None, Refused | None]:
        if self._conversation_id is None:
            return None, None
        try:
            return (
                reading.open_talk(session, self._visit.person, self._conversation_id, now),
                None,
            )
        except Refused as refused:
            return None, refused

    def _record(self) -> None:
        if self._recorded:
            return
        deps = self._visit.deps
        with deps.sessions() as session:
            audit.record(
                session,
                actor_id=self._visit.person.account_id,
                action="watch",
                conversation_id=self._conversation_id,
                now=deps.clock(),
            )
            session.commit()
        self._recorded = True

    def _news(self, talk: Talk) -> dict[str, Any]:
        """The new lines, and the delivery of those before, up to at least `talk.last_event`."""
        with self._visit.deps.reading() as session:
            kinds = set(
                session.scalars(
                    select(Event.kind)
                    .where(
                        Event.conversation_id == talk.conversation_id,
                        Event.number > self.seen.event,
                    )
                    .distinct()
                )
            )
            first = self.seen.line
            if EventKind.DELIVERY in kinds:
                first = min(first, talk.last_line - reading.LINES_AT_FIRST)
            views = reading.line_views(session, talk, after=max(first, 0))
        lines = [view for view in views if view.line.seq > self.seen.line]
        deliveries = [view for view in views if view.delivery and view.line.seq <= self.seen.line]
        last = max((view.line.seq for view in lines), default=self.seen.line)
        self.seen = Seen(talk.last_event, last)
        return {"talk": talk, "lines": lines, "deliveries": deliveries}


async def follow(watcher: Watcher, visit: Visit) -> AsyncIterator[ServerSentEvent]:
    """Look again whenever something was committed, and say what is new, until the page is left."""
    deps = visit.deps
    signed_at = None
    while True:
        now = deps.clock()
        if signed_at is None or now - signed_at >= presence.SIGN_EVERY:
            await run_in_threadpool(watcher.sign_of_life)
            signed_at = now
        try:
            html = await run_in_threadpool(watcher.look)
        except LoggedOut:
            yield ServerSentEvent(event="gone", data="logged out")
            return
        if html is not None:
            seen = str(watcher.seen)
            yield ServerSentEvent(event="news", data=html, id=seen, retry=RECONNECT_MS)
        await deps.wake.wait(deps.look_every)


def desk_events(visit: Visit) -> Stream:
    """The stream of the page without a conversation."""
    return Stream(follow(Watcher(visit, None, Seen()), visit))


def conversation_events(visit: Visit) -> Stream:
    """The stream of a conversation's page. Raises Refused when it may not be read at all."""
    return Stream(follow(_watcher(visit), visit))


def desk_news(visit: Visit) -> Response:
    """The same once, for a page that polls."""
    return _once(Watcher(visit, None, Seen()))


def conversation_news(visit: Visit) -> Response:
    """The same once, for a page that polls."""
    return _once(_watcher(visit))


def _watcher(visit: Visit) -> Watcher:
    # A browser that reconnects by itself says where it was; one that starts anew has it in the URL.
    seen = Seen.read(visit.last_event_id or visit.query.get("after"))
    return Watcher(visit, visit.path["conversation_id"], seen)


def _once(watcher: Watcher) -> Response:
    watcher.sign_of_life()
    try:
        html = watcher.look() or ""
    except LoggedOut:
        return Response("You are logged out.", status_code=401, media_type="text/plain")
    return HTMLResponse(html, headers={"X-Seen": str(watcher.seen)})
