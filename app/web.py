"""The ASGI application: the survivor's channels, the desk, and nothing that names a survivor in a
URL, a header or an error page."""

import logging
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.parts import Parts
from app.quiet import where
from channels import sms, webchat
from desk import pages
from directory import models as directory_models

log = logging.getLogger(__name__)

SORRY = "Something went wrong here. Please try again in a moment."
STATIC = Path(__file__).parent / "static"
# Nothing of another origin, nothing inline, in no frame; pages are never kept (S9, S13).
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class SafeAnswers:
    """Adds the headers that every answer carries, unless a page has set its own, and ends every
    failure here: whoever is outside would print the exception's text, which may hold a survivor's
    words."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                there = {name.lower() for name, _ in message["headers"]}
                wanted = dict(HEADERS)
                if not scope["path"].startswith("/static/"):
                    wanted["Cache-Control"] = "no-store"
                message["headers"] = [
                    *message["headers"],
                    *(
                        (name.lower().encode(), value.encode())
                        for name, value in wanted.items()
                        if name.lower().encode() not in there
                    ),
                ]
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as error:  # noqa: BLE001 - shown to nobody, logged as type and place
            log.error("a request failed: %s", where(error))
            if not begun:
                sorry = PlainTextResponse(SORRY, status_code=500)
                await sorry(scope, receive, send_with_headers)


def make_app(parts: Parts) -> Starlette:
    """The whole web side of an installation."""
    settings, database = parts.settings, parts.database

    async def health(_request: Request) -> Response:
        def look() -> None:
            with database.reading() as session:
                session.query(directory_models.Organization.id).limit(1).all()

        await run_in_threadpool(look)
        return JSONResponse({"ready": True})

    async def front(_request: Request) -> Response:
        return RedirectResponse("/chat")

    return Starlette(
        routes=[
            Route("/", front),
            Route("/health", health),
            *sms.routes(
                sms.SmsDeps(
                    sessions=database.sessions,
                    vault=parts.vault,
                    wake=parts.wake,
                    clock=parts.clock,
                    auth_token=settings.twilio_auth_token.get_secret_value(),
                    public_url=settings.public_url,
                )
            ),
            *webchat.routes(
                webchat.WebchatDeps(
                    sessions=database.sessions,
                    reading=database.reading,
                    vault=parts.vault,
                    wake=parts.wake,
                    clock=parts.clock,
                    catalogue=parts.voice.catalogue,
                    secure=settings.address.startswith("https:"),
                )
            ),
            *pages.routes(
                pages.DeskDeps(
                    sessions=database.sessions,
                    reading=database.reading,
                    catalogue=parts.voice.catalogue,
                    voice=parts.voice,
                    wake=parts.wake,
                    clock=parts.clock,
                    public_url=settings.address,
                )
            ),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(SafeAnswers)],
    )
