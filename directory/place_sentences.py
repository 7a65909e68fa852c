"""Part of the directory room: finds the place that a sentence names, and none where it is unsure.

It must never know whose sentence it is. Being careful matters more than finding much: a wrong place
sends somebody to the wrong town, while no place only leads to the question where they are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from directory.place_index import STATES, Place, Sized, place_index
from directory.place_landmarks import (
    is_beside,
    is_everyday,
    is_landmark,
    is_los_angeles,
    leads_on,
    size_of,
)
from directory.place_spelling import BIG_TOWN, likelier_than, slip_of_a_big_town
from directory.place_stance import FROM, Said, Stance, said_of
from directory.place_words import Word, phrase_before, words_for, words_of

_COUNTY_WORDS = frozenset({"county", "parish", "borough", "municipio"})
_ZIP = re.compile(r"(?<![\w$€£.#/,-])(\d{5})(?:-\d{4})?(?![\w%/-]|[.,]\d)")
_ZIP_WORD = re.compile(r"\b(?:zip|zipcode|postal)\b", re.IGNORECASE)
# What makes five digits no ZIP: a number of something before, something counted after, a street.
_NUMBERED = re.compile(
    r"\b(?:room|rm|apt|apartment|unit|suite|case|badge|box|number|num|no|code|pin|id|flight|bus|"
    # "I pay 48226" is a sum, "keeps my pay 48226" is not.
    r"cuarto|numero|caso|owe|owes|owed|(?<!my )(?<!our )(?<!the )(?<!no )pay|paid|debo|pagar)\W*$",
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
# From BIG_TOWN on, even a single word, at the start or end of a text ("need a bed detroit").
# With "in" before it, a very small town needs a name too long to be a slip of another word.
_SMALL_TOWN_ZIPS = 2
_SMALL_TOWN_LETTERS = 6
_LONGEST_NAME = 5
# Towns of fewer ZIPs than this give way to a big one of nearly the same name.
_HAMLET = 3


# How sure it is that somebody is there when a place is found in this way; more by the cue.
_BESIDE_ITS_STATE, _WHOLE, _CUED, _NAMED, _STATE = 80, 60, 50, 40, 30


@dataclass(frozen=True)
class _Found:
    place: Place
    certainty: int
    end: int  # of its words
    avoided: bool = False
    came_from: bool = False  # all that is said is that they are from there
    beside: bool = False  # it is named as what they are near to
    elsewhere: bool = False


def place_in(text: str, *, coming_from: bool = True) -> Place | None:
    """The place that a sentence says its writer is in or near; None when none is named surely.

    Everyday words and people's names are not towns ("may", "hope", "mobile") unless the state
    stands beside them ("Hope, AR"). Two places equally sure are none. A place to avoid is none, nor
    one where only somebody else is. Without `coming_from`, "im from houston" names none either.
    """
    by_zip = zip_in(text, meant_as_place=False)
    if by_zip is not None:
        return by_zip
    words = words_of(text)
    found = [one for one in _places_among(words) if one.certainty > 0]
    if not coming_from:
        found = [one for one in found if not one.came_from]
    found = _without_landmarks(found)
    if not found:
        return None
    best = max(one.certainty for one in found)
    places = {one.place for one in found if one.certainty == best}
    return places.pop() if len(places) == 1 else None


def place_of_others(text: str) -> Place | None:
    """The one place that a text says she or her people are in ("shes in omaha", "my mom is in
    houston"); None for none.

    For an answer to the question where to search: it may be asked for somebody else.
    """
    words = words_of(text)
    # Where "my ex" or "my boss" lives may be where they must not go.
    others = words_for("she") | (words_for("people") - words_for("feared"))
    if not any(word.plain in others for word in words[:3]):
        return None
    places = {one.place for one in _places_among(words) if one.elsewhere}
    return places.pop() if len(places) == 1 else None


def _without_landmarks(found: list[_Found]) -> list[_Found]:
    """Without places that are only near to a larger one: "los angeles near oak park"."""
    largest = max((size_of(one.place) for one in found if not one.beside), default=0)
    return [
        one
        for one in found
        if not one.beside or one.certainty >= _BESIDE_ITS_STATE or size_of(one.place) > largest
    ]


def places_to_avoid(text: str) -> list[Place]:
    """The places that a sentence says to stay away from, or that its writer is not in.

    "not in detroit", "lejos de houston", "anywhere but 48226", in the order of the text.
    """
    zips = [
        place
        for match in _ZIP.finditer(text)
        if _is_avoided(text, match) and (place := place_index().zip(match[1])) is not None
    ]
    named = [one.place for one in _places_among(words_of(text)) if one.avoided]
    return list(dict.fromkeys([*zips, *named]))


def zip_in(text: str, *, meant_as_place: bool) -> Place | None:
    """The one ZIP a text names, as a place. Sums, rooms and house numbers are none."""
    codes: set[str] = set()
    for match in _ZIP.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        alone = not before.strip(" .") and not after.strip(" .!?")
        said = alone or _ZIP_WORD.search(text) is not None
        house = not alone and _STREET.match(after) is not None
        counted = _NUMBERED.search(before) or _COUNTED.match(after) or match[1].endswith("000")
        if house or (counted and not said and not meant_as_place) or _is_avoided(text, match):
            continue
        codes.add(match[1])
    places = [place for code in codes if (place := place_index().zip(code)) is not None]
    return places[0] if len(places) == 1 else None


def _is_avoided(text: str, match: re.Match[str]) -> bool:
    words = words_of(text[: match.end(1)])
    return said_of(words, len(words) - 1, len(words)).stance is Stance.AVOID


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
    fillers = words_for("fillers")
    kept = list(words)
    while kept and kept[0] in fillers:
        del kept[0]
    while kept and kept[-1] in fillers:
        del kept[-1]
    return kept


def _places_among(words: list[Word]) -> list[_Found]:
    """Every place named among the words; a longer name hides the shorter ones inside it."""
    found = _read(words, known=False)
    # "not in detroit, maybe toledo": where one place is refused, the other one is the answer.
    return _read(words, known=True) if any(one.avoided for one in found) else found


def _read(words: list[Word], *, known: bool) -> list[_Found]:
    found: list[_Found] = []
    start = 0
    while start < len(words):
        step = 1
        for length in range(min(_LONGEST_NAME, len(words) - start), 0, -1):
            one = _named_at(words, start, start + length, known=known)
            if one is not None:
                one = replace(one, beside=is_beside(words, start))
                found.append(_like_the_one_before(words, start, found, one))
                step = one.end - start
                break
        start += step
    return found


def _like_the_one_before(words: list[Word], start: int, found: list[_Found], one: _Found) -> _Found:
    """Of "not in detroit or in flint" both are avoided."""
    if not found or not found[-1].avoided:
        return one
    between = words[found[-1].end : start]
    joined = bool(between) and between[0].plain in words_for("or_words")
    if joined and phrase_before(words[:start], "here") == len(between) - 1:
        return _Found(one.place, 0, one.end, avoided=True)
    return one


def _named_at(words: list[Word], start: int, end: int, *, known: bool) -> _Found | None:
    """The place that these words name, if it is sure enough; the surest ways first."""
    sized = words[start].sized
    if sized is not None:
        return _of_other_script(words, start, sized) if end == start + 1 else None
    index = place_index()
    name = " ".join(word.plain for word in words[start:end])
    towns = index.towns.get(name, [])
    counties = _counties_at(words, start, end)
    if not (towns or counties or name in index.states or name.upper() in STATES):
        return _misspelt_at(words, start, end, name)
    said = said_of(words, start, end)
    if is_los_angeles(words, start, end):
        return _found(towns[0].place, _CUED, said, end)
    state, state_words = _state_at(words, end, cued=said.cue > 0)
    if not state_words and not counties and _is_no_town(words, start, end, towns, said):
        return None
    if state_words:
        said = said_of(words, start, end + state_words)
    whole = _is_whole(words, start, end + state_words)

    plainly = _meant(counties, state) or (_meant(towns, state) if state is not None else None)
    if plainly is not None:
        # "my mom is in dayton ohio" is plain, and not where they are.
        there = said.stance is Stance.ELSEWHERE and not whole
        sure = 0 if there else _BESIDE_ITS_STATE
        return _found(plainly, sure, said, end + state_words)
    if name in index.states and not (towns and towns[0].size >= BIG_TOWN):
        sure = said.cue > 0 or whole or said.stance is Stance.AVOID
        state_place = index.state(index.states[name]).place
        return _found(state_place, _STATE, said, end) if sure else None
    town = _meant(towns, None)
    if town is None or name in ordinary_words() or name.upper() in STATES:
        code = _state_code_at(words, start, end) if said.cue else None
        return _found(index.state(code).place, _STATE, said, end) if code else None
    size = towns[0].size
    if size < _HAMLET and (whole or said.cue):
        town = (likelier_than(name) or towns[0]).place
    certainty = _certainty_of_town(words, start, end, size, said, whole=whole, known=known)
    if certainty is None and said.stance is Stance.OPEN:
        return None
    return _found(town, certainty or 0, said, end)


def _found(place: Place, certainty: int, said: Said, end: int) -> _Found:
    if said.stance is Stance.AVOID:
        return _Found(place, 0, end, avoided=True)
    sure = certainty + said.cue if certainty in (_BESIDE_ITS_STATE, _CUED, _STATE) else certainty
    elsewhere = said.stance is Stance.ELSEWHERE
    return _Found(place, sure, end, came_from=said.cue == FROM, elsewhere=elsewhere)


def _is_no_town(words: list[Word], start: int, end: int, towns: list[Sized], said: Said) -> bool:
    """Whether the name is a landmark's, or everyday Spanish; a big town may stand before one."""
    big = bool(towns) and towns[0].size >= BIG_TOWN
    if is_landmark(words, start, end):
        return not (big and said.stance is Stance.OPEN)
    return not big and is_everyday(words, start, end)


def _of_other_script(words: list[Word], start: int, sized: Sized) -> _Found:
    """A name in another script: whoever writes it names a place, and most likely where they are."""
    said = said_of(words, start, start + 1)
    is_state = sized.place.kind == "state"
    if said.stance is Stance.ELSEWHERE:
        return _Found(sized.place, 0, start + 1, elsewhere=True)
    if said.cue:
        return _found(sized.place, _STATE if is_state else _CUED, said, start + 1)
    whole = _is_whole(words, start, start + 1)
    unsaid = _STATE if is_state else _NAMED
    return _found(sized.place, _WHOLE if whole else unsaid, said, start + 1)


def _misspelt_at(words: list[Word], start: int, end: int, name: str) -> _Found | None:
    """A big town misspelt, where only a place can stand: alone, or behind "im in"."""
    if name in ordinary_words():
        return None
    big = slip_of_a_big_town(name)
    if big is None:
        return None
    if _is_whole(words, start, end):
        return _Found(big.place, _WHOLE, end)
    said = said_of(words, start, end)
    if said.stance is Stance.OPEN:
        return None
    return _found(big.place, _NAMED if said.cue else 0, said, end)


def _counties_at(words: list[Word], start: int, end: int) -> list[Sized]:
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
    words: list[Word], start: int, end: int, size: int, said: Said, *, whole: bool, known: bool
) -> int | None:
    """How sure it is that a town named without its state is where somebody is; None: not enough."""
    name = " ".join(word.plain for word in words[start:end])
    several_words = end - start > 1
    if said.cue == FROM and size < _KNOWN_TOWN:
        # "soy de durango": a small town here is as likely a large one at home.
        return None
    if whole:
        return _WHOLE
    likely = several_words or size > _SMALL_TOWN_ZIPS or len(name) >= _SMALL_TOWN_LETTERS
    if said.cue and likely:
        return _CUED
    if said.stance is not Stance.OPEN:
        return None
    leads = leads_on(words, end)
    at_an_edge = start == 0 or end == len(words) or leads
    person = name in words_for("also_people") and not (start == 0 and leads)
    big = size >= BIG_TOWN and at_an_edge and not person
    surely = several_words or known or _amid_other_letters(words, start, end)
    return _NAMED if big or (size >= _KNOWN_TOWN and surely) else None


