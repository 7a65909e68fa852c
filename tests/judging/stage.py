"""Plays a judged conversation through the real core and engine, over SMS, with a clock of its own.

What would be Twilio's is read from the outbox as it is sent. Each conversation has a database to
itself, so that nobody else's place in line is in its answers.
"""

import os
import shutil
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy import select

from app.database import Database, migrate, open_database
from app.engine_client import EngineClient
from app.engine_process import engine_command, environment, train
from app.settings import ROOT, Settings
from bot.actions.context import Context
from bot.actions.server import asgi_app
from conversation import handoffs, inbox, outbox, retention
from conversation.models import Author, Channel, Conversation, Handoff, Message, new_id
from conversation.ports import EngineAnswer, Timing, Understood
from conversation.turns import Turns
from conversation.vault import Vault
from conversation.voice import Voice
from directory.files import import_directory, sample_path
from language.catalogue import Catalogue
from tests.judging.sample import confidential_lines, police_numbers
from tests.judging.scripts import Script, Step

NUMBER = "+13135550123"
ZONE = "America/Detroit"
# A Tuesday afternoon in Detroit.
START = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
SETTLED = 3.0  # seconds after the last piece; the worker waits for two
TYPING = 25.0  # seconds until they have read an answer and written theirs
PIECE = 1.0  # seconds between two pieces of one breath
CROSSING = 1.0  # seconds after our text began to be sent: they have not read it
KEPT = timedelta(days=30)
_PATIENCE = 90  # seconds for the engine to start; it takes three
SECRET = "between engine and actions"


@dataclass(frozen=True)
class Said:
    """One text as it was sent: its words, the message ids in it, its language, who wrote it."""

    text: str
    ids: tuple[str, ...]
    language: str
    by_person: bool

    @property
    def id(self) -> str:
        """The message id; an advocate's words have none."""
        return self.ids[0] if self.ids else ""


