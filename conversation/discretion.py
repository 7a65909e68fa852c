"""Discreet mode (S8): plain words that name no service, and no text but in answer to theirs.

What would have come first is held back, and said with the next answer.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conversation import events, outbox
from conversation.models import Author, Conversation, Message
from conversation.ports import Word
from conversation.voice import Voice

# So long after a text of theirs an advocate's words still are an answer to it.
ANSWERS_WITHIN = timedelta(minutes=10)


def switch(session: Session, conversation: Conversation, *, on: bool, now: datetime) -> Word:
    """Switch discreet mode on or off, and show it at the desk; the word that says so."""
    conversation.discreet = on
    events.add(session, conversation.id, events.EventKind.HANDOFF, now)
    return {"say": "discreet_on" if on else "discreet_off"}


def tell(
    session: Session, conversation: Conversation, word: Word, *, voice: Voice, now: datetime
) -> None:
    """Say news now; in discreet mode hold it back until they write. Does not commit."""
    if conversation.discreet:
        # Only the newest of a kind: who came last, not everybody who came and went.
        before = [one for one in conversation.held or () if one["say"] != word["say"]]
        conversation.held = [*before, dict(word)]
        return
    words = [*take_held(conversation), word]
    outbox.queue_words(session, conversation, words, voice=voice, now=now)


def take_held(conversation: Conversation) -> list[Word]:
    """What was held back, for whoever says something now; each word is given once."""
    held: list[Word] = list(conversation.held or ())
    conversation.held = None
    return held


def may_write(session: Session, conversation: Conversation, now: datetime) -> bool:
    """Whether an advocate's own text would be an answer, so that it may go in discreet mode."""
    if not conversation.discreet:
        return True
    wrote = session.scalar(
        select(func.max(Message.at)).where(
            Message.conversation_id == conversation.id, Message.author == Author.SURVIVOR
        )
    )
    return wrote is not None and now - wrote <= ANSWERS_WITHIN
