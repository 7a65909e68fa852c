"""Which labels a text deserves, from examples: part of bot/engine. Knows no Rasa and no file.

The mean of four voices: a logistic regression on character n-grams (good with slang, typing errors
and words seen before), two small networks on a multilingual sentence vector (good with wordings and
languages that were not), and the nearest examples by that vector. Deterministic.
"""

from __future__ import annotations

import os
import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from waymark_engine import network
from waymark_engine.network import Schooling

Matrix = np.ndarray[Any, np.dtype[np.float32]]

_LATIN = re.compile(r"[a-zA-ZÀ-ɏ]")
_NEIGHBOURS = 20
_NEARER = 8.0  # how much heavier a nearer example weighs
_KEYS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Recipe:
    """What the training may be tuned by; what each part brings stands in docs/understanding.md."""

    c: float = 10.0
    smallest_count: int = 2
    most_ngrams: int = 60_000
    typo_every: int = 15  # characters
    networks: int = 2
    schooling: Schooling = field(default_factory=Schooling)


@dataclass(frozen=True)
class Model:
    """All that a trained classifier knows, as plain data."""

    labels: tuple[str, ...]
    vocabulary: dict[str, int]
    arrays: dict[str, Matrix]


def plain(text: str) -> str:
    """The text as n-grams see it: small letters, one form of each, every digit the same."""
    return re.sub(r"\d", "0", unicodedata.normalize("NFKC", text).lower())


def without_accents(text: str) -> str:
    """Latin letters without their accents, as many people type them."""
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize(
        "NFC", "".join(mark for mark in apart if not "\u0300" <= mark <= "\u036f")
    )


def typing_error_copy(text: str, every: int, chance: random.Random) -> str | None:
    """The text with one slip of the finger in `every` characters and no accents; None if the
    script has no such keys."""
    if len(_LATIN.findall(text)) < len(text) / 2:
        return None
    letters = list(without_accents(text))
    for _ in range(max(1, len(letters) // every)):
        at = chance.randrange(len(letters))
        slip = chance.randrange(3)
        if slip == 0 and at + 1 < len(letters):
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        elif slip == 1:
            letters[at] = ""
        else:
            letters[at] += chance.choice(_KEYS)
    return "".join(letters)


def _vectorizer(recipe: Recipe, vocabulary: dict[str, int] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(2, 5),
        sublinear_tf=True,
        lowercase=False,
        preprocessor=plain,
        dtype=np.float32,
        min_df=1 if vocabulary else recipe.smallest_count,
        max_features=None if vocabulary else recipe.most_ngrams,
        vocabulary=vocabulary,
    )


def fit(
    texts: Sequence[str],
    vectors: Matrix,
    labelled: Sequence[frozenset[str]],
    recipe: Recipe = Recipe(),
    tell: Callable[[str], None] = lambda said: None,
) -> Model:
    """Learn from texts, their sentence vectors and the labels of each; `tell` hears of progress."""
    labels = tuple(sorted(set().union(*labelled)))
    truth = np.array([[label in given for label in labels] for given in labelled])
    mean, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    standard = ((vectors - mean) / spread).astype(np.float32)
    arrays = {"mean": mean, "spread": spread, "neighbours": _direction(vectors - mean)}
    arrays["neighbours_truth"] = truth.astype(np.float32)
    copied, rows = _with_typing_errors(texts, recipe)
    vectorizer = _vectorizer(recipe)
    ngrams = vectorizer.fit_transform(copied)
    arrays["idf"] = vectorizer.idf_.astype(np.float32)
    tell(f"{len(vectorizer.vocabulary_)} n-grams")
    arrays["ngram_weights"] = _one_vs_rest(ngrams, truth[rows], recipe.c)
    tell("regressions on n-grams")
    arrays |= _networks(standard, truth.astype(np.float32), recipe)
    tell("networks")
    vocabulary = {gram: int(at) for gram, at in vectorizer.vocabulary_.items()}
    return Model(labels, vocabulary, arrays)


def _with_typing_errors(texts: Sequence[str], recipe: Recipe) -> tuple[list[str], list[int]]:
    """The texts and copies of them with typing errors, and the row that each came from."""
    chance = random.Random(7)  # noqa: S311 (typing errors, not secrets)
    copied, rows = list(texts), list(range(len(texts)))
    for row, text in enumerate(texts):
        copy = typing_error_copy(text, recipe.typo_every, chance)
        if copy is not None:
            copied.append(copy)
            rows.append(row)
    return copied, rows


def _one_vs_rest(features: Any, truth: Any, c: float) -> Matrix:
    """A row of weights a label, the intercept last."""

    def row(column: int) -> Matrix:
        regression = LogisticRegression(C=c, solver="liblinear", random_state=7, tol=1e-2)
        regression.fit(features, truth[:, column])
        return np.append(regression.coef_[0], regression.intercept_[0])

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # liblinear works outside of Python
        return np.array(list(pool.map(row, range(truth.shape[1]))), np.float32)


def _networks(standard: Matrix, truth: Matrix, recipe: Recipe) -> dict[str, Matrix]:
    """The weights of several networks that differ by where they started."""

    def learn(number: int) -> list[Matrix]:
        return network.train(standard, truth, recipe.schooling, seed=number)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        learned = list(pool.map(learn, range(recipe.networks)))
    return {
        f"network_{number}_{part}": values
        for number, weights in enumerate(learned)
        for part, values in enumerate(weights)
    }


def _direction(vectors: Matrix) -> Matrix:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-6), np.float32)


