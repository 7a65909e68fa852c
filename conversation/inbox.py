"""Takes what a channel brings in: a message, once, and reports about messages on their way."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from conversation import core_words, events
from conversation.models import (
    Address,
    Author,
    Channel,
    Conversation,
    Delivery,
    EarlyReport,
    Message,
    Survivor,
)
from conversation.vault import Vault

# A report only moves a message forward: reports come late, doubled and out of order (M6).
DELIVERY_ORDER: dict[Delivery, int] = {
    Delivery.RECEIVED: 0,
    Delivery.QUEUED: 0,
    Delivery.SENDING: 1,
    Delivery.SENT: 2,
    Delivery.EXPIRED: 3,
    Delivery.UNDELIVERED: 3,
    Delivery.FAILED: 3,
    Delivery.DELIVERED: 4,
}


@dataclass(frozen=True)
class Received:
    """Where an inbound message went; `new` is false when it had come before."""

    conversation_id: str
    message_id: str
    new: bool


def receive(
    session: Session,
    vault: Vault,
    *,
    channel: Channel,
    address: str,
    text: str,
    provider_id: str,
    media_count: int = 0,
    opt_out: str | None = None,
    now: datetime,
) -> Received:
    """Write an inbound message once and commit (M5: the same provider id twice is one message).

    `opt_out` is "STOP", "START" or "HELP" when the carrier has already answered it (M3).
    """
    for attempt in range(3):
        known = _known(session, channel, provider_id)
        if known is not None:
            return known
        try:
            received = _write(
                session, vault, channel, address, text, provider_id, media_count, opt_out, now
            )
            session.commit()
        except IntegrityError:
            # Somebody wrote the same message, or the first of this address, a moment ago.
            session.rollback()
            if attempt == 2:
                raise
        else:
            return received
    raise AssertionError("unreachable")


def _known(session: Session, channel: Channel, provider_id: str) -> Received | None:
    message = session.scalars(
        select(Message).where(Message.channel == channel, Message.provider_id == provider_id)
    ).first()
    return Received(message.conversation_id, message.id, new=False) if message else None


def _write(
    session: Session,
    vault: Vault,
    channel: Channel,
    address: str,
    text: str,
    provider_id: str,
    media_count: int,
    opt_out: str | None,
    now: datetime,
) -> Received:
    conversation = open_conversation(session, vault, channel, address, now)
    message = Message(
        conversation_id=conversation.id,
        seq=events.next_seq(session, conversation.id),
        channel=channel,
        author=Author.SURVIVOR,
        text=clean(text),
        media_count=media_count,
        opt_out=opt_out,
        urgent=core_words.danger_in(text) is not None,
        at=now,
        delivery=Delivery.RECEIVED,
        provider_id=provider_id,
    )
    session.add(message)
    session.flush()
    events.add(session, conversation.id, events.EventKind.MESSAGE, now)
    return Received(conversation.id, message.id, new=True)


def clean(text: str) -> str:
    """Drop what no database or engine can hold: NUL characters and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def find_address(session: Session, vault: Vault, channel: Channel, address: str) -> Address | None:
    """The stored address, by keyed hash; one found by an older key is moved to the current key."""
    hashes = vault.hashes(channel, address)
    found = session.scalars(
        select(Address).where(Address.channel == channel, Address.lookup_hash.in_(hashes))
    ).first()
    if found is not None and found.lookup_hash != hashes[0]:
        found.lookup_hash = hashes[0]
    return found


def open_conversation(
    session: Session, vault: Vault, channel: Channel, address: str, now: datetime
) -> Conversation:
    """The open conversation with an address; a new one, and a new survivor, where none is."""
    stored = find_address(session, vault, channel, address)
    if stored is None:
        survivor = Survivor(created_at=now)
        session.add(survivor)
        session.flush()
        stored = Address(
            survivor_id=survivor.id,
            channel=channel,
            lookup_hash=vault.hashes(channel, address)[0],
            value=address,
        )
        session.add(stored)
        session.flush()
    # An erase, or the end of the time it is kept, had emptied it.
    stored.value = address
    conversation = session.scalars(
        select(Conversation).where(
            Conversation.address_id == stored.id, Conversation.closed_at.is_(None)
        )
    ).first()
    if conversation is None:
        conversation = Conversation(
            survivor_id=stored.survivor_id,
            address_id=stored.id,
            channel=channel,
            started_at=now,
        )
        session.add(conversation)
        session.flush()
    return conversation


def latest_conversation(
    session: Session, vault: Vault, channel: Channel, address: str
) -> Conversation | None:
    """The last conversation with an address, open or not; None for an address never seen."""
    stored = find_address(session, vault, channel, address)
    if stored is None:
        return None
    return session.scalars(
        select(Conversation)
        .where(Conversation.address_id == stored.id)
        .order_by(Conversation.id.desc())
        .limit(1)
    ).first()


def delivery_report(
    session: Session,
    *,
    provider_id: str,
    state: Delivery,
    error_code: str | None,
    now: datetime,
) -> bool:
    """Note where an outbound message is, and commit; False when the message is not known yet.

    A report that overtakes the answer of the send call is kept until that answer is stored.
    """
    message = session.scalars(
        select(Message).where(Message.provider_id == provider_id, Message.author != Author.SURVIVOR)
    ).first()
    if message is None:
        early = session.get(EarlyReport, provider_id)
        if early is None:
            session.add(
                EarlyReport(provider_id=provider_id, delivery=state, error_code=error_code, at=now)
            )
        elif DELIVERY_ORDER[state] > DELIVERY_ORDER[Delivery(early.delivery)]:
            early.delivery, early.error_code = state, error_code
        session.commit()
        return False
    if DELIVERY_ORDER[state] > DELIVERY_ORDER[Delivery(message.delivery)]:
        message.delivery = state
        message.error_code = error_code
        events.add(session, message.conversation_id, events.EventKind.DELIVERY, now)
    session.commit()
    return True
