"""Erases what a survivor wrote, when they ask for it and have confirmed it.

What stays: counts, the bare fact, date and kind of each consent, and an opt-out of the address
(decision 6).
"""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from conversation import events, handoffs, outbox, safe_times
from conversation.models import Consent, Conversation, Handoff, Message

WHAT_IS_EMPTIED: dict[type[Message | Consent | Handoff], tuple[str, ...]] = {
    Message: ("text", "said", "choices"),
    Consent: ("items", "asked_text", "answer_text"),
    Handoff: ("needs", "place", "service", "check_in_every", "check_in_at"),
}


def erase(session: Session, conversation: Conversation, now: datetime) -> None:
    """Empty a conversation, end what is open in it, and close it. Does not commit.

    The next text from the same address begins a new conversation that knows nothing of this one.
    """
    handoffs.withdraw(session, conversation.id, now)
    outbox.expire_unsent(session, conversation.id, now, urgent_too=True)
    session.flush()
    for table, columns in WHAT_IS_EMPTIED.items():
        session.execute(
            update(table)
            .where(table.conversation_id == conversation.id)
            .values(dict.fromkeys(columns))
        )
    conversation.memory = None
    conversation.pending = conversation.pending_args = None
    conversation.owed = conversation.held = None
    conversation.discreet = False
    conversation.greeted_at = None
    safe_times.forget(conversation)
    conversation.closed_at = now
    events.add(session, conversation.id, events.EventKind.MESSAGE, now)
