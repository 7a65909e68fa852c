"""Fixtures for the bot's tests: actions without an engine, and a real engine to talk with.

The engine is trained on the whole of bot/, once a session, and skipped when its model is there.
"""

import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import StaticPool

from bot.actions.context import Context
from bot.actions.server import asgi_app
from directory.files import import_directory, sample_path
from directory.models import Base
from tests.bot.talking import Talk
from tests.engine.conftest import ROOT, engine_environment, engine_python

SECRET = "between engine and actions"
_PATIENCE = 60  # seconds for a start; it takes three
_TRAINING = 1200  # seconds for a first training; with the vectors of all texts at hand a minute


@pytest.fixture(scope="session")
def sessions() -> sessionmaker[Session]:
    """The sample directory in a database in memory."""
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    Base.metadata.create_all(engine)
    made = sessionmaker(engine)
    with made() as session:
        import_directory(session, sample_path())
        session.commit()
    return made


@pytest.fixture(scope="session")
def context(sessions: sessionmaker[Session]) -> Context:
    """What actions may reach."""
    return Context(sessions)


@pytest.fixture(scope="session")
def actions_url(context: Context) -> Iterator[str]:
    """The action server, on a free port."""
    config = uvicorn.Config(asgi_app(context, SECRET), port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def bot_model() -> Path:
    """The model of bot/, in the folder that training skips to when nothing has changed.

    WAYMARK_TEST_MODEL names a model to take as it is, while one works on the actions alone.
    """
    given = os.environ.get("WAYMARK_TEST_MODEL")
    if given:
        return Path(given)
    out = ROOT / "models"
    command = [str(engine_python()), "-m", "waymark_engine.train", "--project", str(ROOT / "bot")]
    trained = subprocess.run(
        [*command, "--out", str(out)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=engine_environment(WAYMARK_CACHE_DIR=str(out / "vectors")),
        timeout=_TRAINING,
    )
    if trained.returncode:
        pytest.fail(f"The bot did not train:\n{trained.stderr}", False)
    return ROOT / trained.stdout.strip().splitlines()[-1].split(" ")[0]


@pytest.fixture(scope="session")
def talk(
    bot_model: Path, actions_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Talk]:
    """The real engine with the real actions, to hold conversations with."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("engine") / "printed.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [
                str(engine_python()), "-m", "waymark_engine.serve", "--host", "127.0.0.1",
                "--port", str(port), "--model", str(bot_model),
            ],
            stdout=out, stderr=subprocess.STDOUT, cwd=ROOT,
            env=engine_environment(
                WAYMARK_ACTIONS_URL=actions_url, WAYMARK_INTERNAL_SECRET=SECRET
            ),
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}/webhooks/turn/"
    try:
        _wait_until_ready(address, process, log)
        yield Talk(httpx.Client(base_url=address, timeout=30, headers={"X-Waymark-Secret": SECRET}))
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(f"The engine did not start:\n{log.read_text('utf-8')}", False)
