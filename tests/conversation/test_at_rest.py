"""What a survivor wrote, and their number, cannot be read in the database's files."""

from pathlib import Path

import pytest
from sqlalchemy import select

from app.database import open_database
from app.settings import Settings
from conversation.models import Address, Message
from conversation.vault import BadKey, Vault
from tests.conversation.conftest import NUMBER, Core

WORDS = "the white van waits behind the bakery"


def test_neither_number_nor_words_are_in_the_files(core: Core, tmp_path: Path) -> None:
    if core.database.engine.dialect.name != "sqlite":
        pytest.skip("a server's files are its own; the columns are the same")
    core.say(WORDS)
    core.say("HUMAN")
    core.say("yes")
    files = list(tmp_path.glob("waymark.db*"))
    assert any(file.name.endswith("-wal") for file in files)
    for content in (file.read_bytes() for file in files):
        assert b"survivor" in content or b"SQLite" in content or content
        for secret in (NUMBER, NUMBER[2:], WORDS, "bakery", "slots"):
            assert secret.encode() not in content


def test_columns_of_words_and_numbers_are_encrypted(core: Core) -> None:
    core.say(WORDS)
    with core.database.engine.connect() as connection:
        rows = [
            *connection.exec_driver_sql("SELECT text, said FROM message").all(),
            *connection.exec_driver_sql("SELECT value, lookup_hash FROM address").all(),
            *connection.exec_driver_sql("SELECT memory, pending FROM conversation").all(),
        ]
    shown = b"".join(bytes(cell) for row in rows for cell in row if isinstance(cell, bytes))
    assert shown
    for secret in (b"bakery", b"3135550123", b"facts"):
        assert secret not in shown


def test_keys_can_be_rotated(core: Core, tmp_path: Path, vault: Vault) -> None:
    old, new = Vault.new_key(), Vault.new_key()
    assert Vault([new, old]).decrypt(Vault([old]).encrypt(WORDS)) == WORDS
    assert Vault([old]).hashes("sms", NUMBER)[0] in Vault([new, old]).hashes("sms", NUMBER)


def test_the_wrong_key_is_one_clear_error(core: Core, tmp_path: Path) -> None:
    core.say(WORDS)
    settings = Settings(
        _env_file=None,
        database_url=core.database.engine.url.render_as_string(hide_password=False),
        data_dir=tmp_path,
    )
    other = open_database(settings, Vault([Vault.new_key()]))
    with other.sessions() as session, pytest.raises(BadKey, match="another encryption key"):
        session.scalars(select(Message)).all()
    with other.sessions() as session, pytest.raises(BadKey):
        session.scalars(select(Address)).all()
    other.engine.dispose()
