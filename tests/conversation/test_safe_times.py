"""Nobody is texted first without a time they named and agreed to (S10, C6, S13)."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from conversation import retention, safe_times
from conversation.models import Address
from tests.conversation.conftest import Core

ZONE = "America/Detroit"


def question(at: datetime) -> dict[str, Any]:
    return {"say": "confirm_safe_time", "args": {"time": safe_times.spoken(at, ZONE)}}


def in_hours(core: Core, hours: float) -> datetime:
    return core.clock() + timedelta(hours=hours)


def agree(core: Core, at: datetime) -> list[str]:
    """They are asked about a time, and say yes."""
    core.asks(question(at))
    return core.does("keep_safe_time", "yes", at=at.isoformat(), zone=ZONE)


@pytest.fixture
def agreed(core: Core) -> Core:
    """A survivor who agreed to be texted in two hours."""
    assert agree(core, in_hours(core, 2)) == ["safe_time_kept", "greet"]
    return core


def test_the_yes_is_recorded_with_its_question_and_its_time(agreed: Core) -> None:
    (row,) = agreed.consents("safe_time")
    at = agreed.conversation().safe_at
    assert at is not None
    assert (row.decision, row.recipient, row.answer_text) == ("granted", "survivor", "yes")
    assert "Tue, Nov 24" in (row.asked_text or "")
    assert row.items == [at.isoformat()]
    assert row.expires_at == at + safe_times.LATE
    assert agreed.conversation().safe_zone == ZONE


def test_day_and_time_are_said_in_the_zone_of_the_survivor(agreed: Core) -> None:
    # 20:00 UTC and two hours are 5 PM in Detroit in November.
    assert any("Tue, Nov 24, 5:00 PM" in line.text for line in agreed.lines())


def test_at_the_time_they_are_asked_once_and_then_nothing_comes(agreed: Core) -> None:
    agreed.clock.forward(2 * 3600 - 30)
    assert agreed.reach_out() == []
    agreed.clock.forward(30)
    assert agreed.reach_out() == ["safe_time_hello"]
    for _ in range(4):
        agreed.clock.forward(900)
        assert agreed.reach_out() == []


def test_the_next_turn_is_told_that_it_has_to_ask_if_texting_is_safe(agreed: Core) -> None:
    agreed.clock.forward(2 * 3600)
    agreed.reach_out()
    agreed.clock.forward(60)
    agreed.say("yes")
    facts = agreed.engine.asked[-1][0]["facts"]
    assert (facts["was_paused"], facts["hello_said"], facts["safe_time"]) == (True, True, None)
    agreed.say("i need food")
    facts = agreed.engine.asked[-1][0]["facts"]
    assert (facts["was_paused"], facts["hello_said"]) == (False, False)


def test_the_engine_is_told_the_time(agreed: Core) -> None:
    agreed.say("when was it again")
    at = agreed.conversation().safe_at
    assert at is not None
    assert agreed.engine.asked[-1][0]["facts"]["safe_time"] == at.isoformat()


def test_without_the_question_there_is_no_yes_and_it_is_asked(core: Core) -> None:
    at = in_hours(core, 2)
    said = core.does("keep_safe_time", "at five", at=at.isoformat(), zone=ZONE)
    assert said == ["confirm_safe_time"]
    assert core.conversation().safe_at is None
    assert core.consents("safe_time") == []
    assert core.say("yes") == ["safe_time_kept"]
    assert core.conversation().safe_at == at


def test_a_no_to_the_question_keeps_nothing(core: Core) -> None:
    at = in_hours(core, 2)
    core.does("keep_safe_time", "at five", at=at.isoformat(), zone=ZONE)
    assert core.say("no") == ["safe_time_forgotten"]
    assert core.conversation().safe_at is None
    assert [row.decision for row in core.consents("safe_time")] == ["refused"]


@pytest.mark.parametrize("answer", ["ok?", "maybe", "k"])
def test_only_a_clear_yes_lets_a_text_come_first(core: Core, answer: str) -> None:
    at = in_hours(core, 2)
    core.does("keep_safe_time", "at five", at=at.isoformat(), zone=ZONE)
    core.say(answer)
    assert core.conversation().safe_at is None


@pytest.mark.parametrize("hours", [-1, -0.1, 14 * 24 + 1])
def test_a_time_that_is_past_or_too_far_is_refused_with_words(core: Core, hours: float) -> None:
    assert agree(core, in_hours(core, hours)) == ["safe_time_not_kept"]
    assert core.conversation().safe_at is None
    assert core.consents("safe_time") == []


def test_a_later_time_takes_the_place_of_an_earlier_one(agreed: Core) -> None:
    agree(agreed, in_hours(agreed, 5))
    agreed.clock.forward(2 * 3600)
    assert agreed.reach_out() == []
    agreed.clock.forward(3 * 3600)
    assert agreed.reach_out() == ["safe_time_hello"]


def test_it_can_be_taken_back_at_once(agreed: Core) -> None:
    assert agreed.does("forget_safe_time", "dont text me")[0] == "safe_time_forgotten"
    assert [row.decision for row in agreed.consents("safe_time")] == ["granted", "withdrawn"]
    agreed.clock.forward(2 * 3600)
    assert agreed.reach_out() == []


@pytest.mark.parametrize("word", ["DISCREET", "PAUSE"])
def test_it_holds_in_discreet_mode_and_through_a_pause(agreed: Core, word: str) -> None:
    agreed.say(word)
    agreed.clock.forward(2 * 3600)
    assert agreed.reach_out() == ["safe_time_hello"]


def test_after_stop_nothing_comes_and_start_does_not_bring_it_back(agreed: Core) -> None:
    agreed.say("STOP")
    assert agreed.consents("safe_time")[-1].decision == "withdrawn"
    agreed.say("START")
    agreed.clock.forward(2 * 3600)
    assert agreed.reach_out() == []


def test_an_opt_out_that_only_the_carrier_told_holds_too(agreed: Core) -> None:
    with agreed.database.sessions() as session:
        session.scalars(select(Address)).one().opted_out_at = agreed.clock()
        session.commit()
    agreed.clock.forward(2 * 3600)
    assert agreed.reach_out() == []
    assert agreed.conversation().safe_at is None


def test_an_erase_forgets_it(agreed: Core) -> None:
    agreed.say("erase")
    agreed.say("delete")
    assert agreed.conversation().safe_at is None
    agreed.clock.forward(2 * 3600)
    assert agreed.reach_out() == []


def test_a_time_that_passed_unseen_is_not_made_up_for(agreed: Core) -> None:
    agreed.clock.forward(2 * 3600 + safe_times.LATE.total_seconds() + 1)
    assert agreed.reach_out() == []
    assert safe_times.is_missed(agreed.conversation(), agreed.clock())
    agreed.say("you did not text")
    assert agreed.conversation().safe_at is None
    assert agreed.engine.asked[-1][0]["facts"]["safe_time"] is None


def test_a_little_late_is_still_the_agreed_time(agreed: Core) -> None:
    agreed.clock.forward(2 * 3600 + 600)
    assert agreed.reach_out() == ["safe_time_hello"]


def test_who_writes_at_the_time_is_not_asked_beside_the_answer(agreed: Core) -> None:
    agreed.clock.forward(2 * 3600 + 5)
    agreed.text("its five now")
    assert agreed.reach_out() == []
    agreed.clock.forward(3)
    agreed.take_turns()
    assert agreed.reach_out() == []


def test_of_several_workers_at_once_one_says_it(agreed: Core) -> None:
    agreed.clock.forward(2 * 3600)
    before = len(agreed.lines())
    barrier = threading.Barrier(4)

    def work() -> None:
        barrier.wait()
        with agreed.database.sessions() as session:
            safe_times.say_next(session, agreed.clock(), voice=agreed.voice)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(agreed.lines()) - before == 1


def test_their_words_are_kept_until_the_time_they_named(agreed: Core) -> None:
    def tidy() -> None:
        with agreed.database.sessions() as session:
            retention.tidy(session, agreed.clock(), timedelta(hours=1))

    agreed.clock.forward(3601)
    tidy()
    assert agreed.conversation().safe_at is not None
    agreed.clock.forward(3600)
    tidy()
    assert agreed.conversation().safe_at is None


@pytest.mark.parametrize(
    "args",
    [
        {"at": "tomorrow", "zone": ZONE},
        {"at": "2026-11-24T22:00:00", "zone": ZONE},
        {"at": "2026-11-24T22:00:00+00:00", "zone": "Detroit"},
        {"at": "2026-11-24T22:00:00+00:00", "zone": "../etc/passwd"},
        {"at": 5, "zone": ZONE},
        {"at": "2026-11-24T22:00:00+00:00"},
    ],
)
def test_a_time_that_is_none_is_no_command(core: Core, args: dict[str, Any]) -> None:
    assert core.does("keep_safe_time", **args) == ["engine_down"]
