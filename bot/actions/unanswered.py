"""Part of the bot's actions: what is no answer to the open question: a question that nothing here
answers, a "what is that", a refusal, a sentence. Must never take one for a place or a yes."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answers import Short, is_question, plain
from bot.actions.hearing import Facts, Heard
from bot.actions.phrases import UNSPACED, any_of, spelled_out
from bot.actions.recall import Recall
from bot.actions.speech import say
from bot.actions.step import say_in_turn

CANNOT = ("cannot_answer", "cannot_answer_again")
IN_LINE = ("cannot_answer_in_line", "cannot_answer_in_line_again")
STANDS = "the question stands"
"""In the slot `said_last`: the open question needs no repeating in this turn."""
_MOST_OF_A_PLACE = 7
"""A place's name has hardly more words than this; in scripts without spaces, characters count."""
_MOST_CHARACTERS = 12
_MOST_LOST = 8
"""A longer text is lost about something in particular."""


def asks(heard: Heard) -> bool:
    """Whether a text asks something: by its mark or by its words; "ok?" and "2?" ask nothing."""
    if heard.short != Short() or heard.choice is not None or heard.pieces:
        return False
    words = spelled_out(plain(heard.text))
    long_enough = len(words.split()) > 1 or bool(UNSPACED.search(words))
    return (is_question(heard.text) and long_enough) or bool(_asking().search(words))


def is_puzzled(heard: Heard) -> bool:
    """Whether a text asks what our last words mean: "whats that", "no entiendo"."""
    words = spelled_out(plain(heard.text))
    if heard.short != Short() or heard.choice is not None:
        return False
    return words in _whole("puzzled") or is_lost(heard.text)


def is_lost(text: str) -> bool:
    """Whether a short text says that we were not understood: "no entiendo lo de la persona"."""
    return len(text.split()) <= _MOST_LOST and bool(_anywhere("lost").search(plain(text)))


def refuses_to_say(text: str) -> bool:
    """Whether a text refuses to say where: "id rather not say", "no quiero decir donde"."""
    return bool(_anywhere("refuses").search(spelled_out(plain(text))))


def may_be_place(heard: Heard) -> bool:
    """Whether a text may be the name of a place that we do not know, and is no sentence."""
    words = plain(heard.text)
    if asks(heard) or len(words.split()) > _MOST_OF_A_PLACE:
        return False
    if UNSPACED.search(words) and len(words) > _MOST_CHARACTERS:
        return False
    return not _anywhere("sentence").search(words)


def say_cannot(dispatcher: CollectingDispatcher, tracker: Tracker, facts: Facts) -> dict[str, Any]:
    """Say that a person can answer this and we cannot, each time in other words; returns slots."""
    messages = IN_LINE if facts.waiting else CANNOT
    return say_in_turn(dispatcher, tracker, *messages, counted=CANNOT[0])


def stands(dispatcher: CollectingDispatcher, tracker: Tracker, facts: Facts) -> dict[str, Any]:
    """`say_cannot` while a question is open: it stays as it is, and is not said again."""
    return {**say_cannot(dispatcher, tracker, facts), "said_last": STANDS}


def explain(
    dispatcher: CollectingDispatcher, tracker: Tracker, known: Recall, facts: Facts, slot: str
) -> dict[str, Any]:
    """Say what the last words mean, in other words than they were said in; returns slots.

    `slot` is the open question. Who still does not follow is told of a person.
    """
    answered = dict(tracker.get_slot("answered") or {})
    subject = f"explained_{slot}"
    times = int(answered.get(subject) or 0)
    if times > (slot == "agree"):
        cannot = say_cannot if slot == "next" else stands
        return cannot(dispatcher, tracker, facts)
    if slot == "agree":
        say(dispatcher, "why_offer" if times else "what_a_person_does")
    elif slot == "next" and known.listed:
        say(dispatcher, "list_explained")
    elif slot in ("place", "detail") and known.seeking:
        for need in known.seeking[:1]:
            say(dispatcher, f"about_need_{need}")
    else:
        say(dispatcher, "what_is_kinds")
    return {"answered": {**answered, subject: times + 1}}


@cache
def _asking() -> re.Pattern[str]:
    """Finds a text that begins with words that ask, or holds those that always do."""
    begins = any_of(_table()["asks"]["begins"]).pattern
    return re.compile(rf"^(?:{begins})|{any_of(_table()['asks']['anywhere']).pattern}")


@cache
def _anywhere(table: str) -> re.Pattern[str]:
    return any_of(_table()[table]["phrases"])


@cache
def _whole(table: str) -> frozenset[str]:
    return frozenset(spelled_out(plain(phrase)) for phrase in _table()[table]["phrases"])


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
