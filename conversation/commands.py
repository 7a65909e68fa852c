"""Carries out what a turn wants done. The engine only names a command; this table is all there is.

Each function changes rows in the turn's own transaction and returns words to say instead of, or
in addition to, the engine's (the second of the four ideas; decision 4).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from conversation import consent, handoffs, outbox
from conversation.core_words import Danger
from conversation.models import Conversation, Decision, Message
from conversation.ports import Word


class UnknownCommand(Exception):
    """The engine named a command, or arguments, that the table does not have."""


@dataclass(frozen=True)
class Doing:
    """What a command acts on."""

    session: Session
    conversation: Conversation
    answer: Message
    now: datetime


@dataclass(frozen=True)
class Done:
    """What follows from a command: words of its own, and whether they replace the engine's."""

    words: tuple[Word, ...] = ()
    instead: bool = False


def _open_handoff(doing: Doing, needs: list[str], place: str | None) -> Done:
    try:
        row = consent.record(
            doing.session, doing.conversation, doing.answer, Decision.GRANTED, now=doing.now
        )
    except consent.NotAsked:
        # The yes crossed the question on its way (decision 5): ask, and let the next yes count.
        doing.conversation.pending = consent.HANDOFF
        return Done((consent.OFFER,), instead=True)
    handoffs.open_handoff(
        doing.session,
        doing.conversation,
        needs=needs,
        place=place,
        alarm=None,
        consent_id=row.id,
        now=doing.now,
    )
    return Done()


def _refuse_handoff(doing: Doing) -> Done:
    consent.record(doing.session, doing.conversation, doing.answer, Decision.REFUSED, now=doing.now)
    return Done()


def _withdraw_handoff(doing: Doing) -> Done:
    if handoffs.withdraw(doing.session, doing.conversation.id, doing.now):
        consent.record(
            doing.session, doing.conversation, doing.answer, Decision.WITHDRAWN, now=doing.now
        )
    return Done()


def _pause(doing: Doing) -> Done:
    doing.conversation.paused = True
    outbox.expire_unsent(doing.session, doing.conversation.id, doing.now)
    return Done()


def _raise_alarm(doing: Doing, reason: str) -> Done:
    raise_alarm(doing.session, doing.conversation, Danger(reason), doing.now)
    return Done()


def raise_alarm(session: Session, conversation: Conversation, alarm: Danger, now: datetime) -> None:
    """Put a conversation first in line (S1, S2). The danger answer tells the survivor so."""
    handoffs.open_handoff(
        session,
        conversation,
        needs=known_needs(conversation),
        place=None,
        alarm=alarm,
        consent_id=None,
        now=now,
    )


def known_needs(conversation: Conversation) -> list[str]:
    """The needs that the bot has heard so far."""
    return list((conversation.memory or {}).get("slots", {}).get("needs") or [])


# Name, its arguments and their types, and what it does.
COMMANDS: dict[str, tuple[dict[str, tuple[type, ...]], Callable[..., Done]]] = {
    "open_handoff": ({"needs": (list,), "place": (str, type(None))}, _open_handoff),
    "refuse_handoff": ({}, _refuse_handoff),
    "withdraw_handoff": ({}, _withdraw_handoff),
    "pause": ({}, _pause),
    "raise_alarm": ({"reason": (str,)}, _raise_alarm),
}


def check(command: Mapping[str, Any]) -> None:
    """Raise UnknownCommand unless the table has this command with exactly these arguments."""
    name, args = command.get("command"), command.get("args", {})
    if name not in COMMANDS:
        raise UnknownCommand(f"the engine asked for {name!r}, which is not in the table")
    types, _ = COMMANDS[name]
    if set(args) != set(types) or not all(isinstance(args[key], types[key]) for key in types):
        raise UnknownCommand(f"the arguments of {name!r} should be {sorted(types)}")


def carry_out(doing: Doing, command: Mapping[str, Any]) -> Done:
    """Do one command that `check` has let through."""
    _, function = COMMANDS[command["command"]]
    return function(doing, **command.get("args", {}))
