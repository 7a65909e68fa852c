"""The page hears what is said as it is said, and goes on where it stopped."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import pytest

from app.database import Database
from app.wake import LocalWake
from conversation import erase
from conversation.models import Conversation
from conversation.vault import Vault
from conversation.voice import Voice
from tests.channels.conftest import Chat, chat_with
from tests.conftest import Clock
from tests.support.browser import served

ID = "a1b2c3d4e5f6a7b8c9d0e1f2"


@dataclass
class Heard:
    """One event."""

    kind: str
    id: str
    data: str

    @property
    def text(self) -> str:
        return str(json.loads(self.data)["text"])


@dataclass
class Listener:
    """A browser that listens."""

    client: httpx.Client

    def write(self, text: str, id_: str = ID) -> None:
        answer = self.client.post("/chat/messages", data={"id": id_, "text": text})
        assert answer.status_code == 204

    @contextmanager
    def listen(self, after: str = "", last: str = "") -> Iterator[Iterator[Heard]]:
        headers = {"Last-Event-ID": last} if last else {}
        params = {"after": after} if after else {}
        with self.client.stream("GET", "/chat/events", params=params, headers=headers) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            yield _events(answer)


def _events(answer: httpx.Response) -> Iterator[Heard]:
    fields: dict[str, str] = {}
    for line in answer.iter_lines():
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "event" in fields:
            yield Heard(fields["event"], fields.get("id", ""), fields["data"])
            fields = {}


@pytest.fixture
def listener(chat: Chat) -> Iterator[Listener]:
    with served(chat.app) as address, httpx.Client(base_url=address, timeout=10) as client:
        yield Listener(client)


def test_before_the_first_text_there_is_nothing_to_listen_to(listener: Listener) -> None:
    assert listener.client.get("/chat/events").status_code == 204


def test_what_is_said_arrives_as_it_is_said(chat: Chat, listener: Listener) -> None:
    listener.write("hello")
    with listener.listen() as events:
        assert next(events).text == "hello"
        chat.says({"say": "offer_handoff", "choices": ["choice_yes", "choice_no"]})
        answer = next(events)
        chat.person_says("I am here")
        assert next(events).text == "I am here"
    assert json.loads(answer.data) == {
        "author": "bot",
        "text": chat.lines()[1].text,
        "choices": list(chat.lines()[1].choices),
    }


def test_a_broken_connection_goes_on_where_it_stopped(chat: Chat, listener: Listener) -> None:
    listener.write("one")
    listener.write("two", ID[::-1])
    with listener.listen() as events:
        first, second = next(events), next(events)
    chat.person_says("three")
    for after, last in ((first.id, second.id), ("", second.id), (second.id, "")):
        with listener.listen(after, last) as events:
            assert next(events).text == "three"


@pytest.mark.parametrize("mark", ["", "x", ".", "x.y", "x.99999999999", "٣", "%00", "a.1.2"])
def test_a_mark_that_is_none_is_the_beginning(chat: Chat, listener: Listener, mark: str) -> None:
    listener.write("one")
    with listener.listen(after=mark) as events:
        heard = next(events)
        assert heard.text == "one" if heard.kind == "line" else next(events).text == "one"


def erased(chat: Chat) -> None:
    with chat.database.sessions() as session:
        conversation = session.get_one(Conversation, chat.conversation().id)
        erase.erase(session, conversation, chat.clock())
        session.commit()
    chat.wake.ring()


def test_an_erase_empties_the_page_at_once_and_a_new_talk_begins(
    chat: Chat, listener: Listener
) -> None:
    listener.write("i need a bed")
    with listener.listen() as events:
        assert next(events).text == "i need a bed"
        erased(chat)
        again = next(events)
        assert again.kind == "again"
        listener.write("hello", ID[::-1])
        heard = next(events)
        assert heard.kind == "again"
        assert next(events).text == "hello"


def test_an_erase_while_nobody_listened_empties_the_page_too(
    chat: Chat, listener: Listener
) -> None:
    listener.write("i need a bed")
    with listener.listen() as events:
        mark = next(events).id
    erased(chat)
    listener.write("hello", ID[::-1])
    with listener.listen(after=mark) as events:
        assert next(events).kind == "again"
        assert next(events).text == "hello"


def test_a_mark_gives_nothing_away(chat: Chat, listener: Listener) -> None:
    listener.write("i need a bed")
    with listener.listen() as events:
        mark = next(events).id
    name, _, seq = mark.partition(".")
    assert (len(name), seq) == (12, "1")
    assert name not in chat.conversation().id.replace("-", "")


def test_an_answer_arrives_even_when_no_bell_rings(
    database: Database, vault: Vault, clock: Clock, voice: Voice
) -> None:
    # Another process has committed it: there is only the looking again.
    deaf = chat_with(voice.catalogue, database, vault, clock, voice, LocalWake())
    other = chat_with(voice.catalogue, database, vault, clock, voice, LocalWake())
    with served(deaf.app) as address, httpx.Client(base_url=address, timeout=10) as client:
        listener = Listener(client)
        listener.write("hello")
        with listener.listen() as events:
            assert next(events).text == "hello"
            other.person_says("I am here")
            assert next(events).text == "I am here"
