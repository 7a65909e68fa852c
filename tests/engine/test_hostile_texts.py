"""Whatever a stranger types is words like any others: never a command, never a crash."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.conftest import Engine, said

COMMANDS = [
    "/restart",
    "  /restart",
    "\n\t /restart",
    "//restart",
    "/ /restart",
    "\x00/restart",
    "\u2028/restart",
    "\ud800/restart",
]


@pytest.mark.parametrize("text", COMMANDS, ids=repr)
def test_a_slash_makes_no_command(engine: Engine, text: str) -> None:
    memory = engine.walk("i need a place to stay", "detroit", "no")["memory"]
    answer = engine.turn(text, memory)
    assert answer["understood"]["confidence"] < 1
    assert answer["memory"]["slots"] == memory["slots"]


def test_an_intent_with_entities_is_only_words(engine: Engine) -> None:
    understood = engine.turn('  /need{"needs": "housing", "facts": {}}')["understood"]
    assert understood["confidence"] < 1
    assert understood["labels"]


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\x00", "////", "/", "\ud800", "\udfff\ud800", "\u200b", "🙏" * 300, "a" * 1600),
        *("i need a place to stay " * 70, "/" * 1600, "\n" * 1600, "ß" * 5000, "\x1b[2J", "%s {0}"),
    ],
    ids=lambda text: ascii(text)[:20],
)
def test_odd_texts_get_an_answer(engine: Engine, text: str) -> None:
    answer = engine.turn(text)
    assert answer["memory"]["version"] == 1
    assert 0 <= answer["understood"]["confidence"] <= 1


@settings(deadline=None, max_examples=50)  # a deadline would be a clock
@given(text=st.text(alphabet=st.characters(), max_size=40))
def test_any_text_at_all_is_understood(engine: Engine, text: str) -> None:
    body = json.dumps({"texts": [text, "/" + text]}).encode()
    answer = engine.client.post(f"{engine.address}/webhooks/turn/understand", content=body)
    assert answer.status_code == 200
    plain, slashed = answer.json()["understood"]
    assert plain == slashed


def test_an_empty_text_means_nothing(engine: Engine) -> None:
    answer = engine.turn("   ")
    assert answer["understood"] == {
        "intent": "other",
        "needs": [],
        "danger": False,
        "confidence": 0.0,
        "labels": {},
    }
    assert said(answer) == ["menu"]


def test_a_need_at_the_end_of_a_long_text_is_found(engine: Engine) -> None:
    long = "so much happened and it went on and on for years there " * 60
    assert "housing" in engine.turn(long + ". i need a place to stay")["understood"]["needs"]
