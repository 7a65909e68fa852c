"""The turn channel, the engine's only door: part of bot/engine. Must never keep or log a text.

`POST /webhooks/turn/turn` takes a memory and a text and answers with words, commands and the new
memory; `POST …/understand` says what texts mean; `GET /webhooks/turn/` says whether a model is
loaded. Everything Rasa said is one of three things, each a custom message: a word, a command or an
action's acknowledgement.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import os
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from waymark_engine.actions import SECRET_HEADER, TurnFailed
from waymark_engine.agent import TurnAgent, TurnProcessor
from waymark_engine.memory import MalformedMemory, check_shape, memory_from, tracker_from
from waymark_engine.texts import neutral

MOST_TEXTS = 200
"""As many texts as one request to understand may hold."""

_UNDERSTOOD = {"needs": [], "danger": False, "labels": {}}


class TurnChannel(InputChannel):  # type: ignore[misc]
    """Rasa's input channel by which the core takes turns."""

    @classmethod
    def name(cls) -> str:
        """The channel's name, and its place under /webhooks/."""
        return "turn"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The three routes; turns go through the agent's own `handle_message`."""
        routes = Blueprint("turn_channel")

        @routes.get("/")
        async def ready(request: Request) -> HTTPResponse:
            agent = _agent(request)
            if agent is None:
                return _answer({"ready": False}, 503)
            return _answer({"ready": True, "model": agent.model_name})

        @routes.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            return await _guarded(request, _turn)

        @routes.post("/understand")
        async def understand(request: Request) -> HTTPResponse:
            return await _guarded(request, _understand)

        return routes


class _Malformed(ValueError):
    """The request is not of the agreed shape; the message never quotes it."""


async def _guarded(
    request: Request,
    work: Callable[[TurnAgent, dict[str, Any]], Awaitable[dict[str, Any]]],
) -> HTTPResponse:
    """Check secret, body and readiness, then work; every failure is named, none is quoted."""
    secret = os.environ.get("WAYMARK_INTERNAL_SECRET", "")
    given = request.headers.get(SECRET_HEADER, "")
    if secret and not hmac.compare_digest(given.encode(), secret.encode()):
        return _answer({"error": "wrong_secret"}, 403)
    agent = _agent(request)
    if agent is None:
        return _answer({"error": "no_model"}, 503)
    try:
        return _answer(await work(agent, _body(request)))
    except (_Malformed, MalformedMemory) as problem:
        return _answer({"error": str(problem)}, 400)
    except TurnFailed as failure:
        return _answer({"error": failure.what}, 503)
    except Exception as error:  # noqa: BLE001 (its message may quote the survivor: only its kind)
        return _answer({"error": type(error).__name__}, 503)


async def _turn(agent: TurnAgent, body: dict[str, Any]) -> dict[str, Any]:
    memory = check_shape(body.get("memory"))
    text = _text(body.get("text"))
    processor = _processor(agent)
    tracker = tracker_from(memory, processor.domain, sender_id=uuid.uuid4().hex)
    output = CollectingOutputChannel()
    understood = await processor.parse_message(UserMessage(text), tracker)
    with agent.tracker_store.hold(tracker):
        await agent.handle_message(
            UserMessage(text, output, tracker.sender_id, parse_data=understood)
        )
        after = await agent.tracker_store.retrieve(tracker.sender_id)
    words, commands = _split(output.messages)
    return {
        "words": words,
        "commands": commands,
        "memory": memory_from(after or tracker, memory),
        "understood": _understood(understood),
    }


async def _understand(agent: TurnAgent, body: dict[str, Any]) -> dict[str, Any]:
    texts = body.get("texts")
    if not isinstance(texts, list) or len(texts) > MOST_TEXTS:
        raise _Malformed(f"texts must be a list of at most {MOST_TEXTS} strings")
    answers = []
    for text in texts:
        parsed = await _processor(agent).parse_message(UserMessage(_text(text)))
        answers.append(_understood(parsed))
        await asyncio.sleep(0)  # turns come between
    return {"understood": answers}


def _split(messages: list[dict[str, Any]]) -> tuple[list[Any], list[Any]]:
    """Words and commands; acknowledgements were checked where the action was called."""
    words, commands = [], []
    for message in messages:
        custom = message.get("custom")
        if not isinstance(custom, dict):
            raise TurnFailed("message_without_id")
        if "say" in custom:
            words.append({key: custom[key] for key in ("say", "args", "choices") if key in custom})
        elif "command" in custom:
            commands.append({"command": custom["command"], "args": custom.get("args", {})})
        elif "ack" not in custom:
            raise TurnFailed("message_without_id")
    return words, commands


def _understood(parsed: dict[str, Any]) -> dict[str, Any]:
    intent = parsed["intent"]
    found = {key: parsed.get(key, default) for key, default in _UNDERSTOOD.items()}
    return {"intent": intent["name"], "confidence": round(intent["confidence"], 4), **found}


def _body(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise _Malformed("the body must be a JSON object")
    return body


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise _Malformed("text must be a string")
    return neutral(text)


def _agent(request: Request) -> TurnAgent | None:
    agent = getattr(request.app.ctx, "agent", None)
    return agent if isinstance(agent, TurnAgent) and agent.is_ready() else None


def _processor(agent: TurnAgent) -> TurnProcessor:
    if agent.processor is None:
        raise TurnFailed("no_model")
    return agent.processor


def _answer(body: dict[str, Any], status: int = 200) -> HTTPResponse:
    return response.text(
        json.dumps(body), status=status, content_type="application/json", headers=_NO_STORE
    )


_NO_STORE = {"Cache-Control": "no-store"}
