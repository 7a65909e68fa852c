"""The tables of the core. What a survivor wrote, and their number, are encrypted columns."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator
from uuid_utils import uuid7

from conversation.vault import EncryptedJSON, EncryptedText


class Channel(StrEnum):
    """How words travel."""

    SMS = "sms"
    WHATSAPP = "whatsapp"
    WEBCHAT = "webchat"
    TERMINAL = "terminal"


class Author(StrEnum):
    """Who wrote a message."""

    SURVIVOR = "survivor"
    BOT = "bot"
    ADVOCATE = "advocate"


class Delivery(StrEnum):
    """Where a message is on its way; `DELIVERY_ORDER` says which way it may move (M6)."""

    RECEIVED = "received"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    EXPIRED = "expired"


class HandoffState(StrEnum):
    """Where a handoff is; `conversation.handoffs.MOVES` has the allowed moves."""

    WAITING = "waiting"
    LIVE = "live"
    RETURNED = "returned"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Decision(StrEnum):
    """What a survivor answered when asked for a permission."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class UTCDateTime(TypeDecorator[datetime]):
    """UTC in storage, aware in Python: SQLite would give naive values back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; a naive time is a mistake of the caller."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored: use an aware UTC datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give an aware UTC time back."""
        if value is None:
            return None
        assert isinstance(value, datetime)  # noqa: S101 - narrows the driver's type
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def new_id() -> str:
    """A UUIDv7: unique, and in the order of time."""
    return str(uuid7())


class Base(DeclarativeBase):
    """Base of the tables of the core and of the desk."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: Mapping[Any, Any] = {datetime: UTCDateTime}


Id = String(36)


class Survivor(Base):
    """A person who texts. Nothing about them stands here; what they told is in the conversation."""

    __tablename__ = "survivor"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    created_at: Mapped[datetime]


class Address(Base):
    """A number or browser one writes from. An opt-out belongs to it and survives an erase."""

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("channel", "lookup_hash"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    survivor_id: Mapped[str] = mapped_column(ForeignKey("survivor.id"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    lookup_hash: Mapped[str] = mapped_column(String(64))
    # Empty once all conversations are over: the hash still knows an opt-out.
    value: Mapped[str | None] = mapped_column(EncryptedText)
    opted_out_at: Mapped[datetime | None]


class Conversation(Base):
    """All messages with one survivor on one channel, from first contact to close or erase."""

    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    survivor_id: Mapped[str] = mapped_column(ForeignKey("survivor.id"), index=True)
    address_id: Mapped[str] = mapped_column(ForeignKey("address.id"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    language: Mapped[str | None] = mapped_column(String(8))
    started_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    memory: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJSON)
    # A question of the core's own that the next message may answer ("handoff", "erase"), and what
    # a yes to it is about.
    pending: Mapped[str | None] = mapped_column(String(16))
    pending_args: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJSON)
    # Words of the core's that come after the engine's answer; a crash in between keeps them.
    owed: Mapped[list[dict[str, Any]] | None] = mapped_column(EncryptedJSON)
    # News that was held back in discreet mode; said with the next direct answer (S8).
    held: Mapped[list[dict[str, Any]] | None] = mapped_column(EncryptedJSON)
    # Unsafe to text: nothing is sent until they write (S7).
    paused: Mapped[bool] = mapped_column(default=False)
    # Plain words that name no service, and no text but in answer to theirs (S8).
    discreet: Mapped[bool] = mapped_column(default=False, server_default=false())
    # When they agreed to be texted first (S10), once; and that they were, until they write again.
    safe_at: Mapped[datetime | None] = mapped_column(index=True)
    safe_zone: Mapped[str | None] = mapped_column(String(64))
    greeted_at: Mapped[datetime | None]
    last_seq: Mapped[int] = mapped_column(default=0)
    last_event: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str | None] = mapped_column(String(36))
    lease_until: Mapped[datetime | None]
    # While the engine is down: when to try the unanswered messages again.
    retry_at: Mapped[datetime | None]
    retries: Mapped[int] = mapped_column(default=0)

    address: Mapped[Address] = relationship()


class Message(Base):
    """One inbound or outbound text with its delivery state."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("channel", "provider_id"),
        Index("ix_message_unanswered", "conversation_id", "answered_at"),
        Index("ix_message_outbox", "delivery", "next_attempt_at"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"))
    seq: Mapped[int]
    channel: Mapped[str] = mapped_column(String(16))
    author: Mapped[str] = mapped_column(String(16))
    advocate_id: Mapped[str | None] = mapped_column(Id)
    # Empty after an erase.
    text: Mapped[str | None] = mapped_column(EncryptedText)
    # Outbound: the message ids that were spoken, and the labels shown as buttons in web chat.
    said: Mapped[list[str] | None] = mapped_column(EncryptedJSON)
    choices: Mapped[list[str] | None] = mapped_column(EncryptedJSON)
    media_count: Mapped[int] = mapped_column(default=0)
    opt_out: Mapped[str | None] = mapped_column(String(8))
    urgent: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    # Inbound: when the core did its part (danger, STOP, …), and when the whole was answered.
    core_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    delivery: Mapped[str] = mapped_column(String(16))
    provider_id: Mapped[str | None] = mapped_column(String(64))
    error_code: Mapped[str | None] = mapped_column(String(16))
    # When it began to be handed over: nobody can have read it before.
    sent_at: Mapped[datetime | None]
    send_before: Mapped[datetime | None]
    next_attempt_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str | None] = mapped_column(String(36))
    lease_until: Mapped[datetime | None]


