"""Who waits, who takes whom, and what the queue keeps to itself."""

import re
import threading

from app.database import Database
from conversation import transcript
from conversation.models import Author, HandoffState
from conversation.vault import Vault
from tests.conftest import Clock
from tests.desk.world import Browser, World, build_on

WORDS = "my boss took my passport"


def _said(world: World, talk: str) -> list[tuple[Author, str]]:
    with world.database.reading() as session:
        return [(line.author, line.text) for line in transcript.lines(session, talk)]


def _url(talk: str) -> str:
    return f"/desk/conversations/{talk}"


def test_the_queue_shows_what_is_needed_and_no_word_number_or_place(world: World) -> None:
    world.account("maria")
    talk = world.texts(WORDS, sender="+13135550142")
    world.asks_for_a_person(
        talk, needs=["legal_representation"], place="Hamtramck, MI", language="es", urgent=True
    )
    page = world.browser("maria").get("/desk").text
    for shown in ("Legal help", "Spanish", "SMS", "Danger", "1 waiting", "<time datetime="):
        assert shown in page
    for hidden in ("passport", "5550142", "Hamtramck", talk):
        assert hidden not in page


def test_who_is_in_danger_after_stop_is_shown_and_cannot_be_texted(world: World) -> None:
    world.account("maria")
    talk = world.texts(WORDS)
    handoff = world.asks_for_a_person(talk, urgent=True)
    assert "cannot be texted" not in world.browser("maria").get("/desk").text
    world.stops(talk)
    assert "they replied STOP: they cannot be texted" in world.browser("maria").get("/desk").text
    world.claims("maria", handoff)
    assert "They replied STOP." in world.browser("maria").get(_url(talk)).text
    assert [author for author, _ in _said(world, talk)] == [Author.SURVIVOR]


def test_danger_comes_first_then_the_longest_wait(world: World, clock: Clock) -> None:
    world.account("maria")
    for number, (need, urgent) in enumerate(
        [("food", False), ("clothing", False), ("housing", True)]
    ):
        talk = world.texts("hello", sender=f"+1313555020{number}")
        world.asks_for_a_person(talk, needs=[need], urgent=urgent)
        clock.forward(60)
    page = world.browser("maria").get("/desk").text
    rows = re.split(r'<li class="row', page)[1:]
    assert ["Housing" in rows[0], "Food" in rows[1], "Clothing" in rows[2]] == [True] * 3
    assert "<title>(3, danger) Desk</title>" in page


def test_taking_a_conversation_opens_it_and_tells_the_survivor_who_came(world: World) -> None:
    world.account("maria", display_name="Maria Lopez")
    talk = world.texts(WORDS)
    handoff = world.asks_for_a_person(talk, needs=["housing"], place="Detroit, MI")
    browser = world.browser("maria")
    answer = browser.post(f"/desk/queue/{handoff}/claim")
    assert (answer.status_code, answer.headers["location"]) == (303, _url(talk))
    page = browser.get(_url(talk)).text
    for shown in (WORDS, "Housing", "Detroit, MI", "Text message (SMS)", "Send"):
        assert shown in page
    assert "Maria Lopez" in _said(world, talk)[-1][1]


def test_of_two_advocates_at_once_one_gets_it_and_the_other_is_told_who(
    database: Database, vault: Vault, clock: Clock
) -> None:
    world = build_on(database, vault, clock)
    names = ["maria", "noor", "sam", "kim"]
    for name in names:
        world.account(name)
    for number in range(5):
        talk = world.texts("hello", sender=f"+1313555030{number}")
        handoff = world.asks_for_a_person(talk)
        browsers = [world.browser(name) for name in names]
        start = threading.Barrier(len(names))
        answers: dict[str, tuple[int, str]] = {}

        def take(browser: Browser, name: str) -> None:
            start.wait()  # noqa: B023 - the threads end within the loop
            answer = browser.post(f"/desk/queue/{handoff}/claim")  # noqa: B023
            answers[name] = (answer.status_code, answer.text)  # noqa: B023

        threads = [
            threading.Thread(target=take, args=pair) for pair in zip(browsers, names, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        winners = [name for name, (status, _) in answers.items() if status == 303]
        assert len(winners) == 1
        for name in set(names) - set(winners):
            status, text = answers[name]
            assert status == 409
            assert f"Taken by {winners[0].capitalize()} a moment ago" in text
            assert "hello" not in text
        stored = world.handoff(handoff)
        assert stored.state == HandoffState.LIVE
        assert stored.advocate_id == browsers[names.index(winners[0])].person.account_id


def test_one_who_no_longer_waits_cannot_be_taken(world: World) -> None:
    world.account("maria")
    browser = world.browser("maria")
    answer = browser.post("/desk/queue/00000000-0000-7000-8000-000000000000/claim")
    assert answer.status_code == 409
    assert "Nobody waits there any more" in answer.text


def test_what_one_waits_for_is_said_at_ones_own_conversations(world: World, clock: Clock) -> None:
    world.account("maria")
    talk = world.texts(WORDS, sender="+13135550160")
    world.claims("maria", world.asks_for_a_person(talk))
    browser = world.browser("maria")
    assert 'class="wrote"' not in browser.get("/desk").text
    world.texts("are you there", sender="+13135550160")
    clock.forward(180)
    page = browser.get("/desk").text
    assert re.search(r'class="wrote">.*wrote <time [^>]*>3 min ago</time>', page)
    assert "are you there" not in page
