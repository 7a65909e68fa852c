"""Passing a live conversation to an advocate and back. The states and their moves are `MOVES`."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from conversation import audit, discretion, events, outbox
from conversation.core_words import Danger
from conversation.models import (
    Author,
    Channel,
    Conversation,
    Handoff,
    HandoffState,
)
from conversation.ports import Word
from conversation.voice import Voice

# From which states a handoff may move where. A race is decided by the database: `_move` changes
# a row only while it is still in a state that allows it.
MOVES: dict[HandoffState, frozenset[HandoffState]] = {
    HandoffState.WAITING: frozenset(
        {HandoffState.LIVE, HandoffState.WITHDRAWN, HandoffState.CLOSED}
    ),
    HandoffState.LIVE: frozenset(
        {HandoffState.RETURNED, HandoffState.CLOSED, HandoffState.WITHDRAWN}
    ),
    HandoffState.RETURNED: frozenset(),
    HandoffState.CLOSED: frozenset(),
    HandoffState.WITHDRAWN: frozenset(),
}
OPEN = (HandoffState.WAITING, HandoffState.LIVE)
FIRST_IN_LINE = case((Handoff.alarm == Danger.DANGER, 0), (Handoff.alarm.is_not(None), 1), else_=2)


class AlreadyTaken(Exception):
    """Another advocate was faster."""

    def __init__(self, advocate_id: str | None) -> None:
        """Say who has it."""
        super().__init__("this conversation has been taken by another advocate")
        self.advocate_id = advocate_id


class NotWaiting(Exception):
    """Nobody waits there any more: withdrawn, closed, or handed back."""


class NotYours(Exception):
    """The conversation is not, or no longer, with this advocate."""


class OptedOut(Exception):
    """The survivor said STOP: nothing may be sent until they write START (M3)."""


class TheyWriteFirst(Exception):
    """The survivor is in discreet mode and has not written just now: nothing may be sent (S8)."""


@dataclass(frozen=True)
class Waiting:
    """A handoff as the queue shows it: no name, no number, no words of the survivor.

    `service` is the partner's service that they asked us to call, by its id in the directory.
    `opted_out`: they said STOP, and danger rang after it; they cannot be texted (M3).
    """

    handoff_id: str
    conversation_id: str
    since: datetime
    needs: tuple[str, ...]
    place: str | None
    language: str | None
    channel: Channel
    urgent: bool
    alarm: Danger | None
    agreed: bool
    state: HandoffState
    advocate_id: str | None
    position: int
    service: str | None
    opted_out: bool


def open_handoff(
    session: Session,
    conversation: Conversation,
    *,
    needs: list[str],
    place: str | None,
    alarm: Danger | None,
    consent_id: str | None,
    service: str | None = None,
    now: datetime,
) -> Handoff:
    """Put a conversation into the queue; where it already is, add what is new (S1).

    `service` is the id of a partner's service that they ask us to call for them.
    """
    handoff = current(session, conversation.id)
    if handoff is None:
        handoff = Handoff(
            conversation_id=conversation.id, state=HandoffState.WAITING, opened_at=now
        )
        session.add(handoff)
    handoff.needs = sorted({*(handoff.needs or ()), *needs})
    handoff.place = place or handoff.place
    if alarm is not None and handoff.alarm != Danger.DANGER:
        handoff.alarm = alarm
    handoff.consent_id = consent_id or handoff.consent_id
    handoff.service = service or handoff.service
    session.flush()
    kind = events.EventKind.DANGER if alarm else events.EventKind.HANDOFF
    events.add(session, conversation.id, kind, now)
    return handoff


def current(session: Session, conversation_id: str) -> Handoff | None:
    """The handoff of a conversation that waits or is live."""
    return session.scalars(
        select(Handoff).where(Handoff.conversation_id == conversation_id, Handoff.state.in_(OPEN))
    ).first()


def is_live(session: Session, conversation_id: str) -> bool:
    """Whether an advocate has the conversation: then the bot is silent."""
    handoff = current(session, conversation_id)
    return handoff is not None and handoff.state == HandoffState.LIVE


def queue(session: Session) -> list[Waiting]:
    """Who waits: danger first, then the longest wait."""
    rows = session.execute(
        select(Handoff, Conversation)
        .join(Conversation, Conversation.id == Handoff.conversation_id)
        .where(Handoff.state == HandoffState.WAITING)
        .order_by(FIRST_IN_LINE, Handoff.opened_at, Handoff.id)
    )
    return [_waiting(handoff, talk, place) for place, (handoff, talk) in enumerate(rows, start=1)]


def mine(session: Session, advocate_id: str) -> list[Waiting]:
    """The live conversations of an advocate, the oldest first."""
    rows = session.execute(
        select(Handoff, Conversation)
        .join(Conversation, Conversation.id == Handoff.conversation_id)
        .where(Handoff.state == HandoffState.LIVE, Handoff.advocate_id == advocate_id)
        .order_by(Handoff.claimed_at, Handoff.id)
    )
    return [_waiting(handoff, talk, 0) for handoff, talk in rows]


def ahead_of(session: Session, handoff: Handoff) -> int:
    """How many wait before this one."""
    ids = [item.handoff_id for item in queue(session)]
    return ids.index(handoff.id) if handoff.id in ids else 0


def claim(
    session: Session,
    handoff_id: str,
    advocate_id: str,
    now: datetime,
    *,
    voice: Voice,
    advocate_name: str,
) -> str:
    """Take a waiting conversation; exactly one of several advocates gets it. Commits.

    The survivor is told that `advocate_name` is here, in discreet mode once they write. Returns
    the conversation's id; taking one's own again changes nothing. Raises AlreadyTaken or
    NotWaiting.
    """
    moved = _move(session, handoff_id, HandoffState.LIVE, now, advocate_id=advocate_id)
    if not moved:
        session.rollback()
        handoff = session.get(Handoff, handoff_id)
        if handoff is not None and handoff.state == HandoffState.LIVE:
            if handoff.advocate_id == advocate_id:
                return handoff.conversation_id
            raise AlreadyTaken(handoff.advocate_id)
        raise NotWaiting(handoff_id)
    handoff = session.get_one(Handoff, handoff_id)
    conversation = session.get_one(Conversation, handoff.conversation_id)
    conversation.pending = conversation.pending_args = None
    audit.record(
        session,
        actor_id=advocate_id,
        action="claim",
        conversation_id=conversation.id,
        now=now,
    )
    events.add(session, conversation.id, events.EventKind.HANDOFF, now)
    joined = {"say": "advocate_joined", "args": {"name": advocate_name}}
    discretion.tell(session, conversation, joined, voice=voice, now=now)
    session.commit()
    return conversation.id


def answer(
    session: Session,
    conversation_id: str,
    advocate_id: str,
    text: str,
    now: datetime,
    *,
    voice: Voice,
) -> int:
    """Send an advocate's words; the number of the (last) message. Commits.

    Raises NotYours when the conversation is not with this advocate, OptedOut after a STOP, and
    TheyWriteFirst when they asked not to be texted first.
    """
    conversation = _owned(session, conversation_id, advocate_id)
    if conversation.address.opted_out_at is not None:
        raise OptedOut(conversation_id)
    if not discretion.may_write(session, conversation, now):
        raise TheyWriteFirst(conversation_id)
    held = discretion.take_held(conversation)
    outbox.queue_words(
        session, conversation, held, voice=voice, now=now, occasion=outbox.Occasion.ANSWER
    )
    seq = outbox.queue_text(
        session, conversation, text, author=Author.ADVOCATE, advocate_id=advocate_id, now=now
    )
    audit.record(
        session, actor_id=advocate_id, action="answer", conversation_id=conversation_id, now=now
    )
    session.commit()
    return seq


def hand_back(
    session: Session, conversation_id: str, advocate_id: str, now: datetime, *, voice: Voice
) -> None:
    """Return a conversation to the bot, no form open (decision 13). Commits. Raises NotYours."""
    _end(session, conversation_id, advocate_id, HandoffState.RETURNED, "advocate_left", voice, now)


def close(
    session: Session, conversation_id: str, advocate_id: str, now: datetime, *, voice: Voice
) -> None:
    """End the advocate's part of a conversation. Commits. Raises NotYours."""
    _end(session, conversation_id, advocate_id, HandoffState.CLOSED, "handoff_closed", voice, now)


