"""Part of the bot's actions: hears that somebody is near who must not see this, or that they have
gone (S6, S7). Must never guess: phrases are in watched.toml, and the understanding adds to them."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answers import is_question, plain
from bot.actions.hearing import Facts, Heard
from bot.actions.phrases import UNSPACED, any_of
from bot.actions.speech import command
from conversation.core_words import After
from directory.vocabulary import Need

MOST_LETTERS = 90
"""A longer text tells a story: "she came home early and asked for the money and i …"."""
SURE_DANGER, SURELY_ANOTHER = 0.85, 0.65
"""A phrase counts unless the text was understood so surely as something else: "somebody with me in
court" is a need."""
OTHERS = ("asks_about_someone", "discreet", "safe_time")
MOST_DANGER, LEAST_UNSAFE = 0.8, 0.3
"""Understood as danger less surely than this, and as unsafe at least so surely, is a pause: of 27
texts of each kind that were measured, those in danger stay under 0.11 as unsafe."""
LEAST_DISCREET, SURELY_DISCREET = 0.4, 0.65
"""From which probability on a wish for discretion counts; the higher in a text of no more words
than `FEW_WORDS`, or than `FEW_BESIDE` beside a need: "like a visa"."""
FEW_WORDS, FEW_BESIDE = 3, 5
GLUED = frozenset({"zh", "ko"})
"""Written without spaces between the words, or with glued endings."""

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_Pattern = re.Pattern[str]


def _fold(text: str) -> str:
    """As `plain`, and without the Vietnamese stroke that most phones leave out."""
    return plain(text).replace("đ", "d")


def _parts(words: Iterable[str]) -> str:
    folded = sorted({_fold(word) for word in words} - {""}, key=len, reverse=True)
    return "|".join(map(re.escape, folded))


def _pattern(language: str, where: str) -> _Pattern:
    """Finds somebody and where they are, in this order or both, and what says it by itself."""
    data = _DATA[language]
    gap, edge, end = (" ?", "", "") if language in GLUED else (" ", r"(?<!\w)", r"(?!\w)")
    who, between, near = (_parts(data[key]) for key in ("who", "between", where))
    alone = _parts(data["says" if where == "near" else "away_says"])
    inside = rf"(?:(?:{between}){gap}){{0,4}}"
    orders = [rf"(?:{who}){gap}{inside}(?:{near})", alone]
    if data.get("reversed"):
        named = _parts(word for word in data["who"] if len(word) > len("ella") or language == "tl")
        orders.append(rf"(?:{near}){gap}{inside}(?:{named})")
    after = rf"(?! ?(?:{_parts(data['not_before'])}){end})"
    # "when he is here": what stands before somebody says that it is not now.
    before = "".join(rf"(?<!\b{re.escape(_fold(word))} )" for word in data["unless"])
    return re.compile(rf"{edge}{before}(?:{'|'.join(orders)}){end}{after}")


def _whole(language: str) -> _Pattern:
    """A clause that is nothing but such a phrase and small words: "ay ya llego luego escribo"."""
    gap = " ?" if language in GLUED else " "
    whole, small = (_parts(_DATA[language][key]) for key in ("whole", "small"))
    return re.compile(rf"(?:(?:{small}){gap})*(?:{whole})(?:{gap}(?:{small}))*")


_NEAR = [_pattern(language, "near") for language in _DATA]
_WHOLE = [_whole(language) for language in _DATA]
_AWAY = [_pattern(language, "away") for language in _DATA]
_VIOLENT = any_of(word for data in _DATA.values() for word in data["violent"])
_DISCREET = any_of(word for data in _DATA.values() for word in data["discreet"])
_CAME = any_of(word for data in _DATA.values() for word in data["came"])
_PAST = any_of(word for data in _DATA.values() for word in data["past"])


def somebody_near(heard: Heard, *, asked_safe: bool = False) -> bool:
    """Whether somebody is near, comes or looks on, and nothing in the text speaks of danger.

    `asked_safe`: it was asked whether texting is safe.
    """
    text = plain(heard.text)
    if len(text) > MOST_LETTERS or heard.choice is not None or _VIOLENT.search(text):
        return False
    danger, unsafe = heard.labels.get("danger", 0.0), heard.labels.get("unsafe", 0.0)
    if says_near(heard.text):
        other = max((heard.labels.get(label, 0.0) for label in (*Need, *OTHERS)), default=0.0)
        surely = danger < SURE_DANGER or unsafe >= LEAST_UNSAFE
        return surely and (asked_safe or other < SURELY_ANOTHER)
    return heard.crisis and danger < MOST_DANGER and unsafe >= LEAST_UNSAFE


def wishes_discretion(heard: Heard) -> bool:
    """Whether somebody wishes for words that tell a stranger nothing, also beside a need (S8)."""
    few = FEW_BESIDE if heard.named else FEW_WORDS
    weak = len(heard.text.split()) <= few and not UNSPACED.search(heard.text)
    least = SURELY_DISCREET if weak else LEAST_DISCREET
    said = _DISCREET.search(_fold(heard.text))
    return said is not None or heard.labels.get("discreet", 0.0) >= least


def mind_discretion(dispatcher: CollectingDispatcher, facts: Facts, heard: Heard) -> None:
    """Switch discreet mode on where a message wishes for it.

    The worker says that it is on, unless the rule for the wish alone does.
    """
    if wishes_discretion(heard) and not facts.discreet:
        command(dispatcher, "set_discreet", on=True)


def says_near(text: str) -> bool:
    """Whether a text's phrases say that somebody is near: "he just walked in"."""
    if is_question(text) or _PAST.search(plain(text)):
        return False
    clauses = [_fold(clause) for clause in re.split(r"[.,;!\n。，！、]+", text)]
    whole = any(pattern.fullmatch(clause) for pattern in _WHOLE for clause in clauses if clause)
    return whole or any(pattern.search(_fold(text)) for pattern in _NEAR)


def helpers_came(heard: Heard, crises: tuple[str, ...]) -> bool:
    """Whether those who were called are there: "they are here now", once they were on their way."""
    coming = crises[-1:] == (After.HELP_COMING.value,)
    return coming and bool(_CAME.search(plain(heard.text)))


def says_away(text: str) -> bool:
    """Whether a text's phrases say that nobody is near: "shes asleep", "im alone"."""
    text = _fold(text)
    return any(pattern.search(text) for pattern in _AWAY)
