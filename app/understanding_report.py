"""How well the held-back messages are understood, as tables and as a picture."""

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app import engine_process
from app.engine_process import EngineProblem
from app.held_back import Judged, read
from app.settings import Settings
from app.understanding_figures import (
    NEED,
    Figures,
    Pair,
    alarms,
    confusions,
    figures,
    labels_found,
    labels_of,
)
from conversation.core_words import Danger
from conversation.ports import Engine
from conversation.understanding import Reading, understand
from directory.vocabulary import Need

NEEDS = frozenset(map(str, Need))
MOST_CONFUSIONS = 25
NONE = "-"
AT_ONCE = 32
"""So many messages go to the engine together."""
# Where no terminal says how wide it is: a file or a pipe takes lines of any length.
WIDE = 240


def evaluate(engine: Engine, settings: Settings, picture: Path | None) -> None:
    """Judge the held-back messages as if they came in, print the figures, draw them if asked.

    Raises BadHeldBack, EngineUnavailable, EngineProblem.
    """
    judged = read()
    readings = [
        reading
        for start in range(0, len(judged), AT_ONCE)
        for reading in understand(engine, [one.text for one in judged[start : start + AT_ONCE]])
    ]
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    show(console, judged, readings)
    if picture is not None:
        draw(settings, picture, judged, readings)


def show(console: Console, judged: Sequence[Judged], readings: Sequence[Reading]) -> None:
    """Print the tables: by language, by label and language, and what is taken for what."""
    pairs = list(zip(judged, readings, strict=True))
    languages = sorted({message.language for message in judged})
    console.print(_by_language(pairs, languages))
    console.print(_by_label(pairs, languages))
    console.print(_confusions(pairs))


def _by_language(pairs: list[Pair], languages: list[str]) -> Table:
    table = Table(title="Needs and alarms by language", title_justify="left")
    for column in ("", "texts", "needs: recall", "precision", "F1", "plain F1", "hard F1"):
        table.add_column(column, justify="left" if not column else "right")
    table.add_column("danger, self-harm found", justify="right")
    table.add_column("false alarms", justify="right")
    table.add_column("human found", justify="right")
    for name in ["all", *languages]:
        own = [pair for pair in pairs if name in ("all", pair[0].language)]
        found = figures(own, NEEDS)
        parts = [
            figures([pair for pair in own if pair[0].hard is hard], NEEDS) for hard in (False, True)
        ]
        rung, human = alarms(own), figures(own, {"human"})
        table.add_row(
            name,
            str(len(own)),
            _two(found.recall),
            _two(found.precision),
            _two(found.f1),
            *(_two(part.f1) for part in parts),
            f"{rung.found} of {rung.meant}",
            f"{rung.false} of {rung.calm} ({100 * rung.false / max(rung.calm, 1):.1f} %)",
            f"{human.right} of {human.meant}",
        )
    return table


def _by_label(pairs: list[Pair], languages: list[str]) -> Table:
    table = Table(title="Recall / precision by label and language", title_justify="left")
    for column in ("label", "meant", "recall", "precision", "F1", *languages):
        table.add_column(column, justify="left" if column == "label" else "right")
    for label in _labels(pairs):
        whole = figures(pairs, {label})
        each = [_of(pairs, label, language) for language in languages]
        table.add_row(
            label,
            str(whole.meant),
            _two(whole.recall),
            _two(whole.precision),
            _two(whole.f1),
            *(f"{_two(one.recall)}/{_two(one.precision)}" for one in each),
        )
    return table


def _confusions(pairs: list[Pair]) -> Table:
    table = Table(title="What is taken for what", title_justify="left")
    for column in ("meant", "found", "times"):
        table.add_column(column, justify="right" if column == "times" else "left")
    for (meant, found), times in confusions(pairs).most_common(MOST_CONFUSIONS):
        table.add_row(meant, found, str(times))
    return table


def _of(pairs: list[Pair], label: str, language: str) -> Figures:
    return figures([pair for pair in pairs if pair[0].language == language], {label})


def _labels(pairs: list[Pair]) -> list[str]:
    """The needs in the order of N1-N26, the alarms, then the intents that were meant or found."""
    seen = {
        label for judged, reading in pairs for label in labels_of(judged) | labels_found(reading)
    }
    first = [*map(str, Need), *(kind.value for kind in Danger)]
    return [label for label in first if label in seen] + sorted(seen - {*first, NEED})


def _two(value: float | None) -> str:
    return NONE if value is None else f"{value:.2f}"


def draw(
    settings: Settings, file: Path, judged: Sequence[Judged], readings: Sequence[Reading]
) -> None:
    """Write the picture: F1 by label and language, and the confusions. Raises EngineProblem.

    It is drawn in the engine's environment, where a library for it is installed anyway.
    """
    pairs = list(zip(judged, readings, strict=True))
    languages = sorted({message.language for message in judged})
    labels = _labels(pairs)
    data = {
        "languages": languages,
        "labels": labels,
        "f1": [[_of(pairs, label, language).f1 for language in languages] for label in labels],
        "confusions": [[*pair, times] for pair, times in sorted(confusions(pairs).items())],
    }
    command = [engine_process.engine_python(settings), "-m", "waymark_engine.picture", str(file)]
    done = subprocess.run(  # noqa: S603 - the command is ours
        command,
        env={**os.environ, **engine_process.environment(settings, "", "")},
        input=json.dumps(data),
        text=True,
        capture_output=True,
    )
    if done.returncode != 0:
        raise EngineProblem(f"--picture: {file} could not be drawn: {done.stderr.strip()[-300:]}")
