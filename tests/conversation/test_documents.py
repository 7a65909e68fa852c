"""What the documents list of the core is what the core has."""

import re
from pathlib import Path

from conversation.commands import COMMANDS
from tests.conversation.conftest import Core

ARCHITECTURE = Path(__file__).parents[2] / "docs" / "architecture.md"


def listed(heading: str) -> set[str]:
    """The names in the first column of the table after a heading."""
    table = ARCHITECTURE.read_text(encoding="utf-8").partition(heading)[2].partition("\n\n")[2]
    rows = table.partition("\n\n")[0].splitlines()[2:]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}


def test_every_command_is_listed() -> None:
    assert listed("**Commands**") == set(COMMANDS)


def test_every_fact_is_listed(core: Core) -> None:
    core.say("i need food")
    assert listed("**Facts**") == set(core.engine.asked[-1][0]["facts"])
