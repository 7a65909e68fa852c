"""Part of the language room: takes a text apart into words and counts its letters by script.

It must never keep a text or know what it means.
"""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 300
"""Characters looked at: more would cost time and tell nothing new about the language."""

_ADDRESSES = re.compile(r"https?://\S+|www\.\S+|\S+@\S+", re.IGNORECASE)
# Curly, modifier and accent signs that phones type where an apostrophe is meant.
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc\u0060\u00b4", "'"))

# First and last code point of the scripts that decide a language by themselves. Kana is here
# because Japanese also writes Han.
_SCRIPTS = (
    (0x0000, 0x024F, "latin"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0x08A0, 0x08FF, "arabic"),
    (0x0900, 0x097F, "devanagari"),
    (0x1100, 0x11FF, "hangul"),
    (0x1E00, 0x1EFF, "latin"),
    (0x3040, 0x30FF, "kana"),
    (0x3130, 0x318F, "hangul"),
    (0x3400, 0x4DBF, "han"),
    (0x4E00, 0x9FFF, "han"),
    (0xAC00, 0xD7A3, "hangul"),
    (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFF, "arabic"),
    (0x20000, 0x323AF, "han"),
)


@dataclass(frozen=True)
class Reading:
    """A text in lower-case words, and how many letters of each script it has."""

    words: tuple[str, ...]
    scripts: dict[str, int]

    @property
    def letters(self) -> int:
        """All letters, whatever the script."""
        return sum(self.scripts.values())


def _script(letter: str) -> str:
    if letter.isascii():
        return "latin"
    code = ord(letter)
    for first, last, script in _SCRIPTS:
        if first <= code <= last:
            return script
    return "other"


def read(text: str) -> Reading:
    """Lower-case words of `text` (no digits alone, addresses, signs) and its letters by script."""
    text = _ADDRESSES.sub(" ", text[:LONGEST]).translate(_APOSTROPHES).lower()
    scripts: dict[str, int] = {}
    kept = []
    for letter in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(letter)[0]
        if kind == "L":
            script = _script(letter)
            scripts[script] = scripts.get(script, 0) + 1
        # Marks belong to words (Hindi's vowels are marks); digits do in romanised Arabic.
        kept.append(letter if kind in "LMN" or letter == "'" else " ")
    words = (word.strip("'") for word in "".join(kept).split())
    return Reading(tuple(word for word in words if not word.isdigit() and word), scripts)
