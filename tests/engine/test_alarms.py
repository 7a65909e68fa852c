"""An unsure alarm gives way to a likelier meaning; a sure one never does (B4)."""

import json
import subprocess

from tests.engine.conftest import ROOT, engine_environment, engine_python

ASK = """
import json, sys
from waymark_engine.decision import alarms
print(json.dumps([alarms(labels, {"housing"}) for labels in json.loads(sys.argv[1])]))
"""


def test_an_unsure_alarm_gives_way_and_a_sure_one_does_not() -> None:
    asked = [
        {"danger": 0.45, "authorities": 0.9},
        {"danger": 0.6, "authorities": 0.9},
        {"self_harm": 0.3, "housing": 0.7},
        {"danger": 0.3, "housing": 0.7},
        {"danger": 0.3, "help": 0.9},
    ]
    done = subprocess.run(
        [str(engine_python()), "-c", ASK, json.dumps(asked)],
        cwd=ROOT,
        env=engine_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    police, sure, nowhere, needy, crying = json.loads(done.stdout.splitlines()[-1])
    assert police["danger"] == 0
    assert sure["danger"] == 0.6
    assert nowhere["self_harm"] == 0
    # People in danger name what they need; and a cry for help is no other meaning.
    assert needy["danger"] == 0.3
    assert crying["danger"] == 0.3
