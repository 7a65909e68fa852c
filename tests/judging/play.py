"""Prints judged conversations for reading: `python -m tests.judging.play --language es --only bed`.

> what the survivor wrote            [what it was understood as]
< what came back                     (its message ids)
"""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.judging.rules import Broken, judge
from tests.judging.scripts import read_all
from tests.judging.stage import Transcript, Turn, theatre


def main() -> int:
    """Play, print, judge; 1 when a rule does not hold."""
    parser = argparse.ArgumentParser(description="Print judged conversations.")
    parser.add_argument("--language", help="only this language, such as es")
    parser.add_argument("--only", default="", help="only those with this in title or texts")
    parser.add_argument("--broken", action="store_true", help="only those that break a rule")
    parser.add_argument("--brief", action="store_true", help="broken rules without transcripts")
    given = parser.parse_args()
    scripts = [
        script
        for script in read_all()
        if given.language in (None, script.language)
        and given.only in " ".join([script.title, *(t for s in script.steps for t in s.texts)])
    ]
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, theatre(Path(folder)) as house:
        for script in scripts:
            played = house.play(script)
            broken = judge(played, house)
            counts.update(one.rule for one in broken)
            counts["(conversations)"] += 1
            counts["(conversations with something broken)"] += bool(broken)
            if broken or not given.broken:
                show(played, broken, brief=given.brief)
    for rule, count in counts.most_common():
        print(f"{count:5}  {rule}")
    return int(any(not rule.startswith("(") for rule in counts))


def show(played: Transcript, broken: list[Broken], *, brief: bool) -> None:
    """Print one conversation, and what is broken in it."""
    script = played.script
    print(f"\n== {script.name}   ({script.where}; wants {' '.join(sorted(script.wants))})")
    if not brief:
        for turn in played.turns:
            show_turn(turn)
    for one in broken:
        print(f"  !! {one if brief else f'{one.rule}, turn {one.turn + 1}: {one.why}'}")


def show_turn(turn: Turn) -> None:
    """Print one turn."""
    step = turn.step
    marks = sorted(step.marks) + ([f"silence {step.silence}"] if step.silence else [])
    if marks:
        print(f"  @ {', '.join(marks)}")
    # What an advocate's coming and going said comes before the survivor's text.
    for text in step.texts:
        print(f"  > {text}")
    state = [
        name for name in ("paused", "opted_out", "live", "agreed", "alarm") if getattr(turn, name)
    ]
    print(f"      [{turn.understood or 'the core'}] {' '.join(turn.commands)} {' '.join(state)}")
    for said in turn.said:
        for number, line in enumerate(said.text.splitlines()):
            print(f"  {'<' if not number else ' '} {line}")
        print(f"      ({' '.join(said.ids)})")


if __name__ == "__main__":
    sys.exit(main())
