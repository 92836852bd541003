"""The first schema, and the triggers that keep the ledger append-only. Frozen: later changes are later migrations."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_instant = sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")


def upgrade() -> None:
    _create_tables()
    for table in ("events", "seals"):
        if op.get_bind().dialect.name == "sqlite":
            _refuse_on_sqlite(table)
        else:
            _refuse_on_postgresql(table)


def _refuse_on_sqlite(table: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_refuse_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )
    # INSERT OR REPLACE deletes without firing a delete trigger.
    taken = {"events": "id = NEW.id", "seals": "id = NEW.id OR first_event = NEW.first_event"}[table]
    op.execute(
        f"CREATE TRIGGER {table}_refuse_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) "
        f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    )


def _refuse_on_postgresql(table: str) -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()"
    )


def _create_tables() -> None:
    op.create_table(
        "answers",
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("plan", "row_key", "field", name="pk_answers"),
    )
    op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_calendar_days"),
    )
    op.create_table(
        "channels",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("secrets", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_channels"),
    )
    op.create_table(
        "events",
        sa.Column("id", _id, autoincrement=True, nullable=False),
        sa.Column("at", _instant, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_events_subject", "events", ["subject"], unique=False)
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("beat_at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_heartbeats"),
    )
    op.create_table(
        "messages",
        sa.Column("id", _id, autoincrement=True, nullable=False),
        sa.Column("number", _id, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", _instant, nullable=False),
        sa.Column("next_attempt_at", _instant, nullable=False),
        sa.Column("leased_until", _instant, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("settled_at", _instant, nullable=True),
        sa.Column("replaces", _id, nullable=True),
        sa.ForeignKeyConstraint(["replaces"], ["messages.id"], name="fk_messages_replaces"),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("number", "part", name="uq_messages_number_part"),
    )
    op.create_index("ix_messages_replaces", "messages", ["replaces"], unique=False)
    op.create_index(
        "ix_messages_waiting",
        "messages",
        ["next_attempt_at"],
        unique=False,
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )
    op.create_table(
        "people",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("superior", sa.String(), nullable=True),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("contacts", sa.JSON(), nullable=False),
        sa.Column("retired_at", _instant, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_people"),
    )
    op.create_table(
        "policies",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("adopted_at", _instant, nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_policies"),
    )
    op.create_table(
        "rounds",
        sa.Column("id", _id, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("opened_at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
        sa.UniqueConstraint("kind", "period", name="uq_rounds_kind_period"),
    )
    op.create_table(
        "seals",
        sa.Column("id", _id, autoincrement=True, nullable=False),
        sa.Column("first_event", _id, nullable=False),
        sa.Column("last_event", _id, nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("sealed_at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_seals"),
        sa.UniqueConstraint("first_event", name="uq_seals_first_event"),
    )
    op.create_table(
        "table_versions",
        sa.Column("id", _id, autoincrement=True, nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("published_at", _instant, nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_table_versions"),
        sa.UniqueConstraint("plan", "version", name="uq_table_versions_plan_version"),
    )
    op.create_table(
        "unit_groups",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_unit_groups"),
    )
    op.create_table(
        "units",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column("head", sa.String(), nullable=True),
        sa.Column("leader", sa.String(), nullable=True),
        sa.Column("retired_at", _instant, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_units"),
    )
    op.create_table(
        "deliveries",
        sa.Column("message_id", _id, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("begun_at", _instant, nullable=False),
        sa.Column("ended_at", _instant, nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("vendor_code", sa.String(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("counted_as", sa.String(), nullable=False),
        sa.Column("resume_at", _instant, nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_deliveries_message_id"),
        sa.PrimaryKeyConstraint("message_id", "attempt", name="pk_deliveries"),
    )
    op.create_index("ix_deliveries_counted_as", "deliveries", ["counted_as", "begun_at"], unique=False)
    op.create_table(
        "obligations",
        sa.Column("id", _id, autoincrement=True, nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("table_version_id", _id, nullable=False),
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("item_no", sa.String(), nullable=True),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("leader", sa.String(), nullable=True),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("opened_through", sa.Date(), nullable=True),
        sa.Column("next_opening_on", sa.Date(), nullable=True),
        sa.Column("retired_at", _instant, nullable=True),
        sa.ForeignKeyConstraint(["table_version_id"], ["table_versions.id"], name="fk_obligations_table_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_obligations"),
    )
    op.create_index("ix_obligations_next_opening_on", "obligations", ["next_opening_on"], unique=False)
    op.create_index("ix_obligations_plan", "obligations", ["plan"], unique=False)
    op.create_table(
        "signals",
        sa.Column("event_id", _id, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("at", _instant, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_signals_event_id"),
        sa.PrimaryKeyConstraint("event_id", "name", name="pk_signals"),
    )
    op.create_table(
        "duties",
        sa.Column("id", _id, autoincrement=True, nullable=False),
        sa.Column("obligation_id", _id, nullable=True),
        sa.Column("parent_id", _id, nullable=True),
        sa.Column("lead", sa.String(), nullable=True),
        sa.Column("occurrence", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("leader", sa.String(), nullable=True),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("pending", sa.String(), nullable=True),
        sa.Column("asked_at", _instant, nullable=True),
        sa.Column("asked_due_at", _instant, nullable=True),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("opened_at", _instant, nullable=False),
        sa.Column("episode_at", _instant, nullable=False),
        sa.Column("due_at", _instant, nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("ladder", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("ladder_at", _instant, nullable=False),
        sa.Column("next_action_at", _instant, nullable=True),
        sa.Column("reported_at", _instant, nullable=True),
        sa.Column("reported_by", sa.String(), nullable=True),
        sa.Column("finished_at", _instant, nullable=True),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligations.id"], name="fk_duties_obligation_id"),
        sa.ForeignKeyConstraint(["parent_id"], ["duties.id"], name="fk_duties_parent_id"),
        sa.ForeignKeyConstraint(["policy_version"], ["policies.version"], name="fk_duties_policy_version"),
        sa.PrimaryKeyConstraint("id", name="pk_duties"),
        sa.UniqueConstraint("obligation_id", "lead", "occurrence", name="uq_duties_obligation_id_lead_occurrence"),
    )
    op.create_index("ix_duties_next_action_at", "duties", ["next_action_at"], unique=False)
    op.create_index("ix_duties_parent_id", "duties", ["parent_id"], unique=False)
    op.create_index("ix_duties_unit_state", "duties", ["unit", "state"], unique=False)
    op.create_table(
        "obligation_units",
        sa.Column("obligation_id", _id, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligations.id"], name="fk_obligation_units_obligation_id"),
        sa.PrimaryKeyConstraint("obligation_id", "part", "unit", name="pk_obligation_units"),
    )
    op.create_table(
        "notices",
        sa.Column("id", _id, autoincrement=True, nullable=False),
        sa.Column("event_id", _id, nullable=False),
        sa.Column("duty_id", _id, nullable=True),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("created_at", _instant, nullable=False),
        sa.Column("release_at", _instant, nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("message_id", _id, nullable=True),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name="fk_notices_duty_id"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_notices_event_id"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_notices_message_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )
    op.create_index("ix_notices_duty_id", "notices", ["duty_id"], unique=False)
    op.create_index("ix_notices_message_id", "notices", ["message_id"], unique=False)
    op.create_index(
        "ix_notices_waiting",
        "notices",
        ["release_at"],
        unique=False,
        sqlite_where=sa.text("message_id IS NULL"),
        postgresql_where=sa.text("message_id IS NULL"),
    )
    op.create_table(
        "steps",
        sa.Column("duty_id", _id, nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("planned_at", _instant, nullable=False),
        sa.Column("taken_at", _instant, nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("event_id", _id, nullable=False),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name="fk_steps_duty_id"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_steps_event_id"),
        sa.PrimaryKeyConstraint("duty_id", "episode", "step", name="pk_steps"),
    )
