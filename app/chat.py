"""`waymark chat`: a survivor in the terminal, over the same core as every other channel."""

import time
from collections.abc import Callable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.parts import Parts
from conversation import inbox, transcript
from conversation.models import Author, Channel, Message, new_id

# Longer than an engine takes, and its failure is answered too.
ANSWER_WITHIN = 30.0
NAMES = {Author.BOT: "waymark", Author.ADVOCATE: "advocate", Author.SURVIVOR: "you"}


class NoAnswer(RuntimeError):
    """Nothing answered within `ANSWER_WITHIN` seconds."""


class TerminalTalk:
    """One conversation in the terminal."""

    def __init__(self, parts: Parts) -> None:
        """Begin as somebody nobody has seen before."""
        self._parts = parts
        self._address = f"terminal:{new_id()}"
        self._conversation_id: str | None = None
        self._seen = 0

    def say(self, text: str) -> None:
        """Send a text."""
        with self._parts.database.sessions() as session:
            received = inbox.receive(
                session,
                self._parts.vault,
                channel=Channel.TERMINAL,
                address=self._address,
                text=text,
                provider_id=new_id(),
                now=self._parts.clock(),
            )
        if received.conversation_id != self._conversation_id:
            # The first text, or the first after an erase.
            self._conversation_id, self._seen = received.conversation_id, 0
        self._parts.wake.ring()

    def answers(self) -> Iterator[transcript.Line]:
        """What has been said to the survivor since the last look."""
        if self._conversation_id is None:
            return
        with self._parts.database.reading() as session:
            lines = transcript.lines(session, self._conversation_id, after=self._seen)
        for line in lines:
            self._seen = line.seq
            if line.author != Author.SURVIVOR:
                yield line

    def wait_until_answered(self) -> None:
        """Return when every text has been answered. Raises NoAnswer."""
        until = time.monotonic() + ANSWER_WITHIN
        while time.monotonic() < until:
            with self._parts.database.reading() as session:
                if self._conversation_id is None or not _open(session, self._conversation_id):
                    return
            time.sleep(0.02)
        raise NoAnswer(f"no answer within {ANSWER_WITHIN:.0f} s: is the engine running?")


def _open(session: Session, conversation_id: str) -> bool:
    return (
        session.scalar(
            select(Message.id)
            .where(
                Message.conversation_id == conversation_id,
                Message.author == Author.SURVIVOR,
                Message.answered_at.is_(None),
            )
            .limit(1)
        )
        is not None
    )


def play(parts: Parts, lines: list[str], say: Callable[[str], None]) -> None:
    """Play a survivor's lines, each when the one before is answered, and print the transcript.

    Empty lines and lines that begin with # are left out.
    """
    talk = TerminalTalk(parts)
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        say(f"you: {line}")
        talk.say(line)
        talk.wait_until_answered()
        for answer in talk.answers():
            say(shown(answer))


def shown(line: transcript.Line) -> str:
    """A line of the transcript as the terminal shows it."""
    choices = f"  [{' | '.join(line.choices)}]" if line.choices else ""
    return f"{NAMES[line.author]}: {line.text}{choices}"
