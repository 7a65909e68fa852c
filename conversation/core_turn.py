"""The core's own part of a turn: what is decided by words, before and without the engine.

`answer` goes through the messages of a turn, does what must always work, and says which texts are
left for the engine. It changes rows in the caller's transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from conversation import consent, core_words, erase, handoffs, languages, outbox
from conversation.commands import known_needs, raise_alarm
from conversation.core_words import CoreWord, Danger, is_word
from conversation.models import Conversation, Decision, HandoffState, Message
from conversation.ports import Word
from conversation.voice import TEXT_CHANNELS

DANGER_ANSWERS = {Danger.DANGER: "danger_answer", Danger.SELF_HARM: "self_harm_answer"}
DANGER_AGAIN = {Danger.DANGER: "danger_again", Danger.SELF_HARM: "self_harm_again"}
ALERTED, ALERTED_CLOSED = "advocate_alerted", "advocate_alerted_closed"
NO_MEDIA: Word = {"say": "no_media"}
# The engine understands it as "say the open question again": used after a change of language.
REPEAT = "repeat"


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
        # The first message says what this is and that it is automated (M4, B1).
        part.first.insert(0, {"say": "welcome"})
    return part


def _settle_language(scene: Scene, message: Message, part: CorePart) -> None:
    """Note the language of a text, and say honestly when it is one that we only read."""
    changed = languages.settle_language(scene.conversation, message.text or "")
    if changed and scene.conversation.language not in scene.spoken:
        part.first.append(_only_read(scene.conversation.language or ""))


def _only_read(language: str) -> Word:
    return {"say": "language_only_read", "args": {"language": {"say": f"language_{language}"}}}


def engine_text(conversation: Conversation, message: Message) -> str:
    """What the engine is given for a message: its text, or a repeat after a language's name."""
    text = message.text or ""
    return REPEAT if _language_asked_for(conversation, text) else text


def _language_asked_for(conversation: Conversation, text: str) -> str | None:
    """The language that a text names; but Tagalog "hindi" is a no to somebody who writes it."""
    if conversation.language == "tl" and is_word(text, CoreWord.NO):
        return None
    return core_words.language_named(text)


def _dealt_with(scene: Scene, message: Message, part: CorePart) -> bool:
    text = message.text or ""
    if _stop_or_start(scene, message, text, part):
        return True
    if scene.conversation.address.opted_out_at is not None:
        # Nothing may be said until they write START (M3); the text stays readable.
        return True
    _danger(scene, text, part)
    if _erase(scene, text, part):
        return True
    if handoffs.is_live(scene.session, scene.conversation.id):
        # With an advocate on the line the bot is silent; STOP, erase and danger have acted.
        return True
    if message.media_count:
        part.first.append(NO_MEDIA)
    return not text.strip() or _core_word(scene, message, text, part)


def _stop_or_start(scene: Scene, message: Message, text: str, part: CorePart) -> bool:
    """STOP and START, by the carrier's word or the survivor's (M3)."""
    conversation, called = scene.conversation, scene.conversation.channel in TEXT_CHANNELS
    if message.opt_out == "STOP" or is_word(text, CoreWord.STOP):
        conversation.pending = None
        outbox.expire_unsent(scene.session, conversation.id, scene.now)
        handoffs.withdraw(scene.session, conversation.id, scene.now)
        if called:
            # The carrier answers by itself, and blocks what we would send.
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


def _danger(scene: Scene, text: str, part: CorePart) -> None:
    """Answer danger at once, from any state, and alert people (S1, S2, B4)."""
    kind = core_words.danger_in(text)
    if kind is None:
        return
    handoff = handoffs.current(scene.session, scene.conversation.id)
    again = handoff is not None and handoff.urgent
    raise_alarm(scene.session, scene.conversation, kind, scene.now)
    if handoff is not None and handoff.state == HandoffState.LIVE:
        # It rings at the desk; the advocate who is there answers.
        return
    if not part.urgent:
        part.urgent = True
        alerted: Word = {"say": ALERTED if scene.someone_here else ALERTED_CLOSED}
        first: list[Word] = [{"say": DANGER_ANSWERS[kind]}, alerted]
        # Before anything else that is to be said; the second time in other words, and shorter.
        part.first[:0] = [{"say": DANGER_AGAIN[kind]}] if again else first


