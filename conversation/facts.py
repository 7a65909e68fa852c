"""The facts that go into the bot's memory before a turn: all it may know of time and place.

They are put in here and nowhere else, so that the same memory and text give the same answer.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conversation import handoffs
from conversation.models import Author, Conversation, Message

MEMORY_VERSION = 1


def memory_with_facts(
    session: Session,
    conversation: Conversation,
    batch: list[Message],
    *,
    organization: str,
    advocates_available: bool,
    was_paused: bool,
    now: datetime,
) -> dict[str, Any]:
    """The memory for a turn that answers `batch`, with fresh facts in it."""
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
            "silence_seconds": _silence(session, conversation, batch),
            "organization": organization,
            "advocates_available": advocates_available,
            "crisis_answered": any(message.urgent for message in batch),
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


def _handoff(session: Session, conversation_id: str) -> Mapping[str, Any]:
    """Where they stand in line; before they are in it, how many would be ahead."""
    handoff = handoffs.current(session, conversation_id)
    if handoff is None:
        ahead = handoffs.waiting_count(session)
        return {"handoff": "none", "waiting": {"ahead": ahead, "minutes": None} if ahead else None}
    ahead = handoffs.ahead_of(session, handoff)
    return {"handoff": handoff.state, "waiting": {"ahead": ahead, "minutes": None}}
