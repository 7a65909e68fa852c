"""The tokens are legible in light and dark, and the tables of words are complete."""

import re
from pathlib import Path

import pytest

from conversation.models import Author, Channel, Delivery
from desk import words
from directory.vocabulary import Need

ROOT = Path(__file__).parents[2]
TOKENS = (ROOT / "app/static/tokens.css").read_text()
CSS = (ROOT / "desk/static/desk.css").read_text()
TEMPLATES = sorted((ROOT / "desk/templates").glob("*.html"))

TEXT = ("ink", "ink-soft", "accent", "danger", "warn", "good")
SURFACES = ("paper", "panel")
# Text on what it lies on, beside every text colour on the page and its panels.
PAIRS = [
    *((text, surface) for text in TEXT for surface in SURFACES),
    ("ink", "sunken"),
    ("ink-soft", "sunken"),
    ("ink", "accent-soft"),
    ("ink-soft", "accent-soft"),
    ("accent", "accent-soft"),
    ("good", "accent-soft"),
    ("on-accent", "accent"),
    ("on-danger", "danger"),
    ("ink", "danger-soft"),
    ("danger", "danger-soft"),
    ("ink", "warn-soft"),
    ("warn", "warn-soft"),
    ("ink", "good-soft"),
    ("good", "good-soft"),
]
# Borders of what one presses, and the focus ring (WCAG 1.4.11).
EDGES = [(edge, surface) for edge in ("edge", "focus") for surface in SURFACES]


def _colours(scheme: str) -> dict[str, str]:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))
    return found


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG counts it, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read(scheme: str) -> None:
    colours = _colours(scheme)
    weak = {
        pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2)
        for pair in PAIRS
        if contrast(colours[pair[0]], colours[pair[1]]) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_edge_and_the_focus_ring_can_be_seen(scheme: str) -> None:
    colours = _colours(scheme)
    for edge, surface in EDGES:
        assert contrast(colours[edge], colours[surface]) >= 3, (edge, surface)


def test_every_colour_has_a_dark_one() -> None:
    assert _colours("dark").keys() == _colours("light").keys()
    _, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    assert set(re.findall(r"--([\w-]+): #", dark)) == set(_colours("light"))


def test_the_desk_takes_its_colours_from_the_tokens_only() -> None:
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s])", CSS) == []
    assert set(re.findall(r"var\(--([\w-]+)\)", CSS)) <= set(re.findall(r"--([\w-]+):", TOKENS))


def test_every_need_has_a_name() -> None:
    assert set(words.NEED_NAMES) == {need.value for need in Need}
    assert len(set(words.NEED_NAMES.values())) == len(Need)


def test_every_channel_author_and_delivery_has_its_words() -> None:
    assert set(words.CHANNEL_NAMES) == set(words.CHANNEL_SHORT) == set(Channel)
    assert set(words.AUTHOR_NAMES) == set(Author)
    for channel in Channel:
        for state in Delivery:
            said = words.delivery_words(channel, state, None)
            assert (said is None) is (state == Delivery.RECEIVED)
            assert said is None or (said.shape and said.word)


def test_every_key_in_the_pages_is_in_the_list_that_is_shown() -> None:
    used = {
        key for file in TEMPLATES for key in re.findall(r'data-key="([^"]+)"', file.read_text())
    }
    by_script = {"n", "Esc", "Ctrl Enter"}
    assert used | by_script == set(words.KEYS)


def test_the_desk_never_calls_anybody_what_we_do_not_call_them() -> None:
    for file in TEMPLATES:
        assert re.findall(r"\b(?:user|victim|client)s?\b", file.read_text(), re.IGNORECASE) == []


def test_what_is_vendored_says_where_it_comes_from() -> None:
    folder = ROOT / "app/static/vendor"
    readme = (folder / "README.md").read_text()
    for script in folder.glob("*.js"):
        assert script.name in readme
        assert (folder / f"LICENSE-{script.name.split('.')[0]}").exists()
    version = re.search(r'version:"([\d.]+)"', (folder / "htmx.min.js").read_text())
    assert version is not None
    assert f"htmx.org {version.group(1)}" in readme
