"""Part of the bot's actions: knows by exact words that advice on law or medicine is asked for.
Must never give it (S11): the answer is the message `no_advice`."""

import re
import tomllib
from functools import cache
from pathlib import Path

from bot.actions.answers import plain

_UNSPACED = re.compile(r"[\u0600-\u06ff\u0900-\u097f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
NO_ADVICE = "no_advice"
"""The message that says who can give it."""


def asks_for_advice(text: str) -> bool:
    """Whether a text asks what to do or to expect in law or medicine: "should i record him"."""
    return bool(_pattern().search(plain(text)))


@cache
def _pattern() -> re.Pattern[str]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    phrases = sorted(set(map(plain, data["asks"]["phrases"])), key=len, reverse=True)
    return re.compile(
        "|".join(
            re.escape(one) if _UNSPACED.search(one) else rf"(?<!\w){re.escape(one)}(?!\w)"
            for one in phrases
        )
    )
