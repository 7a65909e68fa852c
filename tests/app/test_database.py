"""The migrations lead to the models of today, on both databases, and back."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

import desk.models
from app.database import BadDatabase, Database, alembic_config, migrate, open_database
from app.settings import Settings
from conversation.models import Base as CoreBase
from conversation.vault import Vault
from directory.models import Base as DirectoryBase


def test_migrations_and_models_agree(database: Database) -> None:
    assert desk.models.Account.metadata is CoreBase.metadata
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        for base in (CoreBase, DirectoryBase):
            tables = set(base.metadata.tables)
            differences = [
                item
                for item in compare_metadata(context, base.metadata)
                # Tables of the other room are not missing here.
                if not (item[0] == "remove_table" or _table_of(item) not in tables)
            ]
            assert differences == []


def _table_of(item: object) -> str:
    """The name of the table that a difference is about."""
    thing = item[0] if isinstance(item, list) else item
    assert isinstance(thing, tuple)
    named = thing[1] if hasattr(thing[1], "name") else None
    table = getattr(named, "table", None)
    return str(table.name if table is not None else getattr(named, "name", thing[2]))


def test_every_migration_can_be_taken_back(tmp_path: Path, vault: Vault) -> None:
    opened = open_database(Settings(_env_file=None, data_dir=tmp_path), vault)
    migrate(opened)
    command.downgrade(alembic_config(opened.engine), "base")
    assert inspect(opened.engine).get_table_names() == ["alembic_version"]
    migrate(opened)
    opened.engine.dispose()


def test_a_database_that_cannot_be_opened_is_one_clear_sentence(
    tmp_path: Path, vault: Vault
) -> None:
    (tmp_path / "waymark.db").write_text("this is no database, but a letter" * 200)
    with pytest.raises(BadDatabase, match="check WAYMARK_DATABASE_URL"):
        open_database(Settings(_env_file=None, data_dir=tmp_path), vault)
    with pytest.raises(BadDatabase, match="cannot open the database") as problem:
        open_database(
            Settings(
                _env_file=None,
                database_url="postgresql://waymark:secret-word@127.0.0.1:1/none",
                data_dir=tmp_path,
            ),
            vault,
        )
    assert "secret-word" not in str(problem.value)


def test_a_command_on_a_bad_database_ends_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "waymark.db").write_text("this is no database, but a letter" * 200)
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "accounts", "add", "maria"],
        env={"WAYMARK_DATA_DIR": str(tmp_path), "PATH": "/usr/bin"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("waymark: cannot open the database")
    assert len(done.stderr.strip().splitlines()) == 1
