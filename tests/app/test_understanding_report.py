"""The held-back messages, and the figures of how well they are understood."""

from pathlib import Path

import pytest
import yaml
from rapidfuzz import fuzz, process
from rich.console import Console

from app.engine_process import BOT
from app.held_back import BadHeldBack, Judged, read
from app.understanding_figures import NOTHING, alarms, confusions, figures
from app.understanding_report import show
from conversation.understanding import Reading
from directory.vocabulary import Need
from language import LANGUAGES

LEAST_MESSAGES = 600
NEAR_COPY = 85
"""So alike, of 100, are two texts of which one was made from the other."""


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return read()


def learned() -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for file in sorted((BOT / "data" / "nlu").glob("*/*.yml")):
        for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            lines = block["examples"].splitlines()
            texts.setdefault(file.parent.name, []).extend(
                line.removeprefix("- ").strip().lower() for line in lines
            )
    return texts


def intents() -> set[str]:
    named = [
        yaml.safe_load(file.read_text("utf-8")).get("intents") or ()
        for file in (BOT / "domain").glob("*.yml")
    ]
    return {intent for part in named for intent in part}


def test_there_are_enough_in_every_language_most_of_them_hard(judged: list[Judged]) -> None:
    assert len(judged) >= LEAST_MESSAGES
    assert {one.language for one in judged} == set(LANGUAGES)
    assert {need for one in judged for need in one.needs} == set(Need)
    assert sum(one.hard for one in judged) > len(judged) / 2
    assert {one.intent for one in judged} <= intents()


def test_none_of_them_is_a_near_copy_of_a_training_text(judged: list[Judged]) -> None:
    texts = learned()
    copies = [
        one.text
        for one in judged
        if process.extractOne(
            one.text.lower(), texts[one.language], scorer=fuzz.ratio, score_cutoff=NEAR_COPY
        )
    ]
    assert copies == []


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("text = 1", "blocks of"),
        ("[[message]]\ntext = 'a'\nintent = 'need'\nneeds = ['roof']\nhard = true", "roof"),
        ("[[message]]\ntext = 'a'\nneeds = []\nhard = true", "message 1: 'intent'"),
    ],
)
def test_a_file_that_is_wrong_is_named(tmp_path: Path, written: str, says: str) -> None:
    (tmp_path / "en.toml").write_text(written, "utf-8")
    with pytest.raises(BadHeldBack, match=r"en\.toml.*") as refused:
        read(tmp_path)
    assert says in str(refused.value)


def a_message(intent: str, *needs: Need) -> Judged:
    return Judged("…", "en", intent, frozenset(needs), hard=True)


def understood(intent: str, *needs: str, danger: str | None = None) -> Reading:
    return Reading("…", "en", intent, needs, danger, 1.0)


PAIRS = [
    (a_message("need", Need.FOOD, Need.HOUSING), understood("need", "food")),
    (a_message("need", Need.FOOD), understood("cost", "food", "clothing")),
    (a_message("danger"), understood("danger", danger="danger")),
    (a_message("self_harm"), understood("other")),
    (a_message("other"), understood("danger", danger="danger")),
]


def test_recall_and_precision_count_every_label_of_a_message() -> None:
    found = figures(PAIRS, {"food", "housing", "clothing"})
    assert (found.meant, found.found, found.right) == (3, 3, 2)
    assert found.recall == found.precision == found.f1 == pytest.approx(2 / 3)
    assert figures(PAIRS, {"dental_care"}).recall is None


def test_an_alarm_of_either_kind_is_found_and_others_are_false() -> None:
    rung = alarms(PAIRS)
    assert (rung.found, rung.meant, rung.false, rung.calm) == (1, 2, 1, 3)


def test_what_is_missed_is_shown_beside_what_was_found_in_its_place() -> None:
    taken = confusions(PAIRS)
    assert taken[("housing", NOTHING)] == 1
    assert taken[(NOTHING, "cost")] == taken[(NOTHING, "clothing")] == 1
    assert taken[("self_harm", "other")] == taken[("other", "danger")] == 1


def test_the_tables_have_a_line_for_each_language_and_label() -> None:
    console = Console(width=200, record=True)
    show(console, [one for one, _ in PAIRS], [reading for _, reading in PAIRS])
    text = console.export_text()
    assert "1 of 2" in text
    assert "1 of 3 (33.3 %)" in text
    assert "housing" in text