def withdraw(session: Session, conversation_id: str, now: datetime) -> bool:
    """The survivor no longer wants to wait or talk; False when nothing was open."""
    handoff = current(session, conversation_id)
    if handoff is None or not _move(session, handoff.id, HandoffState.WITHDRAWN, now):
        return False
    events.add(session, conversation_id, events.EventKind.HANDOFF, now)
    return True


def without_form(memory: dict[str, object] | None) -> dict[str, object] | None:
    """The bot's memory with no open question, so that it does not resume in mid-form."""
    return memory and {**memory, "form": None, "last_action": None}


def with_question(memory: dict[str, object] | None, message_id: str) -> dict[str, object]:
    """The bot's memory in which it has just asked this beside "anything else?" (its slot `small`).

    So the next text is read as the answer, also when the core asked before the bot met them.
    """
    memory = memory or {}
    slots = memory.get("slots")
    kept = slots if isinstance(slots, dict) else {}
    return {
        **memory,
        "slots": {**kept, "offered": True, "small": {"ask": message_id}},
        "form": {"name": "next_form", "requested_slot": "next"},
        "last_action": None,
    }


def _owned(session: Session, conversation_id: str, advocate_id: str) -> Conversation:
    handoff = current(session, conversation_id)
    if handoff is None or handoff.state != HandoffState.LIVE or handoff.advocate_id != advocate_id:
        raise NotYours(conversation_id)
    return session.get_one(Conversation, conversation_id)


