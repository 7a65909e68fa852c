"""The two sides of the benchmark, started alike and asked alike. Knows nothing of statistics."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import StaticPool

from app.engine_client import EngineClient
from app.engine_process import engine_child, engine_python, environment
from app.processes import Child, free_port
from app.serve import server
from app.settings import Settings
from bot.actions.context import Context
from bot.actions.server import asgi_app
from directory.files import import_directory, sample_path
from directory.models import Base

_FACTS = {
    "language": "en", "channel": "sms", "organization": "Waymark", "was_paused": False,
    "advocates_available": False, "crisis_answered": False, "handoff": "none", "seed": 0,
}  # fmt: skip
"""As the worker gives them, and as actions take them when they are absent, as with the peer."""


@dataclass
class Side:
    """A server process, and how to take one turn with it."""

    name: str
    child: Child
    say: Callable[[str, str], list[str]]  # (conversation, text) → ids of the words said

    def cpu_seconds(self) -> float:
        """Processor time of the process so far, all its threads; a clock of Linux's."""
        return time.clock_gettime(~self._pid() << 3 | 2)

    def memory_mb(self) -> float:
        """Resident memory of the process now."""
        status = Path(f"/proc/{self._pid()}/status").read_text("utf-8")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def _pid(self) -> int:
        if self.child.process is None:
            raise RuntimeError(f"{self.name} has not been started")
        return self.child.process.pid


@contextmanager
def actions() -> Iterator[str]:
    """The bot's own action server on the sample directory, in a thread; its address."""
    shared = {"check_same_thread": False}
    sessions = sessionmaker(create_engine("sqlite://", poolclass=StaticPool, connect_args=shared))
    with sessions.begin() as session:
        Base.metadata.create_all(session.connection())
        import_directory(session, sample_path())
    port = free_port()
    running = server(asgi_app(Context(sessions), None), "127.0.0.1", port, "WAYMARK_ACTIONS_URL")
    threading.Thread(target=running.run, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        running.should_exit = True


def turn_side(model: Path, actions_url: str) -> Side:
    """Waymark's engine behind the turn channel; the memories are kept here, as the core does."""
    port = free_port()
    client = EngineClient(f"http://127.0.0.1:{port}", "")
    child = engine_child(Settings(), model, port=port, actions_url=actions_url, secret="")
    memories: dict[str, dict[str, Any]] = {}

    def say(conversation: str, text: str) -> list[str]:
        memory = memories.get(conversation, {"version": 1})
        now = {"now": datetime.now(UTC).isoformat(), "first_contact": conversation not in memories}
        answer = client.take_turn({**memory, "facts": {**_FACTS, **now}}, text)
        memories[conversation] = dict(answer.memory)
        return [str(word["say"]) for word in answer.words]

    return Side("Waymark's turn channel", child, say)


def rest_side(model: Path, actions_url: str) -> Side:
    """The same model behind Rasa's REST channel, which keeps the conversations itself."""
    name, port = "Rasa's REST channel", free_port()
    client = httpx.Client(base_url=f"http://127.0.0.1:{port}/webhooks/rest/", timeout=30)

    def ready() -> bool:
        try:
            return client.get("").status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def say(conversation: str, text: str) -> list[str]:
        answer = client.post("webhook", json={"sender": conversation, "message": text})
        said = [message["custom"] for message in answer.raise_for_status().json()]
        return [str(custom["say"]) for custom in said if "say" in custom]

    peer = str(Path(__file__).with_name("rest_server.py"))
    command = [engine_python(Settings()), peer, str(port), str(model)]
    child = Child(name, command, environment(Settings(), actions_url, ""), ready)
    return Side(name, child, say)