class Turn(Base):
    """That a turn was taken. Its id is that of its first inbound message: it can be taken once."""

    __tablename__ = "turn"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    at: Mapped[datetime]


class EarlyReport(Base):
    """A delivery report that came before the send call's own answer was stored (M6)."""

    __tablename__ = "early_report"

    provider_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    delivery: Mapped[str] = mapped_column(String(16))
    error_code: Mapped[str | None] = mapped_column(String(16))
    at: Mapped[datetime]


class EditedText(Base):
    """The organisation's own text of a message, laid over the shipped one (decision 11)."""

    __tablename__ = "edited_text"

    message_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    # One form, or one for each plural form of the language.
    forms: Mapped[list[str]] = mapped_column(JSON)
    # "drafted", or "reviewed by NAME on DATE", as in the catalogues.
    review: Mapped[str] = mapped_column(String(160))
    edited_by: Mapped[str] = mapped_column(String(120))
    edited_at: Mapped[datetime]


class Consent(Base):
    """One answer to one question for permission. Rows are only added (C1, C13, decision 5)."""

    __tablename__ = "consent"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    survivor_id: Mapped[str] = mapped_column(ForeignKey("survivor.id"), index=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(32))
    recipient: Mapped[str] = mapped_column(String(64))
    mode: Mapped[str] = mapped_column(String(16))
    decision: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(String(8))
    items: Mapped[list[str] | None] = mapped_column(EncryptedJSON)
    asked_message_id: Mapped[str | None] = mapped_column(Id)
    asked_text: Mapped[str | None] = mapped_column(EncryptedText)
    answer_message_id: Mapped[str | None] = mapped_column(Id)
    answer_text: Mapped[str | None] = mapped_column(EncryptedText)


class Handoff(Base):
    """A live conversation offered to, or held by, an advocate."""

    __tablename__ = "handoff"
    __table_args__ = (
        # A conversation waits or is live at most once.
        Index(
            "uq_handoff_open",
            "conversation_id",
            unique=True,
            sqlite_where=text("state IN ('waiting', 'live')"),
            postgresql_where=text("state IN ('waiting', 'live')"),
        ),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    state: Mapped[str] = mapped_column(String(16))
    # Why it is first in line: "danger", "self_harm", or empty.
    alarm: Mapped[str | None] = mapped_column(String(16))
    needs: Mapped[list[str] | None] = mapped_column(EncryptedJSON)
    place: Mapped[str | None] = mapped_column(EncryptedText)
    opened_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    advocate_id: Mapped[str | None] = mapped_column(Id)
    # The service of a partner that they asked us to call for them: its id in the directory.
    service: Mapped[str | None] = mapped_column(EncryptedText)
    # Check-ins while they wait, if they agreed: every so many minutes, when the next is due, and
    # how many in a row have had no answer.
    check_in_every: Mapped[int | None]
    check_in_at: Mapped[datetime | None] = mapped_column(index=True)
    check_ins_unanswered: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    # Empty when danger opened it: the survivor was told, and can say no (S1, S2).
    consent_id: Mapped[str | None] = mapped_column(ForeignKey("consent.id"))

    @property
    def urgent(self) -> bool:
        """Whether it is first in line (S1, S2)."""
        return self.alarm is not None


class Event(Base):
    """Something a desk page may have to show anew, numbered within its conversation."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("conversation_id", "number"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]


class AuditEntry(Base):
    """Who looked at or did what, and when (C12). Never what was said."""

    __tablename__ = "audit_entry"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    actor_id: Mapped[str] = mapped_column(Id, index=True)
    action: Mapped[str] = mapped_column(String(32))
    conversation_id: Mapped[str | None] = mapped_column(Id, index=True)
    at: Mapped[datetime]
