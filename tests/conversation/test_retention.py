"""What has served its purpose is deleted (C11)."""

from datetime import timedelta

from sqlalchemy import select

from conversation import retention
from conversation.models import Address, Event, Message
from tests.conversation.conftest import Core

KEEP = timedelta(days=30)


def tidy(core: Core) -> int:
    with core.database.sessions() as session:
        return retention.tidy(session, core.clock(), KEEP)


def test_a_conversation_is_emptied_when_nothing_was_said_for_the_set_time(core: Core) -> None:
    core.say("i need food")
    core.clock.forward(KEEP.total_seconds() - 10)
    tidy(core)
    assert core.lines()[0].text == "i need food"
    core.clock.forward(60)
    assert tidy(core) > 0
    with core.database.sessions() as session:
        assert [text for text in session.scalars(select(Message.text)) if text] == []
    assert tidy(core) == 0


def test_a_conversation_that_goes_on_is_kept_whole(core: Core) -> None:
    core.say("i need food")
    core.clock.forward(KEEP.total_seconds() - 10)
    core.say("me again")
    core.clock.forward(60)
    tidy(core)
    assert core.lines()[0].text == "i need food"


def test_events_that_every_page_has_shown_are_deleted(core: Core) -> None:
    core.say("i need food")
    core.clock.forward(retention.SHORT_LIVED.total_seconds() + 1)
    tidy(core)
    with core.database.sessions() as session:
        assert session.scalars(select(Event)).all() == []


def test_the_number_of_who_is_gone_is_emptied_and_their_opt_out_kept(core: Core) -> None:
    core.say("i need food")
    core.say("STOP")
    core.clock.forward(KEEP.total_seconds() + 60)
    tidy(core)
    with core.database.sessions() as session:
        address = session.scalars(select(Address)).one()
    assert address.value is None
    assert core.say("hello") == []
    assert core.say("START") == ["opted_in"]
