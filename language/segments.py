"""Part of the language room: what a text costs as an SMS, and how to cut it so that it fits.

It must never know who sends the text or through which carrier.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import gsm0338  # type: ignore[import-untyped]

Encoding = Literal["GSM-7", "UCS-2"]

# Units in a message of one segment, and in each segment of a longer one (M1).
_UNITS: dict[Encoding, tuple[int, int]] = {"GSM-7": (160, 153), "UCS-2": (70, 67)}
PER_TEXT: dict[Encoding, int] = {"GSM-7": 2, "UCS-2": 3}
"""Segments that one text may take; what is longer goes as several texts (M2)."""
_GSM = gsm0338.Codec()
# é stays: GSM-7 has it, and so have ñ ü ¿ ¡ É Ñ Ü (M2).
_FOLDED = str.maketrans("áíóúÁÍÓÚ", "aiouAIOU")

# Natural places to cut after, the best first. The last but one leaves a phone number in one
# piece; the last is for languages that write without spaces.
_CUTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\n\s*\n+",
        r"\n+",
        r"(?<=[.?!\u0964\u061f])\s+|(?<=[\u3002\uff1f\uff01])\s*",
        r"(?<=[,;:\u060c\u061b])\s+|(?<=[\u3001\uff0c\uff1b\uff1a])\s*",
        r"(?<![\d)])\s+|\s+(?![\d(])",
        r"\s+",
    )
)


@dataclass(frozen=True)
class Segments:
    """What a carrier counts (M1).

    `characters` are the units of the encoding: `^{}\\[~]|€` count two in GSM-7, an emoji two in
    UCS-2. An empty text has no segment.
    """

    encoding: Encoding
    characters: int
    count: int


def segments(text: str) -> Segments:
    """How `text` is encoded and how many segments it takes (M1)."""
    units = _gsm_units(text)
    encoding: Encoding = "GSM-7"
    if units is None:
        encoding, units = "UCS-2", [2 if ord(character) > 0xFFFF else 1 for character in text]
    single, several = _UNITS[encoding]
    total = sum(units)
    if total <= single:
        return Segments(encoding, total, 1 if text else 0)
    # A character of two units never straddles two segments, so this is more than a division.
    count, room = 1, several
    for size in units:
        if size > room:
            count, room = count + 1, several
        room -= size
    return Segments(encoding, total, count)


def _gsm_units(text: str) -> list[int] | None:
    """Units of each character in GSM-7; None if one of them is not in it."""
    try:
        return [len(_GSM.encode(character)[0]) for character in text]
    except UnicodeEncodeError:
        return None


def fold_accents(text: str) -> str:
    """`text` with á í ó ú plain, in either case, so that Spanish fits GSM-7 (M2)."""
    return unicodedata.normalize("NFC", text).translate(_FOLDED)


def split_for_sms(text: str, limit_segments: int) -> list[str]:
    """`text` in parts of at most `limit_segments` each, in order, cut at natural places (M2).

    Paragraphs first, then lines, sentences, clauses, words; a word longer than a part is cut
    between characters. Only white space at the cuts is lost.
    """
    if limit_segments < 1:
        raise ValueError(f"limit_segments is {limit_segments}; give 1 or more.")

    def fits(part: str) -> bool:
        return segments(part.strip()).count <= limit_segments

    parts = (part.strip() for part in _split(text, fits, 0))
    return [part for part in parts if part]


def _split(text: str, fits: Callable[[str], bool], level: int) -> list[str]:
    """Fills one part after the other with pieces cut at `level`; what is too long goes deeper."""
    if fits(text):
        return [text]
    parts = [""]
    for piece in _pieces(text, level):
        if fits(parts[-1] + piece):
            parts[-1] += piece
        elif fits(piece):
            parts.append(piece)
        else:
            parts += _split(piece, fits, level + 1)
    return parts


def _pieces(text: str, level: int) -> Iterator[str]:
    """`text` cut after every natural place of `level`, nothing left out."""
    if level == len(_CUTS):
        yield from _clusters(text)
    elif level > len(_CUTS):
        yield from text
    else:
        start = 0
        for cut in _CUTS[level].finditer(text):
            yield text[start : cut.end()]
            start = cut.end()
        yield text[start:]


def _clusters(text: str) -> Iterator[str]:
    """Characters, each with the marks and joiners that belong to it."""
    cluster = ""
    for character in text:
        joined = cluster.endswith("\u200d") or character in "\u200d\ufe0f"
        if cluster and not joined and not unicodedata.category(character).startswith("M"):
            yield cluster
            cluster = ""
        cluster += character
    yield cluster
