"""What is to be sent, when, and whether it may be: every outbound message goes through here.

A turn puts its replies here in its own transaction; sending comes after and repeats safely
(the third of the four ideas).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session, aliased

from conversation import events
from conversation.inbox import DELIVERY_ORDER
from conversation.models import (
    Address,
    Author,
    Channel,
    Conversation,
    Delivery,
    EarlyReport,
    Message,
)
from conversation.ports import Sender, SendFailed, SendUnconfirmed, Timing, Word
from conversation.voice import TEXT_CHANNELS, Voice

# What the carrier takes in one message; a longer text of an advocate goes in several (M2).
CARRIER_LIMIT = 1600
# Until when a reply still fits the moment it answers (decision 3).
SEND_WITHIN = timedelta(minutes=10)
# The carrier's code for "they replied STOP" (M3).
OPTED_OUT = "21610"
UNSENT = (Delivery.QUEUED, Delivery.SENDING)


class Occasion(StrEnum):
    """Why the bot says something now."""

    # The direct answer to what they just wrote.
    ANSWER = "answer"
    # An advocate came or went.
    NEWS = "news"
    # They wait, and agreed to hear so now and then.
    CHECK_IN = "check_in"
    # They named this time, and agreed to be asked then whether it is a good one (S10).
    SAFE_TIME = "safe_time"


# What is said even to somebody who paused, for whom texting is not safe, who was asked at a safe
# time and has not answered yet (S7), or who is in discreet mode (S8). After STOP nothing is (M3).
SAID_EVEN_SO = frozenset({Occasion.ANSWER, Occasion.SAFE_TIME})
# But for the one answer to a word of STOP that the carrier does not answer (M3).
STOP_CONFIRMED = "stopped_sms"


def may_we_send(conversation: Conversation, occasion: Occasion) -> bool:
    """The one gate before anything of the bot's is put into the outbox; `SAID_EVEN_SO` rules it."""
    if conversation.address.opted_out_at is not None:
        return False
    quiet = conversation.paused or conversation.discreet or conversation.greeted_at is not None
    return occasion in SAID_EVEN_SO or not quiet


def queue_words(
    session: Session,
    conversation: Conversation,
    words: Iterable[Word],
    *,
    voice: Voice,
    now: datetime,
    occasion: Occasion = Occasion.NEWS,
    urgent: bool = False,
) -> int:
    """Put the bot's words into the outbox; how many texts they became. Does not commit."""
    if not may_we_send(conversation, occasion):
        words = [word for word in words if word["say"] == STOP_CONFIRMED]
    spoken = voice.speak(
        words, conversation.language, conversation.channel, discreet=conversation.discreet
    )
    for text in spoken:
        _queue(
            session,
            conversation,
            text.text,
            author=Author.BOT,
            now=now,
            said=text.said,
            choices=text.choices,
            urgent=urgent,
        )
    return len(spoken)


def queue_text(
    session: Session,
    conversation: Conversation,
    text: str,
    *,
    author: Author,
    advocate_id: str | None = None,
    now: datetime,
) -> int:
    """Put words that are in no catalogue into the outbox; the number of the last message.

    Does not commit. A person's words are sent whether or not the bot is paused: the advocate
    sees the conversation and decides.
    """
    parts = [text]
    if conversation.channel in TEXT_CHANNELS:
        parts = [text[i : i + CARRIER_LIMIT] for i in range(0, len(text), CARRIER_LIMIT)]
    numbers = [
        _queue(
            session,
            conversation,
            part,
            author=author,
            advocate_id=advocate_id,
            now=now,
        )
        for part in parts
    ]
    return numbers[-1]


