"""Waiting, safe times and discreet mode.

Columns are added and dropped one by one, without making the tables anew: rows that refer to them
stay as they are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEXES = {"conversation": "safe_at", "handoff": "check_in_at"}


def _columns() -> dict[str, tuple[sa.Column[object], ...]]:
    return {
        "conversation": (
            sa.Column("pending_args", sa.LargeBinary(), nullable=True),
            sa.Column("held", sa.LargeBinary(), nullable=True),
            sa.Column("discreet", sa.Boolean(), server_default=sa.false(), nullable=False),
            sa.Column("safe_at", sa.DateTime(timezone=True), nullable=True),
            sa.Column("safe_zone", sa.String(length=64), nullable=True),
            sa.Column("greeted_at", sa.DateTime(timezone=True), nullable=True),
        ),
        "handoff": (
            sa.Column("service", sa.LargeBinary(), nullable=True),
            sa.Column("check_in_every", sa.Integer(), nullable=True),
            sa.Column("check_in_at", sa.DateTime(timezone=True), nullable=True),
            sa.Column(
                "check_ins_unanswered", sa.Integer(), server_default=sa.text("0"), nullable=False
            ),
        ),
    }


def upgrade() -> None:
    """Apply."""
    for table, columns in _columns().items():
        for column in columns:
            op.add_column(table, column)
        name = op.f(f"ix_{table}_{INDEXES[table]}")
        op.create_index(name, table, [INDEXES[table]], unique=False)


def downgrade() -> None:
    """Take back."""
    for table, columns in _columns().items():
        op.drop_index(op.f(f"ix_{table}_{INDEXES[table]}"), table_name=table)
        for column in reversed(columns):
            op.drop_column(table, column.name)
