"""A small network from a sentence vector to labels: part of bot/engine. Knows no text.

One hidden layer, trained with noise on its input and with dropout, so that it learns regions of
meaning and not the examples. Plain numpy: TensorFlow and the like are left out of the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Matrix = np.ndarray[Any, np.dtype[np.float32]]

_BATCH = 64
_FIRST, _SECOND = 0.9, 0.999  # how long Adam remembers the gradient, and its square
_RARE = -3.0  # where the output biases start: a label is rare


@dataclass(frozen=True)
class Schooling:
    """How a network is trained."""

    hidden: int = 768
    rounds: int = 24
    dropout: float = 0.4
    noise: float = 0.7  # in standard deviations of the input
    rate: float = 1e-3


def train(inputs: Matrix, truth: Matrix, schooling: Schooling, seed: int) -> list[Matrix]:
    """The weights [W1, b1, W2, b2] learned from standardised inputs and 0/1 labels."""
    chance = np.random.default_rng(seed)
    weights = _start(inputs.shape[1], schooling.hidden, truth.shape[1], chance)
    first = [np.zeros_like(part) for part in weights]
    second = [np.zeros_like(part) for part in weights]
    steps = schooling.rounds * -(-len(inputs) // _BATCH)
    step = 0
    for _ in range(schooling.rounds):
        order = chance.permutation(len(inputs))
        for begin in range(0, len(order), _BATCH):
            rows = order[begin : begin + _BATCH]
            slopes = _slopes(weights, inputs[rows], truth[rows], schooling, chance)
            step += 1
            rate = schooling.rate * (1 - step / steps) + 1e-5
            grown, squared = 1 - _FIRST**step, 1 - _SECOND**step
            for part, slope, one, two in zip(weights, slopes, first, second, strict=True):
                one += (1 - _FIRST) * (slope - one)
                two += (1 - _SECOND) * (slope * slope - two)
                part -= rate * (one / grown) / (np.sqrt(two / squared) + 1e-8)
    return weights


def probabilities(weights: list[Matrix], inputs: Matrix) -> Matrix:
    """One row an input, one column a label."""
    inner, inner_bias, outer, outer_bias = weights
    return sigmoid(np.maximum(inputs @ inner + inner_bias, 0) @ outer + outer_bias)


def sigmoid(values: Any) -> Matrix:
    """The logistic function, without overflow."""
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))), np.float32)


def _start(size: int, hidden: int, labels: int, chance: np.random.Generator) -> list[Matrix]:
    return [
        chance.normal(0, np.sqrt(2 / size), (size, hidden)).astype(np.float32),
        np.zeros(hidden, np.float32),
        chance.normal(0, np.sqrt(1 / hidden), (hidden, labels)).astype(np.float32),
        np.full(labels, _RARE, np.float32),
    ]


def _slopes(
    weights: list[Matrix],
    inputs: Matrix,
    truth: Matrix,
    schooling: Schooling,
    chance: np.random.Generator,
) -> list[Matrix]:
    """The gradient of the mean cross-entropy for one batch."""
    inner, inner_bias, outer, outer_bias = weights
    seen = inputs + schooling.noise * chance.standard_normal(inputs.shape, np.float32)
    before = seen @ inner + inner_bias
    kept = chance.random(before.shape, np.float32) >= schooling.dropout
    open_gate = (kept / (1 - schooling.dropout) * (before > 0)).astype(np.float32)
    hidden = before * open_gate
    error = (sigmoid(hidden @ outer + outer_bias) - truth) / len(inputs)
    back = (error @ outer.T) * open_gate
    return [seen.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)]
