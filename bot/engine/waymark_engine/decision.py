"""From probabilities to what a text means: part of bot/engine. Knows no Rasa and keeps no text.

A need counts when the whole text or one of its clauses shows it; danger is only ever looked for in
the whole text, since clauses of a story told calmly sound alarming by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np

NEED = "need"
NOTHING = "other"
URGENT = ("danger", "self_harm")  # the more urgent first

_SURE_ALARM = 0.5  # heard whatever else the text may be
_AKIN = ("help", "human", "unsafe", "mental_health_care", "crisis_intervention")  # to an alarm
# With a need beside them, the need is what matters.
_SOCIAL = ("greet", "thanks", "small_talk", "abuse", "wrong_number", NOTHING)
# These turn somebody away ("I need to find my daughter"), so they are only heard when likely.
_TURNS_AWAY = ("abuse", "wrong_number", "press", "asks_about_someone", "outsider")
_SURE_TO_TURN_AWAY = 0.5
# These end the talk until they write again: a guess must not ("please stop it happening again").
# And "need food" must not be taken for its contrary.
_SURE_TO_SILENCE = {"unsafe": 0.25, "stop": 0.45, "not_needed": 0.35}
_CLAUSE_END = re.compile(
    r"[.!?;,\n…。！？；，、।؟،]+|\s+(?:and|plus|also|but|only|y|e|o|pero|sino|nom[aá]s|tambi[eé]n|et|aussi|epi|at|và|и|также|और|و)\s+",
    re.IGNORECASE,
)
_MOST_CLAUSES = 6
_CLAUSE_WEIGHT = 0.25  # more finds more needs in lists, and more that are not there
# A list: so many parts of so many words, each of which must show its need this surely.
_SHORTEST_LIST, _LONGEST_LIST, _LONGEST_LISTED, _SURELY_LISTED = 4, 10, 5, 0.5
_SHORTEST_CLAUSE = 8  # characters
_SHORTEST_DENSE_CLAUSE = 4  # in scripts that say as much with fewer
_DENSE = re.compile(r"[぀-ヿ㐀-鿿가-힯]")
_SHOWN_FROM = 0.05


@dataclass(frozen=True)
class Thresholds:
    """From which probability on a label is given; measured by waymark_engine.evaluate."""

    need: float = 0.25
    danger: float = 0.27
    self_harm: float = 0.18  # rarer among the examples, so the classifier is shy of it
    intent: float = 0.25
    floor: float = 0.12


def clauses(text: str) -> list[str]:
    """The parts of a text that may each hold a need; none when it has only one."""
    parts = [part.strip() for part in _CLAUSE_END.split(text)]
    long_enough = [part for part in parts if len(part) >= _shortest(part)]
    return long_enough[-_MOST_CLAUSES:] if len(long_enough) > 1 else []


def listed(text: str) -> list[str]:
    """What a text lists in a few words each: "comida, ropa, doctor, abogado"; else nothing."""
    parts = [part.strip() for part in _CLAUSE_END.split(text)]
    parts = [part for part in parts if part]
    short = all(len(part.split()) <= _LONGEST_LISTED for part in parts)
    return parts if short and _SHORTEST_LIST <= len(parts) <= _LONGEST_LIST else []


def add_listed(values: Any, rows: Any, need_columns: Sequence[int]) -> Any:
    """The probabilities, with those of the needs that a listed part surely shows by itself."""
    values = values.copy()
    for row in rows:
        at = max(need_columns, key=lambda column: row[column])
        if row[at] >= _SURELY_LISTED:
            values[at] = max(values[at], row[at])
    return values


def _shortest(part: str) -> int:
    return _SHORTEST_DENSE_CLAUSE if _DENSE.search(part) else _SHORTEST_CLAUSE


def parts_of(text: str, table: Any, labels: Sequence[str], needs: Set[str], at: float) -> list[Any]:
    """Where each clause stands, [from, to], and which needs it shows by itself, as a list.

    `table` holds the clauses' probabilities. So "no food, just a bed" can be read in its parts.
    """
    found: list[Any] = []
    end = 0
    for clause, row in zip(clauses(text), table, strict=True):
        start = text.index(clause, end)
        end = start + len(clause)
        shown = zip(labels, row, strict=True)
        found.append([start, end, [label for label, p in shown if label in needs and p >= at]])
    return found


def combine(whole: Any, parts: Any, need_columns: Sequence[int]) -> Any:
    """The whole text's probabilities, those of needs lifted towards their best clause's."""
    values = whole.copy()
    if len(parts):
        columns = list(need_columns)
        best = np.maximum(parts.max(axis=0), whole)
        values[columns] += _CLAUSE_WEIGHT * (best[columns] - whole[columns])
    return values


def decide(by_label: dict[str, float], needs: Set[str], thresholds: Thresholds) -> dict[str, Any]:
    """Intent, needs, danger, confidence and labels of a text whose labels have these probabilities.

    `needs` says which labels are needs. The confidence is that of the least certain label given.
    """
    given = sorted(
        (need for need in needs if by_label[need] >= thresholds.need),
        key=lambda need: (-by_label[need], need),
    )
    from_on = {"danger": thresholds.danger, "self_harm": thresholds.self_harm}
    heard = alarms(by_label, needs)
    danger = next((urgent for urgent in URGENT if heard[urgent] >= from_on[urgent]), None)
    calm = sorted(label for label in by_label.keys() - needs if _may_be_meant(label, by_label))
    intent = max(calm, key=lambda label: by_label[label], default=NOTHING)
    sure = by_label.get(intent, 0.0)
    if danger:
        intent = danger
    elif given and (sure < thresholds.intent or intent in _SOCIAL):
        intent = NEED
    elif not given and sure < thresholds.intent:
        intent, given = _best_guess(by_label, needs, intent, thresholds.floor)
    labels = [*given, *([] if intent == NEED else [intent])]
    confidence = min((by_label.get(label, 0.0) for label in labels), default=0.0)
    return answer(intent, confidence, given, danger or False, by_label)


def _may_be_meant(label: str, by_label: dict[str, float]) -> bool:
    """Whether a label that is no need may be the main intent, beside danger."""
    turned_away = label in _TURNS_AWAY and by_label[label] < _SURE_TO_TURN_AWAY
    silenced = by_label[label] < _SURE_TO_SILENCE.get(label, 0.0)
    return label not in URGENT and not turned_away and not silenced


def alarms(by_label: dict[str, float], needs: Set[str]) -> dict[str, float]:
    """How much of an alarm danger and self-harm are, between 0 and 1.

    An unsure one counts nothing when the text is likelier to be something else: a question about
    the police, a figure of speech; for self-harm also a need, since having nowhere to sleep sounds
    like despair. Needs are no rival of danger, people in danger name them.
    """
    rivals = {label: by_label[label] for label in by_label.keys() - {*URGENT, *_AKIN}}
    strongest = {
        "danger": max((rivals[label] for label in rivals.keys() - needs), default=0.0),
        "self_harm": max(rivals.values(), default=0.0),
    }
    values = {urgent: by_label.get(urgent, 0.0) for urgent in URGENT}
    return {
        urgent: value if value >= min(strongest[urgent], _SURE_ALARM) else 0.0
        for urgent, value in values.items()
    }


def _best_guess(
    by_label: dict[str, float], needs: Set[str], intent: str, floor: float
) -> tuple[str, list[str]]:
    """Nothing is certain: the likeliest single label, or nothing at all below the floor."""
    need = max(sorted(needs), key=lambda label: by_label[label], default=None)
    if need and by_label[need] > by_label.get(intent, 0.0):
        return (NEED, [need]) if by_label[need] >= floor else (NOTHING, [])
    return (intent, []) if by_label.get(intent, 0.0) >= floor else (NOTHING, [])


def answer(
    intent: str, confidence: float, needs: list[str], danger: str | bool, by_label: dict[str, float]
) -> dict[str, Any]:
    """What the component sets on a message."""
    shown = {label: round(value, 3) for label, value in by_label.items() if value >= _SHOWN_FROM}
    return {
        "intent": {"name": intent, "confidence": confidence},
        "needs": needs,
        "danger": danger,
        "confidence": confidence,
        "labels": shown,
    }
