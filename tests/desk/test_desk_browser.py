"""The desk in a real browser: live, by keyboard, without scripts, and through a broken line."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from conversation import transcript
from conversation.models import Author, Delivery
from conversation.vault import Vault
from directory.vocabulary import Need
from tests.desk.browser import log_in
from tests.desk.world import World, build
from tests.support.browser import browser, served


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def live(tmp_path: Path, vault: Vault) -> Iterator[World]:
    world = build(tmp_path, vault, lambda: datetime.now(UTC))
    world.account("maria", display_name="Maria")
    world.account("noor", display_name="Noor")
    yield world
    world.database.engine.dispose()


def _context(
    chromium: Browser, world: World, name: str, address: str, **more: object
) -> BrowserContext:
    context = chromium.new_context(**more)  # type: ignore[arg-type]
    context.set_default_timeout(8000)
    log_in(context, world, name, address)
    return context


def _open(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    expect(page.locator("#liveness")).to_have_text("● Live")
    return page


def _numbers(page: Page) -> list[str]:
    return [one.get_attribute("id") or "" for one in page.locator("#lines > li").all()]


def _texts(world: World, talk: str) -> list[str]:
    with world.database.reading() as session:
        return [line.text for line in transcript.lines(session, talk)]


def test_who_waits_appears_by_itself_and_is_taken_with_one_key(
    live: World, chromium: Browser
) -> None:
    with served(live.app) as address:
        context = _context(chromium, live, "maria", address)
        page = _open(context, f"{address}/desk")
        expect(page).to_have_title("Desk")
        talk = live.texts("i got nowhere to sleep")
        began = time.monotonic()
        live.asks_for_a_person(talk, needs=["housing"], urgent=True)
        expect(page).to_have_title("(1, danger) Desk")
        assert time.monotonic() - began < 1
        expect(page.locator("#queue-live .badge.danger")).to_have_text("▲ Danger")
        page.keyboard.press("t")
        expect(page.locator(".words").first).to_have_text("i got nowhere to sleep")
        assert page.url == f"{address}/desk/conversations/{talk}"
        context.close()


def test_a_line_and_its_delivery_appear_by_themselves_within_a_second(
    live: World, chromium: Browser
) -> None:
    talk = live.taken("maria")
    with served(live.app) as address:
        context = _context(chromium, live, "maria", address)
        page = _open(context, f"{address}/desk/conversations/{talk}")
        page.fill("#answer", "Are you safe?")
        expect(page.locator("#segments")).to_have_text("1 SMS · 13 characters")
        page.keyboard.press("Control+Enter")
        began = time.monotonic()
        line = page.locator("#line-3")
        expect(line.locator(".words")).to_have_text("Are you safe?")
        assert time.monotonic() - began < 1
        expect(page.locator("#answer")).to_have_value("")
        expect(page.locator("#answer")).to_be_focused()
        page.fill("#answer", "a draft that must stay")
        live.delivered(talk, 3, Delivery.UNDELIVERED, "30003")
        expect(line.locator(".delivery")).to_contain_text("could not be reached")
        expect(page.locator("#answer")).to_have_value("a draft that must stay")
        assert _numbers(page) == ["line-1", "line-2", "line-3"]
        context.close()


def test_a_broken_line_mends_and_nothing_is_lost_or_doubled(live: World, chromium: Browser) -> None:
    talk = live.taken("maria")
    with served(live.app) as address:
        port = urlsplit(address).port
        context = _context(chromium, live, "maria", address)
        page = _open(context, f"{address}/desk/conversations/{talk}")
        page.fill("#answer", "a draft")
    live.says(talk, "while nobody could hear")
    page.click("#send")
    expect(page.locator("#notice")).to_contain_text("cannot be reached")
    expect(page.locator("#answer")).to_have_value("a draft")
    with served(live.app, port):
        expect(page.locator("#line-3")).to_be_visible(timeout=15_000)
        expect(page.locator("#liveness")).to_have_text("● Live", timeout=15_000)
        live.says(talk, "and after")
        expect(page.locator("#line-4")).to_be_visible()
        page.click("#send")
        expect(page.locator("#line-5 .words")).to_have_text("a draft")
        assert _numbers(page) == [f"line-{number}" for number in range(1, 6)]
        context.close()


def test_without_events_the_page_looks_again_by_itself(live: World, chromium: Browser) -> None:
    talk = live.taken("maria")
    with served(live.app) as address:
        context = _context(chromium, live, "maria", address)
        context.add_init_script("delete window.EventSource")
        page = context.new_page()
        page.goto(f"{address}/desk/conversations/{talk}")
        expect(page.locator("#liveness")).to_have_text("○ Reconnecting")
        live.says(talk, "hello")
        expect(page.locator("#line-3")).to_be_visible()
        page.fill("#answer", "I am here.")
        page.click("#send")
        expect(page.locator("#line-4 .words")).to_have_text("I am here.")
        time.sleep(3.5)
        assert _numbers(page) == [f"line-{number}" for number in range(1, 5)]
        context.close()


def test_everything_works_without_scripts(live: World, chromium: Browser) -> None:
    live.partner("Harbor House", "Shelter", Need.HOUSING, "+13135550111")
    talk = live.texts("i need a bed")
    live.asks_for_a_person(talk, needs=["housing"])
    with served(live.app) as address:
        context = _context(chromium, live, "maria", address, java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}/desk")
        page.click("#queue button.main")
        page.fill("#answer", "This may help:")
        page.click("text=Put into the answer")
        assert page.input_value("#answer") == "This may help:\nHarbor House, Shelter: 313-555-0111"
        page.click("#send")
        assert _texts(live, talk)[-1].startswith("This may help:")
        page.click('a.button:text-is("Close")')
        page.click("text=Close it")
        expect(page.locator(".notice h2")).to_have_text("Conversation closed")
        context.close()


def test_two_advocates_press_at_once_and_one_is_told_who_was_faster(
    live: World, chromium: Browser
) -> None:
    live.asks_for_a_person(live.texts("hello"))
    with served(live.app) as address:
        contexts = [_context(chromium, live, name, address) for name in ("maria", "noor")]
        # The second advocate's page does not hear of it: it is as it was a moment ago.
        contexts[1].add_init_script("delete window.EventSource")
        first, second = contexts[0].new_page(), contexts[1].new_page()
        for page in (first, second):
            page.goto(f"{address}/desk")
        first.click("#queue button.main")
        expect(first.locator("#composer")).to_be_visible()
        second.click("#queue button.main")
        expect(second.locator(".notice h2")).to_have_text("Taken by Maria a moment ago")
        expect(second.locator("#waiting")).to_have_text("Nobody is waiting")
        for context in contexts:
            context.close()


def test_keys_reach_every_part_and_can_be_switched_off(live: World, chromium: Browser) -> None:
    talk, other = live.taken("maria"), live.taken("maria")
    with served(live.app) as address:
        context = _context(chromium, live, "maria", address, viewport={"width": 400, "height": 700})
        page = _open(context, f"{address}/desk/conversations/{talk}")
        page.keyboard.press("?")
        expect(page.locator(".keys-list")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".keys-list")).to_be_hidden()
        page.keyboard.press("d")
        expect(page.locator("#need")).to_be_focused()
        page.keyboard.press("Escape")
        page.keyboard.press("a")
        expect(page.locator("#answer")).to_be_focused()
        page.keyboard.type("bc?")
        expect(page.locator("#answer")).to_have_value("bc?")
        page.keyboard.press("Escape")
        page.keyboard.press("n")
        page.wait_for_url(f"{address}/desk/conversations/{other}")
        page.keyboard.press("b")
        page.wait_for_url(re.compile("hand-back$"))
        page.goto(f"{address}/desk/conversations/{talk}")
        page.keyboard.press("?")
        page.click("#keys-switch")
        page.keyboard.press("Escape")
        page.keyboard.press("c")
        expect(page.locator("#composer")).to_be_visible()
        context.close()


def test_reading_far_up_one_is_told_of_a_new_line_and_not_moved(
    live: World, chromium: Browser
) -> None:
    talk = live.taken("maria")
    for number in range(60):
        live.says(talk, f"line {number}", Author.ADVOCATE)
    with served(live.app) as address:
        for width in (1280, 400):
            context = _context(
                chromium, live, "maria", address, viewport={"width": width, "height": 700}
            )
            page = _open(context, f"{address}/desk/conversations/{talk}")
            last = page.locator("#lines > li").last
            expect(last).to_be_in_viewport()
            page.locator("#lines > li").first.scroll_into_view_if_needed()
            live.says(talk, "something new")
            expect(page.locator("#newer button")).to_be_visible()
            expect(last).not_to_be_in_viewport()
            page.click("#newer button")
            expect(last.locator(".words")).to_have_text("something new")
            expect(last).to_be_in_viewport()
            expect(page.locator("#newer")).to_be_hidden()
            context.close()


def test_a_login_that_ends_keeps_the_draft_and_says_how_to_go_on(
    live: World, chromium: Browser
) -> None:
    talk = live.taken("maria")
    with served(live.app) as address:
        context = _context(chromium, live, "maria", address)
        page = _open(context, f"{address}/desk/conversations/{talk}")
        page.fill("#answer", "half a thought")
        elsewhere = context.new_page()
        elsewhere.goto(f"{address}/desk")
        elsewhere.click("text=Log out")
        expect(page.locator("#notice")).to_contain_text("You have been logged out.")
        expect(page.locator("#answer")).to_have_value("half a thought")
        context.close()
