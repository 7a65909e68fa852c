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
    """What somebody may be asked to permit: for what, to whom, what of theirs, by which message.

    `in_short` are messages that ask the same once it has been asked in full.
    """

    purpose: str
    recipient: str
    items: tuple[str, ...]
    question: str
    in_short: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """Every message that asks for it."""
        return (self.question, *self.in_short)


# Talking with an advocate of the same organisation (C13). What they see: the conversation.
HANDOFF = Permission(
    "handoff", "advocate", ("conversation",), "offer_handoff", ("offer_again", "offer_plain")
)
# Being texted first (S10): while they wait, and once at a time they named.
CHECK_INS = Permission("check_ins", "survivor", (), "ask_check_ins")
SAFE_TIME = Permission("safe_time", "survivor", (), "confirm_safe_time")
PERMISSIONS = {one.purpose: one for one in (HANDOFF, CHECK_INS, SAFE_TIME)}
YES_NO = ("choice_yes", "choice_no")
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
    asked = answer and _question_before(session, conversation.id, permission, answer)
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
    return _question_before(session, conversation.id, permission, answer) is not None


def offer(session: Session, conversation: Conversation) -> Word:
    """The offer of a person; in other words where it was the last thing that we said."""
    bots = select(Message).where(
        Message.conversation_id == conversation.id, Message.author == Author.BOT
    )
    last = session.scalars(bots.order_by(Message.seq.desc()).limit(1)).first()
    said: set[str] = set()
    if last is not None:
        # What was said with it: how long it may take stands in a text of its own.
        together = session.scalars(bots.where(Message.at == last.at))
        said = {message_id for message in together for message_id in message.said or ()}
    again, plainly = HANDOFF.in_short
    if again in said:
        asked = plainly
    else:
        asked = again if said & set(HANDOFF.questions) else HANDOFF.question
    return {"say": asked, "choices": list(YES_NO)}


def _question_before(
    session: Session, conversation_id: str, permission: Permission, answer: Message
) -> Message | None:
    """The last text of the question, in full or in short, that had been sent when the answer
    arrived."""
    questions = set(permission.questions)
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
    return next((message for message in messages if questions & set(message.said or ())), None)


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
