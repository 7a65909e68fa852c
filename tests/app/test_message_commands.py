"""`waymark messages`: texts are listed, shown, edited, reset and checked from the terminal."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("WAYMARK_")}
    return kept | {"WAYMARK_DATA_DIR": str(tmp_path_factory.mktemp("data"))}


def run(
    environment: dict[str, str], *command: str, typed: str = "", code: int = 0, **settings: str
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "messages", *command],
        input=typed,
        cwd=ROOT,
        env=environment | settings,
        capture_output=True,
        text=True,
    )
    assert done.returncode == code, done.stderr
    return done


def test_a_text_is_edited_shown_and_reset(environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "greet.txt"
    file.write_text("Hola, aquí estamos.\n", "utf-8")
    run(
        environment, "edit", "greet", "--language", "es", "--file", str(file),
        "--by", "Luis", "--reviewed-by", "Ana Ruiz",
    )  # fmt: skip
    shown = run(environment, "show", "greet", "--language", "es").stdout
    assert "Answers a greeting" in shown
    assert "Spanish, reviewed by Ana Ruiz on " in shown
    assert "Hola, aquí estamos.\n(edited by Luis; it ships as:)\nHola, aquí estoy." in shown
    listed = run(environment, "list", "--search", "ESTAMOS").stdout.splitlines()
    assert [line.split()[:3] for line in listed[1:] if line.startswith("greet")] == [
        ["greet", "*", "es"]
    ]
    checked = run(environment, "check", "--language", "es", "--csv").stdout
    assert "(edited)" in next(line for line in checked.splitlines() if line.startswith("greet,"))
    run(environment, "reset", "greet", "--language", "es")
    assert "edited by" not in run(environment, "show", "greet").stdout
    again = run(environment, "reset", "greet", "--language", "es", code=1)
    assert again.stderr.startswith("waymark: the text of 'greet' (es) was never edited")


def test_plural_forms_are_read_from_the_keyboard(environment: dict[str, str]) -> None:
    typed = "{n} antes.\n---\n{n} antes de usted.\n"
    run(environment, "edit", "wait_ahead", "--language", "es", typed=typed)
    shown = run(environment, "show", "wait_ahead", "--language", "es").stdout
    assert "{n} antes.\n---\n{n} antes de usted.\n" in shown
    run(environment, "reset", "wait_ahead", "--language", "es")


def test_what_is_wrong_with_a_text_is_said_and_nothing_kept(environment: dict[str, str]) -> None:
    refused = run(environment, "edit", "greet", "--language", "en", typed="Hello!", code=1)
    assert "has an exclamation mark" in refused.stderr
    for command in (
        ("edit", "gret", "--language", "en"),
        ("show", "gret"),
        ("edit", "greet", "--language", "fr"),
        ("edit", "greet", "--language", "en", "--file", "nowhere.txt"),
    ):
        wrong = run(environment, *command, code=1)
        assert wrong.stderr.startswith("waymark: ")
        assert len(wrong.stderr.strip().splitlines()) == 1
    assert " * " not in run(environment, "list", "--language", "en").stdout


def test_check_measures_every_text_and_finds_no_problem(environment: dict[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(run(environment, "check", "--csv").stdout)))
    by_name = {(row["message"], row["language"]): row for row in rows}
    assert {language for _, language in by_name} >= {"en", "es"}
    welcome = by_name["welcome", "es"]
    assert (welcome["encoding"], welcome["segments"]) == ("GSM-7", "2")
    assert float(welcome["grade"]) <= 6
    assert welcome["placeholders"] == "emergency organization"
    assert by_name["need_food", "en"]["grade"] == "-"
    assert by_name["match_list_3", "en"]["segments"] == "3 in 2 texts"
    assert run(environment, "check", "--problems").stdout.endswith(" 0 problems\n")


def test_check_counts_the_organisations_own_name_and_fails(environment: dict[str, str]) -> None:
    name = "The Harbor Line of the Counties of Wayne, Oakland, Macomb, Washtenaw and Monroe " * 2
    checked = run(environment, "check", "--problems", code=1, WAYMARK_ORGANIZATION=name).stdout
    assert "en.po: welcome: takes 3 segments" in checked
    assert "need_food" not in checked
