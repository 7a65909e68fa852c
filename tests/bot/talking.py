"""Holds conversations with the bot through the turn channel, as the worker would.

A script (tests/bot/conversations/*.txt) reads like the conversation it plays:

    == the title is the sentence that it proves
    with language=es          facts for the whole conversation
    @ silence_seconds=30000   facts for the next message only
    > what the survivor texts
    < ids of what is said, in order (`-` for nothing; `match_list` for a list of any length)
    ! name of a command, one a line
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

START = datetime(2026, 11, 24, 15, tzinfo=UTC)
EMPTY = {"version": 1, "slots": {}, "form": None, "last_action": None, "undo": None}


@dataclass
class Turn:
    """One message and what should follow."""

    text: str
    facts: dict[str, Any]
    says: list[str] = field(default_factory=list)
    does: list[str] = field(default_factory=list)


@dataclass
class Script:
    """One conversation of a file."""

    title: str
    facts: dict[str, Any] = field(default_factory=dict)
    turns: list[Turn] = field(default_factory=list)


def read_scripts(folder: Path) -> Iterator[Script]:
    """All conversations of a folder's files; ValueError names a line that is none of ours."""
    for file in sorted(folder.glob("*.txt")):
        yield from _read(file)


def _read(file: Path) -> list[Script]:
    scripts: list[Script] = []
    once: dict[str, Any] = {}
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        mark, _, rest = line.partition(" ")
        if not line.strip() or mark == "#":
            continue
        if mark == "==":
            scripts.append(Script(rest.strip()))
        elif mark == "with":
            scripts[-1].facts |= _facts(rest)
        elif mark == "@":
            once = _facts(rest)
        elif mark == ">":
            scripts[-1].turns.append(Turn(rest, once))
            once = {}
        elif mark == "<":
            scripts[-1].turns[-1].says += [] if rest == "-" else rest.split()
        elif mark == "!":
            scripts[-1].turns[-1].does.append(rest.strip())
        else:
            raise ValueError(f"{file.name}:{number} begins with none of == with @ > < !")
    return scripts


def _facts(text: str) -> dict[str, Any]:
    pairs = (pair.split("=", 1) for pair in text.split())
    return {name: _value(value) for name, value in pairs}


def _value(text: str) -> Any:
    words = {"true": True, "false": False}
    return words.get(text, int(text) if text.lstrip("-").isdigit() else text)


@dataclass
class Talk:
    """An engine to talk with, through its turn channel."""

    client: httpx.Client

    def turn(
        self, text: str, memory: dict[str, Any] | None, facts: dict[str, Any]
    ) -> dict[str, Any]:
        """One turn with these facts, which must succeed."""
        sent = {**EMPTY, **(memory or {}), "facts": facts}
        answer = self.client.post("turn", json={"memory": sent, "text": text})
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    def play(self, script: Script) -> list[tuple[Turn, list[str], list[str]]]:
        """Each turn of a script with what was said and done; a handoff waits once it is opened."""
        return [
            (turn, [_id(word) for word in answer["words"]], _names(answer["commands"]))
            for turn, answer in self.answers(script)
        ]

    def answers(self, script: Script) -> Iterator[tuple[Turn, dict[str, Any]]]:
        """Each turn of a script with the engine's whole answer."""
        memory: dict[str, Any] | None = None
        state: dict[str, Any] = {"handoff": "none", "waiting": None}
        for minute, turn in enumerate(script.turns):
            facts = {
                "now": (START + timedelta(minutes=minute)).isoformat(),
                "language": "en",
                "channel": "sms",
                "first_contact": memory is None,
                "silence_seconds": None if memory is None else 60,
                "advocates_available": True,
                "seed": 1,
                **state,
                **script.facts,
                **turn.facts,
            }
            answer = self.turn(turn.text, memory, facts)
            memory = answer["memory"]
            for name in _names(answer["commands"]):
                if name == "open_handoff":
                    state = {
                        "handoff": "waiting",
                        "agreed": True,
                        "waiting": {"ahead": 2, "minutes": None},
                    }
                elif name == "withdraw_handoff":
                    state = {"handoff": "none", "agreed": False, "waiting": None}
            yield turn, answer


def _id(word: dict[str, Any]) -> str:
    """A word's id; how many a list holds is the directory's matter."""
    said = str(word["say"])
    return "match_list" if said.startswith("match_list_") else said


def _names(commands: list[dict[str, Any]]) -> list[str]:
    return [command["command"] for command in commands]
