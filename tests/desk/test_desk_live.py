"""An open page is told what is new, once each, however often its connection breaks."""

import re
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from conversation import erase
from conversation.access import Role
from conversation.models import Author, Conversation, Delivery
from conversation.vault import Vault
from desk import accounts, login, presence
from desk.live import Seen
from tests.conftest import Clock
from tests.desk.world import Browser, World, build
from tests.support.browser import served


def _lines(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'<li class="line \w+" id="line-(\d+)"', html)]


def _news(browser: Browser, talk: str, seen: str) -> tuple[str, str]:
    answer = browser.get(f"/desk/conversations/{talk}/news?after={seen}")
    assert answer.status_code == 200
    return answer.text, answer.headers["X-Seen"]


def _page_seen(browser: Browser, talk: str) -> str:
    found = re.search(r'data-seen="([\d.]+)"', browser.get(f"/desk/conversations/{talk}").text)
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("17.12", Seen(17, 12)),
        (None, Seen()),
        ("", Seen()),
        ("17", Seen()),
        ("-1.2", Seen()),
        ("a.b", Seen()),
        ("1.²", Seen()),
        ("9" * 40 + ".1", Seen()),
    ],
)
def test_what_a_page_has_seen_is_read_strictly(text: str | None, seen: Seen) -> None:
    assert Seen.read(text) == seen
    assert Seen.read(str(seen)) == seen


def test_a_page_that_is_up_to_date_is_told_nothing_of_the_conversation(world: World) -> None:
    world.account("maria")
    talk = world.taken("maria")
    browser = world.browser("maria")
    html, _ = _news(browser, talk, _page_seen(browser, talk))
    assert 'id="queue-live"' in html
    assert 'aria-current="page"' in html
    assert 'id="lines"' not in html
    assert 'id="state"' not in html


def test_new_lines_come_once_and_in_order(world: World) -> None:
    world.account("maria")
    talk = world.taken("maria")
    browser = world.browser("maria")
    seen = _page_seen(browser, talk)
    world.says(talk, "one", Author.ADVOCATE)
    world.says(talk, "two")
    html, seen = _news(browser, talk, seen)
    assert _lines(html) == [3, 4]
    html, seen = _news(browser, talk, seen)
    assert _lines(html) == []
    world.says(talk, "three")
    html, _ = _news(browser, talk, seen)
    assert _lines(html) == [5]


def test_a_delivery_report_changes_the_lines_that_are_there(world: World) -> None:
    world.account("maria")
    talk = world.taken("maria")
    browser = world.browser("maria")
    seq = world.says(talk, "hello", Author.ADVOCATE)
    seen = _page_seen(browser, talk)
    world.delivered(talk, seq, Delivery.UNDELIVERED, "30005")
    html, _ = _news(browser, talk, seen)
    assert re.search(rf'id="delivery-{seq}" hx-swap-oob="true"', html)
    assert "unknown to the carrier" in html
    assert "The last message did not arrive." in html
    assert _lines(html) == []


def test_danger_in_a_taken_conversation_rings_on_its_page(world: World) -> None:
    world.account("maria")
    talk = world.taken("maria")
    browser = world.browser("maria")
    seen = _page_seen(browser, talk)
    world.asks_for_a_person(talk, urgent=True)
    html, _ = _news(browser, talk, seen)
    assert re.search(r'id="state" hx-swap-oob="innerHTML">\s*<p class="strip danger"', html)


def test_when_the_survivor_erases_all_the_transcript_leaves_the_screen(world: World) -> None:
    world.account("maria")
    talk = world.taken("maria", "my secret")
    browser = world.browser("maria")
    seen = _page_seen(browser, talk)
    with world.database.sessions() as session:
        erase.erase(session, session.get_one(Conversation, talk), world.clock())
        session.commit()
    html, _ = _news(browser, talk, seen)
    assert '<div id="talk" hx-swap-oob="innerHTML">' in html
    assert "no longer wants to talk" in html
    assert "secret" not in html
    assert _lines(html) == []


