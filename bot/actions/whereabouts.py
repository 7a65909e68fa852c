"""Part of the bot's actions: reads where somebody is. Must never ask for more than a town."""

from dataclasses import dataclass

from bot.actions.answers import plain
from directory.place_index import STATES
from directory.places import (
    Place,
    find_places,
    place_in,
    place_of_others,
    places_to_avoid,
    same_or_inside,
)

MOST_WORDS = 4
"""A longer text is a sentence: a place is looked for inside it, never guessed from all of it."""
MOST_OPTIONS = 5


@dataclass(frozen=True)
class Whereabouts:
    """One place, or several of one name to choose from, or neither."""

    place: Place | None = None
    options: tuple[Place, ...] = ()


def mentioned(text: str, *, known: Place | None = None) -> Whereabouts:
    """The place that a text about something else names; nothing unless it is plain.

    Once a place is `known`, "im from houston" does not move the search.
    """
    return Whereabouts(place_in(text, coming_from=known is None))


def refused(text: str, known: Place | None) -> Whereabouts | None:
    """What is left when a text says to avoid the known place: another one that it names, or none.

    None when it refuses nothing that is known.
    """
    if known is None or not any(same_or_inside(known, away) for away in places_to_avoid(text)):
        return None
    return Whereabouts(place_in(text))


def to_avoid(text: str) -> Place | None:
    """The first place that a text says to avoid, when it names none to search in."""
    away = places_to_avoid(text)
    return away[0] if away and place_in(text) is None else None


def answered(text: str, *, sure: bool, known: Place | None = None) -> Whereabouts:
    """The place that an answer to "where" names; as in `mentioned`, a `known` one is not moved.

    `sure` is False when the message was understood as something else than a place: then only a
    name that is the whole answer counts.
    """
    inside = place_in(text)
    if inside is not None:
        return mentioned(text, known=known)
    theirs = place_of_others(text) if known is None else None
    if theirs is not None:
        return Whereabouts(theirs)
    words = plain(text)
    if not words or len(words.split()) > MOST_WORDS:
        return Whereabouts()
    found = find_places(text, limit=MOST_OPTIONS)
    if not sure:
        found = [place for place in found if words in _names(place)]
    return _one_or_several(found, words)


def chosen(text: str, numbers: tuple[int, ...], options: list[Place], *, sure: bool) -> Whereabouts:
    """Which of several places is meant: by its number, its state, or another place altogether."""
    for number in numbers[:1]:
        if 1 <= number <= len(options):
            return Whereabouts(options[number - 1])
    words = f" {plain(text)}"
    named = [option for option in options if _names_state(words, option)]
    if len(named) == 1:
        return Whereabouts(named[0])
    return answered(text, sure=sure)


def _one_or_several(found: list[Place], words: str) -> Whereabouts:
    """Several only if they bear the same name, none is far the largest, and no state was named."""
    if not found:
        return Whereabouts()
    first = found[0]
    same = [place for place in found if _names(place) & _names(first)]
    # A misspelled name is as plain as the right one: "detriot" means what "detroit" means.
    plainly = place_in(first.city or first.label) == first or _names_state(words, first)
    if len(same) == 1 or plainly:
        return Whereabouts(first)
    return Whereabouts(options=tuple(same))


def _names_state(words: str, place: Place) -> bool:
    state = plain(STATES[place.state])
    return words.endswith((f" {place.state.lower()}", f" {state}"))


def _names(place: Place) -> frozenset[str]:
    name = place.city if place.kind in ("zip", "city") else place.county or place.label
    short = plain(name or place.label).removesuffix(" county")
    return frozenset({short, plain(place.label), f"{short} {place.state.lower()}"})
