"""The commands that are no server: what they print can be read by a program."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.system import MODELS, ROOT


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    data = tmp_path / "data"
    data.mkdir()
    MODELS.mkdir(exist_ok=True)
    (data / "models").symlink_to(MODELS)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("WAYMARK_")}
    return kept | {"WAYMARK_DATA_DIR": str(data)}


def run(environment: dict[str, str], *command: str, typed: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", *command],
        input=typed,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_understand_answers_each_line_in_order(environment: dict[str, str]) -> None:
    typed = [
        "i got no where to sleep tonite",
        "me va a matar",
        "HUMAN",
        "stop",
        "Ayuda",
        "killed it at my interview",
        "",
        "no tengo donde quedarme hoy",
    ]
    answers = [
        json.loads(line)
        for line in run(environment, "understand", typed="\n".join(typed) + "\n").splitlines()
    ]
    assert [answer["text"] for answer in answers] == typed
    assert set(answers[0]) == {"text", "language", "intent", "needs", "danger", "confidence"}
    assert (answers[0]["intent"], answers[0]["needs"]) == ("need", ["housing"])
    assert (answers[0]["language"], answers[0]["danger"]) == ("en", False)
    assert (answers[1]["intent"], answers[1]["language"]) == ("danger", "es")
    assert answers[1]["danger"] == "danger"
    assert [answer["intent"] for answer in answers[2:5]] == ["human", "stop", "help"]
    assert answers[5]["danger"] is False
    assert answers[7]["needs"] == ["housing"]
    assert all(0 <= answer["confidence"] <= 1 for answer in answers)


def test_chat_plays_a_script_and_prints_the_transcript(
    environment: dict[str, str], tmp_path: Path
) -> None:
    script = tmp_path / "talk.txt"
    script.write_text("# a comment\ni got no where to sleep tonite\n\nyes\n48226\n")
    printed = run(environment, "chat", "--script", str(script)).splitlines()
    assert printed[0] == "you: i got no where to sleep tonite"
    assert [line for line in printed if line.startswith("you: ")][1:] == ["you: yes", "you: 48226"]
    assert any("313-555-" in line for line in printed)


def test_the_held_back_messages_are_judged_and_drawn(
    environment: dict[str, str], tmp_path: Path
) -> None:
    picture = tmp_path / "figures.png"
    printed = run(environment, "understand", "--evaluate", "--picture", str(picture))
    assert "Needs and alarms by language" in printed
    assert "What is taken for what" in printed
    assert picture.read_bytes().startswith(b"\x89PNG")
