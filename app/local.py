"""What a command needs beside it: an engine, and actions for it, started only where none runs."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app import engine_process
from app.engine_client import EngineClient
from app.parts import Parts
from app.processes import NotReady, free_port
from app.running import find_running
from app.serve import actions_server
from app.settings import load_internal_secret
from conversation.ports import Engine

ACTIONS_READY_WITHIN = 20.0


@contextmanager
def an_engine(parts: Parts, say: Callable[[str], None]) -> Iterator[Engine]:
    """The engine of the running installation, else one of our own for as long as the block runs.

    Raises EngineProblem, NotReady, PortInUse.
    """
    running = find_running(parts.settings)
    if running is not None:
        client = EngineClient(running.engine_url, running.secret)
        if client.ready():
            yield client
            return
    model = engine_process.train(parts.settings, say)
    secret = load_internal_secret(parts.settings)
    actions_port = free_port()
    with _actions(parts, actions_port, secret):
        port = free_port()
        child = engine_process.engine_child(
            parts.settings,
            model,
            port=port,
            actions_url=f"http://127.0.0.1:{actions_port}",
            secret=secret,
        )
        try:
            child.start()
            child.wait_ready()
            yield EngineClient(f"http://127.0.0.1:{port}", secret)
        finally:
            child.end()


@contextmanager
def _actions(parts: Parts, port: int, secret: str) -> Iterator[None]:
    """The actions in a thread of this process."""
    server = actions_server(parts, "127.0.0.1", port, secret)
    thread = threading.Thread(target=server.run, name="actions", daemon=True)
    thread.start()
    begun = time.monotonic()
    while not server.started:
        if not thread.is_alive() or time.monotonic() - begun > ACTIONS_READY_WITHIN:
            raise NotReady("the actions did not start: the lines above say why")
        time.sleep(0.02)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()
