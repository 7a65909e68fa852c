"""The two sides of the benchmark, started alike and asked alike. Knows nothing of statistics."""

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import StaticPool

from app import engine_process
from app.engine_client import EngineClient
from app.processes import Child, free_port
from app.settings import ROOT, Settings
from bot.actions.context import Context
from bot.actions.server import asgi_app
from directory.files import import_directory, sample_path
from directory.models import Base

MODELS = ROOT / "models"
_PEER = Path(__file__).with_name("rest_server.py")
_NO_SECRET = ""


@dataclass
class Side:
    """A server process, and how to take one turn of one conversation with it."""

    name: str
    child: Child
    say: Callable[[str, str], list[str]]  # (conversation, text) → ids of the words said

    def cpu_seconds(self) -> float:
        """Processor time of the process so far, all its threads; a Linux clock, in nanoseconds."""
        return time.clock_gettime(~self._pid() << 3 | 2)

    def memory_mb(self) -> float:
        """Resident memory of the process now."""
        status = Path(f"/proc/{self._pid()}/status").read_text("utf-8")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def _pid(self) -> int:
        if self.child.process is None:
            raise RuntimeError(f"{self.name} has not been started")
        return self.child.process.pid


def train() -> Path:
    """The model of bot/, trained if it is not there."""
    command = [
        engine_process.engine_python(Settings()), "-m", "waymark_engine.train",
        "--project", str(engine_process.BOT), "--out", str(MODELS),
    ]  # fmt: skip
    environment = engine_process.environment(Settings(), "", _NO_SECRET)
    done = subprocess.run(  # noqa: S603 - the command is ours
        command,
        env={**environment, "WAYMARK_CACHE_DIR": str(MODELS / "vectors")},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Path(done.stdout.strip().splitlines()[-1].split(".tar.gz")[0] + ".tar.gz")


@contextmanager
def actions() -> Iterator[str]:
    """The bot's own action server on the sample directory, in a thread; its address."""
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    Base.metadata.create_all(engine)
    sessions = sessionmaker(engine)
    with sessions() as session:
        import_directory(session, sample_path())
        session.commit()
    port = free_port()
    app = asgi_app(Context(sessions), _NO_SECRET)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


def turn_side(model: Path, actions_url: str) -> Side:
    """Waymark's engine behind the turn channel, asked as the worker asks it."""
    port = free_port()
    child = engine_process.engine_child(
        Settings(), model, port=port, actions_url=actions_url, secret=_NO_SECRET
    )
    return Side("turn channel", child, _Core(EngineClient(f"http://127.0.0.1:{port}", _NO_SECRET)))


@dataclass
class _Core:
    """Keeps the memories of conversations between turns, as the core does."""

    client: EngineClient
    memories: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __call__(self, conversation: str, text: str) -> list[str]:
        memory = self.memories.get(conversation)
        facts = {
            "now": datetime.now(UTC).isoformat(),
            "language": "en",
            "channel": "sms",
            "first_contact": memory is None,
            "was_paused": False,
            "silence_seconds": None if memory is None else 1,
            "organization": "Waymark",
            "advocates_available": False,
            "crisis_answered": False,
            "seed": 0,
        }
        empty = {"version": 1, "slots": {}, "form": None, "last_action": None, "undo": None}
        answer = self.client.take_turn({**empty, **(memory or {}), "facts": facts}, text)
        self.memories[conversation] = dict(answer.memory)
        return [str(word["say"]) for word in answer.words]


def rest_side(model: Path, actions_url: str) -> Side:
    """The same model behind Rasa's REST channel, which keeps the conversations itself."""
    port = free_port()
    client = httpx.Client(
        base_url=f"http://127.0.0.1:{port}/webhooks/rest/", timeout=30, trust_env=False
    )

    def ready() -> bool:
        try:
            return client.get("").status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def say(conversation: str, text: str) -> list[str]:
        answer = client.post("webhook", json={"sender": conversation, "message": text})
        said = [message["custom"] for message in answer.raise_for_status().json()]
        return [str(custom["say"]) for custom in said if "say" in custom]

    python = engine_process.engine_python(Settings())
    command = [python, str(_PEER), "--port", str(port), "--model", str(model)]
    environment = engine_process.environment(Settings(), actions_url, _NO_SECRET)
    return Side("REST channel", Child("Rasa's REST channel", command, environment, ready), say)
