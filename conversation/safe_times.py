"""Safe times: when somebody agreed to be texted first, once, to be asked if it is safe (S10)."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversation import due, outbox
from conversation.models import Conversation
from conversation.outbox import Occasion
from conversation.ports import Word
from conversation.voice import Voice

AHEAD_AT_MOST = timedelta(days=14)
# After so long the time has passed: a text then would come at no agreed time.
LATE = timedelta(minutes=30)
HELLO: Word = {"say": "safe_time_hello", "choices": ["choice_yes", "choice_no"]}


def can_be_kept(at: datetime, now: datetime) -> bool:
    """Whether a time is still to come, and not so far that much may have changed."""
    return now < at <= now + AHEAD_AT_MOST


def keep(conversation: Conversation, at: datetime, zone: str) -> None:
    """Keep a time, instead of an earlier one. The consent is the caller's."""
    conversation.safe_at, conversation.safe_zone = at, zone


def forget(conversation: Conversation) -> None:
    """Text nobody first."""
    conversation.safe_at = conversation.safe_zone = None


def heard(conversation: Conversation, at: datetime) -> None:
    """They wrote at `at`: a hello is answered, and a time that had come by then has served."""
    conversation.greeted_at = None
    if conversation.safe_at is not None and conversation.safe_at <= at:
        forget(conversation)


def is_missed(conversation: Conversation, now: datetime) -> bool:
    """Whether the time passed and nothing could be sent."""
    return conversation.safe_at is not None and conversation.safe_at <= now - LATE


def spoken(at: datetime, zone: str) -> dict[str, object]:
    """A safe time as an argument of a message: day, date and time in the survivor's zone."""
    return {"time": at.isoformat(), "zone": zone, "date": True}


def say_next(session: Session, now: datetime, *, voice: Voice) -> bool:
    """Say hello at the safe time that is due longest, and commit; False when none is due.

    After that it is as after a pause: nothing more until they write, and the next turn asks again
    whether it is safe. Of two workers one says it, since the row is locked; neither waits.
    """
    conversation = session.scalars(
        select(Conversation)
        .where(
            Conversation.safe_at <= now,
            Conversation.safe_at > now - LATE,
            Conversation.closed_at.is_(None),
            ~due.has_unanswered(Conversation.id),
        )
        .order_by(Conversation.safe_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if conversation is None:
        session.rollback()
        return False
    forget(conversation)
    if outbox.may_we_send(conversation, Occasion.SAFE_TIME):
        conversation.greeted_at = now
        outbox.queue_words(
            session, conversation, [HELLO], voice=voice, now=now, occasion=Occasion.SAFE_TIME
        )
    session.commit()
    return True
