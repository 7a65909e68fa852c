"""The channels' rooms: both webhooks, a sender, a chat page, on a real database."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from httpx import Response
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from app.database import Database
from app.wake import LocalWake
from app.web import STATIC, SafeAnswers
from channels import sms, webchat
from channels.webchat import WAY_OUT
from conversation import inbox, outbox, transcript
from conversation.models import Author, Channel, Conversation, Message
from conversation.vault import Vault
from conversation.voice import Voice
from language.catalogue import FOLDER, Catalogue
from tests.conftest import Clock
from tests.support.browser import browser, served
from tests.support.twilio_standin import AUTH_TOKEN, Fields, TwilioStandIn, new_sid, signature

PUBLIC = "https://help.example.org"
NUMBER = "+13135550123"
HOSTILE = '</p><script>alert(1)</script><img src=x onerror="alert(2)"> {{ 7*7 }} &amp; \' "'
OFFER = {"say": "offer_handoff", "choices": ["choice_yes", "choice_no"]}


@dataclass
class Webhooks:
    """Twilio, as the webhooks see it."""

    database: Database
    client: TestClient

    def post(
        self,
        fields: Fields,
        *,
        path: str = "/sms/twilio",
        url: str | None = None,
        token: str = AUTH_TOKEN,
        body: str | bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Response:
        """Call a webhook, signed for `url` (the public address of `path` unless told)."""
        answer: Response = self.client.post(
            path,
            content=urlencode(fields) if body is None else body,
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "X-Twilio-Signature": signature(url or f"{PUBLIC}{path}", fields, token),
                **(headers or {}),
            },
        )
        return answer

    def messages(self) -> list[Message]:
        """All messages there are, the oldest first."""
        with self.database.reading() as session:
            return list(session.scalars(select(Message).order_by(Message.id)))


def a_text(**fields: str) -> dict[str, str]:
    """The fields of a text from a survivor."""
    return {
        "MessageSid": new_sid(),
        "From": NUMBER,
        "To": "+13135550100",
        "Body": "i need a bed",
        "NumMedia": "0",
        **fields,
    }


@pytest.fixture
def wake() -> LocalWake:
    return LocalWake()


@pytest.fixture
def webhooks(database: Database, vault: Vault, clock: Clock, wake: LocalWake) -> Webhooks:
    return webhooks_at(PUBLIC, database, vault, clock, wake)


def webhooks_at(
    public_url: str,
    database: Database,
    vault: Vault,
    clock: Clock,
    wake: LocalWake,
    auth_token: str = AUTH_TOKEN,
) -> Webhooks:
    deps = sms.SmsDeps(database.sessions, vault, wake, clock, auth_token, public_url)
    return Webhooks(database, TestClient(Starlette(routes=list(sms.routes(deps)))))


@pytest.fixture
def twilio() -> Iterator[TwilioStandIn]:
    with TwilioStandIn() as standin:
        yield standin


@dataclass
class Chat:
    """A chat page, and what is said in it from the other side."""

    database: Database
    vault: Vault
    clock: Clock
    voice: Voice
    wake: LocalWake
    deps: webchat.WebchatDeps

    @property
    def app(self) -> Starlette:
        """The page as it is served: with the headers of the whole application."""
        return Starlette(
            routes=[*webchat.routes(self.deps), Mount("/static", StaticFiles(directory=STATIC))],
            middleware=[Middleware(SafeAnswers)],
        )

    def client(self) -> TestClient:
        """A browser that has not been here before."""
        return TestClient(self.app, follow_redirects=False)

    def conversation(self) -> Conversation:
        """The latest conversation."""
        with self.database.reading() as session:
            return session.scalars(
                select(Conversation).order_by(Conversation.id.desc())
            ).first() or pytest.fail("nothing has been written")

    def says(self, *words: dict[str, Any]) -> None:
        """The bot says something, in the latest conversation."""
        with self.database.sessions() as session:
            conversation = session.get_one(Conversation, self.conversation().id)
            outbox.queue_words(session, conversation, words, voice=self.voice, now=self.clock())
            session.commit()
        self.wake.ring()

    def person_says(self, text: str) -> None:
        """An advocate says something, in the latest conversation."""
        with self.database.sessions() as session:
            conversation = session.get_one(Conversation, self.conversation().id)
            outbox.queue_text(session, conversation, text, author=Author.ADVOCATE, now=self.clock())
            session.commit()
        self.wake.ring()

    def lines(self) -> list[transcript.Line]:
        """What the latest conversation holds."""
        with self.database.reading() as session:
            return transcript.lines(session, self.conversation().id)

    def texts(self) -> list[str]:
        """The texts of the latest conversation."""
        return [line.text for line in self.lines()]

    def conversations_of(self, token: str) -> list[str]:
        """The ids of all conversations of a visitor."""
        with self.database.reading() as session:
            address = inbox.find_address(session, self.vault, Channel.WEBCHAT, token)
            assert address is not None, "this visitor is not known"
            found = select(Conversation.id).where(Conversation.address_id == address.id)
            return list(session.scalars(found))


@pytest.fixture(scope="session")
def voice() -> Voice:
    return Voice(Catalogue.load(), zone="America/Detroit")


@pytest.fixture
def chat(database: Database, vault: Vault, clock: Clock, voice: Voice, wake: LocalWake) -> Chat:
    return chat_with(voice.catalogue, database, vault, clock, voice, wake)


def chat_with(
    catalogue: Catalogue,
    database: Database,
    vault: Vault,
    clock: Clock,
    voice: Voice,
    wake: LocalWake,
    secure: bool = False,
) -> Chat:
    deps = webchat.WebchatDeps(
        database.sessions, database.reading, vault, wake, clock, catalogue, secure
    )
    return Chat(database, vault, clock, voice, wake, deps)


def arabic_catalogue(folder: Path) -> Catalogue:
    """English and Spanish as they are, and a little Arabic."""
    for code in ("en", "es"):
        shutil.copy(FOLDER / f"{code}.po", folder)
    texts = {
        "chat_title": "دردشة",
        "chat_leave": "اخرج الآن",
        "chat_send": "إرسال",
        "chat_label": "رسالتك",
        "chat_hint": "اكتب بكلماتك وبلغتك. يمكنك التوقف في أي وقت.",
        "chat_from_you": "أنت",
        "chat_from_bot": "مساعد آلي",
    }
    entries = [f'msgid "{name}"\nmsgstr "{text}"\n' for name, text in texts.items()]
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: ar\\n"\n'
    (folder / "ar.po").write_text("\n".join([header, *entries]), encoding="utf-8")
    return Catalogue.load(folder)


# Browsers.


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@dataclass
class Visit:
    """A survivor's browser at the page."""

    context: BrowserContext
    address: str
    problems: list[str]

    def open(self, path: str = "/chat") -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on(
            "console",
            lambda said: self.problems.append(said.text) if said.type == "error" else None,
        )
        page.goto(self.address + path)
        return page


