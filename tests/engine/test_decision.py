"""What turns somebody away is heard only when it is likely, and never in place of a need."""

import json
import subprocess

from tests.engine.conftest import ROOT, engine_environment, engine_python

ASK = """
import json, sys
from waymark_engine.decision import Thresholds, decide
for labels in json.loads(sys.argv[1]):
    found = decide(labels, {"housing", "family_contact"}, Thresholds())
    print(json.dumps([found["intent"]["name"], found["needs"]]))
"""
OTHERS = {"other": 0.02, "danger": 0.0, "self_harm": 0.0, "housing": 0.0, "family_contact": 0.0}


def decided(*probabilities: dict[str, float]) -> list[list[object]]:
    """Intent and needs for each of these."""
    asked = [OTHERS | each for each in probabilities]
    done = subprocess.run(
        [str(engine_python()), "-c", ASK, json.dumps(asked)],
        cwd=ROOT,
        env=engine_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()[-len(asked) :]]


def test_what_turns_somebody_away_is_heard_only_when_it_is_likely() -> None:
    likely, unlikely, daughter, stranger = decided(
        {"wrong_number": 0.8},
        {"wrong_number": 0.42},
        {"asks_about_someone": 0.47, "family_contact": 0.57},
        {"asks_about_someone": 0.62, "housing": 0.89},
    )
    assert likely == ["wrong_number", []]
    assert unlikely == ["other", []]
    assert daughter == ["need", ["family_contact"]]
    assert stranger == ["asks_about_someone", ["housing"]]


def test_an_insult_or_small_talk_with_a_need_in_it_is_the_need() -> None:
    swearing, chatting, alone = decided(
        {"abuse": 0.6, "housing": 0.4},
        {"small_talk": 0.7, "housing": 0.4},
        {"abuse": 0.6},
    )
    assert swearing == chatting == ["need", ["housing"]]
    assert alone == ["abuse", []]
