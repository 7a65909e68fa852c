"""What a turn costs early and late in a conversation, through the turn channel and through REST.

    .venv/bin/python -m bench.turns

Two servers of the same model are asked the same texts in turn; docs/speed.md explains the table.
"""

import argparse
import time
from collections import defaultdict
from dataclasses import dataclass
from statistics import median, quantiles

from bench.sides import Side, actions, rest_side, train, turn_side
from bot.actions.server import ACTIONS

OPENING = ("i need a lawyer near houston", "yes", "no", "thanks")
ROUND = ("im in chicago now", "is it free", "tell me about 1", "im in detroit now", "thanks")
"""Said over and over: two searches, a partner in full, two asides."""
AT = (5, 50, 200)
"""Where a round is measured; each begins a round, so the texts are the same everywhere."""
LAST = AT[-1] + len(ROUND) - 1


class NotComparable(RuntimeError):
    """The sides said different things, so that their costs cannot be compared."""


@dataclass(frozen=True)
class Cost:
    """One turn: processor time of the server, and time until its answer, in ms."""

    cpu: float
    wall: float


Costs = dict[tuple[str, int], list[Cost]]
Memory = dict[tuple[str, int], float]


def main() -> None:
    """Start both sides, walk the conversations, print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.turns")
    parser.add_argument("--conversations", type=int, default=4, help="of 204 turns each")
    parser.add_argument("--starts", type=int, default=3, help="of each side, for the ready time")
    options = parser.parse_args()
    model = train()
    with actions() as url:
        sides = [turn_side(model, url), rest_side(model, url)]
        try:
            ready = start(sides, options.starts)
            walk(sides, "warm-up", {}, {}, turns=AT[0] + len(ROUND) - 1)
            costs: Costs = defaultdict(list)
            memory: Memory = {}
            for number in range(options.conversations):
                walk(sides, f"conversation {number}", costs, memory if number == 0 else {})
                print(f"{number + 1} of {options.conversations} conversations", flush=True)
            show(sides, ready, costs, memory)
        finally:
            for side in sides:
                side.child.end()


def start(sides: list[Side], times: int) -> dict[str, float]:
    """Start each side so many times, one after the other; median seconds until it was ready."""
    seconds: dict[str, list[float]] = defaultdict(list)
    for _ in range(times):
        for side in sides:
            side.child.end()
            side.child.start()
            seconds[side.name].append(side.child.wait_ready())
    return {name: median(taken) for name, taken in seconds.items()}


def walk(
    sides: list[Side], conversation: str, costs: Costs, memory: Memory, turns: int = LAST
) -> None:
    """One conversation with both sides, turn about; what is measured is added to the last two."""
    for turn in range(1, turns + 1):
        text = OPENING[turn - 1] if turn <= len(OPENING) else ROUND[(turn - AT[0]) % len(ROUND)]
        measured = next((at for at in AT if at <= turn < at + len(ROUND)), None)
        said = {}
        for side in sides if turn % 2 else reversed(sides):
            said[side.name], cost = ask(side, conversation, text)
            if measured:
                costs.setdefault((side.name, measured), []).append(cost)
                memory[side.name, measured] = side.memory_mb()
        if len({tuple(words) for words in said.values()}) != 1:
            raise NotComparable(f"at turn {turn} the sides said different things: {said}")


def ask(side: Side, conversation: str, text: str) -> tuple[list[str], Cost]:
    """Take one turn; the ids said and what it cost."""
    cpu, wall = side.cpu_seconds(), time.perf_counter()
    said = side.say(conversation, text)
    wall, cpu = time.perf_counter() - wall, side.cpu_seconds() - cpu
    return said, Cost(1000 * cpu, 1000 * wall)


def show(sides: list[Side], ready: dict[str, float], costs: Costs, memory: Memory) -> None:
    """Print a table in Markdown; the last column is the peer's figure for one of ours."""
    ours, peer = (side.name for side in sides)
    row(f"median (p95), {len(costs[ours, AT[0]])} turns each", ours, peer, "ratio")
    print("| --- | --- | --- | --- |")
    for kind in ("cpu", "wall"):
        for at in AT:
            times = [[getattr(cost, kind) for cost in costs[name, at]] for name in (ours, peer)]
            cells = [f"{median(each):.0f} ({p95(each):.0f}) ms" for each in times]
            row(f"{kind}, turn {at}", *cells, f"{median(times[1]) / median(times[0]):.1f}")
    for at in AT:
        one, other = memory[ours, at], memory[peer, at]
        row(f"memory, turn {at}", f"{one:.0f} MB", f"{other:.0f} MB", f"{other / one:.2f}")
    one, other = ready[ours], ready[peer]
    row("ready after", f"{one:.1f} s", f"{other:.1f} s", f"{other / one:.2f}")
    print(f"\n{len(ACTIONS)} actions; Linux clocks; ratio = {peer} : {ours}")


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(times, n=20, method="inclusive")[-1]


def row(*cells: str) -> None:
    """One line of the table."""
    print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
