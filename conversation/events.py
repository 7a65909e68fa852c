"""Numbers what happens in a conversation, so that a browser can resume where it stopped."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import update
from sqlalchemy.orm import Session

from conversation.models import Conversation, Event


class EventKind(StrEnum):
    """What a desk page may have to show anew."""

    MESSAGE = "message"
    DELIVERY = "delivery"
    HANDOFF = "handoff"
    DANGER = "danger"


def add(session: Session, conversation_id: str, kind: EventKind, now: datetime) -> int:
    """Record an event; its number within the conversation (decision 9)."""
    number = session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(last_event=Conversation.last_event + 1)
        .returning(Conversation.last_event)
    ).scalar_one()
    session.add(Event(conversation_id=conversation_id, number=number, kind=kind, at=now))
    return number


def next_seq(session: Session, conversation_id: str) -> int:
    """Take the next message number of a conversation; others wait until this commits."""
    return session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(last_seq=Conversation.last_seq + 1)
        .returning(Conversation.last_seq)
    ).scalar_one()