@dataclass
class Turn:
    """A turn as it went: what was written, what was said and done, and the state after it."""

    step: Step
    said: list[Said] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    understood: str = ""
    needs: tuple[str, ...] = ()
    place: str | None = None
    form: str | None = None
    paused: bool = False
    opted_out: bool = False
    live: bool = False
    agreed: bool = False
    alarm: bool = False
    erased: bool = False

    @property
    def text(self) -> str:
        """What the survivor wrote."""
        return "\n".join(self.step.texts)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of what was said, in order."""
        return tuple(name for said in self.said for name in said.ids)


@dataclass
class Transcript:
    """A conversation that was played."""

    script: Script
    turns: list[Turn] = field(default_factory=list)


class Listening:
    """The engine, with what it was asked and answered noted."""

    def __init__(self, engine: EngineClient) -> None:
        self._engine = engine
        self.answers: list[EngineAnswer] = []

    def take_turn(self, memory: Mapping[str, Any], text: str) -> EngineAnswer:
        """One turn, noted."""
        answer = self._engine.take_turn(memory, text)
        self.answers.append(answer)
        return answer

    def understand(self, texts: Sequence[str]) -> list[Understood]:
        """What texts mean."""
        return self._engine.understand(texts)


@dataclass
class Theatre:
    """The engine, the actions and a database to copy; `play` puts a conversation on."""

    folder: Path
    empty: Path
    vault: Vault
    engine: EngineClient
    voice: Voice
    hidden: tuple[str, ...]
    police: tuple[str, ...]

    def play(self, script: Script) -> Transcript:
        """Play a conversation to its end in a database of its own."""
        file = Path(shutil.copy(self.empty, self.folder / f"{new_id()}.db"))
        database = open_database(_settings(self.folder, file), self.vault)
        try:
            return _Play(self, database, script).to_the_end()
        finally:
            database.engine.dispose()
            file.unlink()


class _Play:
    """One conversation while it is played."""

    def __init__(self, theatre: Theatre, database: Database, script: Script) -> None:
        self.theatre, self.database, self.script = theatre, database, script
        self.now = START
        self.someone_here = True
        self.advocate = new_id()
        self.engine = Listening(theatre.engine)
        self.turns = Turns(
            sessions=database.sessions,
            engine=self.engine,
            voice=theatre.voice,
            clock=lambda: self.now,
            someone_here=lambda _session: self.someone_here,
        )

    def to_the_end(self) -> Transcript:
        played = Transcript(self.script)
        for step in self.script.steps:
            turn = self._turn(step)
            played.turns.append(turn)
            replies = dict(self.script.replies)
            while (reply := _reply(replies, turn)) is not None:
                turn = self._turn(Step([reply], step.line))
                played.turns.append(turn)
        return played

    def _turn(self, step: Step) -> Turn:
        """Write, let the core and the engine answer, and read what was sent."""
        turn = Turn(step)
        turn.said += self._before(step)
        self._write(step)
        while (taken := self.turns.take()) is not None:
            taken()
        turn.said += self._send()
        self._note(turn)
        return turn

    def _before(self, step: Step) -> list[Said]:
        """Let time pass and happen what is marked; what is said of it."""
        crossed = "crossed" in step.marks
        self._pass(CROSSING if crossed else TYPING + step.silence.total_seconds())
        if step.silence >= timedelta(days=1):
            with self.database.sessions() as session:
                retention.tidy(session, self.now, KEPT)
        self.someone_here = (self.someone_here or "open" in step.marks) and (
            "closed" not in step.marks
        )
        with self.database.sessions() as session:
            if "joined" in step.marks:
                waiting = handoffs.queue(session)[0]
                handoffs.claim(
                    session, waiting.handoff_id, self.advocate, self.now,
                    voice=self.theatre.voice, advocate_name="Maria",
                )  # fmt: skip
            if "handed_back" in step.marks:
                talk = handoffs.mine(session, self.advocate)[0].conversation_id
                handoffs.hand_back(session, talk, self.advocate, self.now, voice=self.theatre.voice)
        return self._send()

    def _pass(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def _write(self, step: Step) -> None:
        for position, text in enumerate(step.texts):
            if position:
                self._pass(PIECE)
            with self.database.sessions() as session:
                inbox.receive(
                    session, self.theatre.vault, channel=Channel.SMS, address=NUMBER, text=text,
                    provider_id=new_id(), now=self.now,
                )  # fmt: skip
        self._pass(SETTLED)

    def _send(self) -> list[Said]:
        """Let the carrier take everything that waits."""
        said = []
        with self.database.sessions() as session:
            while (item := outbox.take_next(session, "judge", self.now, Timing())) is not None:
                message = session.get_one(Message, item.message_id)
                talk = session.get_one(Conversation, message.conversation_id)
                spoken = self.theatre.voice.catalogue.languages()
                language = talk.language if talk.language in spoken else "en"
                person = message.author == Author.ADVOCATE
                said.append(Said(item.body, tuple(message.said or ()), language or "en", person))
                outbox.sent(session, item, "judge", new_id(), self.now)
        return said

    def _note(self, turn: Turn) -> None:
        for answer in self.engine.answers:
            turn.commands += [str(command["command"]) for command in answer.commands]
            heard = answer.understood
            needs = ",".join(heard.needs)
            turn.understood = f"{heard.intent} {needs} {heard.confidence:.2f}".replace("  ", " ")
        self.engine.answers.clear()
        with self.database.sessions() as session:
            latest = session.scalars(select(Conversation).order_by(Conversation.id.desc())).first()
            if latest is None:
                return
            slots = (latest.memory or {}).get("slots", {})
            place = slots.get("place")
            turn.needs = tuple(slots.get("needs") or ())
            turn.place = place.get("label") if isinstance(place, dict) else place
            turn.form = _form(latest.memory)
            turn.paused, turn.live = latest.paused, handoffs.is_live(session, latest.id)
            turn.opted_out = latest.address.opted_out_at is not None
            turn.erased = "erase_done" in turn.ids
            turn.agreed = bool(
                session.scalar(select(Handoff.id).where(Handoff.consent_id.is_not(None)).limit(1))
            )
            turn.alarm = bool(
                session.scalar(select(Handoff.id).where(Handoff.alarm.is_not(None)).limit(1))
            )


def _reply(replies: dict[str, str], turn: Turn) -> str | None:
    """What they answer to the last question before they go on; each once a step."""
    if not turn.said:
        return None
    for pattern, reply in list(replies.items()):
        if fnmatchcase(turn.said[-1].id, pattern):
            del replies[pattern]
            return None if reply == "-" else reply
    return None


def _form(memory: Mapping[str, Any] | None) -> str | None:
    form = (memory or {}).get("form")
    if isinstance(form, dict):
        form = form.get("name")
    return str(form) if form else None


def _settings(folder: Path, file: Path) -> Settings:
    return Settings(_env_file=None, data_dir=folder, database_url=f"sqlite:///{file}", zone=ZONE)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def theatre(folder: Path) -> Iterator[Theatre]:
    """Start the engine (trained if the bot has changed) and the actions; ends them afterwards."""
    file = folder / "empty.db"
    settings = _settings(folder, file)
    vault = Vault([Vault.new_key()])
    database = open_database(settings, vault)
    migrate(database)
    with database.sessions() as session:
        import_directory(session, sample_path())
        session.commit()
    models = ROOT / "models"
    models.mkdir(exist_ok=True)
    (folder / "models").symlink_to(models)
    model = train(settings, lambda _line: None)
    with _actions(database) as actions_url, _engine(settings, model, actions_url) as engine:
        empty = folder / "copied.db"
        with closing(sqlite3.connect(file)) as whole, closing(sqlite3.connect(empty)) as copied:
            whole.backup(copied)
        yield Theatre(
            folder=folder,
            empty=empty,
            vault=vault,
            engine=engine,
            voice=Voice(Catalogue.load(), zone=ZONE),
            hidden=confidential_lines(),
            police=police_numbers(),
        )
    database.engine.dispose()


@contextmanager
def _actions(database: Database) -> Iterator[str]:
    app = asgi_app(Context(database.reading), SECRET)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@contextmanager
def _engine(settings: Settings, model: Path, actions_url: str) -> Iterator[EngineClient]:
    port = _free_port()
    printed = settings.data_dir / "engine.txt"
    with printed.open("wb") as out:
        process = subprocess.Popen(
            engine_command(settings, "127.0.0.1", port, model),
            env=_environ() | environment(settings, actions_url, SECRET),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    client = EngineClient(f"http://127.0.0.1:{port}", SECRET)
    try:
        end = time.monotonic() + _PATIENCE
        while not client.ready():
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"the engine did not start:\n{printed.read_text('utf-8')}")
            time.sleep(0.1)
        yield client
    finally:
        process.terminate()
        process.wait(timeout=20)


def _environ() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith("WAYMARK_")}
