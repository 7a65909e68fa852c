"""The worker texts first where it was agreed, and only there, on a clock that a test sets (S10)."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

import app.worker
from app.database import Database
from app.wake import LocalWake
from app.worker import Outbox, ReachingOut, Tidying, Worker
from conversation import check_ins, safe_times, transcript
from conversation.models import Channel, new_id
from conversation.ports import Timing
from tests.conftest import Clock
from tests.conversation.conftest import Core, core, voice

__all__ = ["core", "voice"]

WITHIN = 20.0


class Phone:
    """A carrier that delivers to one phone."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def send(self, *, to: str, body: str, valid_seconds: int) -> str:
        self.texts.append(body)
        return new_id()

    def find_sent(self, *, to: str, body: str, since: object) -> list[str]:
        return []


@contextmanager
def working(core: Core, phone: Phone, workers: int = 1) -> Iterator[None]:
    """That many whole workers on the same database."""

    def make(database: Database, clock: Clock) -> Worker:
        return Worker(
            core.turns,
            Outbox(database.sessions, {Channel.SMS: phone}, clock, Timing()),
            ReachingOut(database.sessions, core.voice, lambda _session: True, clock),
            Tidying(database.sessions, clock, timedelta(days=30)),
            LocalWake(),
        )

    running = [make(core.database, core.clock) for _ in range(workers)]
    for worker in running:
        worker.start()
    try:
        yield
    finally:
        for worker in running:
            worker.stop()


def until(true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + WITHIN
    while not true():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.02)


@pytest.fixture(autouse=True)
def _look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.worker, "REACH_OUT_EVERY", 0.05)


def test_two_workers_say_each_check_in_once_and_send_it(core: Core) -> None:
    core.say("HUMAN")
    core.say("yes")
    core.asks({"say": "ask_check_ins"})
    core.does("set_check_ins", "yes", on=True)
    phone = Phone()
    with working(core, phone, workers=2):
        for number in range(1, check_ins.MOST_IN_A_ROW + 2):
            core.clock.forward(check_ins.EVERY.total_seconds())
            until(lambda number=number: len(phone.texts) >= number, "a check-in")
            time.sleep(0.3)
            assert len(phone.texts) == number
        core.clock.forward(check_ins.EVERY.total_seconds())
        time.sleep(0.3)
    assert len(phone.texts) == check_ins.MOST_IN_A_ROW + 1
    assert all("QUIET" in text for text in phone.texts[:-1])
    assert phone.texts[-1] == core.voice.catalogue.speak("check_in_last", {}, "en")


def test_at_a_safe_time_one_neutral_text_goes_out_and_its_answer_is_taken(core: Core) -> None:
    at = core.clock() + timedelta(hours=1)
    zone = "America/Detroit"
    core.asks({"say": "confirm_safe_time", "args": {"time": safe_times.spoken(at, zone)}})
    core.does("keep_safe_time", "yes", at=at.isoformat(), zone=zone)
    phone = Phone()
    with working(core, phone, workers=2):
        time.sleep(0.3)
        assert phone.texts == []
        core.clock.forward(3600)
        until(lambda: bool(phone.texts), "the hello")
        core.clock.forward(60)
        core.text("yes")
        core.clock.forward(3)
        until(lambda: len(phone.texts) == 2, "the answer")
    assert phone.texts[0] == core.voice.catalogue.speak("safe_time_hello", {}, "en")
    assert core.engine.asked[-1][0]["facts"]["was_paused"] is True
    with core.database.sessions() as session:
        assert transcript.lines(session, core.conversation().id)[-1].delivery == "sent"
