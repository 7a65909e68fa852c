"""Starts the engine's server: part of bot/engine. Must never offer Rasa's own API or its logs.

    python -m waymark_engine.serve --host 127.0.0.1 --port 5005 --model FILE

Prints one line when it is ready. Port 0 takes a free one; the line says which.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from waymark_engine import lifeline
from waymark_engine.quiet import be_quiet

if TYPE_CHECKING:
    from waymark_engine.agent import TurnAgent

DEFAULT_ACTIONS_URL = "http://127.0.0.1:5055"
_LARGEST_REQUEST = 1_000_000  # bytes
_PROJECT = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM, SIGINT or the end of the lifeline; exits 1 with one line on an error."""
    options = _options(arguments)
    lifeline.hold()
    be_quiet()
    model = Path(options.model)
    if not model.is_file():
        _stop(f"There is no model at {model}. Train one: python -m waymark_engine.train")
    listener = _listen(options.host, options.port)
    _serve(listener, model, Path(options.project))


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m waymark_engine.serve", description="Serve a trained model."
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", default=5005, type=int, help="port; 0 takes a free one")
    parser.add_argument("--model", required=True, help="the model file, bot-<fingerprint>.tar.gz")
    parser.add_argument(
        "--project", default=str(_PROJECT), help="folder of endpoints.yml and credentials.yml"
    )
    return parser.parse_args(arguments)


def _listen(host: str, port: int) -> socket.socket:
    """A bound socket, before the seconds that loading takes."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        _stop(f"Cannot listen on {host}:{port}: {error.strerror}. Is another engine running?")
    return listener


def _serve(listener: socket.socket, model: Path, project: Path) -> None:
    from rasa.core.run import configure_app, create_http_input_channels
    from sanic import Sanic

    os.environ.setdefault("WAYMARK_ACTIONS_URL", DEFAULT_ACTIONS_URL)
    agent = _load(model, project)
    be_quiet()  # importing Rasa and Sanic has set up some logging again
    app: Sanic = configure_app(
        create_http_input_channels(None, str(project / "credentials.yml")), enable_api=False
    )
    app.config.REQUEST_MAX_SIZE = _LARGEST_REQUEST
    app.ctx.agent = agent

    async def say_ready(_: object, __: object) -> None:
        host, port = listener.getsockname()[:2]
        print(f"Ready on http://{host}:{port} with {agent.model_name}", flush=True)

    app.register_listener(say_ready, "after_server_start")
    app.run(sock=listener, access_log=False, motd=False, debug=False)


def _load(model: Path, project: Path) -> TurnAgent:
    from rasa.utils.endpoints import read_endpoint_config

    from waymark_engine.actions import ActionEndpoint
    from waymark_engine.agent import TurnAgent

    actions = read_endpoint_config(str(project / "endpoints.yml"), "action_endpoint")
    if actions is None:
        _stop(f"{project / 'endpoints.yml'} names no action_endpoint.")
    agent = TurnAgent(action_endpoint=ActionEndpoint(actions.url, **actions.kwargs))
    try:
        agent.load_model(str(model))
    except Exception as error:  # noqa: BLE001 (whatever is wrong with the file: one clear line)
        _stop(
            f"The model {model.name} cannot be loaded ({type(error).__name__}). "
            "Delete it and train again."
        )
    return agent


def _stop(why: str) -> NoReturn:
    print(why, file=sys.stderr)
    raise SystemExit(1)


if __name__ == "__main__":
    main()
