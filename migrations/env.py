"""Runs migrations for Alembic, on the engine that `app.database` gives it.

`waymark up` migrates at each start; how a new migration is made stands in CONTRIBUTING.md.
"""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

import desk.models
from conversation.models import Base as CoreBase
from directory.models import Base as DirectoryBase

assert desk.models.Account.metadata is CoreBase.metadata  # noqa: S101 - its tables are the core's
TARGETS = [CoreBase.metadata, DirectoryBase.metadata]


def _plain_type(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write a column's type as what the database holds: migrations need none of our code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def run() -> None:
    """Apply or compare, in one transaction."""
    engine = context.config.attributes["engine"]
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=TARGETS,
            render_as_batch=True,
            compare_type=True,
            render_item=_plain_type,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
