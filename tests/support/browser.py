"""A real server and a real browser, for the tests of pages."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.types import ASGIApp

OPTIONS = [
    # The browser only sees pages of ours, and root may not have a sandbox.
    "--no-sandbox",
    # Nothing outside this machine is asked for anything: a page that leads away ends at once,
    # however the machine is connected. Playwright's routes do not see where a redirect leads.
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


class MissingBrowser(RuntimeError):
    """No Chromium is on this machine."""


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium: Playwright's own, else the system's. Raises MissingBrowser."""
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        names = ("chromium", "chromium-browser", "google-chrome")
        path = own if os.path.exists(own) else next(filter(None, map(shutil.which, names)), None)
        if path is None:
            raise MissingBrowser(
                "the tests need Chromium: install your system's package chromium, or call "
                "`make test`, which does it where it may"
            )
        opened = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def served(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """The application on loopback, at a free port unless one is given; its address."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    # A browser that is told to shut is given no time: its event streams would never end.
    config = uvicorn.Config(app, ws="none", log_level="critical", timeout_graceful_shutdown=0)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started, "the server did not start"
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


def too_wide(page: Page) -> list[str]:
    """What reaches beyond the page's sides, where one would have to scroll sideways."""
    found: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          const beyond = [...document.querySelectorAll('body *')].filter((one) => {
            const box = one.getBoundingClientRect();
            return one.checkVisibility() && (box.left < -0.5 || box.right > width + 0.5);
          });
          const names = beyond.map((one) => one.tagName + '.' + one.className);
          return document.documentElement.scrollWidth > width ? ['the page', ...names] : names;
        }"""
    )
    return found


def too_faint(page: Page, least: float = 4.5) -> list[str]:
    """Texts that stand out too little from what is behind them (WCAG 1.4.3), with the ratio."""
    found: list[str] = page.evaluate(
        """(least) => {
          const numbers = (color) => (color.match(/[\\d.]+/g) || []).map(Number);
          const light = (rgb) => {
            const [r, g, b] = rgb.slice(0, 3).map((value) => {
              const part = value / 255;
              return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
            });
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const behind = (one) => {
            for (let at = one; at; at = at.parentElement) {
              const color = numbers(getComputedStyle(at).backgroundColor);
              if (color.length === 3 || color[3] === 1) return color;
            }
            return [255, 255, 255];
          };
          const says = (one) => [...one.childNodes].some((node) => node.nodeType === 3
            && node.data.trim());
          return [...document.querySelectorAll('body *')]
            .filter((one) => one.checkVisibility() && says(one))
            .map((one) => {
              const [a, b] = [light(numbers(getComputedStyle(one).color)), light(behind(one))];
              const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
              return [ratio, one];
            })
            .filter(([ratio]) => ratio < least)
            .map(([ratio, one]) => `${ratio.toFixed(2)} ${one.tagName}.${one.className}`);
        }""",
        least,
    )
    return found
