"""Waiting is honest: check-ins that they agreed to, and can switch off (S10, C6)."""

import threading
from dataclasses import replace

import pytest

from conversation import check_ins, handoffs, outbox
from conversation.models import Handoff, HandoffState
from tests.conversation.conftest import Core
from tests.conversation.test_handoffs import claim

QUARTER = check_ins.EVERY.total_seconds()


@pytest.fixture
def in_line(core: Core) -> Core:
    """A survivor who waits for an advocate, and has been asked about check-ins."""
    core.say("HUMAN")
    assert core.say("yes")[-1] == "ask_check_ins"
    # They did not answer that; the bot asks.
    core.asks({"say": "ask_check_ins"})
    return core


def wait_unasked(core: Core) -> None:
    """Put somebody in line, as the bot does it, who was not asked about check-ins."""
    core.asks({"say": "offer_handoff", "choices": ["choice_yes", "choice_no"]})
    core.does("open_handoff", "yes", needs=[], place=None)


@pytest.fixture
def checked(in_line: Core) -> Core:
    """The same, who said yes."""
    assert in_line.does("set_check_ins", "yes", on=True) == ["check_ins_on", "greet"]
    return in_line


def handoff_id(core: Core) -> str:
    with core.database.sessions() as session:
        return handoffs.queue(session)[0].handoff_id


def test_a_yes_is_recorded_and_every_quarter_of_an_hour_they_are_told(checked: Core) -> None:
    (row,) = checked.consents("check_ins")
    assert (row.decision, row.recipient, row.answer_text) == ("granted", "survivor", "yes")
    assert "15 minutes" in (row.asked_text or "")
    checked.clock.forward(QUARTER - 60)
    assert checked.reach_out() == []
    for _ in range(2):
        checked.clock.forward(60)
        assert checked.reach_out() == ["check_in"]
        assert checked.reach_out() == []
        checked.clock.forward(QUARTER - 60)


def test_a_check_in_says_the_wait_and_how_to_end_it(checked: Core) -> None:
    checked.clock.forward(QUARTER)
    checked.reach_out()
    text = checked.lines()[-1].text
    assert "QUIET" in text
    assert checked.voice.catalogue.speak("wait_next", {}, "en") in text
    checked.turns = replace(checked.turns, someone_here=lambda _session: False)
    checked.clock.forward(QUARTER)
    checked.reach_out()
    assert checked.voice.catalogue.speak("wait_closed", {}, "en") in checked.lines()[-1].text


def test_without_the_question_there_is_no_yes_and_it_is_asked(core: Core) -> None:
    wait_unasked(core)
    assert core.does("set_check_ins", "yes", on=True)[0] == "ask_check_ins"
    assert core.consents("check_ins") == []
    core.clock.forward(QUARTER)
    assert core.reach_out() == []
    assert core.say("yes") == ["check_ins_on"]
    core.clock.forward(QUARTER)
    assert core.reach_out() == ["check_in"]


def test_a_yes_that_crossed_the_question_does_not_count(core: Core) -> None:
    wait_unasked(core)
    core.engine.words = [{"say": "ask_check_ins"}]
    core.text("how long")
    core.clock.forward(3)
    core.take_turns()
    core.text("yes")
    core.clock.forward(3)
    core.send_all()
    core.engine.commands = [{"command": "set_check_ins", "args": {"on": True}}]
    core.take_turns()
    assert core.said()[-2:] == ["ask_check_ins", "ask_check_ins"]
    assert core.consents("check_ins") == []


@pytest.mark.parametrize("word", ["QUIET", "silencio", "Quiet."])
def test_quiet_ends_them_and_is_recorded(checked: Core, word: str) -> None:
    assert checked.say(word) == ["check_ins_off"]
    assert [row.decision for row in checked.consents("check_ins")] == ["granted", "withdrawn"]
    checked.clock.forward(3 * QUARTER)
    assert checked.reach_out() == []


def test_quiet_is_a_word_like_any_other_while_there_are_none(in_line: Core) -> None:
    assert in_line.say("quiet") == ["greet"]
    assert in_line.engine.asked[-1][1] == "quiet"


