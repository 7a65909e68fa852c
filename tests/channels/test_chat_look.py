"""How the chat page looks: it fits, can be read, and runs the way its language does.

WAYMARK_PICTURES=folder keeps the pictures for people to look at.
"""

import os
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from app.database import Database
from app.wake import LocalWake
from conversation.vault import Vault
from conversation.voice import Voice
from tests.channels.conftest import (
    OFFER,
    Chat,
    Visit,
    arabic_catalogue,
    chat_with,
    settled,
    visit_to,
    write,
)
from tests.conftest import Clock
from tests.support.browser import served, too_faint, too_wide

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = {320: 568, 360: 640, 768: 1024, 1280: 800}


def test_every_state_fits_at_every_width_in_light_and_dark(
    chat: Chat, visit: Visit, tmp_path: Path
) -> None:
    folder = Path(os.environ.get("WAYMARK_PICTURES", tmp_path))
    page = visit.open()
    wrong: list[str] = []

    def pictures(state: str) -> None:
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("window.scrollTo(0, 99999)")
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=folder / f"chat-{state}-{width}-{scheme}.png")
                wrong.extend(f"{state} in {scheme}, too faint: {one}" for one in too_faint(page))
            wrong.extend(f"{state} at {width}, too wide: {one}" for one in too_wide(page))

    pictures("empty")
    write(page, "i got no where to sleep tonite, me and my son")
    settled(page, 1)
    expect(page.locator("#waiting")).to_be_visible()
    pictures("waiting")
    chat.says({"say": "welcome"}, OFFER)
    settled(page, 3)
    pictures("choices")
    page.locator(".choices button").first.click()
    settled(page, 4)
    chat.person_says("Hi, I am Ana. I am here with you. " + "w" * 60)
    chat.person_says("Are you both somewhere safe right now?")
    settled(page, 6)
    pictures("talk")
    visit.context.set_offline(True)
    write(page, "yes, at the bus station")
    expect(page.get_by_text("Not sent yet")).to_be_visible()
    pictures("offline")
    assert wrong == []


def test_arabic_fits_from_right_to_left(
    tmp_path: Path,
    database: Database,
    vault: Vault,
    clock: Clock,
    voice: Voice,
    wake: LocalWake,
    chromium: Browser,
) -> None:
    chat = chat_with(arabic_catalogue(tmp_path), database, vault, clock, voice, wake)
    folder = Path(os.environ.get("WAYMARK_PICTURES", tmp_path))
    with served(chat.app) as address:
        visit = visit_to(chromium, address, viewport={"width": 360, "height": 640})
        page = visit.open("/chat?language=ar")
        page.get_by_role("textbox").fill("أحتاج إلى مكان أنام فيه")
        page.get_by_role("textbox").press("Enter")
        settled(page, 1)
        chat.person_says("Hi, call 313-555-0100.")
        settled(page, 2)
        page.screenshot(path=folder / "chat-arabic-360-light.png")
        bar = "one => getComputedStyle(one).borderRightWidth"
        assert page.locator(".advocate .words").evaluate(bar) == "5px"
        survivor, advocate = page.locator(".line").all()
        left, right = survivor.bounding_box(), advocate.bounding_box()
        assert left is not None
        assert right is not None
        assert left["x"] < right["x"], "one's own lines are at the end of the line, here the left"
        assert page.locator(".words").first.evaluate("one => getComputedStyle(one).direction") == (
            "rtl"
        )
        assert too_wide(page) == []
        visit.context.close()
