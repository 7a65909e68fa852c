"""Reading, answering and ending a conversation at the desk."""

import re
from html import unescape

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conversation import audit, transcript
from conversation.access import Role
from conversation.models import AuditEntry, Author, Channel, Delivery, HandoffState
from tests.desk.world import Browser, World

WORDS = "my boss took my passport"


def _said(world: World, talk: str) -> list[tuple[Author, str]]:
    with world.database.reading() as session:
        return [(line.author, line.text) for line in transcript.lines(session, talk)]


def _looks(world: World, talk: str) -> list[tuple[str, str]]:
    with world.database.reading() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.conversation_id == talk))
        return [(entry.actor_id, entry.action) for entry in entries]


def _mark(browser: Browser, talk: str) -> str:
    found = re.search(r'name="mark" value="([^"]+)"', browser.get(_url(talk)).text)
    assert found is not None
    return found.group(1)


def _url(talk: str) -> str:
    return f"/desk/conversations/{talk}"


def test_only_the_advocate_who_holds_it_reads_it_and_a_supervisor_along(world: World) -> None:
    for name, role in (("maria", Role.ADVOCATE), ("noor", Role.ADVOCATE), ("sam", Role.SUPERVISOR)):
        world.account(name, role)
    talk = world.taken("maria", WORDS)
    assert WORDS in world.browser("maria").get(_url(talk)).text
    refused = world.browser("noor").get(_url(talk))
    assert refused.status_code == 403
    assert "passport" not in refused.text
    along = world.browser("sam").get(_url(talk))
    assert WORDS in along.text
    assert "You are reading along." in along.text
    assert 'id="composer"' not in along.text
    assert world.browser("sam").post(f"{_url(talk)}/answer", text="Hi").status_code == 403


def test_a_waiting_conversation_is_not_read_before_it_is_taken(world: World) -> None:
    world.account("maria")
    talk = world.texts(WORDS)
    world.asks_for_a_person(talk)
    refused = world.browser("maria").get(_url(talk))
    assert refused.status_code == 403
    assert "passport" not in refused.text


def test_every_look_is_recorded(world: World) -> None:
    maria = world.account("maria")
    talk = world.taken("maria", WORDS)
    browser = world.browser("maria")
    before = len(_looks(world, talk))
    browser.get(_url(talk))
    browser.get(f"{_url(talk)}?lines=all")
    browser.get(f"{_url(talk)}/news?after=0.0")
    assert _looks(world, talk)[before:] == [(maria, "read"), (maria, "read"), (maria, "watch")]


@pytest.mark.parametrize("path", ["", "/news?after=0.0"])
def test_what_cannot_be_recorded_is_not_shown(
    world: World, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    world.account("maria")
    talk = world.taken("maria", WORDS)
    browser = world.browser("maria")
    read: list[str] = []

    def broken(session: Session, **_: object) -> None:
        raise RuntimeError("the audit cannot be written")

    def lines(session: Session, conversation_id: str, *, after: int = 0) -> list[object]:
        read.append(conversation_id)
        return []

    monkeypatch.setattr(audit, "record", broken)
    monkeypatch.setattr(transcript, "lines", lines)
    with pytest.raises(RuntimeError, match="audit"):
        browser.get(_url(talk) + path)
    assert read == []


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "</p><img src=x onerror=alert(1)>",
        '" onmouseover="alert(1)',
        "{{ 7*7 }} {% raw %}",
        "</textarea><form action=https://elsewhere.example>",
    ],
)
def test_what_a_survivor_writes_is_text_and_nothing_else(world: World, hostile: str) -> None:
    world.account("maria")
    talk = world.taken("maria", hostile, place=hostile)
    browser = world.browser("maria")
    for page in (browser.get(_url(talk)).text, browser.get(f"{_url(talk)}/news?after=0.0").text):
        assert hostile.startswith("{{") or hostile not in page
        assert hostile in unescape(page)
        assert "<img" not in page


