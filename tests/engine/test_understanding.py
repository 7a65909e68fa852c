"""What the engine understands: labels beside the intent, and the same answer to the same text."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.conftest import Engine, load_engine_module


def _understood(engine: Engine, *texts: str) -> list[dict[str, Any]]:
    answer = engine.post("understand", {"texts": list(texts)})
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["understood"]
    return found


@pytest.mark.parametrize(
    ("text", "intent", "needs"),
    [
        ("i got no where to sleep tonite", "need", ["housing"]),
        ("no tengo donde dormir esta noche", "need", ["housing"]),
        ("we have nothing to eat", "need", ["food"]),
        ("yes", "yes", []),
        ("start over", "restart", []),
        ("can i talk to a person", "human", []),
    ],
)
def test_a_text_it_was_taught_is_understood(
    engine: Engine, text: str, intent: str, needs: list[str]
) -> None:
    (found,) = _understood(engine, text)
    assert (found["intent"], found["needs"], found["danger"]) == (intent, needs, False)


def test_two_needs_in_one_text_are_both_found(engine: Engine) -> None:
    (found,) = _understood(engine, "nowhere to sleep and nothing to eat")
    assert set(found["needs"]) == {"housing", "food"}


def test_danger_is_a_flag_and_the_intent_and_implies_no_need(engine: Engine) -> None:
    (found,) = _understood(engine, "me va a matar")
    assert (found["intent"], found["danger"], found["needs"]) == ("danger", "danger", [])


def test_what_only_sounds_like_danger_is_not(engine: Engine) -> None:
    (found,) = _understood(engine, "i killed it at my interview")
    assert found["danger"] is False


def test_the_confidence_is_that_of_the_least_certain_label(engine: Engine) -> None:
    (found,) = _understood(engine, "nowhere to sleep and nothing to eat")
    least = min(found["labels"][need] for need in found["needs"])
    assert found["confidence"] == pytest.approx(least, abs=0.001)


def test_understanding_runs_no_action_and_keeps_the_order(engine: Engine) -> None:
    found = _understood(engine, "yes", "no", "", "yes")
    assert [each["intent"] for each in found] == ["yes", "no", "other", "yes"]
    assert found[0] == found[3]


def test_a_turn_and_a_parse_understand_alike(engine: Engine) -> None:
    text = "i am hungry and have no money for food"
    assert engine.turn(text)["understood"] == _understood(engine, text)[0]


@pytest.mark.parametrize("texts", [None, "yes", [1], ["x"] * 201], ids=str)
def test_a_malformed_list_of_texts_is_refused(engine: Engine, texts: object) -> None:
    assert engine.post("understand", {"texts": texts}).status_code == 400


def test_no_command_is_left_of_any_text() -> None:
    neutral = load_engine_module("texts").neutral
    assert neutral("  //x /y") == "x /y"
    assert neutral("y\ndetroit\x07\r") == "y\ndetroit"
    assert neutral("\ud83d\ude4f") == "🙏"
    assert neutral("\ud83d") == "\ufffd"
    long = neutral("a" * 2000 + "z")
    assert len(long) <= 1600
    assert long.endswith("z")