def test_the_bot_can_switch_them_off(checked: Core) -> None:
    assert checked.does("set_check_ins", "no more notes", on=False)[0] == "check_ins_off"
    assert checked.consents("check_ins")[-1].decision == "withdrawn"
    checked.clock.forward(QUARTER)
    assert checked.reach_out() == []


def test_a_no_is_recorded_and_costs_nothing(in_line: Core) -> None:
    assert in_line.does("set_check_ins", "no", on=False)[0] == "check_ins_off"
    assert [row.decision for row in in_line.consents("check_ins")] == ["refused"]
    assert handoff_id(in_line)


def test_what_the_bot_says_itself_is_not_said_twice(in_line: Core) -> None:
    in_line.engine.words = [{"say": "check_ins_on"}]
    assert in_line.does("set_check_ins", "yes", on=True) == ["check_ins_on"]


def test_after_four_in_a_row_one_says_that_it_is_the_last(checked: Core) -> None:
    said = []
    for _ in range(8):
        checked.clock.forward(QUARTER)
        said += checked.reach_out()
    assert said == ["check_in"] * 4 + ["check_in_last"]
    assert checked.does("set_check_ins", "again please", on=True)[0] == "check_ins_on"


def test_a_text_of_theirs_counts_anew(checked: Core) -> None:
    for _ in range(4):
        checked.clock.forward(QUARTER)
        assert checked.reach_out() == ["check_in"]
    checked.say("still here")
    assert checked.engine.asked[-1][0]["facts"]["check_ins"] is True
    checked.clock.forward(QUARTER - 5)
    assert checked.reach_out() == []
    checked.clock.forward(10)
    assert checked.reach_out() == ["check_in"]


def test_nothing_comes_between_their_text_and_its_answer(checked: Core) -> None:
    checked.clock.forward(QUARTER)
    checked.text("are you there")
    assert checked.reach_out() == []


def test_what_is_late_is_left_out_and_not_made_up_for(checked: Core) -> None:
    checked.clock.forward(2 * QUARTER + outbox.SEND_WITHIN.total_seconds() + 1)
    assert checked.reach_out() == []
    checked.clock.forward(QUARTER - outbox.SEND_WITHIN.total_seconds())
    assert checked.reach_out() == ["check_in"]


@pytest.mark.parametrize(("word", "after"), [("STOP", "stop"), ("PAUSE", "pause")])
def test_none_come_after_stop_or_a_pause(checked: Core, word: str, after: str) -> None:
    checked.say(word)
    for _ in range(3):
        checked.clock.forward(QUARTER)
        assert checked.reach_out() == [], after


def test_none_come_in_discreet_mode_and_none_are_promised_then(checked: Core) -> None:
    checked.say("DISCREET")
    checked.clock.forward(QUARTER)
    assert checked.reach_out() == []
    assert checked.does("set_check_ins", "yes", on=True) == ["discreet_on"]
    checked.say("NORMAL")
    checked.clock.forward(QUARTER)
    assert checked.reach_out() == ["check_in"]


def test_none_come_once_an_advocate_is_there(checked: Core) -> None:
    claim(checked, handoff_id(checked), "ana")
    checked.send_all()
    checked.clock.forward(QUARTER)
    assert checked.reach_out() == []


def test_none_come_after_they_left_the_line(checked: Core) -> None:
    checked.does("withdraw_handoff", "never mind")
    checked.clock.forward(QUARTER)
    assert checked.reach_out() == []
    assert checked.does("set_check_ins", "yes", on=True) == ["greet"]
    assert len(checked.consents("check_ins")) == 1


def test_of_several_workers_at_once_one_says_it(checked: Core) -> None:
    checked.clock.forward(QUARTER)
    before = len(checked.lines())
    barrier = threading.Barrier(4)

    def work() -> None:
        barrier.wait()
        with checked.database.sessions() as session:
            check_ins.say_next(session, checked.clock(), voice=checked.voice, someone_here=True)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(checked.lines()) - before == 1


def test_an_erase_ends_them(checked: Core) -> None:
    checked.say("erase")
    checked.say("delete")
    checked.clock.forward(QUARTER)
    assert checked.reach_out() == []


def test_only_who_waits_is_checked_on() -> None:
    for state in HandoffState:
        handoff = Handoff(state=state, check_in_every=15)
        assert check_ins.are_on(handoff) == (state == HandoffState.WAITING)
    assert not check_ins.are_on(None)
