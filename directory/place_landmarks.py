"""Part of the directory room: tells towns from landmarks, and from things called like towns.

It must never know whose sentence it is. "macarthur park" is no town of Pennsylvania, and who works
"en el campo" is in the fields, not in El Campo, Texas.
"""

from collections.abc import Sequence

from directory.place_index import Place, place_index, plain
from directory.place_words import Word, phrase_before, phrases, words_for, words_of

_ARTICLES = ("el", "la", "los", "las", "le", "les")
_LARGE = 1_000  # a county or a state, in ZIPs


def size_of(place: Place) -> int:
    """How large a place is, in ZIPs; a county or a state counts as larger than any town."""
    if place.kind != "city" or place.city is None:
        return _LARGE
    towns = place_index().towns.get(plain(place.city), ())
    return next((sized.size for sized in towns if sized.place == place), 0)


def is_beside(words: Sequence[Word], start: int) -> bool:
    """Whether a place is named by what it is near to: "by", "cerca de"."""
    near = phrase_before(words[:start], "beside")
    return near > 0 and near >= phrase_before(words[:start], "here")


def leads_on(words: Sequence[Word], end: int) -> bool:
    """Whether what it is near to follows: "chicago by …", "la, near …"."""
    rest = [word.plain for word in words[end : end + 4]]
    return any(rest[: len(phrase)] == list(phrase) for phrase in phrases("beside"))


def is_landmark(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether the name is a part of a landmark's: "capitol hill", "calle lincoln"."""
    after = words[end] if end < len(words) else None
    if after is not None and not after.after_comma and after.plain in words_for("landmarks"):
        return not words[end - 1].ends
    before = words[start - 1] if start > 0 else None
    return (
        before is not None
        and not before.ends
        and not words[start].after_comma
        and before.plain in words_for("landmark_before")
    )


def is_everyday(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a name such as "El Campo" stands there as the words that it is made of.

    It is a name behind an English "in", where it is written like one, and where it is all there is.
    """
    name = tuple(word.plain for word in words[start:end])
    if name not in phrases("everyday") or len(name) == len(words):
        return False
    shouted = all(word.raw.isupper() for word in words)
    if not shouted and all(word.raw[:1].isupper() for word in words[start:end]):
        return False
    return not (start > 0 and words[start - 1].plain in words_for("before_la"))


def only_everyday(text: str) -> bool:
    """Whether a short answer ends in an article and a thing: "en el valle", "en el campo"."""
    words = words_of(text)
    if len(words) < 3 or words[-3].plain not in words_for("before_article"):
        return False
    return words[-2].plain in _ARTICLES and words[-1].raw.islower()


def is_los_angeles(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether "la" is the town: "i live in la", "LA", "la, near …"; never the Spanish article."""
    word = words[start]
    if end - start > 1 or word.plain != "la":
        return False
    if start > 0 and words[start - 1].plain in words_for("before_la"):
        return True
    shouted = all(one.raw.isupper() for one in words) and len(words) > 2
    stands = word.ends or words[end].after_comma or words[end].raw.islower()
    if word.raw == "LA" and stands and not shouted:
        return start == 0 or phrase_before(words[:start], "here") > 0
    return start == 0 and leads_on(words, end)
