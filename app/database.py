"""Opens the database and brings it up to date."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from app.settings import ROOT, Settings
from conversation.vault import Vault, bind


class BadDatabase(RuntimeError):
    """The database cannot be opened or brought up to date; the message says what to do."""


@dataclass(frozen=True)
class Database:
    """An open database. `sessions` may write; `reading` only reads and never waits for a writer."""

    engine: Engine
    sessions: sessionmaker[Session]
    reading: sessionmaker[Session]


def open_database(settings: Settings, vault: Vault) -> Database:
    """Connect, with the keys bound. Raises BadDatabase."""
    url = settings.database
    # Parameters may be a survivor's words: they never come into an exception's text.
    options: dict[str, Any] = {"hide_parameters": True, "pool_pre_ping": True}
    if url.startswith("sqlite"):
        options["connect_args"] = {"timeout": 30}
    else:
        options["pool_size"] = 20
    engine = create_engine(url, **options)
    bind(engine, vault)
    reading = engine
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
        reading = engine.execution_options(waymark_reads_only=True)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except DBAPIError as error:
        where = engine.url.render_as_string(hide_password=True)
        raise BadDatabase(
            f"cannot open the database {where} ({type(error.orig).__name__}): "
            "check WAYMARK_DATABASE_URL, and that the file can be read or the server is running"
        ) from None
    return Database(
        engine,
        sessionmaker(engine, expire_on_commit=False),
        sessionmaker(reading, expire_on_commit=False),
    )


def _prepare_sqlite(engine: Engine) -> None:
    """Readers beside one writer (WAL), and writers that queue instead of failing."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        # The driver's own transactions begin too late to be safe: SQLAlchemy's take their place.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA secure_delete=ON")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        # A transaction that begins by reading and then writes would fail when another has
        # written in between; taking the lock first makes it wait.
        reads_only = connection.get_execution_options().get("waymark_reads_only", False)
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def alembic_config(engine: Engine) -> Config:
    """What Alembic needs to know, for an engine that is open already."""
    config = Config(ROOT / "migrations" / "alembic.ini")
    config.set_main_option("script_location", str(Path(ROOT, "migrations")))
    config.attributes["engine"] = engine
    return config


def migrate(database: Database) -> None:
    """Bring the tables up to date. Raises BadDatabase."""
    try:
        command.upgrade(alembic_config(database.engine), "head")
    except (DBAPIError, CommandError) as error:
        raise BadDatabase(
            f"cannot bring the database up to date ({type(error).__name__}): "
            "was it made by a newer version, or may this user not create tables?"
        ) from None
