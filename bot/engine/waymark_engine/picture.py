"""Draws how well messages are understood: part of bot/engine. Sees labels and counts, no text.

    python -m waymark_engine.picture FILE < figures.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot  # noqa: E402 (the way of drawing is chosen before)

_NOTHING = "nothing"


def draw(data: dict[str, Any], file: Path) -> None:
    """Write the picture of `languages`, `labels`, `f1` (a row a label) and `confusions`."""
    labels, languages = data["labels"], data["languages"]
    height = 2 + 0.22 * len(labels)
    figure, (left, right) = pyplot.subplots(
        1, 2, figsize=(20, height), gridspec_kw={"width_ratios": [1, 2.2]}, layout="constrained"
    )
    _f1(left, data["f1"], labels, languages)
    _taken_for(right, data["confusions"], [*labels, _NOTHING])
    figure.savefig(file, dpi=110)


def _f1(axes: Any, rows: list[list[float | None]], labels: list[str], languages: list[str]) -> None:
    values = [[float("nan") if value is None else value for value in row] for row in rows]
    axes.imshow(values, cmap="RdYlGn", vmin=0, vmax=1, aspect="auto")
    axes.set_xticks(range(len(languages)), languages)
    axes.set_yticks(range(len(labels)), labels, fontsize=7)
    axes.set_title("F1 by label and language (empty: not among the messages)", fontsize=10)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                axes.text(column, at, f"{value:.2f}", ha="center", va="center", fontsize=6)


def _taken_for(axes: Any, confusions: list[list[Any]], labels: list[str]) -> None:
    table = [[0] * len(labels) for _ in labels]
    for meant, found, times in confusions:
        table[labels.index(meant)][labels.index(found)] = times
    axes.imshow(table, cmap="Blues", aspect="auto")
    axes.set_xticks(range(len(labels)), labels, fontsize=7, rotation=90)
    axes.set_yticks(range(len(labels)), labels, fontsize=7)
    axes.set_xlabel("found")
    axes.set_ylabel("meant")
    axes.set_title("What is taken for what (only what went wrong)", fontsize=10)
    for at, row in enumerate(table):
        for column, times in enumerate(row):
            if times:
                axes.text(column, at, str(times), ha="center", va="center", fontsize=6)


def main() -> None:
    """Read the figures from standard input and write the file that is named."""
    try:
        draw(json.load(sys.stdin), Path(sys.argv[1]))
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
