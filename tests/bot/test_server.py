"""The action server acknowledges every action, and lets no text into a log or an answer."""

import logging
from typing import Any, ClassVar

import pytest
from starlette.testclient import TestClient

from bot.actions import server
from bot.actions.context import Context
from bot.actions.server import ACTIONS, asgi_app
from bot.actions.step import Events, Step
from tests.bot.trackers import FACTS

SECRET = "shared"
TEXT = "my name is Ana and he keeps my passport"
HEADERS = {"X-Waymark-Secret": SECRET}


def call(name: str) -> dict[str, Any]:
    message = {"text": TEXT, "intent": {"name": "need", "confidence": 0.9}, "needs": ["food"]}
    return {
        "next_action": name,
        "domain": {},
        "tracker": {
            "sender_id": "a turn",
            "slots": {"facts": FACTS, "met": True, "told": ["welcome", "private"]},
            "latest_message": message,
            "events": [{"event": "user", "text": TEXT}],
            "active_loop": {},
        },
    }


class Failing(Step):
    """An action that fails with the survivor's words in its error."""

    called: ClassVar[str] = "action_person"

    def act(self, dispatcher: Any, tracker: Any) -> Events:
        raise ValueError(tracker.latest_message["text"])


@pytest.mark.parametrize("name", [action.called for action in ACTIONS])
def test_every_action_acknowledges_itself(context: Context, name: str) -> None:
    client = TestClient(asgi_app(context, SECRET))
    answer = client.post("/webhook", json=call(name), headers=HEADERS)
    assert answer.status_code == 200
    acknowledged = [r["custom"] for r in answer.json()["responses"] if "ack" in r["custom"]]
    assert acknowledged == [{"ack": name}]


def test_a_failed_action_is_an_empty_500_and_nothing_is_logged_of_the_text(
    context: Context, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(server, "ACTIONS", (Failing,))
    caplog.set_level(logging.DEBUG)
    answer = TestClient(asgi_app(context, SECRET)).post(
        "/webhook", json=call("action_person"), headers=HEADERS
    )
    assert answer.status_code == 500
    assert answer.content == b""
    assert "ValueError" in caplog.text
    assert "Ana" not in caplog.text


def test_no_action_logs_a_text(context: Context, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = TestClient(asgi_app(context, SECRET))
    for action in ACTIONS:
        client.post("/webhook", json=call(action.called), headers=HEADERS)
    assert "Ana" not in caplog.text
    assert "passport" not in caplog.text


def test_a_wrong_secret_is_refused(context: Context) -> None:
    client = TestClient(asgi_app(context, SECRET))
    for headers in ({}, {"X-Waymark-Secret": "other"}):
        assert client.post("/webhook", json=call("action_why"), headers=headers).status_code == 403


def test_an_unknown_action_and_a_malformed_call_are_told_apart(context: Context) -> None:
    client = TestClient(asgi_app(context, None))
    assert client.post("/webhook", json=call("action_unknown")).status_code == 404
    assert client.post("/webhook", content=b"no json").status_code == 400
    assert client.get("/health").json() == {"ready": True}
