"""Part of the directory room: names of American places in Chinese, Russian, Korean, Arabic, Hindi.

It must never know what a text is about: it only sees whether words are a name, and in which form.
"""

import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from directory.place_index import Sized, place_index, plain

# Letters that are written one for the other.
_SAME = str.maketrans(
    {"ة": "ه", "ى": "ي", "ـ": None, "ँ": "ं", "ॉ": "ा", "ॆ": "े", "\u200c": None, "\u200d": None}
)
# What follows the last letters of a Russian name in its cases; "" is the name as it stands.
_ENDINGS = (
    ("ия", ("ия", "ии", "ию", "ией")),
    ("а", ("а", "ы", "и", "е", "у", "ой")),
    ("я", ("я", "и", "е", "ю", "ей")),
    ("й", ("й", "я", "ю", "ем", "е")),
    ("ь", ("ь", "я", "и", "ю", "е")),
)
_CONSONANTS = "бвгджзклмнпрстфхцчшщ"
_AFTER_A_CONSONANT = ("", "а", "у", "е", "ом")


@dataclass(frozen=True)
class PlaceName:
    """A name found in a text: how many words it takes, and what is written together with it.

    `goes_there`: in this form "в" before it means "to", not "in" (Russian "в Денвер").
    """

    sized: Sized
    length: int
    before: str = ""
    after: str = ""
    goes_there: bool = False


def script_word(raw: str) -> str:
    """A word of another script without what is written now one way, now another."""
    text = unicodedata.normalize("NFKD", raw)
    text = "".join(c for c in text if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", text).casefold().translate(_SAME)


def name_at(words: Sequence[str], at: int) -> PlaceName | None:
    """The longest name that begins with this word; words are as `script_word` makes them."""
    for before in _befores(words[at]):
        first = words[at].removeprefix(before)
        for form in _forms().get(first[:1], ()):
            length = len(form.words)
            found = [first, *words[at + 1 : at + length]]
            if len(found) < length or found[:-1] != list(form.words[:-1]):
                continue
            after = found[-1].removeprefix(form.words[-1])
            if found[-1] == form.words[-1] or (
                found[-1].startswith(form.words[-1]) and after in _attached("ko_after")
            ):
                return PlaceName(form.sized, length, before, after, form.goes_there)
    return None


@dataclass(frozen=True)
class _Form:
    words: tuple[str, ...]
    sized: Sized
    goes_there: bool


@cache
def _forms() -> dict[str, list[_Form]]:
    """All forms of all names by their first letter, the longest first."""
    found: dict[str, list[_Form]] = defaultdict(list)
    for sized, names in named_places():
        for script, listed in names.items():
            for name in listed.split(" / "):
                for form, goes_there in _cases(name) if script == "ru" else [(name, False)]:
                    words = tuple(script_word(word) for word in _split(form))
                    found[words[0][0]].append(_Form(words, sized, goes_there))
    for forms in found.values():
        forms.sort(key=lambda form: (-len(form.words), -len(form.words[-1])))
    return dict(found)


def _split(name: str) -> list[str]:
    return list(name) if "\u3400" <= name[0] <= "\u9fff" else name.split()


def _cases(name: str) -> Iterator[tuple[str, bool]]:
    """A Russian name in its cases, and whether "в" before this form means "to"."""
    for ending, forms in _ENDINGS:
        if name.endswith(ending):
            stem = name.removesuffix(ending)
            yield from ((stem + form, form in ("ию", "у", "ю", "й", "ь")) for form in forms)
            return
    declines = name[-1] in _CONSONANTS
    for form in _AFTER_A_CONSONANT if declines else ("",):
        yield name + form, declines and form == ""


def named_places() -> Iterator[tuple[Sized, dict[str, str]]]:
    """Each place of the list with its names by script; KeyError names one that is not known."""
    index = place_index()
    for code, names in listed_names()["states"].items():
        yield index.state(code), names
    for label, names in listed_names()["cities"].items():
        town, _, state = label.partition(", ")
        known = [*index.towns.get(plain(town), ()), *index.counties.get(plain(town), ())]
        fitting = [sized for sized in known if sized.place.state == (state or sized.place.state)]
        if not fitting:
            raise KeyError(f"place_names.toml: no place is called {label}; correct its name")
        yield fitting[0], names


def _befores(word: str) -> list[str]:
    """What may be written before a name in this word, nothing first."""
    return ["", *(one for one in _attached("ar_before") if word.startswith(one))]


@cache
def _attached(key: str) -> frozenset[str]:
    return frozenset(map(script_word, listed_names()["attached"][key]))


@cache
def listed_names() -> dict[str, dict[str, Any]]:
    """Everything in place_names.toml as it stands."""
    path = Path(__file__).with_name("place_names.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
