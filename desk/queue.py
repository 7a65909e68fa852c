"""What the desk's first column shows: who waits, what I have, what colleagues have.

Before a conversation is taken nothing of the survivor's words, number or place is read for it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversation import handoffs
from conversation.access import may
from conversation.core_words import Danger
from conversation.handoffs import Waiting
from conversation.models import Author, Conversation, Handoff, HandoffState, Message
from desk import reading, words
from desk.login import Person
from desk.wishes import Wishes, wishes_of


@dataclass(frozen=True)
class Row:
    """One line of the queue."""

    handoff_id: str
    position: int
    since: datetime
    needs: tuple[str, ...]
    language: str
    channel: str
    urgent: bool
    alarm: Danger | None
    opted_out: bool
    wishes: Wishes


@dataclass(frozen=True)
class Mine:
    """One of my live conversations; `wrote_at` is set while their last word is unanswered."""

    conversation_id: str
    title: str
    language: str
    channel: str
    urgent: bool
    alarm: Danger | None
    wrote_at: datetime | None


@dataclass(frozen=True)
class Other:
    """A live conversation that a colleague has."""

    conversation_id: str
    holder: str
    since: datetime
    language: str
    urgent: bool
    alarm: Danger | None


@dataclass(frozen=True)
class Desk:
    """Everything in the first column. Two that are equal look alike."""

    waiting: tuple[Row, ...]
    mine: tuple[Mine, ...]
    others: tuple[Other, ...]

    @property
    def danger(self) -> bool:
        """Whether somebody in danger waits."""
        return any(row.urgent for row in self.waiting)


def look(session: Session, person: Person, now: datetime) -> Desk:
    """The desk as it is now, for this person."""
    return Desk(
        waiting=tuple(_row(session, item, now) for item in handoffs.queue(session))
        if may(person.role, "see_queue")
        else (),
        mine=tuple(_mine(session, item) for item in handoffs.mine(session, person.account_id)),
        others=_others(session, person) if may(person.role, "read_any") else (),
    )


def title_of(needs: tuple[str, ...]) -> str:
    """What a conversation is called at the desk: by its needs, never by a name."""
    return ", ".join(words.need_name(need) for need in needs) or "Nothing named yet"


def _row(session: Session, item: Waiting, now: datetime) -> Row:
    return Row(
        handoff_id=item.handoff_id,
        position=item.position,
        since=item.since,
        needs=item.needs,
        language=words.language_name(item.language),
        channel=words.CHANNEL_SHORT[item.channel],
        urgent=item.urgent,
        alarm=item.alarm,
        opted_out=item.opted_out,
        wishes=wishes_of(session, item.conversation_id, item.service, now),
    )


def _mine(session: Session, item: Waiting) -> Mine:
    author, at = session.execute(
        select(Message.author, Message.at)
        .where(Message.conversation_id == item.conversation_id)
        .order_by(Message.seq.desc())
        .limit(1)
    ).one_or_none() or (None, None)
    return Mine(
        conversation_id=item.conversation_id,
        title=title_of(item.needs),
        language=words.language_name(item.language),
        channel=words.CHANNEL_SHORT[item.channel],
        urgent=item.urgent,
        alarm=item.alarm,
        wrote_at=at if author == Author.SURVIVOR else None,
    )


def _others(session: Session, person: Person) -> tuple[Other, ...]:
    rows = session.execute(
        select(Handoff, Conversation.language)
        .join(Conversation, Conversation.id == Handoff.conversation_id)
        .where(Handoff.state == HandoffState.LIVE, Handoff.advocate_id != person.account_id)
        .order_by(Handoff.claimed_at, Handoff.id)
    )
    return tuple(
        Other(
            conversation_id=handoff.conversation_id,
            holder=reading.name_of(session, handoff.advocate_id) or "somebody",
            since=handoff.claimed_at or handoff.opened_at,
            language=words.language_name(language),
            urgent=handoff.urgent,
            alarm=Danger(handoff.alarm) if handoff.alarm else None,
        )
        for handoff, language in rows
    )
