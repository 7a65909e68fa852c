"""Measures the understanding by cross-validation: part of bot/engine. Never looks at real messages.

    python -m waymark_engine.evaluate --project bot --folds 5

Each text is judged by a classifier that has not seen it. The figures in docs/understanding.md and
the thresholds in waymark_engine.decision come from here.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from waymark_engine.classifier import Classifier, fit
from waymark_engine.decision import NEED, URGENT, Thresholds, clauses, combine, decide
from waymark_engine.encoder import CachingEncoder, cache_folder
from waymark_engine.examples import Example, from_project
from waymark_engine.quiet import be_quiet

_SCAN = tuple(round(0.1 + 0.05 * step, 2) for step in range(15))


def main(arguments: list[str] | None = None) -> None:
    """Print recall, precision and F1 per kind of label, label and language."""
    parser = argparse.ArgumentParser(prog="python -m waymark_engine.evaluate")
    parser.add_argument("--project", default="bot", help="folder of data/nlu/<language>/")
    parser.add_argument("--folds", default=5, type=int, help="in how many parts the texts are cut")
    parser.add_argument("--only", default=None, type=int, help="judge the first N parts only")
    options = parser.parse_args(arguments)
    be_quiet()
    examples = from_project(Path(options.project))
    labels, values = held_back(examples, options.folds, options.only or options.folds)
    judged = np.flatnonzero(~np.isnan(values[:, 0]))
    report([examples[at] for at in judged], labels, values[judged])


def held_back(examples: list[Example], folds: int, only: int) -> tuple[tuple[str, ...], Any]:
    """The labels, and a row of probabilities an example, from classifiers that did not see it.

    Rows of parts that were left out hold NaN.
    """
    begun = time.monotonic()
    encoder = CachingEncoder(cache_folder())
    texts = [example.text for example in examples]
    vectors = encoder.vectors(texts)
    parts = [clauses(text) for text in texts]
    part_vectors = encoder.vectors([part for each in parts for part in each])
    starts = np.cumsum([0, *(len(each) for each in parts)])
    needs = {need for example in examples for need in example.needs}
    fold = np.random.default_rng(3).permutation(len(examples)) % folds
    labels: tuple[str, ...] = ()
    values = np.zeros((0, 0), np.float32)
    for number in range(only):
        seen, unseen = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        model = fit([texts[at] for at in seen], vectors[seen], [examples[at].labels for at in seen])
        classifier = Classifier(model)
        if not labels:
            labels = classifier.labels
            values = np.full((len(examples), len(labels)), np.nan, np.float32)
        columns = [labels.index(need) for need in needs]
        whole = classifier.probabilities([texts[at] for at in unseen], vectors[unseen])
        for row, at in zip(whole, unseen, strict=True):
            own = part_vectors[starts[at] : starts[at + 1]]
            of_parts = classifier.probabilities(parts[at], own) if parts[at] else ()
            values[at] = combine(row, of_parts, columns)
        print(f"part {number + 1} of {folds}, {time.monotonic() - begun:.0f} s", flush=True)
    return labels, values


def report(examples: list[Example], labels: tuple[str, ...], values: Any) -> None:
    """Print the tables."""
    needs = {need for example in examples for need in example.needs}
    answers = [
        decide(dict(zip(labels, map(float, row), strict=True)), needs, Thresholds())
        for row in values
    ]
    pairs = list(zip(examples, answers, strict=True))
    print(f"\n{len(examples)} texts, {len(needs)} needs, {len(labels) - len(needs)} intents")
    print(f"\n{'needs':28}{_heading()}")
    _line("all", pairs, needs, _needs_of, _needs_found)
    for language in sorted({example.language for example in examples}):
        own = [pair for pair in pairs if pair[0].language == language]
        _line(language, own, needs, _needs_of, _needs_found)
    print(f"\n{'by need':28}{_heading()}")
    for need in sorted(needs):
        _line(need, pairs, {need}, _needs_of, _needs_found)
    intents = set(labels) - needs
    print(f"\n{'intents':28}{_heading()}")
    _line("all but need", pairs, intents, _intent_of, _intent_found)
    for intent in sorted({*intents, NEED}):
        _line(intent, pairs, {intent}, _intent_of, _intent_found)
    print("\nintent right, and a low confidence (< 0.5) where it is wrong")
    _confidence(pairs)
    print("\ndanger or self-harm: found, and false alarms among all other texts")
    _danger("all", pairs)
    for language in sorted({example.language for example in examples}):
        _danger(language, [pair for pair in pairs if pair[0].language == language])
    _scan(examples, labels, values, needs)


def _needs_of(example: Example) -> set[str]:
    return set(example.needs)


def _needs_found(found: dict[str, Any]) -> set[str]:
    return set(found["needs"])


def _intent_of(example: Example) -> set[str]:
    return {example.intent}


def _intent_found(found: dict[str, Any]) -> set[str]:
    return {found["intent"]["name"]}


def _heading() -> str:
    return f"{'texts':>8}{'recall':>8}{'prec.':>8}{'F1':>8}"


def _line(
    name: str,
    pairs: list[tuple[Example, dict[str, Any]]],
    labels: Iterable[str],
    wanted: Callable[[Example], set[str]],
    found: Callable[[dict[str, Any]], set[str]],
) -> None:
    among = set(labels)
    truth = [wanted(example) & among for example, _ in pairs]
    given = [found(answer) & among for _, answer in pairs]
    right = sum(len(one & other) for one, other in zip(truth, given, strict=True))
    print(f"{name:28}{_figures(right, sum(map(len, truth)), sum(map(len, given)))}")


def _figures(right: int, wanted: int, given: int) -> str:
    recall, precision = right / max(wanted, 1), right / max(given, 1)
    return f"{wanted:8}{recall:8.2f}{precision:8.2f}{2 * right / max(wanted + given, 1):8.2f}"


def _confidence(pairs: list[tuple[Example, dict[str, Any]]]) -> None:
    right = [example.intent == found["intent"]["name"] for example, found in pairs]
    low = [found["confidence"] < 0.5 for _, found in pairs]
    wrong = len(pairs) - sum(right)
    unsure = sum(1 for good, unsure in zip(right, low, strict=True) if unsure and not good)
    print(f"right {sum(right) / len(pairs):.2f}, of the wrong unsure {unsure / max(wrong, 1):.2f}")


def _danger(name: str, pairs: list[tuple[Example, dict[str, Any]]]) -> None:
    urgent = [bool(found["danger"]) for example, found in pairs if example.intent in URGENT]
    others = [bool(found["danger"]) for example, found in pairs if example.intent not in URGENT]
    rate = 100 * sum(others) / max(len(others), 1)
    print(f"{name:8}{sum(urgent):5} of {len(urgent):4}   false {sum(others):4} ({rate:.1f} %)")


def _scan(examples: list[Example], labels: tuple[str, ...], values: Any, needs: set[str]) -> None:
    """What other thresholds would give."""
    columns = [at for at, label in enumerate(labels) if label in needs]
    truth = np.array([[labels[at] in example.needs for at in columns] for example in examples])
    intents = np.array([example.intent for example in examples])
    print("\nthreshold  needs recall  precision    F1", end="")
    print("".join(f"{label:>12} found   false" for label in URGENT))
    for threshold in _SCAN:
        given = values[:, columns] >= threshold
        right = (given & truth).sum()
        recall, precision = right / max(truth.sum(), 1), right / max(given.sum(), 1)
        f1 = 2 * right / max(truth.sum() + given.sum(), 1)
        print(f"{threshold:9.2f}{recall:14.2f}{precision:11.2f}{f1:6.2f}", end="")
        for label in URGENT:
            alarm, calm = values[:, labels.index(label)] >= threshold, ~np.isin(intents, URGENT)
            print(f"{alarm[intents == label].mean():18.2f}{alarm[calm].mean():8.3f}", end="")
        print()


if __name__ == "__main__":
    main()
