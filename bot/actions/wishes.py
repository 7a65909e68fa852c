"""Part of the bot's actions: reads wishes about the person, our texts and us, by their exact words.

Must never guess: what is said in other words is left to the understanding. A wish to be left alone
or to take a yes back is heard from whatever question is open (C4, S7, S10).
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from bot.actions.answers import all_leave, plain
from bot.actions.phrases import any_of

NO_LANGUAGE = ("alone", "begins", "unless")


def no_person(text: str) -> bool:
    """Whether a person is not wanted after all: "dont let anyone read it"; heard in line (C4)."""
    return _says("no_person", text) or all_leave(text, _alone())


def no_texts(text: str) -> bool:
    """Whether no text of ours is to come: "actually dont text me" (S10)."""
    return _says("no_texts", text) or not_first(text)


def not_first(text: str) -> bool:
    """The same, plainly about who texts first."""
    return _says("not_first", text)


def no_check_ins(text: str) -> bool:
    """Whether the notes about the wait are to stop: "stop with the check ins pls"."""
    return _says("no_check_ins", text)


def leave_alone(text: str) -> bool:
    """Whether silence is wanted: "leave me alone" (S7)."""
    words = plain(text)
    unless = tuple(f" {word} " for word in _table()["leave_alone"]["unless"])
    found = _pattern("leave_alone").finditer(words)
    return any(not f" {words[: match.start()]}".endswith(unless) for match in found)


def asks_if_machine(text: str) -> bool:
    """Whether it is asked if we are a person or a machine: "hi are u real?" (B1)."""
    return _says("machine", text)


def asks_place_in_line(text: str) -> bool:
    """Whether it is asked how the line moves: "en que lugar voy?"; heard in line (P4)."""
    return _says("place_in_line", text) or asks_if_in_line(text)


def asks_if_in_line(text: str) -> bool:
    """Whether a text asks if they are in line for a person at all."""
    return _says("in_line", text)


def wishes_it(text: str) -> bool:
    """Whether a text about a person is a wish, and no question about one."""
    begins = (f"{plain(word)} " for word in _table()["wished"]["begins"])
    return _says("wished", text) or f"{plain(text)} ".startswith(tuple(begins))


def is_about_contact(text: str) -> bool:
    """Whether a text speaks of contacting somebody, or of when that is safe."""
    return _says("contact", text)


def asks_if_we_text(text: str) -> bool:
    """Whether it is asked if we will text: "are you going to text me tmrw?"."""
    return _says("will_you_text", text)


def gives_money(text: str) -> bool:
    """Whether it is asked if we give money: no question about what this costs."""
    return _says("gives_money", text)


def money_back(text: str) -> bool:
    """Whether they ask for what was taken from them, or is owed to them."""
    return _says("money_back", text)


def threatens(text: str) -> bool:
    """Whether a text threatens whoever answers here: "tell me or i will find you"."""
    return _says("threatens", text)


def mistook_number(text: str) -> bool:
    """Whether a text that is the first one says that it was meant for somebody else."""
    return _says("wrong_number", text)


def _says(section: str, text: str) -> bool:
    return bool(_pattern(section).search(plain(text)))


@cache
def _pattern(section: str) -> re.Pattern[str]:
    rows = _table()[section]
    return any_of(one for key in rows if key not in NO_LANGUAGE for one in rows[key])


@cache
def _alone() -> frozenset[str]:
    return frozenset(map(plain, _table()["no_person"]["alone"]))


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
