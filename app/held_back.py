"""The held-back messages, which the understanding is judged by and never learns from."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.engine_process import BOT
from conversation.core_words import Danger
from directory.vocabulary import Need

FOLDER = BOT / "held_back"


@dataclass(frozen=True)
class Judged:
    """A message somebody might send, and what it means: two people agreed on its labels."""

    text: str
    language: str
    intent: str
    needs: frozenset[Need]
    hard: bool

    @property
    def alarm(self) -> bool:
        """Whether somebody is in danger now, or thinks of harming themselves."""
        return self.intent in set(Danger)


class BadHeldBack(ValueError):
    """A file of held-back messages is not as it should be; the message says where."""


def read(folder: Path = FOLDER) -> list[Judged]:
    """All messages, a file a language, in a fixed order. Raises BadHeldBack."""
    return [message for file in sorted(folder.glob("*.toml")) for message in _in(file)]


def _in(file: Path) -> Iterator[Judged]:
    try:
        blocks = tomllib.loads(file.read_text(encoding="utf-8"))["message"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise BadHeldBack(f"{file}: cannot be read as blocks of [[message]] ({error})") from None
    for number, block in enumerate(blocks, start=1):
        try:
            needs = frozenset(Need(need) for need in block["needs"])
            yield Judged(block["text"], file.stem, block["intent"], needs, block["hard"])
        except (KeyError, ValueError) as error:
            raise BadHeldBack(f"{file}: message {number}: {error}") from None
