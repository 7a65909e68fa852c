"""Where the parts of a running installation are, for commands started beside it.

`waymark up` writes it into the data folder, readable by its owner only; it goes when `up` ends.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from app.settings import Settings

FILE = "running.json"


@dataclass(frozen=True)
class Running:
    """Addresses of engine and actions, and the secret they share."""

    engine_url: str
    actions_url: str
    secret: str


@contextmanager
def announced(settings: Settings, running: Running) -> Iterator[None]:
    """Let other commands find this installation while the block runs."""
    file = settings.data_dir / FILE
    new = file.with_suffix(".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump(asdict(running), out)
    new.replace(file)
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def find_running(settings: Settings) -> Running | None:
    """The installation that was announced last; it may have died since, so ask it."""
    file: Path = settings.data_dir / FILE
    try:
        return Running(**json.loads(file.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
