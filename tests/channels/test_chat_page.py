"""The chat page without its script: what it shows, takes, keeps on the device and gives away."""

import re
import time
from html import unescape
from pathlib import Path
from threading import Timer

import pytest
from httpx import Response
from starlette.testclient import TestClient

from app.database import Database
from app.wake import LocalWake
from channels import webchat
from channels.webchat import COOKIE, WAY_OUT
from conversation import erase
from conversation.models import Conversation
from conversation.vault import Vault
from conversation.voice import Voice
from tests.channels.conftest import HOSTILE, Chat, arabic_catalogue, chat_with
from tests.conftest import Clock

ID = "a1b2c3d4e5f6a7b8c9d0e1f2"
FORM = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers here: a form without scripts need not wait for it."""
    monkeypatch.setattr(webchat, "WAIT_FOR_ANSWER", 0)


def write(client: TestClient, text: str, *, id_: str = ID, **headers: str) -> Response:
    """What the script sends."""
    answer: Response = client.post(
        "/chat/messages", data={"id": id_, "text": text}, headers=headers
    )
    return answer


def send_form(client: TestClient, text: str, **fields: str) -> Response:
    """What the form sends by itself."""
    page = client.get("/chat").text
    found = re.search(r'name="id" value="([^"]+)"', page) or pytest.fail("no id in the form")
    data = {"id": found[1], "text": text, **fields}
    answer: Response = client.post("/chat/messages", data=data, headers=FORM)
    return answer


def test_the_page_is_quiet_and_says_what_will_happen(chat: Chat) -> None:
    page = chat.client().get("/chat")
    assert page.status_code == 200
    assert "<title>Chat</title>" in page.text
    assert "automated assistant" in page.text
    for betraying in ("waymark", "traffick", "victim", "survivor</", "hotline", "shelter"):
        assert betraying not in page.text.lower()


def test_opening_the_page_leaves_nothing_on_the_device(chat: Chat) -> None:
    page = chat.client().get("/chat")
    assert "set-cookie" not in page.headers
    assert page.headers["cache-control"] == "no-store"
    assert "Content-Security-Policy" in page.headers


def test_a_text_is_written_and_shown(chat: Chat) -> None:
    client = chat.client()
    assert write(client, "i need a bed").status_code == 204
    chat.says({"say": "greet"})
    page = client.get("/chat").text
    assert "i need a bed" in page
    assert chat.texts()[1] in unescape(page)


def test_the_cookie_is_the_only_one_ends_with_the_browser_and_is_for_us_only(chat: Chat) -> None:
    cookies = write(chat.client(), "hello").headers.get_list("set-cookie")
    assert len(cookies) == 1
    name, _, rest = cookies[0].partition("=")
    flags = {flag.strip().lower() for flag in rest.split(";")[1:]}
    assert name == COOKIE
    assert flags == {"path=/chat", "httponly", "samesite=strict"}


def test_over_https_the_cookie_stays_there(
    database: Database, vault: Vault, clock: Clock, voice: Voice, wake: LocalWake
) -> None:
    chat = chat_with(voice.catalogue, database, vault, clock, voice, wake, secure=True)
    assert "Secure" in write(chat.client(), "hello").headers["set-cookie"]


def test_two_visitors_do_not_see_each_other(chat: Chat) -> None:
    one, other = chat.client(), chat.client()
    write(one, "i need a bed")
    write(other, "je cherche un lit", id_=ID[::-1])
    assert "i need a bed" not in other.get("/chat").text
    assert "je cherche" not in one.get("/chat").text


def test_a_text_sent_again_is_written_once(chat: Chat) -> None:
    client = chat.client()
    for _ in range(2):
        write(client, "hello")
    assert chat.texts() == ["hello"]


def test_a_first_text_whose_answer_was_lost_makes_the_same_visitor_again(chat: Chat) -> None:
    # Without the cookie of the first answer, which never arrived.
    first, again = chat.client(), chat.client()
    tokens = {write(client, "hello").cookies[COOKIE] for client in (first, again)}
    assert len(tokens) == 1
    assert chat.texts() == ["hello"]
    assert len(chat.conversations_of(tokens.pop())) == 1


def test_an_id_with_too_little_chance_in_it_makes_no_visitor(chat: Chat) -> None:
    tokens = {write(chat.client(), "hi", id_="1").cookies[COOKIE] for _ in range(2)}
    assert len(tokens) == 2


def test_another_sites_form_is_refused(chat: Chat) -> None:
    client = chat.client()
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example.org"},
        {"Origin": "null"},
        {"Origin": "http://testserver.example.org"},
    ):
        assert write(client, "hello", **headers).status_code == 403
    assert "set-cookie" not in client.get("/chat").headers
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}):
        assert write(client, "hello", **headers).status_code == 204


def test_one_who_sends_very_fast_is_asked_to_wait_and_others_are_not(
    chat: Chat, clock: Clock
) -> None:
    # The pace is kept by the page that serves them both.
    app = chat.app
    client, other = TestClient(app), TestClient(app)
    answers = [write(client, "again", id_=f"{ID}{number}").status_code for number in range(22)]
    assert answers == [204] * 20 + [429] * 2
    assert write(other, "hello", id_=ID[::-1]).status_code == 204
    form = client.post("/chat/messages", data={"text": "still <here>"}, headers=FORM)
    assert form.status_code == 429
    assert "still &lt;here&gt;</textarea>" in form.text
    assert "in a moment" in form.text
    clock.forward(61)
    assert write(client, "later", id_=f"{ID}x").status_code == 204


@pytest.mark.parametrize(
    ("accepted", "asked", "language"),
    [
        ("", "", "en"),
        ("es-MX,es;q=0.9,en;q=0.8", "", "es"),
        ("xx, fr-CA;q=0.9, es;q=0.5", "", "es"),
        ("en", "es", "es"),
        ("es", "en", "en"),
        ("es", "../../etc", "es"),
        (";;,,-", "<script>", "en"),
    ],
)
def test_the_page_speaks_the_chosen_language_else_the_browsers(
    chat: Chat, accepted: str, asked: str, language: str
) -> None:
    page = chat.client().get(
        "/chat", params={"language": asked}, headers={"Accept-Language": accepted}
    )
    assert f'<html lang="{language}" dir="ltr">' in page.text
    assert ("Escriba" in page.text) == (language == "es")
    assert "<script>" not in page.text


def test_arabic_runs_from_right_to_left(
    tmp_path: Path, database: Database, vault: Vault, clock: Clock, voice: Voice, wake: LocalWake
) -> None:
    chat = chat_with(arabic_catalogue(tmp_path), database, vault, clock, voice, wake)
    page = chat.client().get("/chat?language=ar").text
    assert '<html lang="ar" dir="rtl">' in page
    assert "اخرج الآن" in page


def test_hostile_text_is_only_text(chat: Chat) -> None:
    client = chat.client()
    write(client, HOSTILE)
    chat.person_says(HOSTILE)
    page = client.get("/chat").text
    assert page.count(HOSTILE) == 0
    assert unescape(page).count(HOSTILE) == 2
    assert "alert(1)</script>" not in page
    assert "49" not in page


def test_a_lone_surrogate_and_a_nul_do_no_harm(chat: Chat) -> None:
    client = chat.client()
    body = f"id={ID}&text=a%00b%ED%A0%80c"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/chat/messages", content=body, headers=headers).status_code == 204
    assert chat.texts()[0].startswith("ab")
    assert client.get("/chat").status_code == 200


# Without scripts.


def test_a_form_sent_by_itself_leads_back_to_the_page_in_its_language(chat: Chat) -> None:
    client = chat.client()
    answer = send_form(client, "hello\r\nthere")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/chat?language=en"
    assert chat.texts() == ["hello\nthere"]


def test_a_form_waits_a_moment_for_the_answer(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webchat, "WAIT_FOR_ANSWER", 30)
    client = chat.client()
    write(client, "hello")
    answering = Timer(0.5, chat.says, [{"say": "greet"}])
    answering.start()
    began = time.monotonic()
    send_form(client, "is anybody there")
    answering.join()
    assert 0.3 < time.monotonic() - began < 20
    assert len(chat.texts()) == 3


def test_a_choice_is_a_button_that_sends_itself(chat: Chat) -> None:
    client = chat.client()
    send_form(client, "hello")
    chat.says({"say": "offer_handoff", "choices": ["choice_yes", "choice_no"]})
    page = client.get("/chat").text
    labels = re.findall(r'<button form="write" name="choice" value="([^"]+)"', page)
    assert labels == list(chat.lines()[-1].choices)
    assert len(labels) == 2
    send_form(client, "", choice=labels[0])
    assert chat.texts()[-1] == labels[0]
    assert 'name="choice"' not in client.get("/chat").text


def test_a_form_sent_twice_is_one_message(chat: Chat) -> None:
    client = chat.client()
    for _ in range(2):
        client.post("/chat/messages", data={"id": ID, "text": "hello"}, headers=FORM)
    assert chat.texts() == ["hello"]


def test_an_empty_text_is_not_written(chat: Chat) -> None:
    client = chat.client()
    assert write(client, "  \n ").status_code == 204
    write(client, "hello")
    assert chat.texts() == ["hello"]


def test_a_text_that_is_too_long_or_no_form_is_not_read(chat: Chat) -> None:
    client = chat.client()
    assert write(client, "x" * 70_000).status_code == 400
    assert client.post("/chat/messages", json={"text": "hello"}).status_code == 400
    write(client, "x" * 5000)
    assert [len(text) for text in chat.texts()] == [4000]


def test_leaving_forgets_the_chat_and_leads_outside(chat: Chat) -> None:
    client = chat.client()
    write(client, "i need a bed")
    answer = client.post("/chat/leave", headers=FORM)
    assert (answer.status_code, answer.headers["location"]) == (303, WAY_OUT)
    assert f'{COOKIE}=""' in answer.headers["set-cookie"]
    assert "i need a bed" not in client.get("/chat").text
    # From the script: no page is wanted.
    assert client.post("/chat/leave").status_code == 204


def test_without_scripts_the_way_out_is_allowed_and_says_nothing_of_us(chat: Chat) -> None:
    headers = chat.client().get("/chat").headers
    assert f"form-action 'self' {WAY_OUT};" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "same-origin"


def test_after_an_erase_nothing_of_it_is_shown(chat: Chat) -> None:
    client = chat.client()
    write(client, "i need a bed")
    with chat.database.sessions() as session:
        erase.erase(session, session.get_one(Conversation, chat.conversation().id), chat.clock())
        session.commit()
    assert "i need a bed" not in client.get("/chat").text
    write(client, "hello again", id_=ID[::-1])
    page = client.get("/chat").text
    assert "hello again" in page
    assert "i need a bed" not in page


def test_nothing_of_a_conversation_is_in_an_address(chat: Chat) -> None:
    client = chat.client()
    answer = send_form(client, "unmistakable words")
    chat.says({"say": "offer_handoff", "choices": ["choice_yes"]})
    page = client.get("/chat").text
    addresses = re.findall(r'(?:href|src|action)="([^"]*)"', page)
    addresses.append(answer.headers["location"])
    known = {
        "data:,",
        "/static/tokens.css",
        "/static/chat/chat.css",
        "/static/chat/chat.js",
        "/chat?language=en",
        "/chat?language=es",
        "/chat/leave",
        "/chat/messages?language=en",
    }
    assert set(addresses) == known
    secrets = [client.cookies[COOKIE], chat.conversation().id]
    assert not any(secret in page for secret in secrets)
