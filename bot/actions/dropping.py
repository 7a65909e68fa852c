"""Part of the bot's actions: reads that a thing is not wanted, or is there by now, by exact words.
Must never guess: what was asked for is known elsewhere (telling.py)."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bot.actions.answers import is_question, plain
from bot.actions.phrases import UNSPACED
from directory.vocabulary import Need


def dropped_things(text: str) -> frozenset[Need]:
    """The needs whose thing a text turns down or says to have: "not food", "i have a bed now".

    No question does ("why not food?").
    """
    if is_question(text):
        return frozenset()
    words = plain(text)
    found: set[Need] = set()
    for kind, patterns in _table()["frames"].items():
        for pattern in patterns:
            for match in pattern.finditer(words):
                before, behind = words[: match.start()].rstrip(), words[match.end() :].lstrip()
                if _stands(before, behind, got=kind == "got"):
                    found.add(_table()["things"][match["x"]])
    return frozenset(found)


def _stands(before: str, behind: str, *, got: bool) -> bool:
    """Whether what stands around a frame leaves it its meaning."""
    unless = _table()["unless"]
    if any(f" {before}".endswith(f" {word}") for word in unless["before"]):
        return False
    if not got:
        return True
    for word in unless["behind"]:
        if f"{behind} ".startswith(f"{word} "):
            rest = f"{behind.removeprefix(word).lstrip()} "
            return any(rest.startswith(f"{wish} ") for wish in unless["wish"])
    return True


@cache
def _table() -> dict[str, Any]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    things = {plain(one): Need(need) for need, words in data["things"].items() for one in words}
    longest = sorted(things, key=len, reverse=True)
    before = "|".join(map(re.escape, sorted(data["before"]["words"], key=len, reverse=True)))
    thing = rf"(?:(?:{before})\s*\b\s*){{0,2}}(?P<x>{'|'.join(map(re.escape, longest))})"
    return {
        "things": things,
        "frames": {
            kind: [_pattern(frame, thing) for frame in frames]
            for kind, frames in data["frames"].items()
        },
        "unless": {key: [plain(one) for one in words] for key, words in data["unless"].items()},
    }


def _pattern(frame: str, thing: str) -> re.Pattern[str]:
    first, last = (plain(part) for part in frame.split("{x}"))
    unspaced = UNSPACED.search(frame)
    gap = r"\s*" if unspaced else r"\s+"
    lead = f"{re.escape(first)}{gap}" if first else ""
    tail = f"{gap}{re.escape(last)}" if last else ""
    words = f"{lead}{thing}{tail}"
    return re.compile(words if unspaced else rf"(?<!\w){words}(?!\w)")
