"""Part of the directory room: finds the place that a sentence names, and none where it is unsure.

It must never know whose sentence it is. Being careful matters more than finding much: a wrong place
sends somebody to the wrong town, while no place only leads to the question where they are.
"""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from directory.place_index import STATES, Place, Sized, place_index, plain

_COUNTY_WORDS = frozenset({"county", "parish", "borough", "municipio"})
_LATIN = r"0-9A-Za-z\u00C0-\u024F\u1E00-\u1EFF"
_WORD = re.compile(rf"[{_LATIN}]+(?:['\u2019][A-Za-z]+)?|[^\W_{_LATIN}]+")
_ZIP = re.compile(r"(?<![\w$€£.#/,-])(\d{5})(?:-\d{4})?(?![\w%/-]|[.,]\d)")
_ZIP_WORD = re.compile(r"\b(?:zip|zipcode|postal)\b", re.IGNORECASE)
# What makes five digits no ZIP: a number of something before, something counted after, a street.
_NUMBERED = re.compile(
    r"\b(?:room|rm|apt|apartment|unit|suite|case|badge|box|number|num|no|code|pin|id|flight|bus|"
    r"cuarto|numero|caso|owe|owes|owed|pay|paid|debo|pagar)\W*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"^\s*(?:\$|dollars?|d[oó]lares|bucks|usd|pesos|euros?|people|miles|times|a month|hours)",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"^\W+(?:[nsew]\.?\s+)?(?:\w+\W+){0,3}?"
    r"(?:st|street|ave|avenue|rd|road|blvd|boulevard|dr|drive|ln|lane|hwy|highway|way|ct|court)\b",
    re.IGNORECASE,
)

# How much larger than its namesakes a place must be to be meant without its state.
_DOMINANT = 3
# From this many ZIPs on, a name of several words needs no word such as "in" before it.
_KNOWN_TOWN = 10
# From this many, even a single word, at the start or end of a text ("need a bed detroit").
_BIG_TOWN = 20
# With "in" before it, a very small town needs a name too long to be a slip of another word.
_SMALL_TOWN_ZIPS = 2
_SMALL_TOWN_LETTERS = 6
_LONGEST_NAME = 5


@dataclass(frozen=True)
class _Found:
    place: Place
    certainty: int


@dataclass(frozen=True)
class _Word:
    plain: str
    raw: str
    after_comma: bool  # a comma stands between this word and the one before
    ends: bool  # the text or the sentence ends after this word


def place_in(text: str) -> Place | None:
    """The place that a sentence says its writer is in or near; None when none is named surely.

    Everyday words and people's names are not towns ("may", "hope", "mobile") unless the state
    stands beside them ("Hope, AR"). Two places equally sure are none.
    """
    by_zip = zip_in(text, meant_as_place=False)
    if by_zip is not None:
        return by_zip
    found = _places_among(_words(text))
    if not found:
        return None
    best = max(one.certainty for one in found)
    places = {one.place for one in found if one.certainty == best}
    return places.pop() if len(places) == 1 else None


def zip_in(text: str, *, meant_as_place: bool) -> Place | None:
    """The one ZIP a text names, as a place. Sums, rooms and house numbers are none."""
    codes: set[str] = set()
    for match in _ZIP.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        alone = not before.strip(" .") and not after.strip(" .!?")
        said = alone or _ZIP_WORD.search(text) is not None
        house = not alone and _STREET.match(after) is not None
        counted = _NUMBERED.search(before) or _COUNTED.match(after) or match[1].endswith("000")
        if house or (counted and not said and not meant_as_place):
            continue
        codes.add(match[1])
    places = [place for code in codes if (place := place_index().zip(code)) is not None]
    return places[0] if len(places) == 1 else None


def split_state(words: Sequence[str]) -> tuple[list[str], str | None]:
    """Plain words without a state at their end, and that state's code (None if there is none)."""
    states = place_index().states
    for length in (3, 2, 1):
        last = " ".join(words[-length:])
        if len(words) > length and last in states:
            return list(words[:-length]), states[last]
    if len(words) > 1 and words[-1].upper() in STATES:
        return list(words[:-1]), words[-1].upper()
    return list(words), None


def without_fillers(words: Sequence[str]) -> list[str]:
    """Plain words without "i am in", "downtown", "please" and the like at either end."""
    fillers = _words_for("fillers")
    kept = list(words)
    while kept and kept[0] in fillers:
        del kept[0]
    while kept and kept[-1] in fillers:
        del kept[-1]
    return kept


def _words(text: str) -> list[_Word]:
    """The text's words; letters of another script end a word, as in "我在Houston"."""
    result: list[_Word] = []
    text = unicodedata.normalize("NFC", text)
    for match in _WORD.finditer(text):
        rest = text[match.end() :].lstrip(" ")
        result.append(
            _Word(
                plain=plain(match.group()),
                raw=match.group(),
                after_comma=text[: match.start()].rstrip().endswith(","),
                ends=not rest or rest[0] in ".!?\n;)",
            )
        )
    return result


def _places_among(words: list[_Word]) -> list[_Found]:
    """Every place named among the words; a longer name hides the shorter ones inside it."""
    found: list[_Found] = []
    start = 0
    while start < len(words):
        step = 1
        for length in range(min(_LONGEST_NAME, len(words) - start), 0, -1):
            state, state_words = _state_at(words, start + length, cued=_cue(words, start) > 0)
            one = _named_at(words, start, start + length, state, state_words)
            if one is not None:
                found.append(one)
                step = length + state_words
                break
        start += step
    return found


