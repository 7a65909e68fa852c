"""Who may read which conversation, and what of it is shown. Asked anew before every look."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conversation import handoffs, transcript
from conversation.access import may
from conversation.models import (
    Author,
    Channel,
    Conversation,
    Delivery,
    Handoff,
    HandoffState,
    Message,
)
from conversation.transcript import Line
from desk import words
from desk.login import Person
from desk.models import Account
from desk.visits import Refused
from desk.wishes import Wishes, wishes_of

# A longer conversation begins with its last lines; the rest is one link away.
LINES_AT_FIRST = 100

_ENDED: dict[HandoffState, str] = {
    HandoffState.RETURNED: "It was handed back to the bot.",
    HandoffState.CLOSED: "It was closed.",
    HandoffState.WITHDRAWN: "The survivor no longer wants to talk with somebody now.",
}


@dataclass(frozen=True)
class LineView:
    """One message as the page shows it."""

    line: Line
    side: str
    author: str
    language: str | None
    delivery: words.DeliveryWords | None


@dataclass(frozen=True)
class Talk:
    """What is known about a conversation that somebody may read, without its lines."""

    conversation_id: str
    channel: Channel
    language: str | None
    started_at: datetime
    needs: tuple[str, ...]
    place: str | None
    urgent: bool
    alarm: str | None
    agreed: bool
    state: HandoffState | None
    waiting_since: datetime | None
    opted_out: bool
    paused: bool
    greeted: bool
    wishes: Wishes
    holding: bool
    holder: str | None
    last_event: int
    last_line: int
    trouble: words.DeliveryWords | None


def open_talk(session: Session, person: Person, conversation_id: str, now: datetime) -> Talk:
    """The conversation, if this person may read it now. Raises Refused (403, 404, 410)."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is None:
        raise Refused(
            404,
            "There is no such conversation",
            "The address is wrong, or the conversation has been deleted.",
            "Go to the desk and choose one from there.",
        )
    handoff = handoffs.current(session, conversation_id)
    holding = handoff is not None and _holds(handoff, person)
    if not holding and not may(person.role, "read_any"):
        raise _not_yours(session, person, conversation_id, handoff)
    return Talk(
        conversation_id=conversation_id,
        channel=Channel(conversation.channel),
        language=conversation.language,
        started_at=conversation.started_at,
        needs=tuple((handoff.needs if handoff else None) or ()),
        place=handoff.place if handoff else None,
        urgent=handoff is not None and handoff.urgent,
        alarm=handoff.alarm if handoff else None,
        agreed=handoff is not None and handoff.consent_id is not None,
        state=HandoffState(handoff.state) if handoff else None,
        waiting_since=handoff.opened_at if handoff else None,
        opted_out=conversation.address.opted_out_at is not None,
        paused=conversation.paused,
        greeted=conversation.greeted_at is not None,
        wishes=wishes_of(session, conversation_id, handoff.service if handoff else None, now),
        holding=holding,
        holder=name_of(session, handoff.advocate_id if handoff else None),
        last_event=conversation.last_event,
        last_line=conversation.last_seq,
        trouble=_trouble(session, conversation),
    )


def must_hold(session: Session, person: Person, conversation_id: str, now: datetime) -> Talk:
    """The conversation, if it is with this person now. Raises Refused."""
    talk = open_talk(session, person, conversation_id, now)
    if not talk.holding:
        handoff = handoffs.current(session, conversation_id)
        raise _not_yours(session, person, conversation_id, handoff)
    return talk


def line_views(session: Session, talk: Talk, *, after: int = 0) -> list[LineView]:
    """The lines after number `after`. Whoever calls has recorded the look before (C12)."""
    return [
        _view(talk, line) for line in transcript.lines(session, talk.conversation_id, after=after)
    ]


def name_of(session: Session, account_id: str | None) -> str | None:
    """The name that colleagues know an account by."""
    account = session.get(Account, account_id) if account_id else None
    return account.display_name if account else None


def _view(talk: Talk, line: Line) -> LineView:
    return LineView(
        line=line,
        side="theirs" if line.author == Author.SURVIVOR else line.author.value,
        author=words.AUTHOR_NAMES[line.author],
        # An advocate may write in another language than the survivor.
        language=None if line.author == Author.ADVOCATE else talk.language,
        delivery=words.delivery_words(talk.channel, line.delivery, line.error),
    )


def _holds(handoff: Handoff, person: Person) -> bool:
    return handoff.state == HandoffState.LIVE and handoff.advocate_id == person.account_id


def _not_yours(
    session: Session, person: Person, conversation_id: str, current: Handoff | None
) -> Refused:
    had = session.scalars(
        select(Handoff)
        .where(
            Handoff.conversation_id == conversation_id,
            Handoff.advocate_id == person.account_id,
            Handoff.ended_at.is_not(None),
        )
        .order_by(Handoff.ended_at.desc())
    ).first()
    if had is not None and current is None:
        return Refused(
            410,
            "This conversation is no longer with you",
            _ENDED[HandoffState(had.state)],
            "It can be read again only when it comes back to you. Go on with the queue.",
        )
    return Refused(
        403,
        "This conversation is not with you",
        "Only the advocate who has taken a conversation can read it.",
        "If it still waits, take it from the queue.",
    )


def _trouble(session: Session, conversation: Conversation) -> words.DeliveryWords | None:
    """The failure of the last thing we sent, if it failed."""
    last = session.scalars(
        select(Message).where(
            Message.conversation_id == conversation.id,
            Message.author != Author.SURVIVOR,
            Message.seq
            == select(func.max(Message.seq))
            .where(Message.conversation_id == conversation.id, Message.author != Author.SURVIVOR)
            .scalar_subquery(),
        )
    ).first()
    if last is None:
        return None
    said = words.delivery_words(
        Channel(conversation.channel), Delivery(last.delivery), last.error_code
    )
    return said if said is not None and said.failed else None
