"""A real server and a real browser for the desk's tests."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright
from starlette.types import ASGIApp

from desk import login
from tests.desk.world import World


class MissingBrowser(RuntimeError):
    """No Chromium is on this machine."""


def chromium(playwright: Playwright) -> Browser:
    """Playwright's own Chromium, else the system's. Raises MissingBrowser."""
    own = playwright.chromium.executable_path
    path = own if os.path.exists(own) else shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        raise MissingBrowser("no Chromium found: install Debian's package `chromium`")
    return playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        opened = chromium(playwright)
        yield opened
        opened.close()


@contextmanager
def served(app: ASGIApp, port: int | None = None) -> Iterator[str]:
    """The app on loopback; its address."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port or 0))
    number = listening.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(app, ws="none", log_level="warning", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started, "the server did not start"
    yield f"http://127.0.0.1:{number}"
    server.should_exit = True
    thread.join(10)


def log_in(context: BrowserContext, world: World, name: str, address: str) -> None:
    """Give a browser the cookie of a fresh login."""
    _, token = world.person(name)
    context.add_cookies([{"name": login.cookie_name(world.deps), "value": token, "url": address}])
