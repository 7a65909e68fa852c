"""The README's promise in a real browser: chat in one window, desk in the other.

With WAYMARK_README_PICTURES=docs/pictures it also takes the README's pictures anew.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import browser, too_wide
from tests.support.system import System

PATIENCE = 20_000  # milliseconds


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


def say(chat: Page, text: str) -> None:
    chat.get_by_role("textbox").fill(text)
    chat.get_by_role("button", name="Send", exact=True).click()


def log_in(desk: Page, system: System) -> None:
    desk.goto(f"{system.url}/desk")
    desk.get_by_label("Login name").fill("advocate")
    desk.get_by_label("Password").fill(system.logins["advocate"])
    desk.get_by_role("button", name="Log in").click()
    expect(desk.get_by_role("heading", name="Nobody is waiting")).to_be_visible(timeout=PATIENCE)


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("WAYMARK_README_PICTURES")
    if folder:
        page.screenshot(path=Path(folder, f"{name}.png"))


def test_two_windows_meet(system: System, chromium: Browser) -> None:
    desk = chromium.new_page(viewport={"width": 1280, "height": 800}, locale="en-US")
    log_in(desk, system)
    chat = chromium.new_page(viewport={"width": 480, "height": 800}, locale="en-US")
    chat.goto(f"{system.url}/chat")
    say(chat, "i got no where to sleep tonite")
    expect(chat.get_by_text("is it safe for you to text")).to_be_visible(timeout=PATIENCE)
    chat.get_by_role("button", name="Yes", exact=True).click()
    expect(chat.get_by_text("ZIP code")).to_be_visible(timeout=PATIENCE)
    say(chat, "48226")
    expect(chat.get_by_text("313-555-").first).to_be_visible(timeout=PATIENCE)
    expect(chat.get_by_text("Would you like to text with a person")).to_be_visible(timeout=PATIENCE)
    picture(chat, "chat")
    chat.get_by_role("button", name="Yes", exact=True).click()

    # The desk is open already: it shows who waits without being loaded again.
    expect(desk.get_by_role("heading", name="1 waiting")).to_be_visible(timeout=PATIENCE)
    assert "sleep tonite" not in desk.content()
    desk.get_by_role("button", name="Take").first.click()
    expect(desk.get_by_text("i got no where to sleep tonite")).to_be_visible(timeout=PATIENCE)
    expect(chat.get_by_text("is here now, a person")).to_be_visible(timeout=PATIENCE)

    desk.get_by_label("Your answer").fill("Hi, I am Maria. Are you somewhere warm right now?")
    desk.keyboard.press("Control+Enter")
    expect(chat.get_by_text("Are you somewhere warm right now?")).to_be_visible(timeout=PATIENCE)
    say(chat, "yes at the bus station")
    expect(desk.get_by_text("yes at the bus station")).to_be_visible(timeout=PATIENCE)
    picture(desk, "desk")
    assert too_wide(desk) == []
    assert too_wide(chat) == []

    desk.get_by_role("link", name="Hand back").click()
    desk.get_by_role("button", name="Hand back").click()
    expect(chat.get_by_text("The advocate has left the chat")).to_be_visible(timeout=PATIENCE)
    chat.close()
    desk.close()


def test_the_chat_in_spanish(system: System, chromium: Browser) -> None:
    chat = chromium.new_page(viewport={"width": 320, "height": 640}, locale="es-MX")
    chat.goto(f"{system.url}/chat")
    chat.get_by_role("textbox").fill("no tengo donde quedarme hoy")
    chat.get_by_role("button", name="Enviar").click()
    expect(chat.get_by_role("button", name="Sí", exact=True)).to_be_visible(timeout=PATIENCE)
    assert too_wide(chat) == []
    chat.close()
