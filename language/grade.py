"""Part of the language room: how many years of school a text asks of its reader.

It must never judge single words or phrases: the formulas hold for whole sentences only.

English is measured by Flesch and Kincaid's grade level (Kincaid, Fishburne, Rogers and Chissom,
"Derivation of new readability formulas", Research Branch Report 8-75, 1975). Its counterpart in
Spanish is Fernández Huerta's ease of reading, which adapts the same author's formula and names a
school grade for each ten points ("Medidas sencillas de lecturabilidad", Consigna 214, 1959,
pages 29-32): 90 to 100 is the 4th grade, 80 to 90 the 5th, 70 to 80 the 6th, 60 to 70 the 7th and
8th. So 70 points are grade 6.0, and both languages have one limit.

The package textstat has both formulas, but fetches its list of syllables from the network at the
first use; an installed system must not. `language/syllables.py` counts them by rule.
"""

import re
from collections.abc import Callable

from language.syllables import english_syllables, spanish_syllables

HIGHEST = 6.0
"""The highest grade that a message may have (the organisation's promise to its survivors)."""

# A sentence ends with a mark and a space, a line with a colon leads to a list.
_SENTENCE = re.compile(r"[^\n]*?(?:[.?…]+[\"')]*(?=\s|$)|:(?=\n|$))|[^\n]+")
_ENDS_ONE = re.compile(r"[.?…]+[\"')]*$")
_ENDS_LINE = re.compile(r"[.?…:]+[\"')]*$")
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
# Shorter ones ("OK.", "Take care.") are counted to their neighbours, as textstat does: alone they
# would make any text easy.
_SHORTEST = 3
_FEWEST_WORDS = 5
"""In a shorter text one long word would decide: "Hola, aquí estamos." is not hard to read."""


def grade(text: str, language: str) -> float | None:
    """The school grade of the whole sentences in `text`, placeholders filled.

    None for a language without a formula here, for a text of a few words, and for one without a
    sentence: labels, noun phrases and lines of a list end with no full stop and no question mark.
    """
    formula = _FORMULAS.get(language)
    pieces = [found[0].strip() for found in _SENTENCE.finditer(text)]
    if formula is None or not any(_ENDS_ONE.search(piece) for piece in pieces):
        return None
    sentences = [_WORD.findall(piece.lower()) for piece in pieces if _ENDS_LINE.search(piece)]
    words = [word for sentence in sentences for word in sentence]
    whole = sum(len(sentence) >= _SHORTEST for sentence in sentences)
    if len(words) < _FEWEST_WORDS:
        return None
    return formula(words, len(words) / max(whole, 1))


def _flesch_kincaid(words: list[str], words_a_sentence: float) -> float:
    syllables = sum(map(english_syllables, words)) / len(words)
    return 0.39 * words_a_sentence + 11.8 * syllables - 15.59


def _fernandez_huerta(words: list[str], words_a_sentence: float) -> float:
    syllables = sum(map(spanish_syllables, words)) / len(words)
    points = 206.84 - 60 * syllables - 1.02 * words_a_sentence
    # Ten points a grade down to the 6th; below, the table gives ten points to two grades.
    return HIGHEST + (70 - points) / (10 if points >= 70 else 5)


_FORMULAS: dict[str, Callable[[list[str], float], float]] = {
    "en": _flesch_kincaid,
    "es": _fernandez_huerta,
}
