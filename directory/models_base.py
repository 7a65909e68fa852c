"""Part of the directory room: what all its tables share, and how their names were chosen.

Tables are called as in HSDS 3.x, except those whose name other rooms of the same database may want
for survivors (who have addresses, contacts and a language too) or that means something else in SQL:
these are `hsds_address`, `hsds_contact`, `hsds_language` and `hsds_metadata`.
"""

from typing import Any, ClassVar

from sqlalchemy import ForeignKey, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column

# Marks a column that HSDS does not have; such columns are never read from or written to files.
OURS = {"ours": True}


class Base(DeclarativeBase):
    """All tables of the directory. Times are UTC, ids are UUIDs written as 36 characters."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text}


class Record(Base):
    """A row of an HSDS table; `hsds_name` is what HSDS itself calls the table."""

    __abstract__ = True
    hsds_name: ClassVar[str]

    id: Mapped[str] = mapped_column(String(36), primary_key=True, sort_order=-1)


def owner(table: str) -> MappedColumn[Any]:
    """A column that names the row this one is part of, and goes with."""
    return mapped_column(String(36), ForeignKey(f"{table}.id", ondelete="CASCADE"), index=True)


def reference(table: str) -> MappedColumn[Any]:
    """A column that names another row which stands for itself."""
    return mapped_column(String(36), ForeignKey(f"{table}.id", ondelete="SET NULL"), index=True)
