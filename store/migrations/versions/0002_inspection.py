"""Places, slots, rounds with visits, findings with evidence; re-checkers of reports; a queue of messages by channel."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_instant = sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")


def upgrade() -> None:
    _places()
    _rounds()
    _findings()
    op.add_column("duties", sa.Column("review_at", _instant, nullable=True))
    _queue()
    op.add_column("duties", sa.Column("rechecker", sa.String(), nullable=True))
    op.add_column("duties", sa.Column("returns", sa.Integer(), nullable=False, server_default="0"))


def _queue() -> None:
    """A claim takes the first messages of a channel's queue, and asks who rests, however long either list is."""
    op.create_index(
        "ix_messages_queue",
        "messages",
        ["channel", sa.text("severity DESC"), "next_attempt_at", "id"],
        unique=False,
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )
    op.create_index(
        "ix_deliveries_resting",
        "deliveries",
        ["counted_as", "resume_at"],
        unique=False,
        sqlite_where=sa.text("resume_at IS NOT NULL"),
        postgresql_where=sa.text("resume_at IS NOT NULL"),
    )


def _places() -> None:
    op.create_table(
        "areas",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("retired_at", _instant, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_areas"),
    )
    op.create_table(
        "sites",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("retired_at", _instant, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_sites"),
    )
    op.create_table(
        "assignments",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("place", "part", "holder", "since", name="pk_assignments"),
    )
    op.create_table(
        "standards",
        sa.Column("site_type", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("finding_type", sa.String(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=True),
        sa.Column("retired_at", _instant, nullable=True),
        sa.PrimaryKeyConstraint("site_type", "code", name="pk_standards"),
    )


def _rounds() -> None:
    op.create_table(
        "slots",
        sa.Column("cadence", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("opens_at", _instant, nullable=False),
        sa.Column("ends_at", _instant, nullable=False),
        sa.Column("done_at", _instant, nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("cadence", "key", name="pk_slots"),
    )
    op.create_index("ix_slots_ends_at", "slots", ["ends_at"], unique=False)
    op.add_column("rounds", sa.Column("opened_by", sa.String(), nullable=False, server_default="system"))
    op.add_column("rounds", sa.Column("method", sa.String(), nullable=False, server_default="announced"))
    op.add_column("rounds", sa.Column("ends_at", _instant, nullable=True))
    op.add_column("rounds", sa.Column("revealed_at", _instant, nullable=True))
    op.add_column("rounds", sa.Column("finished_at", _instant, nullable=True))
    op.add_column("rounds", sa.Column("data", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "visits",
        sa.Column("id", _id, autoincrement=True, nullable=False),
        sa.Column("round_id", _id, nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("visited_at", _instant, nullable=True),
        sa.Column("recorded_at", _instant, nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_visits_round_id"),
        sa.PrimaryKeyConstraint("id", name="pk_visits"),
        sa.UniqueConstraint("round_id", "site", name="uq_visits_round_id_site"),
        sa.UniqueConstraint("row_key", name="uq_visits_row_key"),
    )


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("id", _id, autoincrement=True, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_key", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("found_at", _instant, nullable=False),
        sa.Column("recorded_at", _instant, nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("finder", sa.String(), nullable=True),
        sa.Column("method", sa.String(), nullable=True),
        sa.Column("visit_id", _id, nullable=True),
        sa.Column("item", sa.String(), nullable=True),
        sa.Column("site", sa.String(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("duty_id", _id, nullable=True),
        sa.Column("duplicate_of", _id, nullable=True),
        sa.Column("resembles", _id, nullable=True),
        sa.Column("relapse_of", _id, nullable=True),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("triaged_at", _instant, nullable=True),
        sa.Column("remind_at", _instant, nullable=True),
        sa.Column("answered_at", _instant, nullable=True),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_findings_visit_id"),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name="fk_findings_duty_id"),
        sa.ForeignKeyConstraint(["duplicate_of"], ["findings.id"], name="fk_findings_duplicate_of"),
        sa.ForeignKeyConstraint(["resembles"], ["findings.id"], name="fk_findings_resembles"),
        sa.ForeignKeyConstraint(["relapse_of"], ["findings.id"], name="fk_findings_relapse_of"),
        sa.PrimaryKeyConstraint("id", name="pk_findings"),
        sa.UniqueConstraint("source", "source_key", name="uq_findings_source_source_key"),
    )
    for name, columns in (
        ("state", ["state"]), ("site_type", ["site", "type"]), ("duty_id", ["duty_id"]), ("visit_id", ["visit_id"]),
        ("remind_at", ["remind_at"]), ("duplicate_of", ["duplicate_of"]), ("type_found_at", ["type", "found_at"]),
    ):  # fmt: skip
        op.create_index(f"ix_findings_{name}", "findings", columns, unique=False)
    op.create_table(
        "evidence",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("taken_at", _instant, nullable=True),
        sa.Column("taken_where", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name="pk_evidence"),
    )
    op.create_table(
        "evidence_links",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("added_at", _instant, nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "sha256", name="pk_evidence_links"),
    )