def _end(
    session: Session,
    conversation_id: str,
    advocate_id: str,
    state: HandoffState,
    message_id: str,
    voice: Voice,
    now: datetime,
) -> None:
    conversation = _owned(session, conversation_id, advocate_id)
    handoff = current(session, conversation_id)
    if handoff is None or not _move(session, handoff.id, state, now):
        session.rollback()
        raise NotYours(conversation_id)
    conversation.memory = without_form(conversation.memory)
    conversation.pending = conversation.pending_args = None
    audit.record(
        session, actor_id=advocate_id, action=state, conversation_id=conversation_id, now=now
    )
    events.add(session, conversation_id, events.EventKind.HANDOFF, now)
    discretion.tell(session, conversation, {"say": message_id}, voice=voice, now=now)
    session.commit()


def _move(
    session: Session,
    handoff_id: str,
    state: HandoffState,
    now: datetime,
    *,
    advocate_id: str | None = None,
) -> bool:
    """Move a handoff if its present state allows it: one UPDATE, so that one of two wins."""
    sources = [source for source, targets in MOVES.items() if state in targets]
    values: dict[str, object] = {"state": state}
    if state == HandoffState.LIVE:
        values |= {"advocate_id": advocate_id, "claimed_at": now}
    else:
        values |= {"ended_at": now}
    result = session.execute(
        update(Handoff)
        .where(Handoff.id == handoff_id, Handoff.state.in_(sources))
        .values(**values)
        .returning(Handoff.id)
    )
    return result.first() is not None


def _waiting(handoff: Handoff, conversation: Conversation, position: int) -> Waiting:
    return Waiting(
        handoff_id=handoff.id,
        conversation_id=conversation.id,
        since=handoff.opened_at,
        needs=tuple(handoff.needs or ()),
        place=handoff.place,
        language=conversation.language,
        channel=Channel(conversation.channel),
        urgent=handoff.urgent,
        alarm=Danger(handoff.alarm) if handoff.alarm else None,
        agreed=handoff.consent_id is not None,
        state=HandoffState(handoff.state),
        advocate_id=handoff.advocate_id,
        position=position,
        service=handoff.service,
        opted_out=conversation.address.opted_out_at is not None,
    )


def wait_word(ahead: int, *, someone_here: bool) -> Word:
    """What is known of the wait; never a promise (B2)."""
    if not someone_here:
        return {"say": "wait_closed"}
    if ahead == 0:
        return {"say": "wait_next"}
    return {"say": "wait_ahead", "args": {"n": ahead}}


def waiting_count(session: Session) -> int:
    """How many conversations wait."""
    return (
        session.scalar(
            select(func.count()).select_from(Handoff).where(Handoff.state == HandoffState.WAITING)
        )
        or 0
    )
