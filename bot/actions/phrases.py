"""Part of the bot's actions: finds phrases by their exact words, in any script; never guesses."""

import re
from collections.abc import Iterable

from bot.actions.answers import plain

UNSPACED = re.compile(r"[\u0600-\u06ff\u0900-\u097f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Scripts without spaces between words, or with glued endings: a phrase may stand anywhere."""


def any_of(phrases: Iterable[str], *, not_after: str = "") -> re.Pattern[str]:
    """Finds any of these phrases in a text that `plain` has folded, the longest first.

    They are whole words, but in scripts without spaces. `not_after` is a word that takes a phrase
    its meaning when it stands before it ("no quiero …"); it counts only for whole words.
    """
    unless = rf"(?<!\b{re.escape(not_after)} )" if not_after else ""
    folded = sorted(set(filter(None, map(plain, phrases))), key=len, reverse=True)
    return re.compile(
        "|".join(
            re.escape(phrase)
            if UNSPACED.search(phrase)
            else rf"(?<!\w){unless}{re.escape(phrase)}(?!\w)"
            for phrase in folded
        )
    )
