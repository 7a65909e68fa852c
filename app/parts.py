"""Puts the parts together: one place where settings become objects."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from app.database import Database, open_database
from app.edited_texts import EditedTexts
from app.engine_client import EngineClient
from app.settings import ROOT, Settings, load_vault
from app.wake import LocalWake, make_wake
from app.worker import Outbox, ReachingOut, Tidying, Worker
from channels.twilio_client import TwilioSender
from conversation.models import Channel
from conversation.ports import Engine, Sender, Timing
from conversation.turns import Turns
from conversation.vault import Vault
from conversation.voice import Voice
from desk.presence import someone_here
from language.catalogue import Catalogue

CATALOGUES: Path = ROOT / "language" / "catalogues"
DEFAULT_ENGINE_URL = "http://127.0.0.1:5005"
DEFAULT_ACTIONS_URL = "http://127.0.0.1:5055"


def utc_now() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Parts:
    """What web, worker, actions and chat are made of."""

    settings: Settings
    vault: Vault
    database: Database
    wake: LocalWake
    voice: Voice
    timing: Timing
    clock: Callable[[], datetime] = utc_now

    def edited_texts(self) -> EditedTexts:
        """What keeps the catalogue up to date with the organisation's own texts."""
        return EditedTexts(self.database.reading, self.voice.catalogue, CATALOGUES)

    def engine(self, url: str, secret: str) -> Engine:
        """The dialogue engine at an address."""
        return EngineClient(url, secret)

    def senders(self) -> dict[Channel, Sender]:
        """The channels that have to be called to deliver a message."""
        settings = self.settings
        if not settings.uses_twilio:
            return {}
        sender = TwilioSender(
            account_sid=settings.twilio_account_sid,
            auth_token=settings.twilio_auth_token.get_secret_value(),
            sender=settings.twilio_from,
            status_url=f"{settings.address}/sms/twilio/status",
            api_url=settings.twilio_api_url or None,
        )
        return {Channel.SMS: sender}

    def worker(self, engine: Engine) -> Worker:
        """A worker that takes turns with an engine and sends what they say."""

        def is_someone_here(session: Session) -> bool:
            return someone_here(session, self.clock())

        turns = Turns(
            sessions=self.database.sessions,
            engine=engine,
            voice=self.voice,
            clock=self.clock,
            someone_here=is_someone_here,
            keep_days=self.settings.keep_days,
            timing=self.timing,
        )
        sending = Outbox(self.database.sessions, self.senders(), self.clock, self.timing)
        reaching_out = ReachingOut(self.database.sessions, self.voice, is_someone_here, self.clock)
        tidying = Tidying(
            self.database.sessions, self.clock, timedelta(days=self.settings.keep_days)
        )
        return Worker(turns, sending, reaching_out, tidying, self.wake)


def assemble(settings: Settings) -> Parts:
    """Open what the settings name. Raises BadKey, BadDatabase."""
    vault, _ = load_vault(settings)
    database = open_database(settings, vault)
    voice = Voice(
        catalogue=Catalogue.load(CATALOGUES, settings.general),
        zone=settings.zone,
        fold_spanish=settings.spanish_plain_letters,
    )
    return Parts(
        settings=settings,
        vault=vault,
        database=database,
        wake=make_wake(database.engine),
        voice=voice,
        timing=Timing(settle=settings.settle_seconds),
    )
