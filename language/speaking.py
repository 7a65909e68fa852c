"""Part of the language room: turns a WORD (a message id and its arguments) into a sentence.

It must never decide what is said; it knows lists, times and numbers as a language writes them.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

from language.catalogue import Catalogue, Value, embed

# Where a language is written in the United States in another way than its first country does.
_TIMES = {"en": "en_US", "es": "es_US"}
_LISTS = {"en": "en_001"}  # "a, b and c"
# Babel has no words for ht and takes the French ones.
_AND_IN_CREOLE = "ak"
_DAYS_IN_CREOLE = ("lendi", "madi", "mèkredi", "jedi", "vandredi", "samdi", "dimanch")
_MONTHS_IN_CREOLE = (
    "janvye", "fevriye", "mas", "avril", "me", "jen",
    "jiyè", "out", "septanm", "oktòb", "novanm", "desanm",
)  # fmt: skip
# Babel's narrow and unbreakable spaces would make an SMS UCS-2 (M1).
_PLAIN_SPACES = str.maketrans({"\u202f": " ", "\u00a0": " "})


def speak_word(
    catalogue: Catalogue, word: Mapping[str, Any], language: str, *, zone: str = "UTC"
) -> str:
    """The text of a WORD in `language`; times without a zone of their own are said in `zone`.

    Raises KeyError for an unknown message or a word without `say`, ValueError for an argument
    that the message needs and did not get, TypeError for one that cannot be said.
    """
    args = {
        name: _value(catalogue, name, value, language, zone)
        for name, value in word.get("args", {}).items()
    }
    return catalogue.speak(word["say"], args, language)


def choices(catalogue: Catalogue, word: Mapping[str, Any], language: str) -> list[str]:
    """The labels of the word's choices, in order."""
    return [catalogue.speak(message_id, {}, language) for message_id in word.get("choices", ())]


def join(items: Sequence[str], language: str) -> str:
    """`items` as the language joins a list: "a, b and c"."""
    embedded = [embed(item, language) for item in items]
    if language == "ht" and len(embedded) > 1:
        return f"{', '.join(embedded[:-1])} {_AND_IN_CREOLE} {embedded[-1]}"
    joined = format_list(embedded, locale=_LISTS.get(language, language))
    if language == "es" and len(embedded) > 1 and _sounds_like_i(embedded[-1]):
        before, _, last = joined.rpartition(f" y {embedded[-1]}")
        joined = f"{before} e {embedded[-1]}{last}"
    return joined


def time_of_day(moment: datetime, zone: str, language: str) -> str:
    """The time of day of an aware `moment` in `zone`, as the language writes it: "3:05 PM"."""
    there = moment.astimezone(ZoneInfo(zone))
    said = format_time(there, "short", locale=_TIMES.get(language, language))
    return said.translate(_PLAIN_SPACES)


def day_and_time(moment: datetime, zone: str, language: str) -> str:
    """Day, date and time of day of an aware `moment` in `zone`: "Wed, Nov 25, 3:00 PM"."""
    locale = Locale.parse(_TIMES.get(language, language))
    there = moment.astimezone(ZoneInfo(zone))
    if language == "ht":
        month = _MONTHS_IN_CREOLE[there.month - 1]
        day = f"{_DAYS_IN_CREOLE[there.weekday()]} {there.day} {month}"
    else:
        day = format_skeleton("MMMEd", there, locale=locale)
    order = str(locale.datetime_formats["short"])
    said = order.format(time_of_day(moment, zone, language), day)
    return said.translate(_PLAIN_SPACES)


def _sounds_like_i(spanish: str) -> bool:
    # "comida e identificación", "e hijos", but "y hielo".
    start = spanish.lower()
    return start.startswith(("i", "í", "hi", "hí")) and not start.startswith(("hia", "hie"))


def _value(catalogue: Catalogue, name: str, value: Any, language: str, zone: str) -> Value:
    match value:
        case bool():
            pass
        case str() | int():
            return value
        case float():
            said = format_decimal(value, locale=Locale.parse(language))
            return said.translate(_PLAIN_SPACES)
        case {"say": str()}:
            return speak_word(catalogue, value, language, zone=zone)
        case {"time": str(iso)}:
            moment = datetime.fromisoformat(iso)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            say = day_and_time if value.get("date") else time_of_day
            return say(moment, value.get("zone") or zone, language)
        case list() | tuple():
            said_items = (_value(catalogue, name, item, language, zone) for item in value)
            return join([str(item) for item in said_items], language)
    # The value itself stays out of the message: it may be somebody's word.
    raise TypeError(f"The argument {name!r} is a {type(value).__name__}, which cannot be said.")
