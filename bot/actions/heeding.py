"""Part of the bot's actions: what every open question must heed before it reads an answer.

Leaving the line, a crisis, a wish to be left alone, our hello at a safe time, a long silence, the
quiet after a crisis: in this order, the same whichever form is open.
Must never read the answer itself.
"""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.aftermath import (
    crisis_now,
    is_answered_even_then,
    leaves_line,
    names_nothing,
    stay,
    tell_minor,
)
from bot.actions.coming_back import after_hello
from bot.actions.hearing import Facts, Heard
from bot.actions.recall import Recall, slots
from bot.actions.step import Events, closed, reject
from bot.actions.telling import leads_to_search
from bot.actions.watched import helpers_came, mind_discretion, somebody_near
from bot.actions.wishes import leave_alone


def heeded(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    known: Recall,
    facts: Facts,
    heard: Heard,
    told: dict[str, Any],
    *,
    form: str,
    stays: dict[str, Any],
) -> Events | None:
    """What follows before any answer is read; None when the form may read it.

    `told` are the slots that the message fills and gains those that heeding fills. `stays` are the
    slots that keep the form open.
    """
    if leaves_line(facts, heard):
        return closed("back")
    mind_discretion(dispatcher, facts, heard)
    came = helpers_came(heard, known.crises)
    if not facts.crisis_answered and somebody_near(heard) and not came:
        return [*slots(**stays, **told), *closed("pause")]
    if facts.crisis_answered or (heard.crisis and not came):
        told |= crisis_now(known, facts, heard)
        told |= tell_minor(dispatcher, tracker, known, heard, now=False)
        beside = heard.crisis or is_answered_even_then(heard)
        return [*slots(**stays, **told), *(reject(form) if beside else [])]
    if leave_alone(heard.text):
        return closed("pause")
    if (route := after_hello(dispatcher, facts, heard)) is not None:
        here = slots(**stays, safe=True, asked=None)
        return here if (form, route) == ("next_form", "next") else [*here, *closed(route)]
    if facts.long_silence:
        back: dict[str, Any] = {"safe": None, "asked": None, "after_crisis": None}
        back["returned"] = None if leads_to_search(told) else True
        return [*slots(**{**told, **back}), *closed("intake")]
    if known.after_crisis is None:
        return None
    return _in_the_quiet(dispatcher, tracker, known, heard, told, form=form, stays=stays)


def _in_the_quiet(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    known: Recall,
    heard: Heard,
    told: dict[str, Any],
    *,
    form: str,
    stays: dict[str, Any],
) -> Events | None:
    """After a crisis: gentle lines until they name something or ask for somebody."""
    if names_nothing(known, heard, told):
        gentle = stay(dispatcher, tracker, known, heard, told)
        if gentle is not None:
            return slots(**stays, **gentle)
        # All lines were said: the open question may be asked again.
        return slots(**stays, after_crisis=None, asked=None) if form != "next_form" else None
    if heard.aside and not told and not heard.asks_for_person:
        return [*slots(**stays), *reject(form)]
    told["after_crisis"] = None
    return None
