"""The core's own part of a turn: what is decided by words, before and without the engine.

`answer` goes through the messages of a turn, does what must always work, and says which texts are
left for the engine. It changes rows in the caller's transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from conversation import (
    alarms,
    check_ins,
    consent,
    core_words,
    discretion,
    erase,
    handoffs,
    languages,
    outbox,
    permissions,
    safe_times,
    transcript,
)
from conversation.commands import known_needs, raise_alarm
from conversation.consent import Permission
from conversation.core_words import CoreWord, is_word
from conversation.models import Conversation, Decision, Handoff, HandoffState, Message
from conversation.ports import Word
from conversation.voice import TEXT_CHANNELS

ALERTED, ALERTED_CLOSED = "advocate_alerted", "advocate_alerted_closed"
ERASE_QUESTIONS = {"erase": "erase_confirm", "erase_again": "erase_confirm_again"}
ERASE_KEPT = "erase_kept"
ASK_SAFE_TIME = "ask_safe_time"
NO_MEDIA: Word = {"say": "no_media"}
# The engine understands it as "say the open question again": used after a change of language.
REPEAT = "repeat"
WHO_READS = "welcome_private"


@dataclass
class CorePart:
    """What the core says and leaves.

    `first` is said at once, `last` after the engine's words, so that a question of the core's is
    the last one read. Messages that are not marked answered are left for the engine.
    """

    first: list[Word] = field(default_factory=list)
    last: list[Word] = field(default_factory=list)
    urgent: bool = False
    stopped: bool = False


@dataclass(frozen=True)
class Scene:
    """Where a core part plays."""

    session: Session
    conversation: Conversation
    someone_here: bool
    # The languages that the catalogues speak.
    spoken: frozenset[str]
    # Nothing has been said to them yet.
    first_contact: bool
    now: datetime


def answer(scene: Scene, messages: list[Message]) -> CorePart:
    """Do the core's part for messages it has not seen yet; those it dealt with are answered."""
    part = CorePart()
    scene.conversation.paused = False
    if messages:
        safe_times.heard(scene.conversation, messages[-1].at)
        check_ins.heard(scene.session, scene.conversation, scene.now)
    for position, message in enumerate(messages):
        _settle_language(scene, message, part)
        message.core_at = scene.now
        part.stopped = False
        if _dealt_with(scene, message, part):
            message.answered_at = scene.now
        if part.stopped:
            # What was written before a STOP or an erase needs no answer any more.
            for earlier in messages[:position]:
                earlier.answered_at = scene.now
    everything = all(message.answered_at is not None for message in messages)
    asked = bool(part.last) or NO_MEDIA in part.first
    if scene.first_contact and everything and asked and not part.urgent:
        # The first message says what this is and that it is automated (M4, B1); who reads it comes
        # before the offer of a person (P2).
        offered = scene.conversation.pending == consent.HANDOFF.purpose
        part.first[:0] = [{"say": "welcome"}, *([{"say": WHO_READS}] if offered else [])]
    return part


def _settle_language(scene: Scene, message: Message, part: CorePart) -> None:
    """Note the language of a text, and say honestly when it is one that we only read."""
    if _language_asked_for(scene.conversation, message.text or "") is not None:
        # "parlez-vous anglais" is French and asks for English: what they ask for is what counts.
        return
    changed = languages.settle_language(scene.conversation, message.text or "", scene.spoken)
    if changed and scene.conversation.language not in scene.spoken:
        part.first.append(_only_read(scene.conversation.language or ""))


def _only_read(language: str) -> Word:
    return {"say": "language_only_read", "args": {"language": {"say": f"language_{language}"}}}


def engine_text(session: Session, conversation: Conversation, message: Message) -> str:
    """What the engine is given for a message: its text, or a repeat when the core has had its say.

    That is after a language's name, and after a no that kept what could have been erased.
    """
    text = message.text or ""
    if _language_asked_for(conversation, text) or core_words.unknown_language_asked_for(text):
        return REPEAT
    kept = is_word(text, CoreWord.NO) and transcript.was_said(
        session, conversation.id, ERASE_KEPT, at=message.core_at
    )
    return REPEAT if kept else text


