"""A tiny action server that speaks rasa-sdk's protocol, for the engine's tests; knows no database.

It counts what it is sent, so that a test can say what a turn costs without a clock.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


def say(message: str, **args: object) -> dict[str, Any]:
    """A word, as an action says it."""
    return {"custom": {"say": message, "args": args}}


def ack(name: str) -> dict[str, Any]:
    """The acknowledgement of an action."""
    return {"custom": {"ack": name}}


def slot(name: str, value: object) -> dict[str, Any]:
    """The event that sets a slot."""
    return {"event": "slot", "name": name, "value": value, "timestamp": None}


def build(calls: list[dict[str, Any]]) -> Starlette:
    """The app; each call's name, size in bytes, secret and number of events go to `calls`."""

    async def webhook(request: Request) -> Response:
        raw = await request.body()
        call = json.loads(raw)
        name, tracker = call["next_action"], call["tracker"]
        calls.append(
            {
                "name": name,
                "bytes": len(raw),
                "events": len(tracker["events"]),
                "secret": request.headers.get("X-Waymark-Secret"),
            }
        )
        return await _run(name, tracker)

    return Starlette(routes=[Route("/webhook", webhook, methods=["POST"])])


async def _run(name: str, tracker: dict[str, Any]) -> Response:
    slots, latest = tracker["slots"], tracker["latest_message"]
    events: list[dict[str, Any]] = []
    responses = [ack(name)]
    facts = slots["facts"] or {}
    if name == facts.get("raises"):
        return JSONResponse({"error": str(latest["text"]), "action_name": name}, status_code=500)
    if name == facts.get("rejects"):
        return JSONResponse({"error": str(latest["text"]), "action_name": name}, status_code=400)
    if name == facts.get("forgets to acknowledge"):
        responses = [say("half")]
    if name == facts.get("answers with nonsense"):
        events.append({"event": "no such event"})
    if name == "action_note_needs":
        await asyncio.sleep(facts.get("wait", 0))
        events.append(slot("needs", latest.get("needs", [])))
        responses.append(say("noted", needs=latest.get("needs", [])))
    elif name == "validate_intake_form":
        events.extend(_validated(tracker))
    elif name == "action_ask_wants_person":
        responses.append(say("ask_wants_person"))
    elif name == "action_show_matches":
        args = {"place": slots["place"], "needs": slots["needs"], "facts": slots["facts"]}
        command = {"command": "open_handoff", "args": {"needs": slots["needs"]}}
        responses += [say("matches", **args), {"custom": command}]
        events += [slot("place", None), slot("wants_person", None)]
    return JSONResponse({"events": events, "responses": responses})


def _validated(tracker: dict[str, Any]) -> list[dict[str, Any]]:
    """Takes what was extracted since the form ran, but "nowhere" is no place."""
    values: dict[str, Any] = {}
    for event in reversed(tracker["events"]):
        if event["event"] == "action":
            break
        if event["event"] == "slot" and event["name"] in ("place", "wants_person"):
            values[event["name"]] = None if event["value"] == "nowhere" else event["value"]
    return [slot(name, value) for name, value in values.items()]
