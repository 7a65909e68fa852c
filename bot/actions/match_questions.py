"""Part of the bot's actions: answers a short question about what is listed, in a line for each.

Must never say more than was asked, nor take such a question for a need: what the directory does not
know is said to be unknown, with who can be asked.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answers import is_question, numbers_inside, plain
from bot.actions.context import Context
from bot.actions.hearing import Facts, Heard
from bot.actions.match_words import contact, cost, hours, languages_there
from bot.actions.matches import listed_match, named
from bot.actions.phrases import UNSPACED, spelled_out
from bot.actions.recall import Recall, slots
from bot.actions.speech import Word, say, stacked, word
from bot.actions.step import Events
from directory.search import Match
from directory.vocabulary import Requirement

MOST_WORDS = 14
"""A longer text is no short question."""
UNKNOWN = {"room": "match_room", "tells": "match_tells", "safe": "match_safe"}
"""What is said, once for all, where one of these topics is not known."""
_ABOUT = ("before", "which")
"""Tables that are no topics."""


def answer_about(
    context: Context, dispatcher: CollectingDispatcher, known: Recall, facts: Facts, heard: Heard
) -> Events | None:
    """A line about each match that is meant: hours, cost, papers and the like.

    None for anything else, and where the question may be about this service ("is it free?") while
    it is not clear that a match is meant. Remembers which match was told about.
    """
    topics = _topics(heard.text) if known.listed and not heard.crisis else {}
    if not topics or set(heard.needs) - set(known.seeking):
        return None
    numbers = _numbers(context, known, facts, heard)
    if not numbers:
        if "plain" not in topics.values():
            return None
        # "do they need papers", "which one speaks spanish": all of them.
        numbers = tuple(range(1, len(known.listed) + 1))
    found = {number: listed_match(context, known, facts, number) for number in numbers}
    matches = {number: match for number, match in found.items() if match is not None}
    if not matches:
        return None
    for topic in topics:
        _say_topic(context, dispatcher, known, facts, topic, matches)
    return slots(told_about=next(iter(matches))) if len(matches) == 1 else []


def about_listed_only(known: Recall, heard: Heard) -> Heard:
    """A message without the needs that only a question about what is listed sounds like.

    "we dont have papers is that a problem" asks for no papers.
    """
    topics = _topics(heard.text) if known.listed else {}
    sounds = {need for topic in topics for need in _table()[topic].get("sounds_like", ())}
    meant = tuple(need for need in heard.named if need not in sounds or need in known.seeking)
    return replace(heard, named=meant) if "plain" in topics.values() else heard


def kept_beside(told: dict[str, Any]) -> dict[str, Any]:
    """Of the slots that a question about what is listed fills, those that begin no search."""
    return {name: value for name, value in told.items() if name in ("fits", "minor", "told")}


def _say_topic(
    context: Context,
    dispatcher: CollectingDispatcher,
    known: Recall,
    facts: Facts,
    topic: str,
    matches: dict[int, Match],
) -> None:
    """The lines that are known, and one for what is not."""
    lines: list[Word] = []
    for number, match in matches.items():
        fact = _fact(context, known, facts, topic, number, match)
        if fact is not None:
            lines.append(word("match_says", number=number, partner=match.partner, fact=fact))
    unknown = len(matches) - len(lines)
    if unknown and topic in UNKNOWN:
        lines.append(word(UNKNOWN[topic]))
    elif unknown and lines:
        lines.append(word("match_rest_unknown"))
    elif unknown == 1:
        ((number, match),) = matches.items()
        lines.append(word("match_unknown", number=number, contact=contact(match)))
    elif unknown:
        lines.append(word("match_unknown_all"))
    if not unknown and len(lines) > 1:
        lines.append(word("hint_details"))
    if len(lines) == 1:
        (only,) = lines
        say(dispatcher, only["say"], **only.get("args", {}))
    else:
        say(dispatcher, "match_answers", lines=stacked(lines))


def _numbers(context: Context, known: Recall, facts: Facts, heard: Heard) -> tuple[int, ...]:
    """The matches that are meant: by number, by name, the one told last, or the only one."""
    words = plain(heard.text)
    for before in _table()["before"]["words"]:
        words = re.sub(rf"\b{before} \d+\b", before, words)
    which = [phrase for phrase in _table()["which"]["words"] if _holds(words, phrase)]
    for phrase in which:
        # "which one" names no first one.
        words = words.replace(phrase, " ")
    listed = range(1, len(known.listed) + 1)
    numbers = tuple(number for number in numbers_inside(words) if number in listed)
    numbers = numbers or named(context, known, facts, heard.text)
    if not numbers and which:
        return tuple(listed)
    return numbers or ((1,) if len(known.listed) == 1 else known.told_about)


def _topics(text: str) -> dict[str, str]:
    """What is asked about, each with how surely; plain words count before vague ones."""
    words = spelled_out(plain(text))
    if not 0 < len(words.split()) <= MOST_WORDS:
        return {}
    for surely in ("plain", "vague"):
        found = {
            topic: surely
            for topic, lists in _table().items()
            if topic not in _ABOUT and any(_holds(words, one) for one in lists.get(surely, ()))
        }
        if found:
            return found
        if surely == "plain" and is_question(text) and words in _table()["languages"]["vague"]:
            # "chinese?"
            return {"languages": surely}
    return {}


def _holds(words: str, phrase: str) -> bool:
    if UNSPACED.search(phrase):
        return phrase in words
    return f" {phrase} " in f" {words} "


def _fact(
    context: Context, known: Recall, facts: Facts, topic: str, number: int, match: Match
) -> Word | None:
    """What is known of a match; None where it is not. Hours and the like say so themselves (D3)."""
    language = facts.language or "en"
    if topic in _REQUIRED:
        asked = [one for one in _REQUIRED[topic] if one in match.requirements]
        return word(f"requirement_{asked[0]}") if asked else None
    if topic == "weekend":
        return _weekend(context, known, facts, number, match)
    if topic == "children":
        return _children(context, known, facts, number, match)
    return _PLAIN[topic](match, language) if topic in _PLAIN else None


_REQUIRED = {
    "papers": (Requirement.IDENTIFICATION, Requirement.RESIDENCE),
    "appointment": (Requirement.APPOINTMENT, Requirement.REFERRAL, Requirement.WAITLIST),
    "room": (Requirement.WAITLIST,),
    "tells": (Requirement.POLICE_COOPERATION,),
    "women": (Requirement.WOMEN_ONLY, Requirement.MEN_ONLY),
    "sober": (Requirement.SOBRIETY,),
    "faith": (Requirement.FAITH_PRACTICE,),
}
"""Topics that a requirement answers; that a record names none does not say that there is none."""


def _cost(match: Match, language: str) -> Word:
    said = cost(match, language)
    return word("match_cost", cost=said) if said else word("match_cost_unknown")


def _insurance(match: Match, language: str) -> Word | None:
    """Who takes nothing needs no insurance; else what the record says of it."""
    if any(reason.code == "free" for reason in match.reasons):
        return word("reason_free")
    says = match.cost is not None and "insur" in match.cost.casefold()
    return word("match_cost", cost=match.cost) if says and language == "en" else None


def _languages(match: Match, language: str) -> Word:
    spoken = languages_there(match, language)
    return word("match_languages", languages=spoken) if spoken else word("match_languages_unknown")


def _address(match: Match, language: str) -> Word:
    if match.address:
        return word("match_address", address=match.address)
    return word("match_address_unknown")


def _distance(match: Match, language: str) -> Word | None:
    """How far it is, or that nobody has to go there."""
    near = [reason for reason in match.reasons if reason.code == "near"]
    if near:
        return word("reason_near", **near[0].args)
    return word("reason_virtual") if match.virtual else None


_PLAIN: dict[str, Callable[[Match, str], Word | None]] = {
    "open": lambda match, _language: hours(match),
    "cost": _cost,
    "insurance": _insurance,
    "languages": _languages,
    "address": _address,
    "near": _distance,
    "number": lambda match, _language: word("match_contact", contact=contact(match)),
}


def _children(
    context: Context, known: Recall, facts: Facts, number: int, match: Match
) -> Word | None:
    """Whether children may come, as a search that asks for it would find."""
    if Requirement.NO_CHILDREN in match.requirements:
        return word(f"requirement_{Requirement.NO_CHILDREN}")
    asking = replace(known, fits={**known.fits, "children": True})
    asked = listed_match(context, asking, facts, number)
    takes = asked is not None and any(one.code == "takes_children" for one in asked.reasons)
    return word("reason_takes_children") if takes else None


def _weekend(
    context: Context, known: Recall, facts: Facts, number: int, match: Match
) -> Word | None:
    """Whether it opens on the weekend that is, or comes next, there."""
    zone = ZoneInfo(match.zone or facts.zone)
    now = facts.now.astimezone(zone)
    days = timedelta(days=max(0, 5 - now.weekday()))
    begins = now if not days else _midnight(now + days)
    ends = _midnight(begins + timedelta(days=7 - begins.weekday()))
    then = listed_match(context, known, replace(facts, now=begins), number)
    if then is None or then.open_now is None:
        return None
    if then.open_now or (then.next_opening is not None and then.next_opening < ends):
        return hours(then) if not then.open_now else word("match_open_weekend")
    return word("match_closed_weekend")


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {
        topic: {
            key: phrases
            if key == "sounds_like"
            else list(dict.fromkeys(form for one in phrases for form in _forms(one)))
            for key, phrases in lists.items()
        }
        for topic, lists in data.items()
    }


def _forms(phrase: str) -> tuple[str, str]:
    return plain(phrase), spelled_out(plain(phrase))