def _queue(
    session: Session,
    conversation: Conversation,
    text: str,
    *,
    author: Author,
    now: datetime,
    advocate_id: str | None = None,
    said: list[str] | None = None,
    choices: list[str] | None = None,
    urgent: bool = False,
) -> int:
    # Web chat and terminal are read from the database: what is committed has arrived.
    called = conversation.channel in TEXT_CHANNELS
    seq = events.next_seq(session, conversation.id)
    session.add(
        Message(
            conversation_id=conversation.id,
            seq=seq,
            channel=conversation.channel,
            author=author,
            advocate_id=advocate_id,
            text=text,
            said=said,
            choices=choices,
            urgent=urgent,
            at=now,
            delivery=Delivery.QUEUED if called else Delivery.DELIVERED,
            sent_at=None if called else now,
            send_before=now + SEND_WITHIN if called else None,
            next_attempt_at=now if called else None,
        )
    )
    session.flush()
    events.add(session, conversation.id, events.EventKind.MESSAGE, now)
    return seq


@dataclass(frozen=True)
class Outgoing:
    """A message that this worker holds the lease of."""

    message_id: str
    to: str
    body: str
    channel: Channel
    queued_at: datetime
    valid_seconds: int
    # An earlier try may have reached the carrier: ask its list first.
    tried_before: bool


def take_next(session: Session, owner: str, now: datetime, timing: Timing) -> Outgoing | None:
    """Take the next message to send under a lease, and commit; None when there is none.

    Danger first, then the oldest; within a conversation strictly in order, so that a message waits
    while an earlier one is still on its way to the carrier.
    """
    earlier = aliased(Message)
    blocked = (
        select(earlier.id)
        .where(
            earlier.conversation_id == Message.conversation_id,
            earlier.seq < Message.seq,
            earlier.delivery.in_(UNSENT),
        )
        .exists()
    )
    due = (
        select(Message.id)
        .where(
            Message.delivery.in_(UNSENT),
            Message.next_attempt_at <= now,
            or_(Message.lease_until.is_(None), Message.lease_until < now),
            ~blocked,
        )
        .order_by(Message.urgent.desc(), Message.at, Message.id)
        .limit(1)
    )
    for _ in range(10):
        message_id = session.scalar(due.with_for_update(skip_locked=True, of=Message))
        if message_id is None:
            session.rollback()
            return None
        message = session.get_one(Message, message_id)
        address = session.get_one(
            Address, session.get_one(Conversation, message.conversation_id).address_id
        )
        silenced = address.opted_out_at is not None and message.said != [STOP_CONFIRMED]
        if silenced or not address.value or not _in_time(message, now):
            _settle(session, message, Delivery.EXPIRED, None, now)
            session.commit()
            continue
        was = Delivery(message.delivery)
        taken = session.execute(
            update(Message)
            .where(
                Message.id == message_id,
                or_(Message.lease_until.is_(None), Message.lease_until < now),
            )
            .values(
                delivery=Delivery.SENDING,
                lease_owner=owner,
                lease_until=now + timedelta(seconds=timing.lease),
                attempts=Message.attempts + 1,
                sent_at=func.coalesce(Message.sent_at, now),
            )
            .returning(Message.id)
        ).first()
        if taken is None:
            session.rollback()
            continue
        outgoing = Outgoing(
            message_id=message.id,
            to=address.value or "",
            body=message.text or "",
            channel=Channel(message.channel),
            queued_at=message.at,
            valid_seconds=_seconds_left(message, now),
            tried_before=was == Delivery.SENDING,
        )
        session.commit()
        return outgoing
    return None


def send(sender: Sender, outgoing: Outgoing, known: frozenset[str]) -> str:
    """Hand a message to the carrier unless its own list shows that it has it already.

    `known` are provider ids of other messages. Raises SendFailed or SendUnconfirmed.
    """
    if outgoing.tried_before:
        since = outgoing.queued_at - timedelta(seconds=5)
        found = sender.find_sent(to=outgoing.to, body=outgoing.body, since=since)
        for provider_id in reversed(found):
            if provider_id not in known:
                return provider_id
    return sender.send(to=outgoing.to, body=outgoing.body, valid_seconds=outgoing.valid_seconds)


