"""Takes one turn: everything said and done in reply to what a survivor just wrote.

No transaction stays open while the engine thinks. What was decided is committed together:
messages answered, memory, replies, effects of commands (the third of the four ideas). After a
crash the turn is taken again without harm: nothing of it had been committed, or all of it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from conversation import (
    commands,
    core_turn,
    discretion,
    due,
    facts,
    handoffs,
    masking,
    outbox,
    transcript,
)
from conversation.models import Conversation, Message, Turn, new_id
from conversation.ports import Engine, EngineAnswer, EngineUnavailable, Timing, Word
from conversation.voice import CannotSpeak, Voice

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Asked:
    """What the core left for the engine."""

    message_ids: list[str]
    language: str | None
    channel: str
    discreet: bool
    memory: dict[str, Any]
    text: str


@dataclass(frozen=True)
class Turns:
    """Takes turns for a worker. `someone_here` says whether an advocate is at the desk.

    `keep_days` is for how long words are kept, which the bot says when asked.
    """

    sessions: sessionmaker[Session]
    engine: Engine
    voice: Voice
    clock: Callable[[], datetime]
    someone_here: Callable[[Session], bool]
    keep_days: int = 30
    timing: Timing = field(default_factory=Timing)

    def take(self) -> Callable[[], None] | None:
        """Lease the next turn that is due; what takes it, or None when none is."""
        owner = new_id()
        with self.sessions() as session:
            conversation_id = due.take_next(session, owner, self.clock(), self.timing)
        return None if conversation_id is None else lambda: self._turn(conversation_id, owner)

    def _turn(self, conversation_id: str, owner: str) -> None:
        asked = self._core_part(conversation_id, owner)
        if asked is not None:
            self._engine_part(conversation_id, owner, asked)

    def _core_part(self, conversation_id: str, owner: str) -> _Asked | None:
        """Do what needs no engine, and commit; None when that was the whole turn."""
        now = self.clock()
        with self.sessions() as session:
            conversation = due.held(session, conversation_id, owner)
            if conversation is None:
                return None
            batch = due.unanswered(session, conversation_id)
            someone_here = self.someone_here(session)
            # A hello at a safe time opens the conversation as a pause closes it: ask again (S13).
            was_paused = conversation.paused or conversation.greeted_at is not None
            fresh = [message for message in batch if message.core_at is None]
            scene = core_turn.Scene(
                session,
                conversation,
                someone_here=someone_here,
                spoken=frozenset(self.voice.catalogue.languages()),
                first_contact=not transcript.anything_said(session, conversation_id),
                now=now,
            )
            hello_said = conversation.greeted_at is not None
            part = core_turn.answer(scene, fresh)
            left = [message for message in batch if message.answered_at is None]
            too_old = batch[-1].at < now - timedelta(seconds=self.timing.fresh)
            if too_old or not left:
                # Late answers are not sent: the bot waits until they write (decision 3).
                if not too_old:
                    words = [*part.first, *discretion.take_held(conversation), *part.last]
                    self._say(session, conversation, words, now, urgent=part.urgent)
                _answered(session, conversation, batch, now)
                session.commit()
                return None
            first = [*part.first, *discretion.take_held(conversation)]
            self._say(session, conversation, first, now, urgent=part.urgent)
            asked = _Asked(
                message_ids=[message.id for message in left],
                language=conversation.language,
                channel=conversation.channel,
                discreet=conversation.discreet,
                memory=facts.memory_with_facts(
                    session,
                    conversation,
                    left,
                    organization=self.voice.organization,
                    zone=self.voice.zone,
                    keep_days=self.keep_days,
                    advocates_available=someone_here,
                    was_paused=was_paused,
                    hello_said=hello_said,
                    now=now,
                ),
                text=masking.mask(
                    "\n".join(
                        core_turn.engine_text(session, conversation, message) for message in left
                    )
                ),
            )
            conversation.owed = [*(conversation.owed or []), *map(dict, part.last)]
            session.commit()
            return asked

    def _engine_part(self, conversation_id: str, owner: str, asked: _Asked) -> None:
        """Ask the engine, then commit its answer if the lease is still ours."""
        try:
            answer = self.engine.take_turn(asked.memory, asked.text)
            for command in answer.commands:
                commands.check(command)
            self.voice.speak(answer.words, asked.language, asked.channel, discreet=asked.discreet)
        except (EngineUnavailable, commands.UnknownCommand, CannotSpeak) as error:
            # All of them name what failed and never carry a text.
            log.warning("the engine could not answer a turn: %s", error)
            self._engine_failed(conversation_id, owner, asked)
            return
        now = self.clock()
        with self.sessions() as session:
            conversation = due.held(session, conversation_id, owner)
            if conversation is None:
                log.warning("a turn took longer than its lease; it is taken again")
                return
            batch = [
                message
                for message in due.unanswered(session, conversation_id)
                if message.id in asked.message_ids
            ]
            conversation.memory = dict(answer.memory)
            if not handoffs.is_live(session, conversation_id):
                words = self._carry_out(session, conversation, batch, answer, now)
                self._say(session, conversation, [*words, *(conversation.owed or [])], now)
            _answered(session, conversation, batch, now)
            session.commit()

    def _carry_out(
        self,
        session: Session,
        conversation: Conversation,
        batch: list[Message],
        answer: EngineAnswer,
        now: datetime,
    ) -> list[Word]:
        """Apply the engine's commands; what is to be said after that."""
        words = list(answer.words)
        crisis = any(message.urgent for message in batch)
        doing = commands.Doing(session, conversation, batch[-1], now, crisis)
        for command in answer.commands:
            done = commands.carry_out(doing, command)
            said = {word["say"] for word in words}
            before = [word for word in done.words if word["say"] not in said]
            words = [*done.words] if done.instead else [*before, *words]
        return words

    def _engine_failed(self, conversation_id: str, owner: str, asked: _Asked) -> None:
        """Say so once, honestly, with the human ways; try again while it is still fresh."""
        now = self.clock()
        with self.sessions() as session:
            conversation = due.held(session, conversation_id, owner)
            if conversation is None:
                return
            words: list[Word] = [{"say": "engine_down"}] if conversation.retries == 0 else []
            self._say(session, conversation, [*words, *(conversation.owed or [])], now)
            conversation.owed = None
            # The next try, too, is told that it has to ask whether texting is safe (S13).
            conversation.paused = conversation.paused or asked.memory["facts"]["was_paused"]
            backoff = self.timing.backoff
            wait = backoff[min(conversation.retries, len(backoff) - 1)]
            conversation.retry_at = now + timedelta(seconds=wait)
            conversation.retries += 1
            conversation.lease_owner = conversation.lease_until = None
            session.commit()

    def _say(
        self,
        session: Session,
        conversation: Conversation,
        words: list[Word],
        now: datetime,
        *,
        urgent: bool = False,
    ) -> None:
        outbox.queue_words(
            session,
            conversation,
            words,
            voice=self.voice,
            now=now,
            occasion=outbox.Occasion.ANSWER,
            urgent=urgent,
        )


def _answered(
    session: Session, conversation: Conversation, batch: list[Message], now: datetime
) -> None:
    """Mark the turn's messages answered, once, and give the lease back."""
    session.add(Turn(id=batch[0].id, conversation_id=conversation.id, at=now))
    for message in batch:
        message.answered_at = now
    conversation.owed = None
    conversation.retry_at = None
    conversation.retries = 0
    conversation.lease_owner = conversation.lease_until = None
