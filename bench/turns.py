"""What a turn costs early and late in a conversation, through the turn channel and through REST.

`python -m bench.turns` asks two servers of the same model the same texts; see docs/speed.md.
"""

import argparse
import time
from collections import defaultdict
from statistics import median

from app.engine_process import train
from app.settings import Settings
from bench.sides import Side, actions, rest_side, turn_side

OPENING = ("i need a lawyer near houston", "yes", "no", "thanks")
ROUND = ("im in chicago now", "is it free", "tell me about 1", "im in detroit now", "thanks")
"""Said over and over: two searches, a partner in full, two asides."""
AT = (5, 50, 200)
"""Turns at which a measured round begins; each begins a round, so the texts are the same."""

Figures = dict[tuple[str, str, int], list[float]]
"""By kind ("cpu", "wall": ms a turn; "memory": MB), side and turn of AT."""


def main() -> None:
    """Start both sides, walk the conversations, print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.turns")
    parser.add_argument("--conversations", type=int, default=4, help="of 204 turns; default 4")
    options = parser.parse_args()
    model = train(Settings(), print)
    with actions() as url:
        sides = [turn_side(model, url), rest_side(model, url)]
        try:
            ready = start(sides)
            walk(sides, "warm-up", AT[0], defaultdict(list))
            figures: Figures = defaultdict(list)
            for number in range(1, options.conversations + 1):
                walk(sides, f"conversation {number}", AT[-1], figures)
                print(f"{number} of {options.conversations} conversations", flush=True)
        finally:
            for side in sides:
                side.child.end()
    show([side.name for side in sides], ready, figures)


def start(sides: list[Side], times: int = 3) -> list[float]:
    """Start the sides so many times, turn about; for each the median seconds until ready."""
    seconds: list[list[float]] = [[] for _ in sides]
    for _ in range(times):
        for side, taken in zip(sides, seconds, strict=True):
            side.child.end()
            side.child.start()
            taken.append(side.child.wait_ready())
    return [median(taken) for taken in seconds]


def walk(sides: list[Side], conversation: str, last: int, figures: Figures) -> None:
    """One conversation with both sides, turn about, up to the end of the round at turn `last`."""
    texts = [*OPENING, *ROUND * (last // len(ROUND))]
    for turn, text in enumerate(texts, start=1):
        at = next((at for at in AT if at <= turn < at + len(ROUND)), None)
        said = set()
        for side in sides if turn % 2 else reversed(sides):
            cpu, wall = side.cpu_seconds(), time.perf_counter()
            said.add(tuple(side.say(conversation, text)))
            wall, cpu = time.perf_counter() - wall, side.cpu_seconds() - cpu
            if at:
                figures["cpu", side.name, at].append(1000 * cpu)
                figures["wall", side.name, at].append(1000 * wall)
                figures["memory", side.name, at].append(side.memory_mb())
        if len(said) > 1:
            raise RuntimeError(f"not comparable: at turn {turn} the sides said {said}")


def show(names: list[str], ready: list[float], figures: Figures) -> None:
    """Print a table in Markdown; the ratio is the peer's figure for one of ours."""
    turns = len(figures["cpu", names[0], AT[0]])
    row(f"median (p95) of {turns} turns", *names, "ratio")
    row(*["---"] * 4)
    for kind in ("cpu", "wall"):
        medians = {at: [median(figures[kind, name, at]) for name in names] for at in AT}
        for at in AT:
            p95 = [sorted(figures[kind, name, at])[-1 - turns // 20] for name in names]
            cells = (f"{m:.0f} ({p:.0f}) ms" for m, p in zip(medians[at], p95, strict=True))
            row(f"{kind}, turn {at}", *cells, ratio(*medians[at]))
        row(f"{kind}, turn {AT[-1]} : {AT[0]}", *map(ratio, medians[AT[0]], medians[AT[-1]]), "")
    for at in AT:
        # Of the first conversation: later ones add to what a server that keeps them holds.
        memory = [figures["memory", name, at][len(ROUND) - 1] for name in names]
        row(f"memory, turn {at}", *(f"{held:.0f} MB" for held in memory), ratio(*memory))
    row("ready after", *(f"{seconds:.1f} s" for seconds in ready), ratio(*ready))


def ratio(one: float, other: float) -> str:
    """How many times `one` the `other` is."""
    return f"{other / one:.1f}"


def row(*cells: str) -> None:
    """One line of the table."""
    print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
