"""Waiting is honest and discreet, through the running system.

Quarters of an hour are not waited for: a test moves the time that was agreed, in the database that
the system works on, and the worker does the rest.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from conversation import check_ins, handoffs, safe_times
from conversation.models import Conversation
from tests.support.past import in_the_database, they_wrote
from tests.support.system import System, Texter


def check_in_now(session: Session, conversation: Conversation) -> None:
    """Check-ins are on, and the next is due."""
    handoff = handoffs.current(session, conversation.id)
    assert handoff is not None
    check_ins.switch_on(handoff, datetime.now(UTC) - check_ins.EVERY)


def it_is_the_safe_time(_session: Session, conversation: Conversation) -> None:
    """The time that was agreed has come."""
    safe_times.keep(conversation, datetime.now(UTC), "America/Detroit")


def in_line(system: System) -> Texter:
    """A survivor who waits for an advocate."""
    texter = system.texter()
    texter.says("HUMAN", "offer_handoff")
    texter.says("yes", "ask_check_ins", "ask_safe_time")
    return texter


def test_a_check_in_comes_while_they_wait_and_quiet_ends_it(system: System) -> None:
    ana = in_line(system)
    in_the_database(ana, check_in_now)
    assert "QUIET" in ana.hears("check_in")
    ana.says("QUIET", "check_ins_off")
    ana.hears_nothing()
    ana.text("STOP")


def test_at_a_safe_time_one_neutral_text_comes_and_then_they_are_waited_for(
    system: System,
) -> None:
    ben = system.texter()
    ben.says("i need food", "ask_safe_heard")
    ben.says("PAUSE", "paused")
    in_the_database(ben, it_is_the_safe_time)
    assert len(ben.hears("safe_time_hello").texts) == 1
    ben.hears_nothing(7)
    # The bot goes on as after a silence.
    assert ben.says("yes").texts
    ben.text("STOP")


def test_in_discreet_mode_nothing_comes_first_and_nothing_is_named(system: System) -> None:
    cam = in_line(system)
    cam.says("DISCREET", "discreet_on")
    advocate = system.log_in("advocate")
    assert "discreet: they must not be texted first" in advocate.queue_page()
    talk = advocate.take_first()
    cam.hears_nothing()
    joined = cam.says("is somebody there", "advocate_joined_discreet")
    assert "advocate" not in joined
    advocate.answers(talk, "I am here.")
    cam.hears()
    in_the_database(cam, they_wrote(timedelta(minutes=15)))
    refused = advocate.answers(talk, "Are you there?")
    assert "They asked not to be texted first." in refused.text
    cam.hears_nothing()
    advocate.closes(talk)
    cam.hears_nothing()
    heard = cam.says("HELP", "help_answer_discreet")
    assert heard.says("handoff_closed_discreet")
    cam.says("NORMAL", "discreet_off")
    cam.text("STOP")