def _language_asked_for(conversation: Conversation, text: str) -> str | None:
    """The language that a text names; but Tagalog "hindi" is a no to somebody who writes it."""
    if conversation.language == "tl" and is_word(text, CoreWord.NO):
        return None
    return core_words.language_wished(text, conversation.language)


def _dealt_with(scene: Scene, message: Message, part: CorePart) -> bool:
    text = message.text or ""
    if _stop_or_start(scene, message, text, part):
        return True
    if scene.conversation.address.opted_out_at is not None:
        # Nothing may be said until they write START (M3); the text stays readable. Danger rings at
        # the desk all the same: there may be another way to reach them (S1).
        kind = core_words.danger_in(text)
        if kind is not None:
            raise_alarm(scene.session, scene.conversation, kind, scene.now)
        return True
    _danger(scene, message, text, part)
    if _erase(scene, text, part) or _discreet(scene, text, part):
        return True
    if handoffs.is_live(scene.session, scene.conversation.id):
        # With an advocate on the line the bot is silent; STOP, danger, erase, DISCREET have acted.
        return True
    if message.media_count:
        part.first.append(NO_MEDIA)
    return not text.strip() or _core_word(scene, message, text, part)


def _stop_or_start(scene: Scene, message: Message, text: str, part: CorePart) -> bool:
    """STOP and START, by the carrier's word or the survivor's (M3)."""
    conversation, called = scene.conversation, scene.conversation.channel in TEXT_CHANNELS
    if message.opt_out == "STOP" or is_word(text, CoreWord.STOP):
        conversation.pending = conversation.pending_args = None
        outbox.expire_unsent(scene.session, conversation.id, scene.now, urgent_too=True)
        if conversation.safe_at is not None:
            # Nothing is to come any more, at no time and from nobody.
            permission = consent.SAFE_TIME
            permissions.take_back(scene.session, conversation, message, permission, scene.now)
        handoffs.withdraw(scene.session, conversation.id, scene.now)
        if called:
            # The carrier answers its own words, and blocks what we would send; to a word of ours
            # we answer, once, how to come back.
            unheard = message.opt_out is None and not core_words.carrier_answers(text)
            if unheard and conversation.address.opted_out_at is None:
                part.first.append({"say": outbox.STOP_CONFIRMED})
            conversation.address.opted_out_at = scene.now
        else:
            part.first.append({"say": "stopped_webchat"})
            conversation.paused = True
        part.stopped = True
        return True
    if message.opt_out == "START" or (
        is_word(text, CoreWord.START) and conversation.address.opted_out_at is not None
    ):
        conversation.address.opted_out_at = None
        if message.opt_out is None:
            part.first.append({"say": "opted_in"})
        return True
    # "HELP" that the carrier has answered: a second answer would only repeat it.
    return message.opt_out == "HELP"


def _danger(scene: Scene, message: Message, text: str, part: CorePart) -> None:
    """Answer danger at once, from any state, and alert people (S1, S2, B4)."""
    alarm = alarms.heard_in(scene.session, scene.conversation, text, scene.now)
    if alarm is None:
        return
    # What is an alarm only after another one was none when it came in.
    message.urgent = True
    handoff = handoffs.current(scene.session, scene.conversation.id)
    again = handoff is not None and handoff.urgent
    said = alarms.words_for(
        scene.session, scene.conversation, alarm, again=again and not part.urgent
    )
    raise_alarm(scene.session, scene.conversation, alarm.kind, scene.now)
    if handoff is not None and handoff.state == HandoffState.LIVE:
        # It rings at the desk, and the advocate who is there answers: the numbers come once.
        told = part.urgent or (again and not alarms.minutes_count(alarm))
        part.first[:0] = [] if told else [{"say": said}]
        part.urgent = True
        return
    if part.urgent:
        if alarms.minutes_count(alarm):
            # Their second text says more than the first: it is answered in its place.
            part.first[0] = {"say": said}
        return
    part.urgent = True
    alerted: Word = {"say": ALERTED if scene.someone_here else ALERTED_CLOSED}
    # Before anything else that is to be said; the second time in other words, and shorter.
    part.first[:0] = [{"say": said}] if again else [{"say": said}, alerted]


