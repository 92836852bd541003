"""Receipts: when a message's link was first opened, a duty accepted by its unit; the office's own wording."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_instant = sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")


def upgrade() -> None:
    op.add_column("messages", sa.Column("opened_at", _instant, nullable=True))
    op.add_column("duties", sa.Column("accepted_at", _instant, nullable=True))
    op.create_index("ix_messages_recipient", "messages", ["recipient", "created_at"], unique=False)
    op.create_table(
        "templates",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("set_at", _instant, nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_templates"),
    )
