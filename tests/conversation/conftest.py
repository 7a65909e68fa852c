"""A core at work: a real database and catalogue, and an engine that answers as a test tells it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from app.database import Database
from app.worker import ReachingOut
from conversation import inbox, outbox, transcript
from conversation.models import Author, Channel, Consent, Conversation, Message, new_id
from conversation.ports import EngineAnswer, EngineUnavailable, Timing, Understood
from conversation.turns import Turns
from conversation.vault import Vault
from conversation.voice import Voice
from language.catalogue import Catalogue
from tests.conftest import Clock

NUMBER = "+13135550123"


@dataclass
class ScriptedEngine:
    """Gives the answers it was told, and remembers what it was asked."""

    words: list[dict[str, Any]] = field(default_factory=lambda: [{"say": "greet"}])
    commands: list[dict[str, Any]] = field(default_factory=list)
    down: bool = False
    asked: list[tuple[Mapping[str, Any], str]] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None

    def take_turn(self, memory: Mapping[str, Any], text: str) -> EngineAnswer:
        self.asked.append((memory, text))
        if self.down:
            raise EngineUnavailable("no answer (ConnectError)")
        self.meanwhile()
        return EngineAnswer(
            words=self.words,
            commands=self.commands,
            memory={**memory, "slots": {"turns": len(self.asked)}},
            understood=Understood("need", ("housing",), None, 0.9),
        )

    def understand(self, texts: Sequence[str]) -> list[Understood]:
        return [Understood("need", ("housing",), None, 0.9) for _ in texts]


@dataclass
class Core:
    """What a test does with the core, in the words of the house."""

    database: Database
    vault: Vault
    clock: Clock
    engine: ScriptedEngine
    turns: Turns
    voice: Voice

    def text(
        self,
        text: str,
        *,
        channel: Channel = Channel.SMS,
        address: str = NUMBER,
        provider_id: str | None = None,
        media_count: int = 0,
        opt_out: str | None = None,
    ) -> inbox.Received:
        with self.database.sessions() as session:
            return inbox.receive(
                session,
                self.vault,
                channel=channel,
                address=address,
                text=text,
                provider_id=provider_id or new_id(),
                media_count=media_count,
                opt_out=opt_out,
                now=self.clock(),
            )

    def take_turns(self) -> int:
        taken = 0
        while (turn := self.turns.take()) is not None:
            turn()
            taken += 1
        return taken

    def say(self, text: str, **options: Any) -> list[str]:
        """Text, wait until it has settled, take the turn, send: the message ids of the answer."""
        before = self.said(options.get("channel", Channel.SMS))
        self.text(text, **options)
        self.clock.forward(3)
        self.take_turns()
        self.send_all()
        return self.said(options.get("channel", Channel.SMS))[len(before) :]

    def send_all(self) -> None:
        """Let the carrier take everything that waits."""
        with self.database.sessions() as session:
            while (item := outbox.take_next(session, "test", self.clock(), Timing())) is not None:
                outbox.sent(session, item, "test", new_id(), self.clock())

    def reach_out(self) -> list[str]:
        """What a worker texts first now, and nobody else does: message ids."""
        before = self.said()
        reaching_out = ReachingOut(
            self.database.sessions, self.voice, self.turns.someone_here, self.clock
        )
        reaching_out.reach_out()
        self.send_all()
        return self.said()[len(before) :]

    def does(self, command: str, text: str = "as i said", **args: Any) -> list[str]:
        """The bot answers a text with a command; the message ids of the answer."""
        self.engine.commands = [{"command": command, "args": args}]
        try:
            return self.say(text)
        finally:
            self.engine.commands = []

    def asks(self, *words: dict[str, Any], text: str = "go on") -> list[str]:
        """The bot answers a text with these words; the message ids of the answer."""
        kept, self.engine.words = self.engine.words, list(words)
        try:
            return self.say(text)
        finally:
            self.engine.words = kept

    def consents(self, purpose: str) -> list[Consent]:
        """What was recorded about a permission, in order."""
        with self.database.sessions() as session:
            rows = session.scalars(
                select(Consent).where(Consent.purpose == purpose).order_by(Consent.id)
            )
            return list(rows)

    def conversation(self) -> Conversation:
        with self.database.sessions() as session:
            return session.scalars(
                select(Conversation).order_by(Conversation.id.desc())
            ).first() or pytest.fail("no conversation")

    def said(self, channel: Channel = Channel.SMS) -> list[str]:
        """The message ids that the bot has put into words so far, in order."""
        with self.database.sessions() as session:
            messages = session.scalars(
                select(Message)
                .where(Message.author == Author.BOT, Message.channel == channel)
                .order_by(Message.conversation_id, Message.seq)
            )
            # A text that was split is one thing said.
            said = {(item.at, tuple(item.said or ["(erased)"])): item for item in messages}
            return [key[1][0] for key in said]

    def lines(self) -> list[transcript.Line]:
        with self.database.sessions() as session:
            return transcript.lines(session, self.conversation().id)


@pytest.fixture(scope="session")
def voice() -> Voice:
    return Voice(Catalogue.load(), zone="America/Detroit")


@pytest.fixture
def core(database: Database, vault: Vault, clock: Clock, voice: Voice) -> Core:
    engine = ScriptedEngine()
    turns = Turns(
        sessions=database.sessions,
        engine=engine,
        voice=voice,
        clock=clock,
        someone_here=lambda _session: True,
    )
    return Core(database, vault, clock, engine, turns, voice)
