"""Part of the bot's actions: small questions that stand open beside "anything else?": look wider,
text while waiting, a safe time. Must never keep one open that was not answered: it is let go."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answers import Answer, Short
from bot.actions.clock import asks_when, corrects, is_about_listed, read_time
from bot.actions.context import Context
from bot.actions.details import read_details, tells_only_details
from bot.actions.hearing import Facts, Heard
from bot.actions.matches import AREA, show_more
from bot.actions.recall import Recall, slots
from bot.actions.speech import YES_NO, command, say
from bot.actions.step import Events, closed
from bot.actions.wishes import asks_if_we_text, is_about_contact, no_check_ins, not_first
from bot.actions.wishes import no_texts as says_no_texts

Reader = Callable[[Context, CollectingDispatcher, Recall, Facts, Heard], Events | None]
DONE: dict[str, Any] = {"small": None, "misunderstood": None, "next": None}


def read_small(
    context: Context, dispatcher: CollectingDispatcher, known: Recall, facts: Facts, heard: Heard
) -> Events | None:
    """What follows from an answer to the small question that is open; None when it is none."""
    reader = _READERS.get(str(known.small.get("ask")))
    return reader(context, dispatcher, known, facts, heard) if reader else None


def _widen(
    context: Context, dispatcher: CollectingDispatcher, known: Recall, facts: Facts, heard: Heard
) -> Events | None:
    if known.listed and heard.numbers:
        # One of those that are listed above the question.
        return None
    # "ok" is no consent, and none is needed to be shown more (C6).
    if heard.says(Answer.YES) or heard.says(Answer.WEAK) or heard.numbers == (1,):
        wider = list(dict.fromkeys([*known.wider, known.small["by"]]))
        if known.small["ask"] == "no_more_widen":
            widened = replace(known, wider=tuple(wider))
            more = show_more(context, dispatcher, widened, facts)
            return [*slots(**DONE), *slots(wider=wider), *more]
        return [*slots(**DONE, wider=wider, matched=None), *closed("matches")]
    if heard.refuses or heard.numbers == (2,):
        say(dispatcher, "widen_refused")
        return slots(**DONE)
    told = read_details(heard.text).fits.items() <= known.fits.items()
    if known.small["by"] == AREA and told and tells_only_details(heard.text):
        # "with my kids": that is minded already, and the question stays.
        say(dispatcher, "look_further", choices=YES_NO)
        return slots(next=None, misunderstood=None)
    return None


def _go_on(
    context: Context, dispatcher: CollectingDispatcher, known: Recall, facts: Facts, heard: Heard
) -> Events | None:
    """After a silence: go on with what was told before it, or not."""
    if heard.says(Answer.YES) or heard.says(Answer.MORE):
        return slots(**DONE)
    if heard.refuses:
        say(dispatcher, "here_for_you")
        return slots(**{**DONE, "small": {"ask": "let_go"}})
    return None


def _check_ins(
    context: Context, dispatcher: CollectingDispatcher, known: Recall, facts: Facts, heard: Heard
) -> Events | None:
    if heard.clear_yes:
        command(dispatcher, "set_check_ins", on=True)
        say(dispatcher, "check_ins_on")
        return slots(**DONE)
    if heard.refuses:
        say(dispatcher, "check_ins_declined")
        return slots(**DONE)
    return None


def _safe_time(
    context: Context, dispatcher: CollectingDispatcher, known: Recall, facts: Facts, heard: Heard
) -> Events | None:
    at = _time_in(heard, known, facts, asked=True)
    if at is not None:
        return confirm(dispatcher, known, facts, at)
    if heard.refuses:
        say(dispatcher, "safe_time_skipped")
        return slots(**DONE)
    if is_about_listed(heard.text):
        return None
    if heard.says(Answer.YES) or heard.short != Short():
        say(dispatcher, "ask_safe_time_again")
        return slots(**{**DONE, "small": {"ask": "ask_safe_time"}})
    return None


def _confirm_safe_time(
    context: Context, dispatcher: CollectingDispatcher, known: Recall, facts: Facts, heard: Heard
) -> Events | None:
    if heard.clear_yes:
        command(dispatcher, "keep_safe_time", at=known.small["at"], zone=known.small["zone"])
        say(dispatcher, "safe_time_kept", time=_said_time(known.small))
        return slots(**DONE)
    at = _time_in(heard, known, facts, asked=True, before=known.small["at"])
    if at is not None:
        return confirm(dispatcher, known, facts, at)
    if heard.refuses:
        say(dispatcher, "ask_safe_time_again")
        return slots(**{**DONE, "small": {"ask": "ask_safe_time"}})
    return None


def call_off(
    dispatcher: CollectingDispatcher, known: Recall, facts: Facts, heard: Heard
) -> Events | None:
    """No text first, at a time that was agreed on or while they wait, is wanted any more (S10)."""
    asked = known.small.get("ask")
    no_notes, no_texts = no_check_ins(heard.text), says_no_texts(heard.text)
    if facts.check_ins and (no_notes or no_texts):
        command(dispatcher, "set_check_ins", on=False)
        if not (facts.safe_time and no_texts):
            say(dispatcher, "check_ins_off")
    elif no_notes and asked == "ask_check_ins":
        say(dispatcher, "check_ins_declined")
    elif no_notes or not no_texts:
        return None
    if no_texts and facts.safe_time:
        command(dispatcher, "forget_safe_time")
        say(dispatcher, "safe_time_forgotten")
    elif no_texts and not facts.check_ins:
        if asked in ("ask_safe_time", "confirm_safe_time"):
            say(dispatcher, "safe_time_skipped")
        elif asked == "ask_check_ins":
            say(dispatcher, "check_ins_declined")
        elif not_first(heard.text):
            say(dispatcher, "safe_time_forgotten")
        else:
            return None
    return slots(**DONE)


def _say_if_we_text(dispatcher: CollectingDispatcher, known: Recall, facts: Facts) -> Events:
    """Whether we will text them: the time, or no; the wait where they are in line."""
    if facts.safe_time is not None:
        said = {"at": facts.safe_time, "zone": zone_of(known, facts)}
        say(dispatcher, "safe_time_is", time=_said_time(said))
    elif facts.check_ins:
        say(dispatcher, "check_ins_on")
    else:
        say(dispatcher, "texts_first_line" if facts.waiting else "texts_first_never")
    return slots(**DONE)


def tell_time(
    dispatcher: CollectingDispatcher,
    known: Recall,
    facts: Facts,
    heard: Heard,
    *,
    kept: str | None = None,
) -> Events | None:
    """A time told while it was not asked for: "text me tomorrow at 3"; None when it is none.

    In line for an advocate a bare "tomorrow at 3" is one too. `kept` is the ISO time at which we
    text them anyway: it is said to who asks for it, and "make it 4 pm" is a change of it.
    """
    if (off := call_off(dispatcher, known, facts, heard)) is not None:
        return off
    if kept is not None and asks_when(heard.text):
        said = {"at": kept, "zone": zone_of(known, facts)}
        say(dispatcher, "safe_time_is", time=_said_time(said))
        return slots(**DONE)
    if asks_if_we_text(heard.text) and _time_in(heard, known, facts, asked=False) is None:
        return _say_if_we_text(dispatcher, known, facts)
    if heard.bare_numbers or heard.choice is not None:
        # "5" chooses something; it is a time only where one was asked for.
        return None
    # "for tonight" answers another question: only who speaks of texting means a time for it.
    meant = heard.intent == "safe_time" and not heard.needs and is_about_contact(heard.text)
    change = kept is not None and corrects(heard.text)
    waits = facts.handoff == "waiting" and not (heard.needs or heard.aside)
    if not (meant or change or waits):
        return None
    at = _time_in(heard, known, facts, asked=meant or change, before=kept)
    if at is not None:
        return confirm(dispatcher, known, facts, at)
    if not meant:
        return None
    say(dispatcher, "ask_safe_time")
    return slots(**{**DONE, "small": {"ask": "ask_safe_time"}})


def confirm(dispatcher: CollectingDispatcher, known: Recall, facts: Facts, at: datetime) -> Events:
    """Say a time back and ask whether it is right: only a clear yes keeps it (S10)."""
    small = {"ask": "confirm_safe_time", "at": at.isoformat(), "zone": zone_of(known, facts)}
    say(dispatcher, "confirm_safe_time", choices=YES_NO, time=_said_time(small))
    return slots(**{**DONE, "small": small})


def zone_of(known: Recall, facts: Facts) -> str:
    """The zone in which a survivor means a time: their place's, else the organisation's."""
    return (known.place.zone if known.place else None) or facts.zone


def _time_in(
    heard: Heard, known: Recall, facts: Facts, *, asked: bool, before: str | None = None
) -> datetime | None:
    """The time in a message; `before` is the ISO time that it may correct."""
    if heard.needs:
        return None
    if is_about_listed(heard.text):
        # "tell me about 1"; with "pm" or a day it is a time all the same.
        asked, before = False, None
    earlier = datetime.fromisoformat(before) if before else None
    zone = zone_of(known, facts)
    return read_time(heard.text, now=facts.now, zone=zone, asked=asked, before=earlier)


def _said_time(small: Mapping[str, Any]) -> dict[str, Any]:
    return {"time": small["at"], "zone": small["zone"], "date": True}


_READERS: dict[str, Reader] = {
    "widen_area": _widen,
    "widen_kind": _widen,
    "no_more_widen": _widen,
    "go_on": _go_on,
    "ask_check_ins": _check_ins,
    "ask_safe_time": _safe_time,
    "confirm_safe_time": _confirm_safe_time,
}
