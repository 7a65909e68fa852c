"""A desk with its people, survivors and partners, all invented, for the tests of the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from app.database import Database, open_database
from app.settings import Settings
from app.wake import LocalWake
from conversation import events, handoffs, inbox, outbox
from conversation.access import Role
from conversation.core_words import Danger
from conversation.models import (
    Author,
    Base,
    Channel,
    Conversation,
    Delivery,
    Handoff,
    Message,
    new_id,
)
from conversation.vault import Vault
from conversation.voice import Voice
from desk import accounts, login
from desk.login import Person
from desk.pages import DeskDeps, routes
from directory import models as d
from directory.vocabulary import NEEDS_TAXONOMY, Need
from language.catalogue import Catalogue
from language.general import General

PASSWORD = "a quiet long password"
ROOT = Path(__file__).parents[2]


@dataclass
class World:
    """Everything a test of the desk needs, with short names for what happens in it."""

    database: Database
    vault: Vault
    clock: Callable[[], datetime]
    deps: DeskDeps
    app: Starlette

    def account(self, name: str, role: Role = Role.ADVOCATE, display_name: str = "") -> str:
        """Somebody who works here; their id."""
        with self.database.sessions() as session:
            accounts.add_account(
                session,
                name,
                role,
                PASSWORD,
                display_name=display_name or name.capitalize(),
                now=self.clock(),
            )
            account = accounts.find(session, name)
            assert account is not None
            return account.id

    def person(self, name: str) -> tuple[Person, str]:
        """A fresh login of an account, with the token of its cookie."""
        with self.database.sessions() as session:
            account = accounts.find(session, name)
            assert account is not None
            token = login.start(session, account, self.clock())
            person = login.person_of(session, token, self.clock())
            assert person is not None
            return person, token

    def client(self) -> TestClient:
        """A browser that nobody has logged in with."""
        return TestClient(self.app, follow_redirects=False)

    def browser(self, name: str) -> "Browser":
        """A browser that an account is logged in with."""
        person, token = self.person(name)
        client = self.client()
        client.cookies.set(login.cookie_name(self.deps), token)
        return Browser(client, person)

    def texts(
        self,
        text: str,
        *,
        sender: str = "+13135550100",
        channel: Channel = Channel.SMS,
        media: int = 0,
        at: datetime | None = None,
    ) -> str:
        """A survivor writes; the conversation's id."""
        now = at or self.clock()
        with self.database.sessions() as session:
            received = inbox.receive(
                session,
                self.vault,
                channel=channel,
                address=sender,
                text=text,
                provider_id=_fresh_id(),
                media_count=media,
                now=now,
            )
            return received.conversation_id

    def asks_for_a_person(
        self,
        conversation_id: str,
        *,
        needs: list[str] | None = None,
        place: str | None = None,
        urgent: bool = False,
        language: str | None = None,
        at: datetime | None = None,
    ) -> str:
        """The survivor is put into the queue; the handoff's id."""
        with self.database.sessions() as session:
            conversation = session.get_one(Conversation, conversation_id)
            if language is not None:
                conversation.language = language
            handoff = handoffs.open_handoff(
                session,
                conversation,
                needs=needs or [],
                place=place,
                alarm=Danger.DANGER if urgent else None,
                consent_id=None,
                now=at or self.clock(),
            )
            session.commit()
            return handoff.id

    def says(
        self,
        conversation_id: str,
        text: str,
        author: Author = Author.BOT,
        at: datetime | None = None,
    ) -> int:
        """The bot or an advocate has said something; its number."""
        with self.database.sessions() as session:
            conversation = session.get_one(Conversation, conversation_id)
            seq = outbox.queue_text(
                session, conversation, text, author=author, now=at or self.clock()
            )
            session.commit()
            return seq

    def delivered(
        self, conversation_id: str, seq: int, state: Delivery, error: str | None = None
    ) -> None:
        """The carrier reports about a message."""
        with self.database.sessions() as session:
            message = self.message(session, conversation_id, seq)
            message.provider_id = message.provider_id or _fresh_id()
            provider_id = message.provider_id
            session.commit()
            inbox.delivery_report(
                session, provider_id=provider_id, state=state, error_code=error, now=self.clock()
            )

    def message(self, session: Session, conversation_id: str, seq: int) -> Message:
        """One message by its number."""
        return session.query(Message).filter_by(conversation_id=conversation_id, seq=seq).one()

    def handoff(self, handoff_id: str) -> Handoff:
        """A handoff as it is stored now."""
        with self.database.reading() as session:
            return session.get_one(Handoff, handoff_id)

    def stops(self, conversation_id: str) -> None:
        """The survivor's address is opted out."""
        with self.database.sessions() as session:
            conversation = session.get_one(Conversation, conversation_id)
            conversation.address.opted_out_at = self.clock()
            events.add(session, conversation_id, events.EventKind.MESSAGE, self.clock())
            session.commit()

    def taken(self, name: str, text: str = "i need a place to stay", **handoff: object) -> str:
        """A conversation that this account has taken; its id."""
        conversation_id = self.texts(text, sender=f"+1313555{_next():04d}")
        handoff_id = self.asks_for_a_person(conversation_id, **handoff)  # type: ignore[arg-type]
        self.claims(name, handoff_id)
        return conversation_id

    def claims(self, name: str, handoff_id: str, at: datetime | None = None) -> None:
        """An account takes a waiting conversation."""
        with self.database.sessions() as session:
            account = accounts.find(session, name)
            assert account is not None
            handoffs.claim(
                session,
                handoff_id,
                account.id,
                at or self.clock(),
                voice=self.deps.voice,
                advocate_name=account.display_name,
            )

    def partner(
        self, name: str, service: str, need: Need, phone: str, url: str | None = None
    ) -> str:
        """A partner with one service in Michigan; the service's id."""
        with self.database.sessions() as session:
            term = session.query(d.TaxonomyTerm).filter_by(code=need.value).first()
            if term is None:
                term = d.TaxonomyTerm(
                    id=new_id(),
                    code=need.value,
                    name=need.value,
                    description="",
                    taxonomy=NEEDS_TAXONOMY,
                )
                session.add(term)
            organization = d.Organization(
                id=new_id(), name=name, description="Invented.", website=url
            )
            session.add(organization)
            session.flush()
            offered = d.Service(
                id=new_id(), organization_id=organization.id, name=service, status="active"
            )
            session.add(offered)
            session.flush()
            session.add_all(
                [
                    d.Phone(id=new_id(), service_id=offered.id, number=phone, type="voice"),
                    d.ServiceArea(
                        id=new_id(), service_id=offered.id, name="Michigan", extent_type="state"
                    ),
                    d.Attribute(
                        id=new_id(),
                        link_id=offered.id,
                        link_entity="service",
                        taxonomy_term_id=term.id,
                    ),
                ]
            )
            session.commit()
            return offered.id


