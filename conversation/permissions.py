"""What follows from a yes or a no to one of the questions for a permission, whoever heard it.

The bot's commands and the core's own question end here, so that no yes acts without its record
(C9), and none that was written before the question was sent (decision 5). Does not commit.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from conversation import check_ins, consent, events, handoffs, safe_times
from conversation.consent import CHECK_INS, HANDOFF, SAFE_TIME, Permission
from conversation.models import Conversation, Decision, HandoffState, Message
from conversation.ports import Word

KEPT_NOT: Word = {"say": "safe_time_not_kept"}


def question(permission: Permission, about: Mapping[str, Any]) -> Word:
    """The question for a permission; `about` is what a yes to it would be about."""
    word: dict[str, Any] = {"say": permission.question, "choices": list(consent.YES_NO)}
    if permission == SAFE_TIME:
        at = datetime.fromisoformat(about["at"])
        word["args"] = {"time": safe_times.spoken(at, about["zone"])}
    return word


def grant(
    session: Session,
    conversation: Conversation,
    answer: Message,
    permission: Permission,
    about: Mapping[str, Any],
    now: datetime,
) -> Word | None:
    """Record a yes and do what it permits; None when done, else the word to say instead.

    That is the question, when the yes had crossed it on its way: then the next yes counts. A safe
    time that has passed or is too far ahead is not kept (S10).
    """
    at = datetime.fromisoformat(about["at"]) if permission == SAFE_TIME else None
    if at is not None and not safe_times.can_be_kept(at, now):
        return KEPT_NOT
    items = (at.isoformat(),) if at else ()
    try:
        row = consent.record(
            session,
            conversation,
            answer,
            Decision.GRANTED,
            permission=permission,
            more_items=items,
            now=now,
        )
    except consent.NotAsked:
        conversation.pending, conversation.pending_args = permission.purpose, dict(about)
        # The offer is on its way or was just read: in other words than that.
        again = consent.offer(session, conversation) if permission == HANDOFF else None
        return again or question(permission, about)
    if permission == HANDOFF:
        handoffs.open_handoff(
            session,
            conversation,
            needs=about["needs"],
            place=about["place"],
            service=about["service"],
            alarm=None,
            consent_id=row.id,
            now=now,
        )
    elif at is not None:
        row.expires_at = at + safe_times.LATE
        safe_times.keep(conversation, at, about["zone"])
        events.add(session, conversation.id, events.EventKind.HANDOFF, now)
    elif (handoff := handoffs.current(session, conversation.id)) is not None:
        check_ins.switch_on(handoff, now)
    return None


def take_back(
    session: Session,
    conversation: Conversation,
    answer: Message | None,
    permission: Permission,
    now: datetime,
) -> None:
    """Text nobody first any more, at once (C4); or record a no to what was asked (C3)."""
    handoff = handoffs.current(session, conversation.id)
    if permission == SAFE_TIME:
        stood = conversation.safe_at is not None
        safe_times.forget(conversation)
    else:
        stood = check_ins.are_on(handoff)
        if handoff is not None:
            check_ins.switch_off(handoff)
    if stood:
        decision = Decision.WITHDRAWN
        events.add(session, conversation.id, events.EventKind.HANDOFF, now)
    elif answer is not None and consent.was_asked(session, conversation, permission, answer):
        decision = Decision.REFUSED
    else:
        return
    consent.record(session, conversation, answer, decision, permission=permission, now=now)


def waits(session: Session, conversation: Conversation) -> bool:
    """Whether they are in line, so that there is something to check in about."""
    handoff = handoffs.current(session, conversation.id)
    return handoff is not None and handoff.state == HandoffState.WAITING


def done_word(permission: Permission, about: Mapping[str, Any]) -> Word:
    """What says that a safe time or check-ins are agreed."""
    if permission == SAFE_TIME:
        return {"say": "safe_time_kept", "args": question(permission, about)["args"]}
    return {"say": "check_ins_on"}


# What says that nothing of the kind will come.
ENDED: dict[str, Word] = {
    HANDOFF.purpose: {"say": "handoff_refused"},
    SAFE_TIME.purpose: {"say": "safe_time_forgotten"},
    CHECK_INS.purpose: {"say": "check_ins_off"},
}
