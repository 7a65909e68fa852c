"""Takes a picture of every page in every state, and looks for what does not fit.

WAYMARK_PICTURES=folder keeps the pictures for people to look at.
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from playwright.sync_api import ConsoleMessage, Page

from conversation.vault import Vault
from tests.desk.browser import log_in
from tests.desk.scenes import scenes
from tests.desk.world import build
from tests.support.browser import browser, served

SIZES = {1280: 800, 800: 900, 320: 640}
# A page of one colour is far smaller than any with words on it.
BLANK_BYTES = 5_000
# Sizes and scrolling settle before the picture is taken.
TWO_FRAMES = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30))))"""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def _note(problems: list[str], said: ConsoleMessage) -> None:
    """Whatever the browser complains of, but not the statuses of pages that are refused."""
    if said.type == "error" and "the server responded with a status of 4" not in said.text:
        problems.append(f"console: {said.text}")


def _too_wide(page: Page) -> list[str]:
    """What reaches beyond the page's sides, so that one scrolls sideways (WCAG 1.4.10)."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
          .filter((one) => one.checkVisibility() && !one.matches('.skip, .unseen'))
          .filter((one) => {
            const box = one.getBoundingClientRect();
            return box.left < -0.5 || box.right > document.documentElement.clientWidth + 0.5;
          })
          .map((one) => one.tagName + '#' + one.id + '.' + one.className)"""
    )
    return found


def test_every_page_fits_at_every_width_in_light_and_dark(tmp_path: Path, vault: Vault) -> None:
    world = build(tmp_path, vault, lambda: datetime.now(UTC))
    folder = Path(os.environ.get("WAYMARK_PICTURES", tmp_path / "pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    problems: list[str] = []
    with served(world.app) as address, browser() as chromium:
        for scene in scenes(world):
            context = chromium.new_context(reduced_motion="reduce")
            if scene.who:
                log_in(context, world, scene.who, address)
            page = context.new_page()
            page.on("console", lambda said: _note(problems, said))
            page.on("pageerror", lambda error: problems.append(f"script: {error}"))
            page.goto(address + scene.path)
            scene.then(page)
            for width, height in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme)
                    name = f"{scene.name}-{width}-{scheme}"
                    page.evaluate(TWO_FRAMES)
                    picture = page.screenshot(path=folder / f"{name}.png")
                    if len(picture) < BLANK_BYTES:
                        problems.append(f"{name} shows nothing")
                wide = _too_wide(page)
                if wide:
                    problems.append(f"{scene.name} is too wide at {width}: {wide[:5]}")
            context.close()
    assert problems == []
    world.database.engine.dispose()
