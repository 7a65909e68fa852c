"""Records answers to a question for permission: what was asked, in which words, what was answered.

Rows are only ever added; a withdrawal is a row too (C1, C4, decision 5). A yes that came before
the question was sent is no consent.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversation.models import Author, Consent, Conversation, Decision, Delivery, Message
from conversation.ports import Word


@dataclass(frozen=True)
class Permission:
    """What somebody may be asked to permit: for what, to whom, what of theirs, by which message."""

    purpose: str
    recipient: str
    items: tuple[str, ...]
    question: str


# Talking with an advocate of the same organisation (C13). What they see: the conversation.
HANDOFF = Permission("handoff", "advocate", ("conversation",), "offer_handoff")
# Being texted first (S10): while they wait, and once at a time they named.
CHECK_INS = Permission("check_ins", "survivor", (), "ask_check_ins")
SAFE_TIME = Permission("safe_time", "survivor", (), "confirm_safe_time")
PERMISSIONS = {one.purpose: one for one in (HANDOFF, CHECK_INS, SAFE_TIME)}
YES_NO = ("choice_yes", "choice_no")
OFFER: Word = {"say": HANDOFF.question, "choices": list(YES_NO)}
# A question that may have been read: handed over, whether or not that is confirmed yet.
ON_ITS_WAY = (Delivery.SENDING, Delivery.SENT, Delivery.DELIVERED)


class NotAsked(Exception):
    """The question had not been sent when the answer was written."""


def record(
    session: Session,
    conversation: Conversation,
    answer: Message | None,
    decision: Decision,
    *,
    permission: Permission = HANDOFF,
    more_items: tuple[str, ...] = (),
    now: datetime,
) -> Consent:
    """Add the survivor's answer to the latest question; raises NotAsked for a grant without one.

    Refusing or withdrawing needs no question: a no is always valid (C3, C4). `more_items` are
    what this one answer is about beside the permission's own, such as the time of a safe time.
    """
    asked = answer and _question_before(session, conversation.id, permission.question, answer)
    if decision == Decision.GRANTED and asked is None:
        raise NotAsked(permission.question)
    row = Consent(
        survivor_id=conversation.survivor_id,
        conversation_id=conversation.id,
        purpose=permission.purpose,
        recipient=permission.recipient,
        mode="conversation",
        decision=decision,
        at=now,
        # It lasts as long as what it is for and can be taken back at any time.
        expires_at=None,
        language=conversation.language or "en",
        items=[*permission.items, *more_items],
        asked_message_id=asked.id if asked else None,
        asked_text=_whole_question(session, asked) if asked else None,
        answer_message_id=answer.id if answer else None,
        answer_text=answer.text if answer else None,
    )
    session.add(row)
    session.flush()
    return row


def was_asked(
    session: Session, conversation: Conversation, permission: Permission, answer: Message
) -> bool:
    """Whether the question had been sent when the answer was written."""
    return _question_before(session, conversation.id, permission.question, answer) is not None


def _question_before(
    session: Session, conversation_id: str, question: str, answer: Message
) -> Message | None:
    """The last text of the question that had been sent when the answer arrived."""
    messages = session.scalars(
        select(Message)
        .where(
            Message.conversation_id == conversation_id,
            Message.author == Author.BOT,
            Message.sent_at <= answer.at,
            Message.delivery.in_(ON_ITS_WAY),
            Message.seq < answer.seq,
        )
        .order_by(Message.seq.desc())
        .limit(20)
    )
    return next((message for message in messages if question in (message.said or ())), None)


def _whole_question(session: Session, last: Message) -> str:
    """A question that was split over several texts, put together again."""
    parts = [last.text or ""]
    said = last.said
    for message in session.scalars(
        select(Message)
        .where(
            Message.conversation_id == last.conversation_id,
            Message.author == Author.BOT,
            Message.seq < last.seq,
        )
        .order_by(Message.seq.desc())
        .limit(5)
    ):
        if message.said != said or message.at != last.at:
            break
        parts.insert(0, message.text or "")
    return " ".join(parts)
