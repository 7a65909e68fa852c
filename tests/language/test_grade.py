"""Proves that a text's reading grade is the published formula's, and when there is none."""

import csv
from pathlib import Path

import pytest

from language.grade import HIGHEST, grade
from language.syllables import english_syllables, spanish_syllables

# Words that people text and that the catalogue says, with the syllables that the Carnegie Mellon
# Pronouncing Dictionary gives them (words with two pronunciations of different length left out).
SPOKEN = Path(__file__).parent / "syllables.tsv"


def test_english_syllables_are_counted_as_they_are_spoken() -> None:
    with SPOKEN.open(encoding="utf-8", newline="") as file:
        spoken = {word: int(count) for word, count in csv.reader(file, csv.excel_tab)}
    counted = {word: english_syllables(word) for word in spoken}
    right = sum(counted[word] == spoken[word] for word in spoken)
    assert len(spoken) == 700
    assert right / len(spoken) >= 0.98
    assert abs(sum(counted.values()) / sum(spoken.values()) - 1) < 0.01


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("persona", 3), ("automático", 5), ("quiere", 2), ("guía", 2), ("vergüenza", 3),
        ("todavía", 4), ("leer", 2), ("aéreo", 4), ("hoy", 1), ("y", 1), ("reyes", 2), ("agua", 2),
        ("escribiéndome", 5), ("911", 1),
    ],
)  # fmt: skip
def test_spanish_syllables_follow_its_spelling(word: str, count: int) -> None:
    assert spanish_syllables(word) == count


def test_english_is_flesch_and_kincaids_grade() -> None:
    # Two sentences, 13 words, 15 syllables.
    text = "We can look for a bed. You can also write to us later."
    assert grade(text, "en") == pytest.approx(0.39 * 13 / 2 + 11.8 * 15 / 13 - 15.59)


def test_spanish_is_fernandez_huertas_ease_as_a_grade() -> None:
    # One sentence of 6 words and 13 syllables: 70.72 points.
    assert grade("Aquí buscamos una cama para usted.", "es") == pytest.approx(
        HIGHEST + (70 - (206.84 - 60 * 13 / 6 - 1.02 * 6)) / 10
    )


def test_seventy_points_of_ease_are_grade_six_and_sixty_are_grade_eight() -> None:
    long = "Consideraremos posteriormente " * 2
    assert (grade(f"{long}algo.", "es") or 0) > 8 > HIGHEST


@pytest.mark.parametrize(
    "text",
    ["a safe place to stay", "Yes", "For food near Detroit, MI:", "1 Harbor House\n2 Hope", ""],
)
def test_labels_phrases_and_lists_have_no_grade(text: str) -> None:
    assert grade(text, "en") is None


def test_a_text_of_a_few_words_has_no_grade() -> None:
    assert grade("Hola, aquí estamos.", "es") is None
    assert grade("Hola, aquí estamos con usted.", "es") is not None


def test_the_lines_of_a_menu_do_not_count_as_one_long_sentence() -> None:
    asked = "What would help you most right now? Send a number:"
    menu = "\n1 a safe place to stay\n2 legal representation\n3 identification documents"
    assert grade(asked + menu, "en") == grade(asked, "en")


def test_short_sentences_do_not_make_a_text_easy() -> None:
    text = "It is an automated assistant and no person."
    easier = grade(f"OK. {text}", "en")
    assert easier is not None
    assert easier > (grade(f"That is all right. {text}", "en") or 0)


def test_a_language_without_a_formula_here_has_no_grade() -> None:
    assert grade("Nous cherchons un lit pour vous.", "fr") is None
