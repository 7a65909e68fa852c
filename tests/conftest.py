"""Fixtures of all rooms: databases of both kinds, migrated as in production, and a clock."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from app.database import Database, migrate, open_database
from app.settings import Settings
from conversation.vault import Vault
from tests.support.postgres import postgres_server


@dataclass
class Clock:
    """A clock that a test sets."""

    now: datetime = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock at a Tuesday evening."""
    return Clock()


@pytest.fixture(scope="session")
def vault() -> Vault:
    """Keys of the tests' own."""
    return Vault([Vault.new_key()])


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server for the whole run."""
    with postgres_server() as url:
        yield url


def _settings(url: str, folder: Path) -> Settings:
    return Settings(_env_file=None, database_url=url, data_dir=folder)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory, vault: Vault) -> Path:
    """A migrated, empty SQLite file to copy: quicker than migrating one for each test."""
    file = tmp_path_factory.mktemp("migrated") / "waymark.db"
    opened = open_database(_settings(f"sqlite:///{file}", file.parent), vault)
    migrate(opened)
    opened.engine.dispose()
    return file


@pytest.fixture(scope="session")
def migrated_postgres(
    postgres_url: str, tmp_path_factory: pytest.TempPathFactory, vault: Vault
) -> str:
    """The address of a migrated PostgreSQL database."""
    opened = open_database(_settings(postgres_url, tmp_path_factory.mktemp("pg")), vault)
    migrate(opened)
    opened.engine.dispose()
    return postgres_url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path, vault: Vault) -> Iterator[Database]:
    """A migrated, empty database, of each kind in turn."""
    if request.param == "sqlite":
        file = shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path)
        opened = open_database(_settings(f"sqlite:///{file}", tmp_path), vault)
    else:
        url = request.getfixturevalue("migrated_postgres")
        opened = open_database(_settings(url, tmp_path), vault)
        _empty(opened)
    yield opened
    opened.engine.dispose()


def _empty(opened: Database) -> None:
    """Empty every table: quicker than making them anew for each test."""
    with opened.engine.begin() as connection:
        names = inspect(connection).get_table_names()
        tables = ", ".join(f'"{name}"' for name in names if name != "alembic_version")
        connection.execute(text(f"TRUNCATE {tables} CASCADE"))
