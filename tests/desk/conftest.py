"""Fixtures of the desk's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conversation.vault import Vault
from tests.conftest import Clock
from tests.desk.world import World, build


@pytest.fixture
def world(tmp_path: Path, vault: Vault, clock: Clock) -> Iterator[World]:
    """An empty desk."""
    built = build(tmp_path, vault, clock)
    yield built
    built.database.engine.dispose()
