"""The facts that go into the bot's memory before a turn: all it may know of time and place.

They are put in here and nowhere else, so that the same memory and text give the same answer.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conversation import alarms, check_ins, handoffs, safe_times
from conversation.models import Author, Conversation, Delivery, Message

MEMORY_VERSION = 1
# What may still arrive, or has.
ON_THE_WAY = (Delivery.QUEUED, Delivery.SENDING, Delivery.SENT, Delivery.DELIVERED)
# The welcome is among the first texts of a conversation, if the core said it.
FIRST_TEXTS = 5


def memory_with_facts(
    session: Session,
    conversation: Conversation,
    batch: list[Message],
    *,
    organization: str,
    zone: str,
    keep_days: int,
    advocates_available: bool,
    was_paused: bool,
    hello_said: bool,
    now: datetime,
) -> dict[str, Any]:
    """The memory for a turn that answers `batch`, with fresh facts in it.

    `hello_said`: they were asked at their safe time whether it is a good one, and this may be the
    answer.
    """
    memory = conversation.memory or {}
    return {
        "version": MEMORY_VERSION,
        "slots": {},
        "form": None,
        "last_action": None,
        "undo": None,
        **memory,
        "facts": {
            "now": now.isoformat(),
            "language": conversation.language or "en",
            "channel": conversation.channel,
            "first_contact": conversation.memory is None,
            "was_paused": was_paused,
            "hello_said": hello_said,
            "welcomed": _said_first(session, conversation.id, "welcome"),
            "told_who_reads": _said_first(session, conversation.id, "welcome_private"),
            "crossed": _crossed(session, conversation, batch),
            "silence_seconds": _silence(session, conversation, batch),
            "organization": organization,
            "zone": zone,
            "keep_days": keep_days,
            "discreet": conversation.discreet,
            "safe_time": _safe_time(conversation, now),
            "advocates_available": advocates_available,
            "crisis_answered": alarms.crisis_in(session, conversation, batch, now),
            # The same all through a conversation, different between conversations.
            "seed": UUID(conversation.id).int % 2**31,
            **_handoff(session, conversation.id),
        },
    }


def _silence(session: Session, conversation: Conversation, batch: list[Message]) -> int | None:
    """Seconds between the survivor's last text before this turn and the turn's first."""
    before = session.scalar(
        select(func.max(Message.at)).where(
            Message.conversation_id == conversation.id,
            Message.author == Author.SURVIVOR,
            Message.seq < batch[0].seq,
        )
    )
    return None if before is None else int((batch[0].at - before).total_seconds())


def _said_first(session: Session, conversation_id: str, message_id: str) -> bool:
    """Whether it has been said what this is, or who reads it, by the core or the bot (M4, P2)."""
    first = session.scalars(
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.author == Author.BOT)
        .order_by(Message.seq)
        .limit(FIRST_TEXTS)
    )
    return any(message_id in (message.said or ()) for message in first)


def _crossed(session: Session, conversation: Conversation, batch: list[Message]) -> bool:
    """Whether their text was written before our last one began to be sent.

    What this turn has said already is left out.
    """
    began = batch[0].core_at
    last = session.scalars(
        select(Message)
        .where(
            Message.conversation_id == conversation.id,
            Message.author != Author.SURVIVOR,
            Message.delivery.in_(ON_THE_WAY),
            Message.at < began,
        )
        .order_by(Message.seq.desc())
        .limit(1)
    ).first()
    return last is not None and (last.sent_at is None or batch[0].at < last.sent_at)


def _safe_time(conversation: Conversation, now: datetime) -> str | None:
    """When they will be texted first; None for no such time, and for one that was missed."""
    if conversation.safe_at is None or safe_times.is_missed(conversation, now):
        return None
    return conversation.safe_at.isoformat()


def _handoff(session: Session, conversation_id: str) -> Mapping[str, Any]:
    """Where they stand in line; before they are in it, how many would be ahead."""
    handoff = handoffs.current(session, conversation_id)
    if handoff is None:
        ahead = handoffs.waiting_count(session)
        waiting = {"ahead": ahead, "minutes": None} if ahead else None
        return {"handoff": "none", "waiting": waiting, "agreed": False, "check_ins": False}
    ahead = handoffs.ahead_of(session, handoff)
    return {
        "handoff": handoff.state,
        "waiting": {"ahead": ahead, "minutes": None},
        # In line by danger alone they have not said yes to being read yet (C13).
        "agreed": handoff.consent_id is not None,
        "check_ins": check_ins.are_on(handoff),
    }