def test_a_text_that_turns_the_reading_direction_stays_in_its_own_line(world: World) -> None:
    world.account("maria")
    talk = world.taken("maria", "\u202enot so\u2066 fast")
    page = world.browser("maria").get(_url(talk)).text
    assert '<p class="words" dir="auto">\u202enot so\u2066 fast</p>' in page
    css = world.client().get("/static/desk/desk.css").text
    assert re.search(r"\.words \{[^}]*unicode-bidi: isolate", css)


def test_an_answer_goes_to_the_survivor_and_the_form_comes_back_empty(world: World) -> None:
    world.account("maria")
    talk = world.taken("maria", WORDS)
    browser = world.browser("maria")
    plain = browser.post(
        f"{_url(talk)}/answer", text=" I am here.\r\nAre you safe? ", mark=_mark(browser, talk)
    )
    assert plain.headers["location"] == f"{_url(talk)}#answer"
    scripted = browser.post(
        f"{_url(talk)}/answer", htmx=True, text="Second.", mark=_mark(browser, talk)
    )
    assert scripted.headers["HX-Trigger"] == "answered"
    assert "Second." not in scripted.text
    assert _said(world, talk)[-2:] == [
        (Author.ADVOCATE, "I am here.\nAre you safe?"),
        (Author.ADVOCATE, "Second."),
    ]


def test_the_same_form_sent_twice_is_one_message(world: World) -> None:
    world.account("maria")
    talk = world.taken("maria", WORDS)
    browser = world.browser("maria")
    mark = _mark(browser, talk)
    for _ in range(3):
        assert browser.post(f"{_url(talk)}/answer", text="Once.", mark=mark).status_code == 303
    assert [text for _, text in _said(world, talk)].count("Once.") == 1
    browser.post(f"{_url(talk)}/answer", text="Once.", mark=_mark(browser, talk))
    assert [text for _, text in _said(world, talk)].count("Once.") == 2


@pytest.mark.parametrize(
    ("text", "says"), [("  \n", "Write your answer first."), ("x" * 3201, "3200 fit")]
)
def test_an_answer_that_cannot_go_says_why_and_keeps_the_draft(
    world: World, text: str, says: str
) -> None:
    world.account("maria")
    talk = world.taken("maria", WORDS)
    browser = world.browser("maria")
    before = _said(world, talk)
    for htmx in (False, True):
        answer = browser.post(f"{_url(talk)}/answer", htmx=htmx, text=text, mark="m")
        assert answer.status_code == 422
        assert says in answer.text
        assert text.strip() in answer.text
    assert _said(world, talk) == before


def test_after_stop_nothing_is_sent_and_the_page_says_why(world: World) -> None:
    world.account("maria")
    talk = world.taken("maria", WORDS)
    world.stops(talk)
    browser = world.browser("maria")
    assert "They replied STOP." in browser.get(_url(talk)).text
    answer = browser.post(f"{_url(talk)}/answer", htmx=True, text="Hello?", mark="m")
    assert answer.status_code == 422
    assert "until they text START" in answer.text
    assert "Hello?" in answer.text
    assert (Author.ADVOCATE, "Hello?") not in _said(world, talk)


@pytest.mark.parametrize(
    ("action", "state", "said", "notice"),
    [
        ("hand-back", HandoffState.RETURNED, "advocate has left", "Handed back to the bot"),
        ("close", HandoffState.CLOSED, "closed this talk", "Conversation closed"),
    ],
)
def test_ending_asks_once_says_what_happens_and_tells_the_survivor(
    world: World, action: str, state: HandoffState, said: str, notice: str
) -> None:
    world.account("maria")
    talk = world.texts(WORDS)
    handoff = world.asks_for_a_person(talk)
    world.claims("maria", handoff)
    browser = world.browser("maria")
    question = browser.get(f"{_url(talk)}/{action}")
    assert "You can no longer read the conversation." in question.text
    assert "passport" not in question.text
    assert world.handoff(handoff).state == HandoffState.LIVE
    done = browser.post(f"{_url(talk)}/{action}")
    assert notice in browser.get(done.headers["location"]).text
    assert world.handoff(handoff).state == state
    assert said in _said(world, talk)[-1][1]
    gone = browser.get(_url(talk))
    assert gone.status_code == 410
    assert "no longer with you" in gone.text
    assert "passport" not in gone.text
    assert browser.post(f"{_url(talk)}/answer", text="One more", mark="m").status_code == 410
    assert browser.post(f"{_url(talk)}/{action}").status_code == 410


