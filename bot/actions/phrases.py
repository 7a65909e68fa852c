"""Part of the bot's actions: finds phrases by their exact words, in any script; never guesses."""

import re
from collections.abc import Iterable

from bot.actions.answers import plain

UNSPACED = re.compile(r"[\u0600-\u06ff\u0900-\u097f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Scripts without spaces between words, or with glued endings: a phrase may stand anywhere."""


_TEXTED = {
    "u": "you", "ur": "your", "r": "are", "wanna": "want to", "gonna": "going to", "cuz": "because",
    "kiero": "quiero", "kieren": "quieren", "q": "que", "k": "que", "ke": "que", "xq": "por que",
    "porq": "por que", "pq": "por que", "pa": "para", "d": "de", "tb": "tambien",
}  # fmt: skip


def spelled_out(words: str) -> str:
    """Folded words with what people shorten in texts written out: "kiero", "can u"."""
    return " ".join(_TEXTED.get(word, word) for word in words.split())


def any_of(phrases: Iterable[str], *, not_after: str = "") -> re.Pattern[str]:
    """Finds any of these phrases in a text that `plain` has folded, the longest first.

    They are whole words, but in scripts without spaces. `not_after` is a word that takes a phrase
    its meaning when it stands before it ("no quiero …"); it counts only for whole words.
    """
    unless = rf"(?<!\b{re.escape(not_after)} )" if not_after else ""
    plainly = set(filter(None, map(plain, phrases)))
    folded = sorted(plainly | set(map(spelled_out, plainly)), key=len, reverse=True)
    return re.compile(
        "|".join(
            re.escape(phrase)
            if UNSPACED.search(phrase)
            else rf"(?<!\w){unless}{re.escape(phrase)}(?!\w)"
            for phrase in folded
        )
    )
