"""Databases for the directory's tests: SQLite in memory, or WAYMARK_TEST_DATABASE_URL."""

import json
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateSchema, DropSchema

from directory.files import import_directory, sample_path
from directory.models import Base


@contextmanager
def empty_directory() -> Iterator[Engine]:
    """An engine on an empty directory of its own; on PostgreSQL in a schema that goes away."""
    url = os.environ.get("WAYMARK_TEST_DATABASE_URL", "sqlite://")
    if url.startswith("sqlite"):
        engine = create_engine("sqlite://")
        event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA foreign_keys=ON"))
        Base.metadata.create_all(engine)
        yield engine
    else:
        schema = f"directory_{uuid.uuid4().hex}"
        url = url.replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(url, connect_args={"options": f"-c search_path={schema}"})
        with engine.begin() as connection:
            connection.execute(CreateSchema(schema))
        Base.metadata.create_all(engine)
        yield engine
        with engine.begin() as connection:
            connection.execute(DropSchema(schema, cascade=True))
    engine.dispose()


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """One database for a module; each test's writes are rolled back."""
    with empty_directory() as engine:
        yield engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """An empty directory."""
    with Session(engine) as session:
        yield session
        session.rollback()


@pytest.fixture(scope="module")
def sample_engine() -> Iterator[Engine]:
    """A directory that holds the sample."""
    with empty_directory() as engine:
        with Session(engine) as session:
            report = import_directory(session, sample_path())
            assert report.problems == ()
            session.commit()
        yield engine


@pytest.fixture
def sample(sample_engine: Engine) -> Iterator[Session]:
    """The sample directory; what a test changes is rolled back."""
    with Session(sample_engine) as session:
        yield session
        session.rollback()


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a JSON file to import and gives its path."""

    def write(content: Any, name: str = "partners.json") -> Path:
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    return write
