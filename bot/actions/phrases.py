"""Part of the bot's actions: finds phrases by their exact words, in any script; never guesses."""

import re
from collections.abc import Iterable
from itertools import groupby

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
    longest_first = sorted(written, key=lambda one: (_begins_glued(one), -len(one)))
    return re.compile(
        "|".join(
            _together(list(alike), glued=glued, open_end=open_end, unless=unless)
            for (glued, open_end), alike in groupby(longest_first, key=_edges)
        )
    )


def _begins_glued(phrase: str) -> bool:
    """Whether no phrase of a script with spaces begins at the same letter: the order is free."""
    return UNSPACED.match(phrase) is not None and not set(SIGNS) & set(phrase)


def _edges(phrase: str) -> tuple[bool, bool]:
    """Whether a phrase may stand inside a word, and whether any ending may follow."""
    return UNSPACED.search(phrase) is not None, phrase.endswith("*")


def _together(phrases: list[str], *, glued: bool, open_end: bool, unless: str) -> str:
    """A pattern for phrases with the same edges, which are looked at once for all of them."""
    words = "|".join(
        "".join(map(_piece, re.findall(r"[{|}]|[^{|}]+", phrase))) for phrase in phrases
    )
    if glued:
        return words
    return rf"(?<!\w){unless}(?:{words})" + ("" if open_end else r"(?!\w)")


def _piece(piece: str) -> str:
    """A sign, or plain words with the spaces around them."""
    if piece in SIGNS:
        return SIGNS[piece]
    words = f"{' ' * piece.startswith(' ')}{plain(piece)}{' ' * piece.endswith(' ')}"
    return re.escape(words if piece.strip() else " ")
