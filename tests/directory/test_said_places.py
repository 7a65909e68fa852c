"""The places that varied sentences name, and everything that is called like a place and is none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.places import place_in

SENTENCES = Path(__file__).with_name("said_places.txt")


def sentences() -> Iterator[tuple[str, str | None]]:
    expected: str | None = None
    for line in SENTENCES.read_text("utf-8").splitlines():
        if line.startswith("="):
            expected = None if line == "= -" else line.removeprefix("= ")
        elif line and not line.startswith("#"):
            yield line, expected


@pytest.mark.parametrize(("text", "expected"), list(sentences()))
def test_a_sentence_names_its_place_and_no_other(text: str, expected: str | None) -> None:
    place = place_in(text)
    assert (place.label if place else None) == expected


def test_there_are_as_many_traps_as_places_in_the_list() -> None:
    traps = [text for text, expected in sentences() if expected is None]
    assert len(list(sentences())) >= 150
    assert 65 <= len(traps) <= 90
