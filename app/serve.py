"""Runs web, actions and worker, all in one process or each alone, until told to stop."""

import asyncio
import signal
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from app.edited_texts import EditedTexts
from app.parts import Parts
from app.processes import follow_lifeline, port_is_free
from app.web import make_app
from app.worker import Worker
from bot.actions.context import Context
from bot.actions.server import asgi_app
from directory.places import find_places
from language.detection import detect


class PortInUse(RuntimeError):
    """Something else listens on the port; the message says how to choose another."""


class _Server(uvicorn.Server):
    """A server among others in one process: the signals are `run`'s, not each server's."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Capture none."""
        yield


def check_port(host: str, port: int, variable: str) -> None:
    """Raise PortInUse when nothing could listen there."""
    try:
        free = port_is_free(host, port)
    except OSError as error:
        raise PortInUse(
            f"cannot listen on {host} ({error.strerror}): set WAYMARK_HOST to an address of this "
            "machine, such as 127.0.0.1 or 0.0.0.0"
        ) from None
    if not free:
        raise PortInUse(f"port {port} is in use: stop what uses it, or set {variable} to another")


def server(app: ASGIApp, host: str, port: int, variable: str) -> _Server:
    """A server for an application. Raises PortInUse."""
    check_port(host, port, variable)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        # No access log: paths and addresses of survivors stay out of it.
        access_log=False,
        log_level="warning",
        ws="none",
        timeout_graceful_shutdown=3,
        server_header=False,
        # The address of the visitor behind a proxy is not needed anywhere.
        proxy_headers=False,
    )
    return _Server(config)


def web_server(parts: Parts) -> _Server:
    """The public side."""
    return server(make_app(parts), parts.settings.host, parts.settings.port, "WAYMARK_PORT")


def actions_server(parts: Parts, host: str, port: int, secret: str) -> _Server:
    """The custom actions, for the engine only."""
    app = asgi_app(Context(parts.database.reading, parts.voice.catalogue), secret or None)
    return server(app, host, port, "WAYMARK_ACTIONS_URL")


def run(servers: Sequence[_Server], worker: Worker | None, texts: EditedTexts) -> None:
    """Run until SIGTERM, SIGINT or the end of the parent; nothing is left running."""
    follow_lifeline()
    threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
    if worker is not None:
        worker.start()
    try:
        with texts.followed():
            asyncio.run(_run(servers))
    finally:
        if worker is not None:
            worker.stop()


def _warm_up() -> None:
    """Load what takes seconds before the first survivor has to wait for it."""
    find_places("48226")
    detect("hello")


async def _run(servers: Sequence[_Server]) -> None:
    loop, done = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, done.set)
    tasks = [asyncio.create_task(one.serve()) for one in servers]
    waiting = asyncio.create_task(done.wait())
    await asyncio.wait([waiting, *tasks], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    for one in servers:
        one.should_exit = True
    await asyncio.gather(*tasks)
