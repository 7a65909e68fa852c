"""Starts real engines for the engine's tests: trains the small project once, serves it over HTTP.

The tests run in the project's environment; the engine runs in its own (.venv-engine).
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
import uvicorn

from tests.engine.standin_actions import build

ROOT = Path(__file__).resolve().parents[2]
PROJECT = Path(__file__).parent / "project"
ENGINE_PYTHON = ROOT / ".venv-engine" / "bin" / "python"
_PATIENCE = 60  # seconds for a start; it takes two


def engine_environment(**more: str) -> dict[str, str]:
    """The environment of an engine's process, as the app and the Makefile set it."""
    path = os.pathsep.join(str(ROOT / "bot/engine" / part) for part in ("", "placeholders"))
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return {**kept, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", **more}


def run_engine_module(
    module: str, *arguments: str, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run `python -m waymark_engine.<module>` to its end."""
    return subprocess.run(
        [str(engine_python()), "-m", f"waymark_engine.{module}", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=engine_environment(**more),
        timeout=300,
    )


def load_engine_module(name: str) -> ModuleType:
    """One of the engine's modules that need no Rasa, in the project's own Python."""
    file = ROOT / "bot/engine/waymark_engine" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"engine_{name}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def engine_python() -> Path:
    """The engine's interpreter; fails the test with one sentence if it is not there."""
    if not ENGINE_PYTHON.exists():
        pytest.fail(f"{ENGINE_PYTHON} is missing: set up the engine's environment first.", False)
    return ENGINE_PYTHON


@dataclass
class Engine:
    """A running engine, and everything it printed."""

    process: subprocess.Popen[bytes]
    log: Path
    lifeline: int
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=30))
    address: str = ""

    def wait_until_ready(self) -> None:
        """Wait for the line that says where it listens."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            for line in self.printed().splitlines():
                if line.startswith("Ready on "):
                    self.address = line.split()[2]
                    return
            time.sleep(0.05)
        pytest.fail(f"The engine did not start:\n{self.printed()}", False)

    def printed(self) -> str:
        """All that came on standard output and standard error."""
        return self.log.read_text("utf-8")

    def post(self, route: str, body: object, **headers: str) -> httpx.Response:
        """One request to the turn channel; the client's own JSON knows no lone surrogate."""
        return self.client.post(
            f"{self.address}/webhooks/turn/{route}",
            content=json.dumps(body).encode(),
            headers=headers,
        )

    def turn(self, text: str, memory: dict[str, Any] | None = None) -> dict[str, Any]:
        """The answer to one turn, which must succeed."""
        answer = self.post("turn", {"memory": memory, "text": text})
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    def walk(self, *texts: str, memory: dict[str, Any] | None = None) -> dict[str, Any]:
        """Several turns, each with the memory of the one before; the last answer."""
        answer: dict[str, Any] = {"memory": memory}
        for text in texts:
            answer = self.turn(text, answer["memory"])
        return answer

    def stop(self) -> None:
        """End this engine and close what belongs to it."""
        self.client.close()
        self.process.terminate()
        self.process.wait(timeout=20)
        if self.lifeline >= 0:
            os.close(self.lifeline)
            self.lifeline = -1


@dataclass
class Actions:
    """The running stand-in of the action server."""

    url: str
    calls: list[dict[str, Any]]


def said(answer: dict[str, Any]) -> list[str]:
    """The message ids of an answer's words."""
    return [word["say"] for word in answer["words"]]


def memory_with(**parts: Any) -> dict[str, Any]:
    """A memory of this version with these parts."""
    empty: dict[str, Any] = {
        "facts": {},
        "slots": {},
        "form": None,
        "last_action": None,
        "undo": None,
    }
    return {"version": 1, **empty, **parts}


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project's model, trained once a session."""
    out = tmp_path_factory.mktemp("models")
    done = run_engine_module("train", "--project", str(PROJECT), "--out", str(out))
    if done.returncode:
        pytest.fail(f"The engine tests' project did not train:\n{done.stderr}", False)
    return next(out.glob("bot-*.tar.gz"))


@pytest.fixture(scope="session")
def actions() -> Iterator[Actions]:
    """The stand-in of the action server, on a free port."""
    calls: list[dict[str, Any]] = []
    config = uvicorn.Config(build(calls), port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Actions(f"http://127.0.0.1:{port}", calls)
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def start_engine(
    model: Path, actions: Actions, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Engine]]:
    """Starts one more engine; environment variables may be given. All end with the session."""
    with ExitStack() as ends:

        def start(**variables: str) -> Engine:
            log = tmp_path_factory.mktemp("engine") / "printed.txt"
            reading, writing = os.pipe()
            more = {
                "WAYMARK_ACTIONS_URL": actions.url,
                "WAYMARK_LIFELINE_FD": str(reading),
                **variables,
            }
            command = [str(engine_python()), "-m", "waymark_engine.serve", "--port", "0"]
            with log.open("wb") as out:
                process = subprocess.Popen(
                    [*command, "--model", str(model), "--project", str(PROJECT)],
                    stdout=out,
                    stderr=subprocess.STDOUT,
                    cwd=ROOT,
                    env=engine_environment(**more),
                    pass_fds=[reading],
                )
            os.close(reading)
            engine = Engine(process, log, writing)
            ends.callback(engine.stop)
            engine.wait_until_ready()
            return engine

        yield start


@pytest.fixture(scope="session")
def engine(start_engine: Callable[..., Engine]) -> Engine:
    """One engine that all tests may use, since it keeps nothing."""
    return start_engine()
