"""Part of the directory room: what a sentence says of a place: that its writer is there, or not.

It must never know whose sentence it is, nor which place it is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from directory.place_words import Word, is_one_of, phrase_after, phrase_before, words_for

# Between "not" and the place: "i dont ever want to go back to detroit".
_MOST_BETWEEN = 6
# So far before a place it may be said whose place it is.
_MOST_ABOUT_PEOPLE = 6
# The cue of "im from houston".
FROM = 4


class Stance(Enum):
    """What is said of a place."""

    OPEN = "open"  # nothing
    HERE = "here"
    AVOID = "avoid"  # somebody does not want to be there, or says that they are not
    ELSEWHERE = "elsewhere"  # one goes there, comes from there, or somebody else is there


@dataclass(frozen=True)
class Said:
    """A stance, and how clearly they say to be there: 0 not at all, 9 speaking of themselves."""

    stance: Stance
    cue: int = 0


def said_of(words: Sequence[Word], start: int, end: int) -> Said:
    """What is said of the place whose name is the words from `start` up to `end`."""
    before, after = words[:start], words[end:]
    lengths = {key: phrase_before(before, key) for key in ("avoid", "not_here", "here", "from")}
    # Of equally long phrases the one that says less wins.
    key = max(lengths, key=lambda one: lengths[one])
    length = lengths[key]
    behind = {one: phrase_after(after, one) for one in _BEHIND}
    last = max(behind, key=lambda one: behind[one])

    if (length and key == "avoid") or (behind[last] and last == "avoid_after"):
        return Said(Stance.AVOID)
    if _is_negated(before, length if key == "here" else phrase_before(before, "going")):
        return Said(Stance.AVOID)
    goes = start > 0 and _goes_there(words, start)
    if (length and key == "not_here") or (behind[last] and last == "not_here_after") or goes:
        return Said(Stance.ELSEWHERE)
    if not length and not behind[last]:
        return Said(Stance.OPEN)
    rest = before[: len(before) - length]
    if phrase_before(rest, "once") or _is_of_others(rest):
        return Said(Stance.ELSEWHERE)
    if key == "from" and length:
        return Said(Stance.HERE, FROM)
    return Said(Stance.HERE, 9 if phrase_before(rest, "myself") else 5)


_BEHIND = ("avoid_after", "not_here_after", "here_after")


def _is_negated(before: Sequence[Word], length: int) -> bool:
    """Whether "not" stands before, with at most words of staying and going between."""
    at = len(before) - length
    between = 0
    while at > 0 and not _breaks(before, at):
        word = before[at - 1]
        if word.plain in words_for("negations"):
            return length > 0 or between > 0
        if word.plain not in words_for("staying") | {"to"} or between == _MOST_BETWEEN:
            return False
        between += 1
        at -= 1
    return False


def _is_of_others(rest: Sequence[Word]) -> bool:
    """Whether the words before "in" speak of somebody else: "my mom is", "my cousin"."""
    near: list[Word] = []
    for at in range(len(rest), max(0, len(rest) - _MOST_ABOUT_PEOPLE), -1):
        if _breaks(rest, at):
            break
        near.insert(0, rest[at - 1])
    last = len(near)
    while last > 0 and near[last - 1].plain in words_for("being"):
        last -= 1
    does = last < len(near)
    for at in range(last - 1, max(-1, last - (3 if does else 2)), -1):
        if is_one_of(near[at], "people") or (does and is_one_of(near[at], "children")):
            return not _is_with(near[:at])
    return False


def _is_with(near: Sequence[Word]) -> bool:
    """Whether these words make somebody else one of them: "me and my", "with my"."""
    plains = [word.plain for word in near]
    while plains and plains[-1] in words_for("people") | words_for("my"):
        plains.pop()
    if not plains:
        return False
    return plains[-1] in words_for("with_them") or (
        plains[-1] in words_for("and_them")
        and plains[-2:-1] != []
        and plains[-2] in words_for("me")
    )


def _goes_there(words: Sequence[Word], start: int) -> bool:
    """Russian "в Денвер" is "to Denver" unless somebody has moved there; so is "из ... в Денвере".

    Chinese has the second alone: "从 ... 到".
    """
    name, before = words[start].name, words[max(0, start - 3) : start]
    if name is None or not before or before[-1].plain not in _TO:
        return False
    if len(before) > 1 and before[-2].name is not None:
        return True
    arrived = any(word.plain.startswith(_ARRIVED) for word in before)
    return name.goes_there and not arrived


_TO = ("в", "во", "на", "到")
_ARRIVED = ("переехал", "приехал", "перебрал", "прилетел")


def _breaks(words: Sequence[Word], at: int) -> bool:
    """Whether a comma or the end of a sentence stands behind the word before `at`."""
    return words[at - 1].ends or (at < len(words) and words[at].after_comma)
