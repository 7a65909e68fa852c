"""The migrations lead to the models of today, on both databases, and back."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

import desk.models
from app.database import BadDatabase, Database, alembic_config, migrate, open_database
from app.settings import Settings
from conversation.models import Base as CoreBase
from conversation.models import Conversation, Handoff
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


def test_who_wrote_before_discreet_mode_goes_on_as_before(database: Database) -> None:
    command.downgrade(alembic_config(database.engine), "0004")
    at = {"at": datetime(2026, 11, 24, 20, 0, tzinfo=UTC)}
    with database.engine.begin() as connection:
        for insert in (
            "INSERT INTO survivor (id, created_at) VALUES ('s', :at)",
            "INSERT INTO address (id, survivor_id, channel, lookup_hash) "
            "VALUES ('a', 's', 'sms', 'h')",
            "INSERT INTO conversation (id, survivor_id, address_id, channel, started_at, paused, "
            "last_seq, last_event, retries) VALUES ('c', 's', 'a', 'sms', :at, false, 0, 0, 0)",
            "INSERT INTO handoff (id, conversation_id, state, opened_at) "
            "VALUES ('h', 'c', 'waiting', :at)",
        ):
            connection.execute(text(insert), at if ":at" in insert else {})
    migrate(database)
    with database.sessions() as session:
        conversation = session.get_one(Conversation, "c")
        handoff = session.get_one(Handoff, "h")
    assert (conversation.discreet, conversation.safe_at) == (False, None)
    assert (handoff.check_in_at, handoff.check_ins_unanswered) == (None, 0)


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
