"""What the core says to danger, self-harm and what follows them: which words, and what they mean
after an alarm. Part of the core; knows no engine, and never what a survivor did after it (S1, S2).
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversation import handoffs
from conversation.core_words import (
    CALL_FOR_US,
    HARM_DONE,
    MEDICAL,
    MINUTES_COUNT,
    OTHER,
    OTHERS_SELF_HARM,
    After,
    Alarm,
    Danger,
    after_in,
    alarm_in,
)
from conversation.models import Author, Conversation, Message

ANSWERS: dict[str, tuple[str, str]] = {
    Danger.DANGER: ("danger_answer", "danger_again"),
    Danger.SELF_HARM: ("self_harm_answer", "self_harm_again"),
    HARM_DONE: ("harm_done_answer", "harm_done_again"),
    MEDICAL: ("medical_answer", "medical_again"),
    OTHER: ("danger_other_answer", "danger_other_again"),
    OTHERS_SELF_HARM: ("self_harm_other_answer", "self_harm_other_again"),
    CALL_FOR_US: ("cannot_call_for_you", "danger_again"),
    After.HELP_COMING: ("help_coming", "help_coming_again"),
    After.CANNOT_CALL: ("cannot_call", "danger_again"),
    After.NO_ENGLISH: ("emergency_language", "danger_again"),
    After.WORSE: ("medical_again", "harm_done_again"),
}
"""What an alarm, or what is special about it, is told at first and once more."""
FRESH = timedelta(hours=2)
"""So long after an answer to an alarm "i took them" speaks of it."""

_OF_SELF_HARM = frozenset(
    (*ANSWERS[Danger.SELF_HARM], *ANSWERS[HARM_DONE], *ANSWERS[OTHERS_SELF_HARM])
)
_OF_MINUTES = frozenset((*ANSWERS[HARM_DONE], *ANSWERS[MEDICAL]))
_ANSWERED = _OF_SELF_HARM | {
    said for each in (Danger.DANGER, MEDICAL, OTHER, CALL_FOR_US) for said in ANSWERS[each]
}


def heard_in(
    session: Session, conversation: Conversation, text: str, now: datetime
) -> Alarm | None:
    """The alarm in a text, also one that is one only because an alarm has been answered just now.

    None where a text is no alarm and says nothing about one.
    """
    alarm = alarm_in(text)
    after = after_in(text) if alarm is None or alarm.about is None else ()
    if alarm is not None and After.HELP_COMING in after:
        return Alarm(alarm.kind, alarm.language, After.HELP_COMING)
    handoff = handoffs.current(session, conversation.id)
    if not after or handoff is None or not handoff.urgent:
        return alarm
    said = set(_said(session, conversation.id, now - FRESH))
    if After.TAKEN in after and said & _OF_SELF_HARM:
        return Alarm(Danger.SELF_HARM, "", HARM_DONE)
    # "am i gonna die" is answered so only where minutes count, and nothing newer is told beside it.
    passing = {After.TAKEN, After.SYMPTOM}
    passing |= set() if alarm is None and said & _OF_MINUTES else {After.WORSE}
    what = next((each for each in after if each not in passing), None)
    if alarm is None and what is None and After.SYMPTOM in after and said & _OF_MINUTES:
        if said.isdisjoint(ANSWERS[HARM_DONE]):
            return Alarm(Danger.DANGER, "", MEDICAL)
        return Alarm(Danger.SELF_HARM, "", HARM_DONE)
    if what is None or not said & _ANSWERED:
        return alarm
    kind = Danger.DANGER if handoff.alarm == Danger.DANGER else Danger.SELF_HARM
    # After thoughts of self-harm their line can be texted: that is said once more.
    quietly = what == After.CANNOT_CALL and kind == Danger.SELF_HARM
    return Alarm(kind, "", None if quietly else what)


def words_for(session: Session, conversation: Conversation, alarm: Alarm, *, again: bool) -> str:
    """The id of what answers an alarm; `again`: one has been answered in this conversation.

    What is special about it is said in full once, and never are the same words said twice in a row.
    """
    first, more = ANSWERS[alarm.about or alarm.kind]
    if not again:
        return first
    said = _said(session, conversation.id)
    new = alarm.about is not None and first not in said
    last = next((each for each in reversed(said) if each in (first, more)), None)
    return first if new or last == more else more


def minutes_count(alarm: Alarm) -> bool:
    """Whether a life hangs on minutes, whatever else the text says."""
    return alarm.about in MINUTES_COUNT


def crisis_in(
    session: Session, conversation: Conversation, batch: list[Message], now: datetime
) -> str | bool:
    """Which crisis the core has answered in a turn of these messages: "danger", "self_harm",
    "emergency" where minutes count, "help_coming" where that is all they say; False for none."""
    urgent = (message.text or "" for message in batch if message.urgent)
    heard = (heard_in(session, conversation, text, now) for text in urgent)
    found = [alarm for alarm in heard if alarm is not None]
    if any(map(minutes_count, found)):
        return "emergency"
    if found and all(alarm.about == After.HELP_COMING for alarm in found):
        return After.HELP_COMING.value
    kinds = {alarm.kind for alarm in found}
    return next((kind.value for kind in Danger if kind in kinds), False)


def _said(session: Session, conversation_id: str, since: datetime | None = None) -> list[str]:
    """The ids of all that the bot said, oldest first; `since` a time, or from the start."""
    bots = select(Message.said).where(
        Message.conversation_id == conversation_id, Message.author == Author.BOT
    )
    if since is not None:
        bots = bots.where(Message.at >= since)
    return [said for ids in session.scalars(bots.order_by(Message.seq)) for said in ids or ()]