@dataclass
class Browser:
    """A logged-in browser that posts forms as our pages do."""

    client: TestClient
    person: Person

    def get(self, path: str, **headers: str):  # type: ignore[no-untyped-def]
        """Load a page."""
        return self.client.get(path, headers=headers)

    def post(self, path: str, *, htmx: bool = False, **fields: str):  # type: ignore[no-untyped-def]
        """Send a form with this login's token."""
        headers = {"HX-Request": "true"} if htmx else {}
        return self.client.post(
            path, data={"csrf": self.person.csrf_token, **fields}, headers=headers
        )


def build(
    folder: Path, vault: Vault, clock: Callable[[], datetime], public_url: str = "http://desk.test"
) -> World:
    """A new world on a database of its own, made from the tables as they are in the code."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        database_url=f"sqlite:///{folder / 'desk.db'}",
        data_dir=folder,
    )
    database = open_database(settings, vault)
    Base.metadata.create_all(database.engine)
    d.Base.metadata.create_all(database.engine)
    return build_on(database, vault, clock, public_url)


def build_on(
    database: Database,
    vault: Vault,
    clock: Callable[[], datetime],
    public_url: str = "http://desk.test",
) -> World:
    """A world on a database that has its tables."""
    catalogue = Catalogue.load(general=General("Harbor Line"))
    deps = DeskDeps(
        sessions=database.sessions,
        reading=database.reading,
        wake=LocalWake(),
        clock=clock,
        catalogue=catalogue,
        voice=Voice(catalogue, zone="America/Detroit"),
        public_url=public_url,
        look_every=0.05,
    )
    static = Mount("/static", StaticFiles(directory=ROOT / "app" / "static"))
    return World(database, vault, clock, deps, Starlette(routes=[*routes(deps), static]))


_count = iter(range(1, 10_000))


def _next() -> int:
    return next(_count)


def _fresh_id() -> str:
    return f"SM{_next():032d}"


def minutes(count: float) -> timedelta:
    """A span of minutes."""
    return timedelta(minutes=count)
