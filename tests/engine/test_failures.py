"""A turn that cannot be answered in full is not answered in part, and its failure quotes nobody."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import closing

import pytest

from tests.engine.conftest import Actions, Engine, memory_with, said

MARK = "quetzalcoatl"


def _failure(engine: Engine, text: str, memory: dict[str, object] | None = None) -> object:
    answer = engine.post("turn", {"memory": memory, "text": text})
    assert answer.status_code == 503
    assert set(answer.json()) == {"error"}
    assert MARK not in answer.text
    return answer.json()["error"]


@pytest.mark.parametrize(
    "how", ["raises", "rejects", "forgets to acknowledge", "answers with nonsense"]
)
def test_an_action_that_fails_after_a_word_was_said_fails_the_turn_by_its_name(
    engine: Engine, how: str
) -> None:
    memory = memory_with(facts={how: "action_note_needs"})
    assert _failure(engine, f"can i talk to a person {MARK}", memory) == "action_note_needs"


@pytest.mark.parametrize("how", ["raises", "rejects", "forgets to acknowledge"])
@pytest.mark.parametrize("action", ["validate_intake_form", "action_ask_wants_person"])
def test_the_form_s_own_actions_fail_the_turn_too(engine: Engine, action: str, how: str) -> None:
    memory = engine.turn("i need a place to stay")["memory"]
    memory["facts"] = {how: action}
    assert _failure(engine, MARK, memory) == action


def test_with_the_action_server_down_nothing_half_is_said(
    start_engine: Callable[..., Engine],
) -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    engine = start_engine(WAYMARK_ACTIONS_URL=f"http://127.0.0.1:{port}")
    assert _failure(engine, f"i need a place to stay {MARK}") == "action_note_needs"
    assert said(engine.turn("hi")) == ["hello", "ask_safe"]
    assert MARK not in engine.printed()


def test_after_a_failure_the_same_memory_goes_on(engine: Engine) -> None:
    memory = engine.walk("i need a place to stay")["memory"]
    _failure(engine, "detroit", {**memory, "facts": {"raises": "validate_intake_form"}})
    assert said(engine.turn("detroit", memory)) == ["ask_wants_person"]


def test_a_wrong_secret_is_refused(start_engine: Callable[..., Engine], actions: Actions) -> None:
    engine = start_engine(WAYMARK_INTERNAL_SECRET="one two")
    body = {"memory": None, "text": "i need a place to stay"}
    for wrong in ({}, {"X-Waymark-Secret": ""}, {"X-Waymark-Secret": "one"}):
        for route in ("turn", "understand"):
            assert engine.post(route, body, **wrong).status_code == 403
    before = len(actions.calls)
    answer = engine.post("turn", body, **{"X-Waymark-Secret": "one two"})
    assert answer.status_code == 200
    assert {call["secret"] for call in actions.calls[before:]} == {"one two"}


def test_no_text_reaches_a_log(start_engine: Callable[..., Engine]) -> None:
    """Not even when the environment asks for everything."""
    engine = start_engine(LOG_LEVEL="DEBUG", LOG_LEVEL_LIBRARIES="DEBUG", PYTHONASYNCIODEBUG="1")
    for how in ("raises", "rejects", "forgets to acknowledge", "answers with nonsense", MARK):
        facts = {"organization": MARK, how: "action_note_needs"}
        memory = memory_with(slots={"place": MARK, MARK: MARK}, facts=facts)
        for text in ("hi", "i need a place to stay", "can i talk to a person", "\ud800", "/x{"):
            engine.post("turn", {"memory": memory, "text": f"{text} {MARK}"})
            engine.post("turn", {"memory": None, "text": f"{text} {MARK}"})
    form = {"name": "intake_form", "requested_slot": "place"}
    engine.turn(MARK, memory_with(form=form))
    engine.post("turn", {"memory": MARK, "text": {MARK: 1}})
    engine.client.get(f"{engine.address}/webhooks/turn/turn?text={MARK}")
    engine.client.post(f"{engine.address}/{MARK}", content=MARK)
    assert MARK not in engine.printed()
    # On a slow machine asyncio adds a line for each step that took long.
    assert sum(" asyncio: " not in line for line in engine.printed().splitlines()) < 30


def test_rasa_s_own_doors_are_shut(engine: Engine) -> None:
    for path in ("model/parse", "conversations/x/tracker", "webhooks/rest/webhook", "status"):
        assert engine.client.get(f"{engine.address}/{path}").status_code == 404


def test_it_says_when_it_is_ready_and_with_which_model(engine: Engine, model: object) -> None:
    answer = engine.client.get(f"{engine.address}/webhooks/turn/")
    assert answer.json() == {"ready": True, "model": os.path.basename(str(model))}


def test_it_listens_on_this_machine_only(engine: Engine) -> None:
    assert engine.address.startswith("http://127.0.0.1:")


def test_it_ends_when_its_starter_is_gone(start_engine: Callable[..., Engine]) -> None:
    engine = start_engine()
    os.close(engine.lifeline)
    engine.lifeline = -1
    engine.process.wait(timeout=20)
