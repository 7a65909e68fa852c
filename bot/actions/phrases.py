"""Part of the bot's actions: finds phrases by their exact words, in any script; never guesses."""

import re
from collections.abc import Iterable

from bot.actions.answers import plain

UNSPACED = re.compile(r"[\u0600-\u06ff\u0900-\u097f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Scripts without spaces between words, or with glued endings: a phrase may stand anywhere."""
SIGNS = {"{": "(?:", "|": "|", "}": ")"}


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

    They are whole words, but in scripts without spaces. In a phrase {a|b} stands for one of these,
    {a |} for "a " or nothing, and * at its end for any ending. `not_after` is a word that takes a
    phrase its meaning when it stands before it ("no quiero …"); it counts only for whole words.
    """
    unless = rf"(?<!\b{re.escape(not_after)} )" if not_after else ""
    written = set(filter(plain, phrases))
    # As `spelled_out` writes a text, too; what holds signs stays as it is.
    written |= {spelled_out(plain(one)) for one in written if not set(SIGNS) & set(one)}
    longest_first = sorted(written, key=len, reverse=True)
    return re.compile("|".join(_pattern(phrase, unless) for phrase in longest_first))


def _pattern(phrase: str, unless: str) -> str:
    words = "".join(map(_piece, re.findall(r"[{|}]|[^{|}]+", phrase)))
    if UNSPACED.search(phrase):
        return words
    return rf"(?<!\w){unless}{words}" + ("" if phrase.endswith("*") else r"(?!\w)")


def _piece(piece: str) -> str:
    """A sign, or plain words with the spaces around them."""
    if piece in SIGNS:
        return SIGNS[piece]
    words = f"{' ' * piece.startswith(' ')}{plain(piece)}{' ' * piece.endswith(' ')}"
    return re.escape(words if piece.strip() else " ")
