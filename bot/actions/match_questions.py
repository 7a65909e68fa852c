"""Part of the bot's actions: answers a short question about one match in one line. Must never say
more than was asked, nor guess which match is meant: then it asks."""

import re
import tomllib
from functools import cache
from pathlib import Path

from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answers import numbers_inside, plain
from bot.actions.context import Context
from bot.actions.hearing import Facts, Heard
from bot.actions.match_words import cost, hours, languages_there
from bot.actions.matches import listed_match, named
from bot.actions.phrases import UNSPACED
from bot.actions.recall import Recall, slots
from bot.actions.speech import Word, say, word
from bot.actions.step import Events
from directory.search import Match

MOST_WORDS = 10
"""A longer text is no short question."""


def answer_about(
    context: Context, dispatcher: CollectingDispatcher, known: Recall, facts: Facts, heard: Heard
) -> Events | None:
    """One line about a match of the last list: its hours, cost, languages or address.

    None for anything else, and where the question may be about this service ("is it free?") while
    it is not clear that a match is meant. Remembers which match was told about.
    """
    topics = _topics(plain(heard.text)) if known.listed and not heard.crisis else {}
    if not topics or set(heard.needs) - set(known.seeking):
        return None
    numbers = _numbers(context, known, facts, heard)
    if not numbers:
        if "plain" not in topics.values():
            return None
        say(dispatcher, "which_match", last=len(known.listed))
        return []
    told: Events = []
    for number in numbers:
        match = listed_match(context, known, facts, number)
        if match is None:
            continue
        for topic in topics:
            fact = _fact(topic, match, facts.language or "en")
            say(dispatcher, "match_says", number=number, partner=match.partner, fact=fact)
        told = slots(told_about=number)
    return told or None


def _numbers(context: Context, known: Recall, facts: Facts, heard: Heard) -> tuple[int, ...]:
    """The matches that are meant: by number, by name, the one told last, or the only one."""
    words = plain(heard.text)
    for before in _table()["hours"]["before"]:
        words = re.sub(rf"\b{before} \d+\b", before, words)
    listed = range(1, len(known.listed) + 1)
    numbers = tuple(number for number in numbers_inside(words) if number in listed)
    numbers = numbers or named(context, known, facts, heard.text)
    return numbers or ((1,) if len(known.listed) == 1 else known.told_about)


def _topics(words: str) -> dict[str, str]:
    """What is asked about, each with how surely; plain words count before vague ones."""
    if not 0 < len(words.split()) <= MOST_WORDS:
        return {}
    for surely in ("plain", "vague"):
        found = {
            topic: surely
            for topic, lists in _table().items()
            if topic != "hours" and any(_holds(words, phrase) for phrase in lists[surely])
        }
        if found:
            return found
    return {}


def _holds(words: str, phrase: str) -> bool:
    if UNSPACED.search(phrase):
        return phrase in words
    return f" {phrase} " in f" {words} "


def _fact(topic: str, match: Match, language: str) -> Word:
    """The line that answers; what is not known is said as unknown (D3)."""
    if topic == "open":
        return hours(match)
    if topic == "cost":
        said = cost(match, language)
        return word("match_cost", cost=said) if said else word("match_cost_unknown")
    if topic == "languages":
        spoken = languages_there(match, language)
        return (
            word("match_languages", languages=spoken) if spoken else word("match_languages_unknown")
        )
    if match.address:
        return word("match_address", address=match.address)
    return word("match_address_unknown")


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {
        topic: {key: [plain(one) for one in phrases] for key, phrases in lists.items()}
        for topic, lists in data.items()
    }