def _named_at(
    words: list[_Word], start: int, end: int, state: str | None, state_words: int
) -> _Found | None:
    """The place that these words name, if it is sure enough; the surest ways first."""
    index = place_index()
    name = " ".join(word.plain for word in words[start:end])
    towns = index.towns.get(name, [])
    cue = _cue(words, start)
    whole = _is_whole(words, start, end + state_words)

    county = _meant(_counties_at(words, start, end), state)
    if county is not None:
        return _Found(county, 80 + cue)
    with_state = _meant(towns, state) if state is not None else None
    if with_state is not None:
        return _Found(with_state, 80 + cue)
    if name in index.states and not (towns and towns[0].size >= _BIG_TOWN):
        sure = cue > 0 or whole
        return _Found(index.state(index.states[name]).place, 30 + cue) if sure else None
    town = _meant(towns, None)
    if town is None or name in ordinary_words() or name.upper() in STATES:
        code = _state_code_at(words, start, end) if cue else None
        return _Found(index.state(code).place, 30 + cue) if code else None
    certainty = _certainty_of_town(words, start, end, towns[0].size, whole=whole)
    return _Found(town, certainty) if certainty else None


def _counties_at(words: list[_Word], start: int, end: int) -> list[Sized]:
    """Counties of this name: "wayne county", "condado de wayne"."""
    counties = place_index().counties
    name = " ".join(word.plain for word in words[start:end])
    if words[end - 1].plain in _COUNTY_WORDS:
        return counties.get(name, [])
    before = [word.plain for word in words[max(0, start - 2) : start]]
    if before in (["condado", "de"], ["county", "of"]):
        return counties.get(f"{name} county", [])
    return []


def _certainty_of_town(
    words: list[_Word], start: int, end: int, size: int, *, whole: bool
) -> int | None:
    """How sure it is that a town named without its state is where somebody is; None: not enough."""
    name = " ".join(word.plain for word in words[start:end])
    several_words = end - start > 1
    cue = _cue(words, start)
    if whole:
        return 60
    if cue and (several_words or size > _SMALL_TOWN_ZIPS or len(name) >= _SMALL_TOWN_LETTERS):
        return 50 + cue
    if start and words[start - 1].plain in _words_for("not_here"):
        return None
    at_an_edge = start == 0 or end == len(words)
    big = size >= _BIG_TOWN and at_an_edge and name not in _words_for("also_people")
    known = size >= _KNOWN_TOWN and (several_words or _amid_other_letters(words, start, end))
    return 40 if big or known else None


def _state_at(words: list[_Word], at: int, *, cued: bool) -> tuple[str | None, int]:
    """The state named from this word on, and how many words it takes."""
    states = place_index().states
    for length in (2, 1):
        name = " ".join(word.plain for word in words[at : at + length])
        if at + length <= len(words) and name in states:
            return states[name], length
    if at >= len(words) or words[at].raw.upper() not in STATES:
        return None, 0
    word = words[at]
    shouted = all(one.raw.isupper() for one in words)
    sure = word.after_comma or (word.raw.isupper() and not shouted) or (cued and word.ends)
    short_text = at == len(words) - 1 and at <= 2
    if word.plain in _words_for("wordlike_codes") and not sure and not short_text:
        return None, 0
    return word.raw.upper(), 1


def _state_code_at(words: list[_Word], start: int, end: int) -> str | None:
    """The state whose code is all of these words, at a sentence's end: "in TX".

    LA is none: as many people mean Los Angeles by it.
    """
    word = words[start]
    code = word.raw.upper()
    if end - start > 1 or not word.ends or code not in STATES or code == "LA":
        return None
    wordlike = word.plain in _words_for("wordlike_codes")
    return code if word.raw.isupper() or not wordlike else None


def _meant(places: list[Sized], state: str | None) -> Place | None:
    """Which namesake is meant: the one of the state, else one far larger than all others."""
    if state is not None:
        places = [sized for sized in places if sized.place.state == state]
    if not places:
        return None
    if len(places) > 1 and places[0].size < _DOMINANT * places[1].size:
        return None
    return places[0].place


def _cue(words: list[_Word], start: int) -> int:
    """How clearly the words before say they are there: 0 not at all, 9 speaking of themselves."""
    # Vietnamese "in"; made plain it would be the Spanish "or".
    if start and words[start - 1].raw.casefold() == "ở":
        return 5
    before = tuple(word.plain for word in words[max(0, start - 5) : start])
    for length in (3, 2, 1):
        if len(before) < length:
            continue
        if before[-length:] in _phrases("here"):
            rest = before[:-length]
            myself = any(rest[-n:] in _phrases("myself") for n in (1, 2, 3) if len(rest) >= n)
            return 9 if myself else 5
        if before[-length:] in _phrases("from"):
            return 4
    return 0


def _is_whole(words: list[_Word], start: int, end: int) -> bool:
    """Whether the text is nothing but this name and words such as "im in"."""
    around = [*words[:start], *words[end:]]
    return len(around) <= 4 and all(word.plain in _words_for("fillers") for word in around)


def _amid_other_letters(words: list[_Word], start: int, end: int) -> bool:
    """A name in Latin letters inside a text in another script is there to name something."""
    others = [word.raw for word in (*words[:start], *words[end:])]
    return bool(others) and not any("a" <= c <= "z" for raw in others for c in raw.casefold())


@cache
def ordinary_words() -> frozenset[str]:
    """Names of towns that are everyday words, people's names or countries as well."""
    path = Path(__file__).with_name("ordinary_words.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _words_for(key: str) -> frozenset[str]:
    return frozenset(_place_words()[key].split())


@cache
def _phrases(key: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in _place_words()[key])


@cache
def _place_words() -> dict[str, str]:
    path = Path(__file__).with_name("place_words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