def known_provider_ids(session: Session, message_id: str) -> frozenset[str]:
    """Provider ids of the other messages to the same address, in whichever conversation."""
    message = session.get_one(Message, message_id)
    conversation = session.get_one(Conversation, message.conversation_id)
    ids = session.scalars(
        select(Message.provider_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Conversation.address_id == conversation.address_id,
            Message.provider_id.is_not(None),
        )
    )
    return frozenset(value for value in ids if value is not None)


def sent(session: Session, outgoing: Outgoing, owner: str, provider_id: str, now: datetime) -> None:
    """Note that the carrier has a message, and commit; reports that came before are applied."""
    message = _held(session, outgoing.message_id, owner)
    if message is None:
        return
    message.provider_id = provider_id
    state, error_code = Delivery.SENT, None
    early = session.get(EarlyReport, provider_id)
    if early is not None:
        if DELIVERY_ORDER[Delivery(early.delivery)] > DELIVERY_ORDER[state]:
            state, error_code = Delivery(early.delivery), early.error_code
        session.delete(early)
    _settle(session, message, state, error_code, now)
    session.commit()


def failed(
    session: Session,
    outgoing: Outgoing,
    owner: str,
    error: SendFailed | SendUnconfirmed,
    now: datetime,
    timing: Timing,
) -> None:
    """Note that a send did not succeed, and commit: final, or to be tried again after a while."""
    message = _held(session, outgoing.message_id, owner)
    if message is None:
        return
    if isinstance(error, SendFailed):
        message.error_code = error.code
        if error.final:
            _settle(session, message, Delivery.FAILED, error.code, now)
            if error.code == OPTED_OUT:
                conversation = session.get_one(Conversation, message.conversation_id)
                conversation.address.opted_out_at = now
                expire_unsent(session, conversation.id, now, urgent_too=True)
            session.commit()
            return
        # Refused for now: certainly not with the carrier, so no look into its list is needed.
        message.delivery = Delivery.QUEUED
        message.sent_at = None
    wait = timing.backoff[min(message.attempts, len(timing.backoff)) - 1]
    if isinstance(error, SendUnconfirmed):
        # The carrier's list may show a text only after a while.
        wait = max(wait, timing.unconfirmed)
    message.next_attempt_at = now + timedelta(seconds=wait)
    message.lease_owner = message.lease_until = None
    session.commit()


def expire_unsent(
    session: Session, conversation_id: str, now: datetime, *, urgent_too: bool = False
) -> None:
    """Give up what has not been sent yet. Does not commit.

    After a STOP or an erase `urgent_too` is true; a pause spares the answer to danger (S1, S7).
    """
    waiting = select(Message).where(
        Message.conversation_id == conversation_id, Message.delivery == Delivery.QUEUED
    )
    if not urgent_too:
        waiting = waiting.where(Message.urgent.is_(False))
    for message in session.scalars(waiting):
        _settle(session, message, Delivery.EXPIRED, None, now)


def _held(session: Session, message_id: str, owner: str) -> Message | None:
    return session.scalars(
        select(Message)
        .where(Message.id == message_id, Message.lease_owner == owner)
        .with_for_update()
    ).first()


def _settle(
    session: Session, message: Message, state: Delivery, error_code: str | None, now: datetime
) -> None:
    message.delivery = state
    message.error_code = error_code
    message.lease_owner = message.lease_until = message.next_attempt_at = None
    events.add(session, message.conversation_id, events.EventKind.DELIVERY, now)


def _in_time(message: Message, now: datetime) -> bool:
    return message.send_before is None or now < message.send_before


def _seconds_left(message: Message, now: datetime) -> int:
    if message.send_before is None:
        return int(SEND_WITHIN.total_seconds())
    return max(1, int((message.send_before - now).total_seconds()))
