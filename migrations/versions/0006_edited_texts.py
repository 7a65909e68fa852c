"""Edited texts."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "edited_text",
        sa.Column("message_id", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("review", sa.String(length=160), nullable=False),
        sa.Column("edited_by", sa.String(length=120), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("message_id", "language", name=op.f("pk_edited_text")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("edited_text")
