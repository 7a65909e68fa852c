"""Part of the language room: a small naive Bayes over characters, trained on our own phrases.

It must never know what a text is about or where it came from; it only sees words.
"""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

_LONGEST_GRAM = 4
_ALPHA = 0.1
# Letters that do not fall apart into a plain letter and a mark.
_PLAIN = str.maketrans({"đ": "d", "Đ": "D", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss"})


def strip_accents(text: str) -> str:
    """`text` as somebody types it on a phone without accents."""
    apart = unicodedata.normalize("NFD", text.translate(_PLAIN))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def features(words: Iterable[str]) -> Iterator[str]:
    """Character 1-4-grams inside `^word$`, and the whole words (which keep both marks)."""
    for word in words:
        marked = f"^{word}$"
        length = len(marked)
        yield marked
        for size in range(1, _LONGEST_GRAM + 1):
            for start in range(length - size + 1):
                gram = marked[start : start + size]
                # The marks alone say nothing; a gram that is the whole word came already.
                if size < length and gram not in ("^", "$"):
                    yield gram


class _Evidence(NamedTuple):
    label: int
    weight: float


class NaiveBayes:
    """Log-likelihoods of words under a handful of labels.

    A gram that no label has seen says nothing, so the longest unknown name changes nothing.
    """

    def __init__(self, phrases: Mapping[str, Iterable[Iterable[str]]]) -> None:
        """`phrases`: label → phrases, each a list of lower-case words."""
        self.labels = tuple(phrases)
        counts = [
            Counter(gram for words in of_label for gram in features(words))
            for of_label in phrases.values()
        ]
        vocabulary = set().union(*counts)
        # A gram's log-probability is log(count + alpha) - log(total + alpha * size). What a label
        # has not seen is the same number for every gram, so only what it has seen is stored.
        self._per_gram = [
            math.log(_ALPHA) - math.log(count.total() + _ALPHA * len(vocabulary))
            for count in counts
        ]
        self._seen: dict[str, list[_Evidence]] = {gram: [] for gram in vocabulary}
        for label, count in enumerate(counts):
            for gram, times in count.items():
                weight = math.log((times + _ALPHA) / _ALPHA)
                self._seen[gram].append(_Evidence(label, weight))

    def log_likelihoods(self, words: Iterable[str]) -> dict[str, float]:
        """label → log P(words | label), up to a constant."""
        scores = [0.0] * len(self.labels)
        known = 0
        for gram in features(words):
            evidence = self._seen.get(gram)
            if evidence is None:
                continue
            known += 1
            for label, weight in evidence:
                scores[label] += weight
        return {
            label: score + known * per_gram
            for label, score, per_gram in zip(self.labels, scores, self._per_gram, strict=True)
        }

    def share_known(self, words: Iterable[str], label: str) -> float:
        """How many of `words` the label's own phrases hold as whole words, from 0 to 1."""
        index = self.labels.index(label)
        hits = [
            any(evidence.label == index for evidence in self._seen.get(f"^{word}$", ()))
            for word in words
        ]
        return sum(hits) / len(hits) if hits else 0.0
