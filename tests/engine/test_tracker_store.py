"""The tracker store holds a tracker for the length of its turn and not a moment longer."""

from __future__ import annotations

import subprocess

from tests.engine.conftest import ROOT, engine_environment, engine_python

SCRIPT = """
import asyncio
from rasa.shared.core.trackers import DialogueStateTracker
from waymark_engine.tracker_store import TurnTrackerStore

store = TurnTrackerStore()
one, two = (DialogueStateTracker(name, []) for name in ("one", "two"))

async def look():
    with store.hold(one), store.hold(two):
        print(await store.retrieve("one") is one, await store.retrieve("two") is two)
        newer = DialogueStateTracker("one", [])
        await store.save(newer)
        print(await store.retrieve("one") is newer)
    print(await store.keys())
    try:
        with store.hold(one):
            raise ValueError
    except ValueError:
        print(await store.keys())
    await store.save(two)
    print(await store.keys())

asyncio.run(look())
"""


def test_a_tracker_is_held_for_its_turn_only() -> None:
    done = subprocess.run(
        [str(engine_python()), "-c", SCRIPT],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=engine_environment(),
        timeout=60,
    )
    assert done.stdout.splitlines() == ["True True", "True", "[]", "[]", "[]"], done.stderr
