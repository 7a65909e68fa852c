"""Fixtures of the desk's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from conversation.vault import Vault
from desk import accounts
from tests.conftest import Clock
from tests.desk.world import World, build


@pytest.fixture
def world(tmp_path: Path, vault: Vault, clock: Clock) -> Iterator[World]:
    """An empty desk."""
    built = build(tmp_path, vault, clock)
    yield built
    built.database.engine.dispose()


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real hashes of little work: nobody guesses at the tests' passwords."""
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", quick)
