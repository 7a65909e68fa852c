"""What the core asks of others, as protocols: the engine, a channel's sender, a wake-up call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

Word = Mapping[str, Any]


@dataclass(frozen=True)
class Understood:
    """What one text was taken to mean."""

    intent: str
    needs: tuple[str, ...]
    danger: str | None
    confidence: float


@dataclass(frozen=True)
class EngineAnswer:
    """What the engine says and wants done, and the memory for the next turn."""

    words: Sequence[Word]
    commands: Sequence[Mapping[str, Any]]
    memory: Mapping[str, Any]
    understood: Understood


class EngineUnavailable(Exception):
    """The engine is down, slow, or failed inside the turn. Carries no text of a survivor."""


class Engine(Protocol):
    """The dialogue engine: a function of memory and text (the first of the four ideas)."""

    def take_turn(self, memory: Mapping[str, Any], text: str) -> EngineAnswer:
        """Answer one turn. Raises EngineUnavailable."""

    def understand(self, texts: Sequence[str]) -> list[Understood]:
        """Say what each text means, without a turn. Raises EngineUnavailable."""


class SendFailed(Exception):
    """The carrier refused a message. `final` says that trying again cannot help."""

    def __init__(self, code: str | None, *, final: bool) -> None:
        """Keep the carrier's code only: its own words repeat the number."""
        super().__init__(f"the carrier refused the message (code {code or 'none'})")
        self.code = code
        self.final = final


class SendUnconfirmed(Exception):
    """The carrier may or may not have taken the message: ask its list before sending again."""


class Sender(Protocol):
    """A channel that has to be called to deliver a message."""

    def send(self, *, to: str, body: str, valid_seconds: int) -> str:
        """Hand a message over; the provider's id. Raises SendFailed or SendUnconfirmed."""

    def find_sent(self, *, to: str, body: str, since: datetime) -> list[str]:
        """Provider ids of such messages in the carrier's own list, newest first."""


class Wake(Protocol):
    """Tells other threads and processes that something was committed."""

    def ring(self) -> None:
        """Wake whoever waits."""

    async def wait(self, timeout: float) -> None:
        """Return when rung, or after `timeout` seconds."""


@dataclass(frozen=True)
class Timing:
    """How long the core waits. All in seconds."""

    settle: float = 2.0
    settle_at_most: float = 8.0
    lease: float = 20.0
    fresh: float = 600.0
    # Before the carrier's list is asked about a send without a confirmed answer.
    unconfirmed: float = 5.0
    backoff: tuple[float, ...] = field(default=(1, 2, 4, 8, 16, 32, 60))
