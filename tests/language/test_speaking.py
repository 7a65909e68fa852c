"""Proves that a WORD becomes a sentence, with lists, times and numbers as the language has them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from language import LANGUAGES
from language.catalogue import Catalogue
from language.segments import fold_accents, segments
from language.speaking import choices, day_and_time, join, speak_word, time_of_day

NINE_UTC = "2026-11-24T14:05:00Z"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load(folder=Path(__file__).parent / "fixtures" / "good")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I am asking someone about food, papers and Harbor House."),
        ("es", "Estoy preguntando por comida, identificación y Harbor House."),
    ],
)
def test_words_within_words_are_spoken_and_joined(
    catalogue: Catalogue, language: str, said: str
) -> None:
    needs = [{"say": "need_food"}, {"say": "need_papers", "args": {}}, "Harbor House"]
    assert speak_word(catalogue, {"say": "looking", "args": {"needs": needs}}, language) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "a, b and c"), ("es", "a, b y c"), ("fr", "a, b et c"), ("pt", "a, b e c"),
     ("ht", "a, b ak c"), ("zh", "a、b和c"), ("vi", "a, b và c"), ("ru", "a, b и c")],
)  # fmt: skip
def test_lists_are_joined_as_the_language_does(language: str, said: str) -> None:
    assert join(["a", "b", "c"], language) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_lists_are_joined_in_every_language(language: str) -> None:
    assert join([], language) == ""
    assert join(["a"], language) == "a"
    assert join(["a", "b"], language).startswith("a")


@pytest.mark.parametrize(
    ("last", "joined"),
    [("identificación", "comida e identificación"), ("hijos", "comida e hijos"),
     ("hielo", "comida y hielo"), ("ropa", "comida y ropa")],
)  # fmt: skip
def test_spanish_says_e_before_the_sound_of_i(last: str, joined: str) -> None:
    assert join(["comida", last], "es") == joined


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"time": NINE_UTC, "zone": "America/Detroit"}, "opens at 9:05 AM"),
        ({"time": NINE_UTC, "zone": "America/Los_Angeles"}, "opens at 6:05 AM"),
        ({"time": NINE_UTC}, "opens at 8:05 AM"),
        ({"time": "2026-11-24T14:05:00"}, "opens at 8:05 AM"),
        ({"time": "2026-07-24T14:05:00+00:00", "zone": "America/Detroit"}, "opens at 10:05 AM"),
    ],
)
def test_a_time_is_said_in_its_zone(catalogue: Catalogue, value: Any, said: str) -> None:
    word = {"say": "opens_at", "args": {"time": value}}
    assert speak_word(catalogue, word, "en", zone="America/Chicago") == said


@pytest.mark.parametrize("language", [code for code, info in LANGUAGES.items() if info.gsm7])
def test_a_time_never_makes_a_text_ucs2(language: str) -> None:
    moment = datetime(2026, 11, 24, 20, 5, tzinfo=UTC)
    assert segments(time_of_day(moment, "America/Detroit", language)).encoding == "GSM-7"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Wed, Nov 25, 3:00 PM"),
        ("es", "mié, 25 de nov, 3:00 p.m."),
        ("fr", "mer. 25 nov. 15:00"),
        ("ht", "mèkredi 25 novanm 15:00"),
        ("tl", "Miy, Nob 25, 3:00 PM"),
        ("zh", "11月25日周三 15:00"),
        ("ru", "ср, 25 нояб., 15:00"),
    ],
)
def test_day_date_and_time_are_said_as_the_language_writes_them(
    catalogue: Catalogue, language: str, said: str
) -> None:
    value = {"time": "2026-11-25T20:00:00Z", "zone": "America/Detroit", "date": True}
    assert speak_word(catalogue, {"say": "opens_at", "args": {"time": value}}, "en") == (
        "opens at Wed, Nov 25, 3:00 PM"
    )
    moment = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
    assert day_and_time(moment, "America/Detroit", language) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_is_said_in_every_language_and_stays_gsm7_where_it_can(language: str) -> None:
    for day in range(1, 13):
        moment = datetime(2026, day, day + 10, 20, 5, tzinfo=UTC)
        said = day_and_time(moment, "America/Detroit", language)
        assert str(day + 10) in said
        if LANGUAGES[language].gsm7:
            folded = fold_accents(said) if language == "es" else said
            assert segments(folded).encoding == "GSM-7", said


def test_fractions_are_written_as_the_language_does(catalogue: Catalogue) -> None:
    word = {"say": "looking", "args": {"needs": 2.5}}
    assert speak_word(catalogue, word, "en") == "I am asking someone about 2.5."
    word = {"say": "looking", "args": {"needs": 1234.5}}
    assert segments(speak_word(catalogue, word, "es")).encoding == "GSM-7"


def test_choices_are_labels_in_the_language(catalogue: Catalogue) -> None:
    word = {"say": "looking", "choices": ["choice_yes", "choice_no"]}
    assert choices(catalogue, word, "es") == ["Sí", "No"]
    assert choices(catalogue, {"say": "looking"}, "es") == []


@pytest.mark.parametrize("value", [None, True, b"x", {"ask": "x"}, [None]])
def test_what_cannot_be_said_is_refused_without_repeating_it(
    catalogue: Catalogue, value: Any
) -> None:
    with pytest.raises(TypeError, match=r"^The argument 'needs' is a \w+, which cannot be said\.$"):
        speak_word(catalogue, {"say": "looking", "args": {"needs": value}}, "en")


def test_an_unknown_word_is_named(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError, match="nonsense"):
        speak_word(catalogue, {"say": "nonsense"}, "en")
    with pytest.raises(KeyError, match="say"):
        speak_word(catalogue, {"args": {}}, "en")