def test_an_unknown_conversation_is_not_found(world: World) -> None:
    world.account("maria")
    answer = world.browser("maria").get(_url("00000000-0000-7000-8000-000000000000"))
    assert answer.status_code == 404
    assert "no such conversation" in answer.text


def test_five_hundred_lines_begin_with_the_last_hundred(world: World) -> None:
    world.account("maria")
    talk = world.taken("maria", "line 1")
    for number in range(3, 501):
        world.says(talk, f"line {number}")
    browser = world.browser("maria")
    page = browser.get(_url(talk)).text
    assert page.count('<li class="line ') == 100
    assert "Show the 400 earlier lines" in page
    assert browser.get(f"{_url(talk)}?lines=all").text.count('<li class="line ') == 500


def test_each_side_says_in_words_who_wrote_and_pictures_are_said_not_shown(world: World) -> None:
    world.account("maria")
    talk = world.texts("", media=1)
    world.says(talk, "I cannot open pictures.")
    world.claims("maria", world.asks_for_a_person(talk))
    world.says(talk, "I am Maria.", Author.ADVOCATE)
    page = world.browser("maria").get(_url(talk)).text
    assert re.findall(r'class="author">(\w+)<', page) == ["Survivor", "Bot", "Bot", "Advocate"]
    assert re.findall(r'<li class="line (\w+)"', page) == ["theirs", "bot", "bot", "advocate"]
    assert "(they sent a picture; it was not opened)" in page


@pytest.mark.parametrize(
    ("state", "code", "says"),
    [
        (Delivery.DELIVERED, None, "delivered"),
        (Delivery.FAILED, "21610", "They replied STOP."),
        (Delivery.FAILED, "21610", "until they text START"),
        (Delivery.FAILED, "21211", "The number does not exist."),
        (Delivery.UNDELIVERED, "30006", "It may be a landline."),
        (Delivery.UNDELIVERED, "30007", "The carrier filtered this message."),
        (Delivery.UNDELIVERED, "30034", "not registered"),
        (Delivery.UNDELIVERED, "99999", "The carrier did not take it."),
        (Delivery.EXPIRED, None, "What is late is never sent."),
    ],
)
def test_a_delivery_is_said_in_words_and_a_failure_with_what_to_do(
    world: World, state: Delivery, code: str | None, says: str
) -> None:
    world.account("maria")
    talk = world.taken("maria")
    seq = world.says(talk, "Hello", Author.ADVOCATE)
    world.delivered(talk, seq, state, code)
    page = world.browser("maria").get(_url(talk)).text
    line = page.split(f'id="delivery-{seq}"')[1]
    assert says in line.split("</div>")[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", ""),
        ("a" * 160, "1 SMS · 160 characters"),
        ("a" * 161, "2 SMS · 161 characters"),
        ("á" * 71, "2 SMS · 71 characters · 70 fit in one"),
        ("a" * 1000, "long for a phone"),
    ],
)
def test_the_draft_is_counted_as_the_carrier_counts(world: World, text: str, says: str) -> None:
    world.account("maria")
    answer = world.browser("maria").post("/desk/segments", text=text)
    assert says in answer.text
    assert (answer.text.strip() == "") is (text == "")


def test_in_web_chat_nothing_is_counted(world: World) -> None:
    world.account("maria")
    talk = world.texts("hello", sender="browser-1", channel=Channel.WEBCHAT)
    world.claims("maria", world.asks_for_a_person(talk))
    page = world.browser("maria").get(_url(talk)).text
    assert 'id="segments"' not in page
    assert "in the chat" in page
