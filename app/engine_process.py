"""The engine's process seen from outside: its Python, its training, its start."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from app.engine_client import EngineClient
from app.processes import Child
from app.settings import ROOT, Settings

BOT = ROOT / "bot"


class EngineProblem(RuntimeError):
    """The engine cannot be trained or started; the message says what to do."""


def engine_python(settings: Settings) -> str:
    """The engine's own Python. Raises EngineProblem when its environment is not set up."""
    python = Path(settings.engine_python or ROOT / ".venv-engine" / "bin" / "python")
    if not python.is_file():
        raise EngineProblem(
            f"the engine's Python is missing ({python} not found): run `make setup`, or correct "
            "WAYMARK_ENGINE_PYTHON"
        )
    if not os.access(python, os.X_OK):
        raise EngineProblem(f"WAYMARK_ENGINE_PYTHON: {python} is no program")
    return str(python)


def environment(settings: Settings, actions_url: str, secret: str) -> dict[str, str]:
    """What the engine's process needs to know."""
    return {
        "PYTHONPATH": os.pathsep.join([str(BOT / "engine"), str(BOT / "engine" / "placeholders")]),
        # Without it scikit-learn's threads make the embedding twenty times slower.
        "OMP_NUM_THREADS": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        # Writing bytecode halves every start after the first.
        "PYTHONDONTWRITEBYTECODE": "",
        "WAYMARK_CACHE_DIR": str(settings.data_dir / "cache"),
        "WAYMARK_ACTIONS_URL": actions_url,
        "WAYMARK_INTERNAL_SECRET": secret,
    }


def train(settings: Settings, say: Callable[[str], None]) -> Path:
    """Train a model if the bot changed since the last one; its file. Raises EngineProblem."""
    command = [
        engine_python(settings),
        "-m",
        "waymark_engine.train",
        "--project",
        str(BOT),
        "--out",
        str(settings.data_dir / "models"),
    ]
    try:
        process = subprocess.Popen(  # noqa: S603 - the command is ours
            command,
            env={**os.environ, **environment(settings, "", "")},
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )
    except OSError as error:
        raise EngineProblem(f"cannot run the engine's Python: {error.strerror}") from None
    try:
        assert process.stdout is not None  # noqa: S101 - asked for above
        last = ""
        for line in process.stdout:
            last = line.strip() or last
            say(last)
        process.wait()
    finally:
        # Ctrl-C in the middle leaves nothing running.
        process.kill()
    if process.returncode < 0:
        raise EngineProblem(f"training was ended from outside (signal {-process.returncode})")
    if process.returncode != 0:
        raise EngineProblem("the bot could not be trained: the lines above say why")
    model = re.match(r".*?\.tar\.gz", last)
    if model is None:
        raise EngineProblem("training named no model: run `make setup` and try again")
    return Path(model[0])


def engine_command(settings: Settings, host: str, port: int, model: Path) -> list[str]:
    """The command line of the engine's server."""
    return [
        engine_python(settings),
        "-m",
        "waymark_engine.serve",
        "--host",
        host,
        "--port",
        str(port),
        "--model",
        str(model),
    ]


def engine_child(
    settings: Settings, model: Path, *, port: int, actions_url: str, secret: str
) -> Child:
    """The engine as a child of this process, on loopback."""
    client = EngineClient(f"http://127.0.0.1:{port}", secret)
    return Child(
        name="engine",
        command=engine_command(settings, "127.0.0.1", port, model),
        environment=environment(settings, actions_url, secret),
        ready=client.ready,
    )
