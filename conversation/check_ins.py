"""Check-ins: short news of the wait, to those who wait for an advocate and agreed to it (S10)."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversation import due, handoffs, outbox
from conversation.models import Conversation, Handoff, HandoffState
from conversation.outbox import SEND_WITHIN, Occasion
from conversation.ports import Word
from conversation.voice import Voice

EVERY = timedelta(minutes=15)
# So many without a text of theirs; then one says that it is the last.
MOST_IN_A_ROW = 4


def are_on(handoff: Handoff | None) -> bool:
    """Whether they wait, and agreed to check-ins."""
    return (
        handoff is not None
        and handoff.state == HandoffState.WAITING
        and handoff.check_in_every is not None
    )


def switch_on(handoff: Handoff, now: datetime) -> None:
    """From now on, until they switch it off or an advocate comes. The consent is the caller's."""
    handoff.check_in_every = int(EVERY.total_seconds() // 60)
    handoff.check_ins_unanswered = 0
    handoff.check_in_at = now + EVERY


def switch_off(handoff: Handoff) -> None:
    """No more of them."""
    handoff.check_in_every = handoff.check_in_at = None


def heard(session: Session, conversation: Conversation, now: datetime) -> None:
    """They wrote, and were answered: the next check-in is a whole while away, and counts anew."""
    handoff = handoffs.current(session, conversation.id)
    if handoff is not None and are_on(handoff):
        switch_on(handoff, now)


def say_next(session: Session, now: datetime, *, voice: Voice, someone_here: bool) -> bool:
    """Say the check-in that is due longest, and commit; False when none is due.

    One that is late by more than any text may be is left out, as is one that the gate refuses: the
    next comes at its time. Of two workers one says it, since the row is locked; neither waits.
    """
    handoff = session.scalars(
        select(Handoff)
        .where(
            Handoff.state == HandoffState.WAITING,
            Handoff.check_in_at <= now,
            ~due.has_unanswered(Handoff.conversation_id),
        )
        .order_by(Handoff.check_in_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    conversation = due.locked(session, handoff.conversation_id) if handoff else None
    if handoff is None or handoff.check_in_at is None or conversation is None:
        session.rollback()
        return False
    on_time = now - handoff.check_in_at < SEND_WITHIN
    handoff.check_in_at = _next(handoff.check_in_at, now)
    if on_time and outbox.may_we_send(conversation, Occasion.CHECK_IN):
        words = [_word(session, handoff, someone_here)]
        outbox.queue_words(
            session, conversation, words, voice=voice, now=now, occasion=Occasion.CHECK_IN
        )
    session.commit()
    return True


def _word(session: Session, handoff: Handoff, someone_here: bool) -> Word:
    """Where they stand; after many that nobody answered, that this is the last."""
    if handoff.check_ins_unanswered >= MOST_IN_A_ROW:
        switch_off(handoff)
        return {"say": "check_in_last"}
    handoff.check_ins_unanswered += 1
    wait = handoffs.wait_word(handoffs.ahead_of(session, handoff), someone_here=someone_here)
    return {"say": "check_in", "args": {"wait": wait}}


def _next(due_at: datetime, now: datetime) -> datetime:
    """The next time in step with the last one; what was missed meanwhile is not made up for."""
    return due_at + EVERY * ((now - due_at) // EVERY + 1)
