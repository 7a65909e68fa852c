"""Carries out what a turn wants done. The engine only names a command; this table is all there is.

Each function changes rows in the turn's own transaction and returns words to say instead of, or
in addition to, the engine's (the second of the four ideas; decision 4).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.orm import Session

from conversation import consent, discretion, handoffs, outbox, permissions
from conversation.core_words import Danger
from conversation.models import Conversation, Decision, Message
from conversation.ports import Word


class UnknownCommand(Exception):
    """The engine named a command, or arguments, that the table does not have."""


@dataclass(frozen=True)
class Doing:
    """What a command acts on; `crisis`: the core has answered danger or self-harm in this turn."""

    session: Session
    conversation: Conversation
    answer: Message
    now: datetime
    crisis: bool = False


@dataclass(frozen=True)
class Done:
    """What follows from a command: words of its own.

    They are said before the engine's, and left out where the engine says the same; with `instead`
    they are all that is said.
    """

    words: tuple[Word, ...] = ()
    instead: bool = False


def _open_handoff(
    doing: Doing, needs: list[str], place: str | None, service: str | None = None
) -> Done:
    about = {"needs": needs, "place": place, "service": service}
    return _grant(doing, consent.HANDOFF, about)


def _grant(doing: Doing, permission: consent.Permission, about: dict[str, Any]) -> Done:
    instead = permissions.grant(
        doing.session, doing.conversation, doing.answer, permission, about, doing.now
    )
    if instead is not None:
        return Done((instead,), instead=True)
    if permission == consent.HANDOFF:
        # The bot says what happens now.
        return Done()
    return Done((permissions.done_word(permission, about),))


def _take_back(doing: Doing, permission: consent.Permission) -> Done:
    permissions.take_back(doing.session, doing.conversation, doing.answer, permission, doing.now)
    return Done((permissions.ENDED[permission.purpose],))


def _refuse_handoff(doing: Doing) -> Done:
    consent.record(doing.session, doing.conversation, doing.answer, Decision.REFUSED, now=doing.now)
    return Done()


def _withdraw_handoff(doing: Doing) -> Done:
    if handoffs.withdraw(doing.session, doing.conversation.id, doing.now):
        consent.record(
            doing.session, doing.conversation, doing.answer, Decision.WITHDRAWN, now=doing.now
        )
    return Done()


def _keep_safe_time(doing: Doing, at: str, zone: str) -> Done:
    return _grant(doing, consent.SAFE_TIME, {"at": at, "zone": zone})


def _forget_safe_time(doing: Doing) -> Done:
    return _take_back(doing, consent.SAFE_TIME)


def _set_check_ins(doing: Doing, on: bool) -> Done:
    if not on:
        return _take_back(doing, consent.CHECK_INS)
    if doing.conversation.discreet:
        # In discreet mode nothing comes first (S8): a yes would promise what is not done.
        return Done(({"say": "discreet_on"},), instead=True)
    if not permissions.waits(doing.session, doing.conversation):
        # There is nothing to wait for any more.
        return Done()
    return _grant(doing, consent.CHECK_INS, {})


def _set_discreet(doing: Doing, on: bool) -> Done:
    return Done((discretion.switch(doing.session, doing.conversation, on=on, now=doing.now),))


def _pause(doing: Doing, all_off: bool = False) -> Done:
    if all_off:
        # They want to be left alone: no text comes at any time that was agreed on (S10).
        for permission in (consent.SAFE_TIME, consent.CHECK_INS):
            _take_back(doing, permission)
    if doing.crisis:
        # "cant talk, he has a gun": an advocate who comes must be able to say so (S1).
        return Done()
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


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_text_or_none(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_switch(value: Any) -> bool:
    return isinstance(value, bool)


def _is_reason(value: Any) -> bool:
    return value in set(Danger)


def _is_moment(value: Any) -> bool:
    """A time in ISO, with its distance from UTC."""
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _is_zone(value: Any) -> bool:
    try:
        return bool(ZoneInfo(value).key)
    except (TypeError, ValueError, OSError, ZoneInfoNotFoundError):
        return False


@dataclass(frozen=True)
class Command:
    """What a command does, and its arguments with what each may be; some may be left out."""

    does: Callable[..., Done]
    args: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()


COMMANDS: dict[str, Command] = {
    "open_handoff": Command(
        _open_handoff,
        {"needs": _is_list_of_texts, "place": _is_text_or_none, "service": _is_text_or_none},
        optional=frozenset({"service"}),
    ),
    "refuse_handoff": Command(_refuse_handoff),
    "withdraw_handoff": Command(_withdraw_handoff),
    "set_check_ins": Command(_set_check_ins, {"on": _is_switch}),
    "keep_safe_time": Command(_keep_safe_time, {"at": _is_moment, "zone": _is_zone}),
    "forget_safe_time": Command(_forget_safe_time),
    "set_discreet": Command(_set_discreet, {"on": _is_switch}),
    "pause": Command(_pause, {"all_off": _is_switch}, optional=frozenset({"all_off"})),
    "raise_alarm": Command(_raise_alarm, {"reason": _is_reason}),
}


def check(command: Mapping[str, Any]) -> None:
    """Raise UnknownCommand unless the table has this command with exactly these arguments."""
    name, args = command.get("command"), command.get("args", {})
    if name not in COMMANDS:
        raise UnknownCommand(f"the engine asked for {name!r}, which is not in the table")
    known = COMMANDS[name]
    given = set(args) | known.optional
    if given != set(known.args) or not all(known.args[key](args[key]) for key in args):
        raise UnknownCommand(f"the arguments of {name!r} should be {sorted(known.args)}")


def carry_out(doing: Doing, command: Mapping[str, Any]) -> Done:
    """Do one command that `check` has let through."""
    return COMMANDS[command["command"]].does(doing, **command.get("args", {}))