def _erase(scene: Scene, text: str, part: CorePart) -> bool:
    """Erase asks once and says what goes."""
    conversation = scene.conversation
    if conversation.pending == "erase":
        conversation.pending = None
        if is_word(text, CoreWord.CONFIRM_ERASE) or is_word(text, CoreWord.YES):
            erase.erase(scene.session, conversation, scene.now)
            part.first[:] = [{"say": "erase_done"}]
            part.stopped = True
            return True
        part.first.append({"say": "erase_kept"})
        return is_word(text, CoreWord.NO)
    if is_word(text, CoreWord.ERASE):
        conversation.pending = "erase"
        part.last.append({"say": "erase_confirm"})
        return True
    return False


def _core_word(scene: Scene, message: Message, text: str, part: CorePart) -> bool:
    """Whether the text was one of the remaining core words, or answered the core's question."""
    conversation = scene.conversation
    if conversation.pending == consent.HANDOFF:
        conversation.pending = None
        if is_word(text, CoreWord.YES):
            part.last.append(_open_handoff(scene, message))
            return True
        if is_word(text, CoreWord.NO):
            consent.record(scene.session, conversation, message, Decision.REFUSED, now=scene.now)
            part.last.append({"say": "handoff_refused"})
            return True
    for word, act in ACTS.items():
        if is_word(text, word):
            act(scene, part)
            return True
    language = _language_asked_for(conversation, text)
    if language is None:
        return False
    conversation.language = language
    named: Word = {"say": f"language_{language}"}
    changed: Word = {"say": "language_changed", "args": {"language": named}}
    part.first.append(changed if language in scene.spoken else _only_read(language))
    return False


def _open_handoff(scene: Scene, message: Message) -> Word:
    conversation = scene.conversation
    try:
        row = consent.record(scene.session, conversation, message, Decision.GRANTED, now=scene.now)
    except consent.NotAsked:
        conversation.pending = consent.HANDOFF
        return consent.OFFER
    handoff = handoffs.open_handoff(
        scene.session,
        conversation,
        needs=known_needs(conversation),
        place=None,
        alarm=None,
        consent_id=row.id,
        now=scene.now,
    )
    # The core's question replaces whatever the bot was asking.
    conversation.memory = handoffs.without_form(conversation.memory)
    return _opened(scene, handoffs.ahead_of(scene.session, handoff))


def _opened(scene: Scene, ahead: int) -> Word:
    """The honest word after a yes: somebody is there, or nobody is right now."""
    if not scene.someone_here:
        return {"say": "handoff_opened_closed"}
    if ahead == 0:
        return {"say": "handoff_asked_for"}
    return {"say": "handoff_opened", "args": {"n": ahead}}


def _still_waiting(scene: Scene, ahead: int) -> Word:
    wait: Word = {"say": "wait_ahead", "args": {"n": ahead}}
    if not scene.someone_here:
        wait = {"say": "wait_closed"}
    elif ahead == 0:
        wait = {"say": "wait_unknown"}
    return {"say": "still_waiting", "args": {"wait": wait}}


def _human(scene: Scene, part: CorePart) -> None:
    handoff = handoffs.current(scene.session, scene.conversation.id)
    if handoff is not None and handoff.consent_id is not None:
        part.last.append(_still_waiting(scene, handoffs.ahead_of(scene.session, handoff)))
        return
    scene.conversation.pending = consent.HANDOFF
    part.last.append(consent.OFFER)


def _help(scene: Scene, part: CorePart) -> None:
    part.last.append({"say": "help_answer"})


def _pause(scene: Scene, part: CorePart) -> None:
    """BYE and PAUSE: nothing more is sent until they write (S7)."""
    outbox.expire_unsent(scene.session, scene.conversation.id, scene.now)
    scene.conversation.paused = True
    part.last.append({"say": "paused"})


ACTS: dict[CoreWord, Callable[[Scene, CorePart], None]] = {
    CoreWord.HUMAN: _human,
    CoreWord.HELP: _help,
    CoreWord.PAUSE: _pause,
}
