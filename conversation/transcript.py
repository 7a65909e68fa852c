"""Reads a conversation's messages for those who may see them. Whoever shows them to an advocate
records the look first (`conversation.audit`, C12)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversation.models import Author, Delivery, Message


@dataclass(frozen=True)
class Line:
    """One message as a page shows it; `seq` counts from 1 within the conversation."""

    seq: int
    author: Author
    text: str
    at: datetime
    delivery: Delivery
    error: str | None
    choices: tuple[str, ...]
    media_count: int


def lines(session: Session, conversation_id: str, *, after: int = 0) -> list[Line]:
    """The messages after number `after`, in order."""
    messages = session.scalars(
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.seq > after)
        .order_by(Message.seq)
    )
    return [
        Line(
            seq=message.seq,
            author=Author(message.author),
            text=message.text or "",
            at=message.at,
            delivery=Delivery(message.delivery),
            error=message.error_code,
            choices=tuple(message.choices or ()),
            media_count=message.media_count,
        )
        for message in messages
    ]


def was_said(
    session: Session, conversation_id: str, message_id: str, *, at: datetime | None = None
) -> bool:
    """Whether a message of the bot's, by its id, has been said in this conversation.

    With `at`: at exactly that time, which is that of a turn.
    """
    bots = select(Message.said).where(
        Message.conversation_id == conversation_id, Message.author == Author.BOT
    )
    if at is not None:
        bots = bots.where(Message.at == at)
    return any(message_id in (ids or ()) for ids in session.scalars(bots))


def anything_said(session: Session, conversation_id: str) -> bool:
    """Whether anything has been said to the survivor in this conversation."""
    return (
        session.scalar(
            select(Message.id)
            .where(Message.conversation_id == conversation_id, Message.author != Author.SURVIVOR)
            .limit(1)
        )
        is not None
    )