def visit_to(chromium: Browser, address: str, **options: object) -> Visit:
    context = chromium.new_context(reduced_motion="reduce", locale="en-US", **options)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    weather = "<title>Weather</title><p>Sunny"
    context.route(
        WAY_OUT + "**", lambda route: route.fulfill(body=weather, content_type="text/html")
    )
    return Visit(context, address, [])


@pytest.fixture
def visit(chat: Chat, chromium: Browser) -> Iterator[Visit]:
    with served(chat.app) as address:
        visit = visit_to(chromium, address, viewport={"width": 360, "height": 640})
        yield visit
        visit.context.close()
    # What a lost connection makes a browser say is no fault of the page's.
    assert [one for one in visit.problems if "net::ERR" not in one and "429" not in one] == []


@pytest.fixture
def plain(chat: Chat, chromium: Browser) -> Iterator[Visit]:
    """A browser without scripts."""
    with served(chat.app) as address:
        visit = visit_to(chromium, address, java_script_enabled=False)
        yield visit
        visit.context.close()


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Your message").fill(text)
    page.get_by_role("button", name="Send").click()


def words(page: Page) -> list[str]:
    return page.locator("#lines .words").all_text_contents()


def settled(page: Page, count: int) -> None:
    """So many lines are shown, and none is on its way."""
    expect(page.locator("#lines .line")).to_have_count(count)
    expect(page.locator("#lines .sending")).to_have_count(0)