def _state_at(words: list[Word], at: int, *, cued: bool) -> tuple[str | None, int]:
    """The state named from this word on, and how many words it takes; "in" may stand before it."""
    states = place_index().states
    joined = at + 1 < len(words) and words[at].plain in words_for("state_after")
    for skipped in (0, 1) if joined and not words[at - 1].ends else (0,):
        for length in (3, 2, 1):
            name = " ".join(word.plain for word in words[at + skipped : at + skipped + length])
            if at + skipped + length <= len(words) and name in states:
                return states[name], skipped + length
    if at >= len(words) or words[at].raw.upper() not in STATES:
        return None, 0
    word = words[at]
    shouted = all(one.raw.isupper() for one in words)
    sure = word.after_comma or (word.raw.isupper() and not shouted) or (cued and word.ends)
    short_text = at == len(words) - 1 and at <= 2
    if word.plain in words_for("wordlike_codes") and not sure and not short_text:
        return None, 0
    return word.raw.upper(), 1


def _state_code_at(words: list[Word], start: int, end: int) -> str | None:
    """The state whose code is all of these words, at a sentence's end: "in TX".

    LA is none: as many people mean Los Angeles by it.
    """
    word = words[start]
    code = word.raw.upper()
    if end - start > 1 or not word.ends or code not in STATES or code == "LA":
        return None
    wordlike = word.plain in words_for("wordlike_codes")
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


def _is_whole(words: list[Word], start: int, end: int) -> bool:
    """Whether the text is nothing but this name and words such as "im in"."""
    around = [*words[:start], *words[end:]]
    return len(around) <= 4 and all(word.plain in words_for("fillers") for word in around)


def _amid_other_letters(words: list[Word], start: int, end: int) -> bool:
    """A name in Latin letters inside a text in another script is there to name something."""
    others = [word.raw for word in (*words[:start], *words[end:])]
    return bool(others) and not any("a" <= c <= "z" for raw in others for c in raw.casefold())


@cache
def ordinary_words() -> frozenset[str]:
    """Names of towns that are everyday words, people's names or countries as well."""
    path = Path(__file__).with_name("ordinary_words.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
