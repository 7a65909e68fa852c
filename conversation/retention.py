"""Deletes what has served its purpose: one table of what goes when (C11)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from conversation.erase import erase
from conversation.models import Address, Conversation, Delivery, EarlyReport, Event, Message

# Reports about messages that are not ours, and events that every page has long shown.
SHORT_LIVED = timedelta(days=2)
# Conversations emptied in one transaction: others must be able to write in between.
AT_ONCE = 50


def forget_conversations(session: Session, now: datetime, keep: timedelta) -> int:
    """Empty conversations in which nothing was said for `keep`; how many. Commits."""
    last = func.max(Message.at)
    old = session.scalars(
        select(Conversation)
        .join(Message, Message.conversation_id == Conversation.id)
        # Who agreed to be texted at a time is still awaited until then (S10).
        .where(
            Message.text.is_not(None),
            or_(Conversation.safe_at.is_(None), Conversation.safe_at < now),
        )
        .group_by(Conversation.id)
        .having(last < now - keep)
        .limit(AT_ONCE)
    ).all()
    for conversation in old:
        erase(session, conversation, now)
    session.commit()
    return len(old)


def forget_reports(session: Session, now: datetime, _keep: timedelta) -> int:
    """Delete delivery reports that never found their message. Commits."""
    return _delete_before(session, EarlyReport, now)


def forget_events(session: Session, now: datetime, _keep: timedelta) -> int:
    """Delete events that no page can still be waiting for. Commits."""
    return _delete_before(session, Event, now)


def forget_addresses(session: Session, _now: datetime, _keep: timedelta) -> int:
    """Empty the numbers of those whose conversations are all over and sent. Commits.

    What stays is the keyed hash, so that an opt-out is known again (decision 6).
    """
    going_on = exists().where(
        Conversation.address_id == Address.id, Conversation.closed_at.is_(None)
    )
    unsent = exists().where(
        Conversation.address_id == Address.id,
        Message.conversation_id == Conversation.id,
        Message.delivery.in_((Delivery.QUEUED, Delivery.SENDING)),
    )
    emptied = session.execute(
        update(Address)
        .where(Address.value.is_not(None), ~going_on, ~unsent)
        .values(value=None)
        .returning(Address.id)
        .execution_options(synchronize_session=False)
    ).all()
    session.commit()
    return len(emptied)


def _delete_before(session: Session, table: type[EarlyReport | Event], now: datetime) -> int:
    deleted = session.execute(
        delete(table).where(table.at < now - SHORT_LIVED).returning(table.at)
    ).all()
    session.commit()
    return len(deleted)


# What is deleted, each by a function that is called again while it finds something.
TABLE: dict[str, Callable[[Session, datetime, timedelta], int]] = {
    "words of conversations that are over": forget_conversations,
    "numbers of those who are gone": forget_addresses,
    "delivery reports of unknown messages": forget_reports,
    "events of the desk's pages": forget_events,
}


def tidy(session: Session, now: datetime, keep: timedelta) -> int:
    """Delete all that is due; how many rows or conversations."""
    total = 0
    for forget in TABLE.values():
        while found := forget(session, now, keep):
            total += found
    return total