def _erase(scene: Scene, text: str, part: CorePart) -> bool:
    """Erase says what goes, and only the word it names erases: a yes may have meant another text.

    Anything else keeps all, and goes on to the engine; a plain no as a repeat (`engine_text`).
    """
    conversation = scene.conversation
    if conversation.pending not in ERASE_QUESTIONS:
        if core_words.wants_erase(text):
            conversation.pending = "erase"
            part.last.append({"say": ERASE_QUESTIONS["erase"]})
        return conversation.pending in ERASE_QUESTIONS
    if is_word(text, CoreWord.CONFIRM_ERASE):
        conversation.pending = None
        erase.erase(scene.session, conversation, scene.now)
        part.first[:] = [{"say": "erase_done"}]
        part.stopped = True
        return True
    if core_words.agrees_to_erase(text) or core_words.wants_erase(text):
        # The other of the two questions: never the same words twice in a row.
        conversation.pending = "erase" if conversation.pending == "erase_again" else "erase_again"
        part.last.append({"say": ERASE_QUESTIONS[conversation.pending]})
        return True
    conversation.pending = None
    part.first.append({"say": ERASE_KEPT})
    return False


def _discreet(scene: Scene, text: str, part: CorePart) -> bool:
    """DISCREET and NORMAL, also with an advocate on the line (S8)."""
    conversation = scene.conversation
    on = is_word(text, CoreWord.DISCREET)
    if not on and not (conversation.discreet and is_word(text, CoreWord.NORMAL)):
        return False
    part.last.append(discretion.switch(scene.session, conversation, on=on, now=scene.now))
    return True


def _core_word(scene: Scene, message: Message, text: str, part: CorePart) -> bool:
    """Whether the text was one of the remaining core words, or answered the core's question."""
    conversation = scene.conversation
    if conversation.pending is not None and _permission_answered(scene, message, text, part):
        return True
    for word, act in ACTS.items():
        if is_word(text, word) and act(scene, message, part):
            return True
    if core_words.unknown_language_asked_for(text):
        if scene.first_contact and not part.first:
            # What this is comes before anything else (M4, B1).
            part.first.append({"say": "welcome"})
        part.first.append({"say": "language_unknown"})
        return False
    language = _language_asked_for(conversation, text)
    if language is None:
        return False
    conversation.language = language
    named: Word = {"say": f"language_{language}"}
    changed: Word = {"say": "language_changed", "args": {"language": named}}
    part.first.append(changed if language in scene.spoken else _only_read(language))
    return False


def _permission_answered(scene: Scene, message: Message, text: str, part: CorePart) -> bool:
    """Whether a clear yes or no answered the core's question (C6); anything else drops it."""
    conversation = scene.conversation
    permission = consent.PERMISSIONS[conversation.pending or ""]
    about = conversation.pending_args or {}
    conversation.pending = conversation.pending_args = None
    if is_word(text, CoreWord.YES):
        granted = _granted(scene, message, permission, about)
        # "yes" and "yes please" in one breath: the question that follows is asked once.
        part.last += [word for word in granted if word not in part.last]
        return True
    if not is_word(text, CoreWord.NO):
        return False
    if permission == consent.HANDOFF:
        consent.record(scene.session, conversation, message, Decision.REFUSED, now=scene.now)
    else:
        permissions.take_back(scene.session, conversation, message, permission, scene.now)
    part.last.append(permissions.ENDED[permission.purpose])
    return True


