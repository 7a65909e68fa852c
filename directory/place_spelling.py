"""Part of the directory room: which American place a misspelt name most likely means.

It must never know what a survivor wrote: it is asked with a name that somebody already singled out.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.place_index import Sized, place_index
from directory.place_words import lists

# A town of this many ZIPs is meant before the state of the same name (New York, not Wyoming, MI),
# and a slip of its name is understood inside a sentence.
BIG_TOWN = 20
# Below this likeness (1 is equal) a name is another name, not a misspelling.
_LIKENESS = 0.78
_SHORTEST = 4
# In a sentence a slip must be in a longer name, and in one not very long it must be a single one.
_SHORTEST_IN_A_SENTENCE = 6
_LONG = 9
_LIKENESS_OF_SHORT = 0.83
# "chigaco" has all the right letters.
_LIKENESS_OF_SAME_LETTERS = 0.85


def of_name(name: str) -> list[Sized]:
    """All towns and counties of a plain name."""
    index = place_index()
    return [*index.towns.get(name, ()), *index.counties.get(name, ())]


def alike(name: str, state: str | None) -> list[Sized]:
    """Places whose names look like this one: the likest first, the larger of two as like."""
    if len(name) < _SHORTEST:
        return []
    index = place_index()
    close = _close(name, [*index.towns, *index.counties, *index.states], _LIKENESS)
    ranked: dict[Sized, float] = {}
    for other, likeness in close.items():
        sized_places = of_name(other)
        if other in index.states:
            in_front = [one for one in sized_places if one.size >= BIG_TOWN]
            same_name = index.state(index.states[other])
            sized_places = in_front or [*sized_places, same_name]
        for sized in sized_places:
            if state is None or sized.place.state == state:
                # One letter more wrong is made up for by a place some ten times as large.
                score = likeness + 0.05 * len(str(sized.size)) + 0.001 * min(sized.size, 99)
                ranked[sized] = max(score, ranked.get(sized, 0.0))
    return sorted(ranked, key=lambda sized: (-ranked[sized], sized.place.label))


@lru_cache(maxsize=4096)
def likelier_than(name: str) -> Sized | None:
    """The big town that is likelier meant by the name of a hamlet: Houston by "huston"."""
    likest = alike(name, None)[:1]
    return next((sized for sized in likest if sized.size >= BIG_TOWN), None)


@lru_cache(maxsize=4096)
def slip_of_a_big_town(name: str) -> Sized | None:
    """The big town of which this name, which is none, is surely a misspelling; None for none."""
    if len(name) < _SHORTEST_IN_A_SENTENCE or name in _no_slips():
        return None
    least = _LIKENESS if len(name) >= _LONG else _LIKENESS_OF_SHORT
    alike = [town for town in _long_big_towns() if _could_be(name, town)]
    close = _close(name, alike, least)
    best = max(close, key=lambda other: close[other], default=None)
    return place_index().towns[best][0] if best is not None else None


def _could_be(name: str, town: str) -> bool:
    """A slip keeps the first letter, and the words but for a space more or less."""
    spaces = abs(name.count(" ") - town.count(" "))
    only_spaces = name.replace(" ", "") == town.replace(" ", "")
    return name[0] == town[0] and (spaces == 0 or only_spaces)


def _close(name: str, others: Sequence[str], least: float) -> dict[str, float]:
    found = process.extract(
        name, others, scorer=OSA.normalized_similarity, score_cutoff=least, limit=None
    )
    close = {other: likeness for other, likeness, _ in found}
    possible = set(others)
    for other in _of_same_letters().get(_letters(name), ()):
        if other not in possible:
            continue
        close[other] = max(close.get(other, 0.0), _LIKENESS_OF_SAME_LETTERS)
    return close


def _letters(name: str) -> str:
    return name[:1] + "".join(sorted(name[1:]))


@cache
def _of_same_letters() -> dict[str, list[str]]:
    """Big towns by their first letter and all others in the order of the alphabet."""
    found: dict[str, list[str]] = {}
    for name in _long_big_towns():
        found.setdefault(_letters(name), []).append(name)
    return found


@cache
def _long_big_towns() -> tuple[str, ...]:
    """The names of big towns that are long enough for a slip to be told from another word."""
    return tuple(
        name
        for name, sized in place_index().towns.items()
        if sized and sized[0].size >= BIG_TOWN and len(name) >= _SHORTEST_IN_A_SENTENCE
        if name not in _no_slips()
    )


@cache
def _no_slips() -> frozenset[str]:
    return frozenset(lists()["no_slips"])
