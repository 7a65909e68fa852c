"""What a survivor wishes is shown at the desk, and heeded: safe times, discreet mode, a call."""

import re
from datetime import timedelta

import pytest

from conversation import discretion, safe_times, transcript
from conversation.models import Conversation, Handoff
from desk.wishes import safe_time
from desk.words import NOT_FIRST
from directory.vocabulary import Need
from tests.conftest import Clock
from tests.desk.world import World

ZONE = "America/Detroit"


def keep_safe_time(world: World, talk: str, hours: float) -> None:
    with world.database.sessions() as session:
        conversation = session.get_one(Conversation, talk)
        safe_times.keep(conversation, world.clock() + timedelta(hours=hours), ZONE)
        session.commit()


def go_discreet(world: World, talk: str) -> None:
    with world.database.sessions() as session:
        conversation = session.get_one(Conversation, talk)
        discretion.switch(session, conversation, on=True, now=world.clock())
        session.commit()


def ask_to_call(world: World, handoff_id: str, service: str) -> None:
    with world.database.sessions() as session:
        session.get_one(Handoff, handoff_id).service = service
        session.commit()


def mark(page: str) -> str:
    found = re.search(r'name="mark" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


def test_the_queue_says_when_and_how_they_may_be_reached(world: World) -> None:
    world.account("maria")
    talk = world.texts("i need a lawyer")
    handoff = world.asks_for_a_person(talk)
    page = world.browser("maria").get("/desk").text
    for unsaid in ("safe to text", "discreet", "asked us to call"):
        assert unsaid not in page
    # 20:00 UTC and two hours are 5 PM in Detroit.
    keep_safe_time(world, talk, 2)
    go_discreet(world, talk)
    service = world.partner("Harbor Legal", "Legal help", Need.LEGAL_REPRESENTATION, "313-555-0100")
    ask_to_call(world, handoff, service)
    page = world.browser("maria").get("/desk").text
    assert "safe to text: Tue 5:00 PM (Detroit)" in page
    assert "discreet: they must not be texted first" in page
    assert "asked us to call: Harbor Legal" in page


def test_the_conversation_says_the_same(world: World) -> None:
    world.account("maria")
    talk = world.texts("i need a lawyer")
    handoff = world.asks_for_a_person(talk)
    ask_to_call(world, handoff, "00000000-0000-7000-8000-000000000000")
    keep_safe_time(world, talk, 2)
    world.claims("maria", handoff)
    go_discreet(world, talk)
    page = world.browser("maria").get(f"/desk/conversations/{talk}").text
    assert "<dt>Safe to text</dt><dd>Tue 5:00 PM (Detroit)</dd>" in page
    assert "Discreet: they must not be texted first." in page
    assert "a partner that is no longer in the directory" in page


def test_a_safe_time_that_passed_unseen_is_shown_as_missed(world: World, clock: Clock) -> None:
    world.account("maria")
    talk = world.taken("maria")
    waiting = world.texts("hello", sender="+13135550171")
    world.asks_for_a_person(waiting)
    for one in (talk, waiting):
        keep_safe_time(world, one, 1)
    clock.forward(3600 + safe_times.LATE.total_seconds())
    browser = world.browser("maria")
    assert "safe time missed: Tue 4:00 PM (Detroit)" in browser.get("/desk").text
    page = browser.get(f"/desk/conversations/{talk}").text
    assert "<dt>Safe time missed</dt>" in page


def test_who_was_asked_at_their_time_is_waited_for(world: World, clock: Clock) -> None:
    world.account("maria")
    talk = world.taken("maria")
    keep_safe_time(world, talk, 1)
    clock.forward(3600)
    with world.database.sessions() as session:
        assert not safe_times.say_next(session, clock(), voice=world.deps.voice)
    page = world.browser("maria").get(f"/desk/conversations/{talk}").text
    # A text of theirs waits for its answer: nothing comes beside it.
    assert "They were asked at their safe time" not in page
    with world.database.sessions() as session:
        world.message(session, talk, 1).answered_at = clock()
        session.commit()
    with world.database.sessions() as session:
        assert safe_times.say_next(session, clock(), voice=world.deps.voice)
    page = world.browser("maria").get(f"/desk/conversations/{talk}").text
    assert "They were asked at their safe time" in page


@pytest.mark.parametrize("htmx", [True, False])
def test_an_advocates_words_stay_until_they_write(world: World, clock: Clock, htmx: bool) -> None:
    world.account("maria")
    talk = world.texts("i need a place", sender="+13135550172")
    world.claims("maria", world.asks_for_a_person(talk))
    go_discreet(world, talk)
    clock.forward(601)
    browser = world.browser("maria")
    url = f"/desk/conversations/{talk}"
    once = mark(browser.get(url).text)
    answer = browser.post(f"{url}/answer", text="Are you there?", mark=once, htmx=htmx)
    assert answer.status_code == 422
    assert NOT_FIRST in answer.text
    assert "Are you there?" in answer.text
    with world.database.reading() as session:
        assert "Are you there?" not in [one.text for one in transcript.lines(session, talk)]
    world.texts("yes", sender="+13135550172")
    answer = browser.post(f"{url}/answer", text="Are you there?", mark=once, htmx=htmx)
    assert answer.status_code in (200, 303)
    with world.database.reading() as session:
        assert transcript.lines(session, talk)[-1].text == "Are you there?"


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0, "Tue 3:00 PM (Detroit)"),
        (12, "Wed 3:00 AM (Detroit)"),
        (9.5, "Wed 12:30 AM (Detroit)"),
        (7 * 24, "Tue 1 Dec 3:00 PM (Detroit)"),
    ],
)
def test_a_safe_time_is_said_shortly_in_its_zone(clock: Clock, hours: float, said: str) -> None:
    assert safe_time(clock() + timedelta(hours=hours), ZONE, clock()) == said


def test_no_safe_time_is_said_as_none(clock: Clock) -> None:
    assert safe_time(None, None, clock()) is None
    assert safe_time(clock(), "America/New_York", clock()) == "Tue 3:00 PM (New York)"