def _granted(
    scene: Scene, message: Message, permission: Permission, about: dict[str, Any]
) -> list[Word]:
    conversation = scene.conversation
    if permission == consent.HANDOFF:
        about = {"needs": known_needs(conversation), "place": None, "service": None} | about
    instead = permissions.grant(scene.session, conversation, message, permission, about, scene.now)
    if instead is not None:
        return [instead]
    if permission != consent.HANDOFF:
        return [permissions.done_word(permission, about)]
    # The core's question replaces whatever the bot was asking.
    conversation.memory = handoffs.without_form(conversation.memory)
    handoff = handoffs.current(scene.session, conversation.id)
    opened = _opened(scene, handoffs.ahead_of(scene.session, handoff) if handoff else 0)
    if handoff is None or handoff.urgent:
        # Nothing is asked beside danger (S1).
        return [opened]
    return [opened, *_ask_about_waiting(scene, handoff)]


def _ask_about_waiting(scene: Scene, handoff: Handoff) -> list[Word]:
    """May we text while they wait, or when is it safe to? One question, as the bot asks it (S10).

    The bot reads the answer, or the core where the bot has not met them yet and a yes is enough.
    """
    conversation = scene.conversation
    if not scene.someone_here:
        if conversation.safe_at is not None:
            return []
        question: Word = {"say": ASK_SAFE_TIME, "choices": ["choice_skip"]}
    elif (
        conversation.discreet
        or conversation.channel not in TEXT_CHANNELS
        or check_ins.are_on(handoff)
    ):
        return []
    else:
        question = permissions.question(consent.CHECK_INS, {})
        if conversation.memory is None:
            conversation.pending = consent.CHECK_INS.purpose
            return [question]
    conversation.memory = handoffs.with_question(conversation.memory, question["say"])
    return [question]


def _opened(scene: Scene, ahead: int) -> Word:
    """The honest word after a yes: somebody is there, or nobody is right now."""
    if not scene.someone_here:
        return {"say": "handoff_opened_closed"}
    if ahead == 0:
        return {"say": "handoff_asked_for"}
    return {"say": "handoff_opened", "args": {"n": ahead}}


def _human(scene: Scene, _message: Message, part: CorePart) -> bool:
    handoff = handoffs.current(scene.session, scene.conversation.id)
    if handoff is not None and handoff.consent_id is not None:
        ahead = handoffs.ahead_of(scene.session, handoff)
        wait = handoffs.wait_word(ahead, someone_here=scene.someone_here)
        part.last.append({"say": "still_waiting", "args": {"wait": wait}})
        return True
    scene.conversation.pending, scene.conversation.pending_args = consent.HANDOFF.purpose, None
    part.last.append(consent.offer(scene.session, scene.conversation))
    return True


def _help(_scene: Scene, _message: Message, part: CorePart) -> bool:
    part.last.append({"say": "help_answer"})
    return True


def _pause(scene: Scene, _message: Message, part: CorePart) -> bool:
    """BYE and PAUSE: nothing more is sent until they write (S7)."""
    outbox.expire_unsent(scene.session, scene.conversation.id, scene.now)
    scene.conversation.paused = True
    part.last.append({"say": "paused"})
    return True


def _quiet(scene: Scene, message: Message, part: CorePart) -> bool:
    """QUIET ends the check-ins; where there are none it is a word like any other."""
    if not check_ins.are_on(handoffs.current(scene.session, scene.conversation.id)):
        return False
    permission = consent.CHECK_INS
    permissions.take_back(scene.session, scene.conversation, message, permission, scene.now)
    part.last.append(permissions.ENDED[permission.purpose])
    return True


# What a core word does; False when it is not meant here.
ACTS: dict[CoreWord, Callable[[Scene, Message, CorePart], bool]] = {
    CoreWord.HUMAN: _human,
    CoreWord.HELP: _help,
    CoreWord.PAUSE: _pause,
    CoreWord.QUIET: _quiet,
}
