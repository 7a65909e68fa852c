"""The desk's doorkeeper: who is logged in, may they, and did the form come from our own page.

Every page and action goes through `guard`; a handler behind it can rely on all three.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from conversation.access import may
from desk import login, rendering
from desk.deps import DeskDeps
from desk.login import Person

# Larger than any answer or search that a page of ours sends.
FORM_AT_MOST = 64 * 1024
PING_SECONDS = 15


@dataclass(frozen=True)
class Refused(Exception):
    """A request that gets a designed page instead: what is wrong, and what to do."""

    status: int
    title: str
    what: str
    do: str


@dataclass(frozen=True)
class Visit:
    """One request of somebody who is logged in and may do what they ask."""

    deps: DeskDeps
    person: Person
    path: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    by_htmx: bool
    last_event_id: str | None
    now: datetime

    def context(self, **more: Any) -> dict[str, Any]:
        """What every template needs, and more."""
        return {
            "person": self.person,
            "organization": self.deps.voice.organization,
            "hotlines": self.deps.catalogue.general.lines,
            "zone": self.deps.voice.zone,
            "now": self.now,
            "may": lambda action: may(self.person.role, action),
            **more,
        }


@dataclass(frozen=True)
class Stream:
    """A handler's answer that goes on: events for as long as the page is open."""

    events: AsyncIterator[ServerSentEvent]


Handler = Callable[[Visit], Response | Stream]
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Door:
    """One page or action: its method and path, who may enter, and what happens then.

    `needs` are actions of `conversation.access`, one of which is enough; with none of them the
    door is open to everybody who is logged in.
    """

    method: str
    path: str
    needs: tuple[str, ...]
    handler: Handler


def guard(door: Door, deps: DeskDeps) -> Endpoint:
    """The endpoint of a door, behind its checks."""

    async def endpoint(request: Request) -> Response:
        try:
            form = await read_form(request) if door.method == "POST" else {}
            answer = await run_in_threadpool(_enter, door, deps, request, form)
        except Refused as refused:
            answer = await run_in_threadpool(refusal, deps, request, refused)
        if isinstance(answer, Stream):
            answer = EventSourceResponse(answer.events, ping=PING_SECONDS)
        return sealed(answer)

    return endpoint


def _enter(
    door: Door, deps: DeskDeps, request: Request, form: Mapping[str, str]
) -> Response | Stream:
    now = deps.clock()
    person = who(deps, request, now)
    if person is None:
        return _to_login(request)
    if door.needs and not any(may(person.role, action) for action in door.needs):
        raise Refused(
            403,
            "This is not part of your work here",
            f"Your role is {person.role.value}, and this page is not open to it.",
            "If you need it, ask whoever keeps the accounts.",
        )
    if door.method == "POST":
        sent = form.get("csrf") or request.headers.get("x-csrf-token")
        if not login.same(sent, person.csrf_token):
            raise Refused(
                403,
                "This form is out of date",
                "It was not made by the page you are logged in to now, so nothing was done.",
                "Go back, load the page again and repeat what you wanted to do.",
            )
    return door.handler(
        Visit(
            deps=deps,
            person=person,
            path=request.path_params,
            query=request.query_params,
            form=form,
            by_htmx=request.headers.get("hx-request") == "true",
            last_event_id=request.headers.get("last-event-id"),
            now=now,
        )
    )


def who(deps: DeskDeps, request: Request, now: datetime) -> Person | None:
    """Who the request's cookie belongs to."""
    with deps.reading() as session:
        return login.person_of(session, request.cookies.get(login.cookie_name(deps)), now)


def _to_login(request: Request) -> Response:
    """Send a page to the login; tell a script that it is logged out (it keeps the draft)."""
    scripted = request.headers.get("hx-request") == "true"
    streamed = "text/event-stream" in request.headers.get("accept", "")
    if scripted or streamed:
        return Response("You are logged out.", status_code=401, media_type="text/plain")
    target = login.safe_next(request.url.path) if request.method == "GET" else "/desk"
    query = "" if target == "/desk" else "?" + urlencode({"next": target})
    return RedirectResponse(f"/desk/login{query}", status_code=303)


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a posted form. Raises Refused when it is larger than any form of ours."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > FORM_AT_MOST:
            raise Refused(
                413,
                "That is too long",
                "What was sent is longer than any message can be, so nothing was done.",
                "Go back and shorten it.",
            )
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def refusal(deps: DeskDeps, request: Request, refused: Refused) -> Response:
    """The page of a refusal, with the way back; to a script only its words."""
    if request.headers.get("hx-request") == "true":
        said = f"{refused.title}. {refused.what} {refused.do}"
        return Response(said, status_code=refused.status, media_type="text/plain")
    person = who(deps, request, deps.clock())
    context = {
        "person": person,
        "organization": deps.voice.organization,
        "refused": refused,
        "may": lambda action: person is not None and may(person.role, action),
    }
    return rendering.page("problem.html", context, refused.status)


def sealed(response: Response) -> Response:
    """Put the security headers on a response."""
    response.headers.update(rendering.SECURITY_HEADERS)
    return response
