"""Says whose turn it is, and gives it to one worker by a lease (decision 7)."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, exists, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from conversation.models import (
    Author,
    Channel,
    Conversation,
    Handoff,
    HandoffState,
    Message,
)
from conversation.ports import Timing

# Channels on which people write in pieces, so that a turn waits for the rest.
IN_PIECES = (Channel.SMS, Channel.WHATSAPP)


def take_next(session: Session, owner: str, now: datetime, timing: Timing) -> str | None:
    """Lease the conversation whose turn it is, and commit; None when nobody's turn it is.

    Danger first, then the longest wait. Over SMS a turn waits until no text has come for
    `timing.settle` seconds, never longer than `timing.settle_at_most`; danger, a live advocate
    and the other channels do not wait.
    """
    new = case((Message.core_at.is_(None), 1), else_=0)
    urgent = func.max(case((Message.urgent & Message.core_at.is_(None), 1), else_=0))
    newest, oldest = func.max(Message.at), func.min(Message.at)
    live = exists().where(
        Handoff.conversation_id == Conversation.id, Handoff.state == HandoffState.LIVE
    )
    free = or_(Conversation.lease_until.is_(None), Conversation.lease_until < now)
    due = (
        select(Conversation.id)
        .join(Message, Message.conversation_id == Conversation.id)
        .where(Message.author == Author.SURVIVOR, Message.answered_at.is_(None), free)
        .group_by(Conversation.id)
        .having(
            or_(
                Conversation.channel.not_in(IN_PIECES),
                live,
                newest <= now - timedelta(seconds=timing.settle),
                oldest <= now - timedelta(seconds=timing.settle_at_most),
                urgent == 1,
            ),
            # After a failure of the engine it waits, unless something new came.
            or_(
                Conversation.retry_at.is_(None),
                Conversation.retry_at <= now,
                func.max(new) == 1,
            ),
        )
        .order_by(urgent.desc(), oldest)
        .limit(1)
    )
    while (conversation_id := session.scalar(due)) is not None:
        taken = session.execute(
            update(Conversation)
            .where(Conversation.id == conversation_id, free)
            .values(lease_owner=owner, lease_until=now + timedelta(seconds=timing.lease))
            .returning(Conversation.id)
        ).first()
        session.commit()
        if taken is not None:
            return conversation_id
    session.rollback()
    return None


def held(session: Session, conversation_id: str, owner: str) -> Conversation | None:
    """The conversation, locked, if `owner` still holds its lease; asked again at each commit."""
    return session.scalars(
        select(Conversation)
        .where(Conversation.id == conversation_id, Conversation.lease_owner == owner)
        .with_for_update()
    ).first()


def locked(session: Session, conversation_id: str) -> Conversation | None:
    """The conversation, locked, unless somebody else has it just now."""
    return session.scalars(
        select(Conversation)
        .where(Conversation.id == conversation_id)
        .with_for_update(skip_locked=True)
    ).first()


def has_unanswered(conversation_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether a text of theirs waits for its turn: then nothing else is said first."""
    return exists().where(
        Message.conversation_id == conversation_id,
        Message.author == Author.SURVIVOR,
        Message.answered_at.is_(None),
    )


def unanswered(session: Session, conversation_id: str) -> list[Message]:
    """The survivor's messages of a conversation that are not answered yet, in order."""
    return list(
        session.scalars(
            select(Message)
            .where(
                Message.conversation_id == conversation_id,
                Message.author == Author.SURVIVOR,
                Message.answered_at.is_(None),
            )
            .order_by(Message.seq)
        )
    )