class Classifier:
    """A model made ready to be asked."""

    def __init__(self, model: Model) -> None:
        """Lays the weights out as they are asked for."""
        self.labels = model.labels
        held = model.arrays
        self._vectorizer = _vectorizer(Recipe(), model.vocabulary)
        self._vectorizer.idf_ = held["idf"]
        self._mean, self._spread = held["mean"], held["spread"]
        self._ngram_part = np.ascontiguousarray(held["ngram_weights"][:, :-1].T)
        self._ngram_bias = held["ngram_weights"][:, -1]
        self._networks: list[list[Matrix]] = []
        while f"network_{len(self._networks)}_0" in held:
            number = len(self._networks)
            self._networks.append([held[f"network_{number}_{part}"] for part in range(4)])
        self._neighbours, self._truth = held["neighbours"], held["neighbours_truth"]

    def probabilities(self, texts: Sequence[str], vectors: Matrix) -> Matrix:
        """One row a text, one column a label, each between 0 and 1: the mean of all voices."""
        voices = self.voices(texts, vectors)
        return np.asarray(np.mean(list(voices.values()), axis=0), np.float32)

    def voices(self, texts: Sequence[str], vectors: Matrix) -> dict[str, Matrix]:
        """What each part of the ensemble says."""
        ngrams = self._vectorizer.transform(texts)
        centred = vectors - self._mean
        standard = (centred / self._spread).astype(np.float32)
        said = {
            "n-grams": network.sigmoid(ngrams @ self._ngram_part + self._ngram_bias),
            "neighbours": self._by_neighbours(centred),
        }
        for number, weights in enumerate(self._networks):
            said[f"network {number + 1}"] = network.probabilities(weights, standard)
        return said

    def _by_neighbours(self, centred: Matrix) -> Matrix:
        """The labels of the nearest examples, the nearer the heavier."""
        likeness = _direction(centred) @ self._neighbours.T
        count = min(_NEIGHBOURS, likeness.shape[1])
        nearest = np.argpartition(-likeness, count - 1, axis=1)[:, :count]
        weight = np.exp(_NEARER * np.take_along_axis(likeness, nearest, axis=1))
        weight /= weight.sum(axis=1, keepdims=True)
        return np.asarray(np.einsum("nk,nkl->nl", weight, self._truth[nearest]), np.float32)
