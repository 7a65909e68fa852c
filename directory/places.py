"""Part of the directory room: from what people write to a place on the map.

It must never know whose words these are, and keeps none of them.
"""

from math import asin, cos, radians, sin, sqrt

from directory.place_index import Place, Sized, place_index, plain
from directory.place_landmarks import only_everyday
from directory.place_sentences import (
    ordinary_words,
    place_in,
    place_of_others,
    places_to_avoid,
    split_state,
    without_fillers,
    zip_in,
)
from directory.place_spelling import BIG_TOWN, alike, of_name

__all__ = [
    "Place",
    "distance_km",
    "exact_place",
    "find_places",
    "place_in",
    "place_of_others",
    "places_to_avoid",
    "same_or_inside",
]

# Places of fewer ZIPs than this give way to a larger one of nearly the same name.
_HAMLET = 3
_EARTH_RADIUS_KM = 6371.0
# In front of an everyday word that is no town: "la visa".
_ARTICLES = frozenset(
    {"a", "an", "the", "la", "el", "las", "los", "una", "un", "o", "um", "uma", "my", "mi"}
)


def find_places(text: str, *, limit: int = 5) -> list[Place]:
    """The places that `text`, which is meant as one, may name, likeliest first, at most `limit`.

    Takes a ZIP, a town, county or state, with or without its state ("detroit", "Wayne County mi"),
    small misspellings, and words around it ("im near houston"). Empty when nothing fits, and for a
    place that is only named to be avoided.
    """
    if places_to_avoid(text):
        inside = place_in(text)
        return [inside] if inside is not None else []
    zip_place = zip_in(text, meant_as_place=True)
    if zip_place is not None:
        return [zip_place]
    words = plain(text).split()
    found = _named(words)
    if not found and not only_everyday(text):
        words = without_fillers(words)
        found = _named(words)
    if not found:
        inside = place_in(text)
        if inside is not None or only_everyday(text) or _is_ordinary(words):
            return [inside] if inside is not None else []
        return [one.place for one in _alike(words)][:limit]
    if all(sized.size < _HAMLET for sized in found):
        found = _instead_of_a_hamlet(words, found)
    return [sized.place for sized in found[:limit]]


def _is_ordinary(words: list[str]) -> bool:
    """Whether it is an everyday word with or without its article: "la visa" is not Vista."""
    return bool(words) and words[-1] in ordinary_words() and _ARTICLES.issuperset(words[:-1])


def exact_place(text: str) -> Place | None:
    """The place that `text` names exactly and alone: "Wayne County, MI", "Texas", "48226".

    None for a misspelling, and for a name that several states have when its state is missing.
    """
    zip_place = zip_in(text, meant_as_place=True)
    if zip_place is not None:
        return zip_place
    words = plain(text).split()
    found = _named(words)
    if split_state(words)[1] is None:
        states = [sized for sized in found if sized.place.kind == "state"]
        found = states or (found if len(found) == 1 else [])
    return found[0].place if found else None


def same_or_inside(inner: Place, outer: Place) -> bool:
    """Whether `inner` is `outer` or lies in it, going by names (a ZIP in its town and county)."""
    if inner.state != outer.state:
        return False
    if outer.kind == "state":
        return True
    if outer.kind == "county":
        return outer.county in place_index().counties_of(inner)
    if outer.kind == "city":
        return inner.kind in ("zip", "city") and inner.city == outer.city
    return inner.kind == "zip" and inner.zip == outer.zip


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres between two points given as (latitude, longitude) in degrees."""
    lat_a, lat_b = radians(a[0]), radians(b[0])
    half = sin((lat_b - lat_a) / 2) ** 2
    half += cos(lat_a) * cos(lat_b) * sin(radians(b[1] - a[1]) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(min(1.0, half)))


def _instead_of_a_hamlet(words: list[str], found: list[Sized]) -> list[Sized]:
    """Nothing found, or only places so small that another is likelier meant.

    "huston" is Houston misspelt before it is Huston in Idaho, and "street" is no place at all.
    """
    if found and split_state(words)[1] is not None:
        return found
    if " ".join(words) in ordinary_words():
        return []
    return _alike(words) or found


def _named(words: list[str]) -> list[Sized]:
    """Places whose name is exactly these words, the state as a last word or without one."""
    if not words:
        return []
    index = place_index()
    whole = " ".join(words)
    found = of_name(whole)
    name, state = split_state(words)
    if state is not None and name:
        in_state = [sized for sized in of_name(" ".join(name)) if sized.place.state == state]
        found = in_state + found
    found = list(dict.fromkeys(found))
    if whole in index.states:
        before = [sized for sized in found if sized.size >= BIG_TOWN]
        after = [sized for sized in found if sized.size < BIG_TOWN]
        found = [*before, index.state(index.states[whole]), *after]
    elif not found and len(words) == 1 and whole.upper() in set(index.states.values()):
        found = [index.state(whole.upper())]
    elif not found and len(words) > 1 and words[-1] == "co":
        found = of_name(" ".join([*words[:-1], "county"]))
    return found


def _alike(words: list[str]) -> list[Sized]:
    """Places whose names look like these words: the likest first, the larger of two as like."""
    name, state = split_state(words)
    if state is None or not name:
        name = words
    return alike(" ".join(name), state)