def test_a_colleague_gets_no_news_of_a_conversation_that_is_not_theirs(world: World) -> None:
    world.account("maria")
    world.account("noor")
    talk = world.taken("maria", "my secret")
    html, _ = _news(world.browser("noor"), talk, "0.0")
    assert "This conversation is not with you" in html
    assert "secret" not in html


def test_an_open_page_shows_that_somebody_is_here(world: World, clock: Clock) -> None:
    world.account("maria")
    world.account("ada", Role.ADMIN)
    world.person("ada")

    def here() -> bool:
        with world.database.reading() as session:
            return presence.someone_here(session, clock())

    assert not here()
    browser = world.browser("maria")
    assert here()
    clock.forward(120)
    assert not here()
    browser.get("/desk/news")
    assert here()
    with world.database.sessions() as session:
        accounts.deactivate(session, "maria")
    assert not here()


# ---- Over a real connection ----


@pytest.fixture
def live(tmp_path: Path, vault: Vault) -> Iterator[tuple[World, str]]:
    world = build(tmp_path, vault, lambda: datetime.now(UTC))
    world.account("maria", display_name="Maria")
    with served(world.app) as address:
        yield world, address
    world.database.engine.dispose()


def _client(world: World, address: str) -> httpx.Client:
    _, token = world.person("maria")
    return httpx.Client(
        base_url=address,
        cookies={login.cookie_name(world.deps): token},
        headers={"Accept": "text/event-stream"},
        timeout=10,
    )


def _events(answer: httpx.Response) -> Iterator[dict[str, str]]:
    event: dict[str, str] = {}
    for line in answer.iter_lines():
        name, _, value = line.partition(": ")
        if name in ("event", "id", "data"):
            event[name] = f"{event[name]}\n{value}" if name in event else value
        elif not line and event:
            yield event
            event = {}


def test_a_hundred_broken_connections_lose_and_double_no_line(live: tuple[World, str]) -> None:
    world, address = live
    talk = world.taken("maria")
    total = 100

    def write() -> None:
        for number in range(total):
            world.says(talk, f"line {number}")
            time.sleep(0.002)

    writer = threading.Thread(target=write)
    writer.start()
    got: list[int] = []
    seen = "0.0"
    connections = 0
    with _client(world, address) as client:
        while len(got) < total + 2:
            connections += 1
            assert connections < 400, f"only {len(got)} lines came"
            path = f"/desk/conversations/{talk}/events?after=0.0"
            with client.stream("GET", path, headers={"Last-Event-ID": seen}) as answer:
                for event in _events(answer):
                    got += _lines(event["data"])
                    seen = event["id"]
                    if "lines" in event["data"] or connections > 300:
                        break
        for _ in range(100):
            path = f"/desk/conversations/{talk}/events?after={seen}"
            with client.stream("GET", path) as answer:
                got += _lines(next(_events(answer))["data"])
    writer.join()
    assert got == list(range(1, total + 3))


def test_a_new_conversation_is_seen_within_a_second(live: tuple[World, str]) -> None:
    world, address = live
    with _client(world, address) as client, client.stream("GET", "/desk/events") as answer:
        events = _events(answer)
        assert "Nobody is waiting" in next(events)["data"]
        began = time.monotonic()
        world.asks_for_a_person(world.texts("i need a bed"), needs=["housing"], urgent=True)
        event = next(events)
        assert time.monotonic() - began < 1
        assert "1 waiting" in event["data"]
        assert 'data-danger="yes"' in event["data"]
        assert "bed" not in event["data"]


def test_an_open_stream_ends_when_the_account_is_locked(live: tuple[World, str]) -> None:
    world, address = live
    with _client(world, address) as client, client.stream("GET", "/desk/events") as answer:
        events = _events(answer)
        next(events)
        with world.database.sessions() as session:
            accounts.deactivate(session, "maria")
        assert next(events)["event"] == "gone"
        assert list(events) == []
