"""What the desk is given by the composition root; it makes none of it itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from conversation.ports import Wake
from conversation.voice import Voice
from desk.throttle import Throttle
from language.catalogue import Catalogue


@dataclass(frozen=True)
class DeskDeps:
    """`clock` gives aware UTC; `public_url` decides whether cookies are only for https.

    `sessions` may write; `reading` only reads and never waits for a writer.
    """

    sessions: sessionmaker[Session]
    reading: sessionmaker[Session]
    wake: Wake
    clock: Callable[[], datetime]
    catalogue: Catalogue
    voice: Voice
    public_url: str
    # How long a live page sleeps at most before it looks at the database again, in seconds.
    look_every: float = 0.5
    throttle: Throttle = field(default_factory=Throttle)

    @property
    def secure(self) -> bool:
        """Whether the pages are reached by https."""
        return self.public_url.lower().startswith("https://")
