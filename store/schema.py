"""The tables of Duban's own database. What a column means is said here; how it is read stands in the query modules.

Those of inspection are in store.inspection_schema, those an office sets up in store.setup_schema.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """时刻: an aware datetime, read back in UTC. SQLite keeps it as text that sorts as time does."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else DateTime(timezone=True))

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        return _kept if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        return _read_back if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


# In one batch few instants come again and again: each is put into words, and read, once.
@lru_cache(maxsize=4096)
def _kept(value: datetime | None) -> str | None:
    return None if value is None else instant_text(value)


@lru_cache(maxsize=4096)
def _read_back(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def instant_text(value: datetime) -> str:
    """An instant as SQLite keeps it: UTC, always to the microsecond."""
    if value.tzinfo is None:
        raise ValueError(f"{value} has no time zone")
    return value.astimezone(UTC).isoformat(sep=" ", timespec="microseconds")


Number = BigInteger().with_variant(Integer, "sqlite")


def numbered() -> Column[Any]:
    return Column("id", Number, primary_key=True, autoincrement=True)


def refers(name: str, target: str, nullable: bool = True) -> Column[Any]:
    return Column(name, Number, ForeignKey(target), nullable=nullable)


def plain_data(name: str = "data") -> Column[Any]:
    return Column(name, JSON, nullable=False)


units = Table(
    "units",
    metadata,
    Column("key", String, primary_key=True),
    Column("kind", String, nullable=False),
    plain_data("aliases"),
    Column("responsible", String),
    Column("head", String),
    Column("leader", String),
    Column("retired_at", Instant),
)

people = Table(
    "people",
    metadata,
    Column("key", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("title", String, nullable=False),
    Column("unit", String),
    Column("superior", String),
    plain_data("roles"),
    plain_data("contacts"),
    Column("retired_at", Instant),
)

unit_groups = Table(
    "unit_groups",
    metadata,
    Column("name", String, primary_key=True),
    plain_data("members"),
    plain_data("aliases"),
)

# The office's own year table over the national calendar: days worked or rested.
calendar_days = Table(
    "calendar_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("working", Boolean, nullable=False),
    Column("name", String, nullable=False),
)

# Policies are never changed: a duty keeps the version it was opened under.
policies = Table(
    "policies",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("adopted_at", Instant, nullable=False),
    plain_data(),
)

# `plan` names the series of versions of one task table.
table_versions = Table(
    "table_versions",
    metadata,
    numbered(),
    Column("plan", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("file_name", String, nullable=False),
    Column("file_sha256", String, nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("published_by", String, nullable=False),
    UniqueConstraint("plan", "version"),
)

# Answers are kept by the row's words, so that they can be offered again at the next revision.
answers = Table(
    "answers",
    metadata,
    Column("plan", String, nullable=False),
    Column("row_key", String, nullable=False),
    Column("field", String, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_by", String, nullable=False),
    Column("answered_at", Instant, nullable=False),
    PrimaryKeyConstraint("plan", "row_key", "field"),
)

# A published row. `opened_through` is the last day whose occurrences have been opened, `next_opening_on` the next day
# on which one opens.
obligations = Table(
    "obligations",
    metadata,
    numbered(),
    Column("plan", String, nullable=False),
    refers("table_version_id", "table_versions.id", nullable=False),
    Column("row_key", String, nullable=False),
    Column("item_no", String),
    Column("task", Text, nullable=False),
    Column("leader", String),
    Column("responsible", String),
    Column("year", Integer, nullable=False),
    plain_data("content"),
    Column("opened_through", Date),
    Column("next_opening_on", Date),
    Column("retired_at", Instant),
    Index("ix_obligations_next_opening_on", "next_opening_on"),
    Index("ix_obligations_plan", "plan"),
)

obligation_units = Table(
    "obligation_units",
    metadata,
    refers("obligation_id", "obligations.id", nullable=False),
    Column("unit", String, nullable=False),
    Column("part", String, nullable=False),
    PrimaryKeyConstraint("obligation_id", "part", "unit"),
)

# One occurrence of an obligation (or a part split off one) for one unit. Overdue is not stored. `lead` is the unit the
# table asks it of (empty for a part), `unit` the one that has it now: they differ after a hand-over. `ladder_at` is the
# instant the ladder counts from, `episode_at` when the present episode began, `next_action_at` when the cycle must look
# again (empty: never), `accepted_at` when the unit that has it now accepted it, `review_at` when the office means to
# look at a suspended one again. `rechecker` is whom the lot fell on to verify the report, `returns` how often it was
# returned.
duties = Table(
    "duties",
    metadata,
    numbered(),
    refers("obligation_id", "obligations.id"),
    refers("parent_id", "duties.id"),
    Column("lead", String),
    Column("occurrence", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("leader", String),
    Column("responsible", String),
    Column("state", String, nullable=False),
    Column("pending", String),
    Column("asked_at", Instant),
    Column("asked_due_at", Instant),
    Column("episode", Integer, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("episode_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("ladder", String, nullable=False),
    Column("policy_version", Integer, ForeignKey("policies.version"), nullable=False),
    Column("ladder_at", Instant, nullable=False),
    Column("next_action_at", Instant),
    Column("accepted_at", Instant),
    Column("reported_at", Instant),
    Column("reported_by", String),
    Column("review_at", Instant),
    Column("rechecker", String),
    Column("returns", Integer, nullable=False, server_default="0"),
    Column("finished_at", Instant),
    UniqueConstraint("obligation_id", "lead", "occurrence"),
    Index("ix_duties_next_action_at", "next_action_at"),
    Index("ix_duties_unit_state", "unit", "state"),
    Index("ix_duties_parent_id", "parent_id"),
)

# Promise 1: one ledger step per (duty, episode, step), whatever is restarted, repeated or run in parallel.
steps = Table(
    "steps",
    metadata,
    refers("duty_id", "duties.id", nullable=False),
    Column("episode", Integer, nullable=False),
    Column("step", String, nullable=False),
    Column("planned_at", Instant, nullable=False),
    Column("taken_at", Instant, nullable=False),
    Column("told", Boolean, nullable=False),
    refers("event_id", "events.id", nullable=False),
    PrimaryKeyConstraint("duty_id", "episode", "step"),
)

# The ledger. Triggers made by the migrations refuse UPDATE and DELETE.
events = Table(
    "events",
    metadata,
    numbered(),
    Column("at", Instant, nullable=False),
    Column("actor", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    plain_data(),
    Index("ix_events_subject", "subject"),
    sqlite_autoincrement=True,
)

# A seal covers the events first_event..last_event; its hash continues the chain of the seal before.
seals = Table(
    "seals",
    metadata,
    numbered(),
    Column("first_event", Number, nullable=False, unique=True),
    Column("last_event", Number, nullable=False),
    Column("events", Integer, nullable=False),
    Column("hash", String, nullable=False),
    Column("sealed_at", Instant, nullable=False),
)

# What to say. A notice without a message is waiting to be put into one (it is the outbox).
notices = Table(
    "notices",
    metadata,
    numbered(),
    refers("event_id", "events.id", nullable=False),
    refers("duty_id", "duties.id"),
    Column("recipient", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("release_at", Instant, nullable=False),
    plain_data(),
    refers("message_id", "messages.id"),
    Index(
        "ix_notices_waiting",
        "release_at",
        sqlite_where=text("message_id IS NULL"),
        postgresql_where=text("message_id IS NULL"),
    ),
    Index("ix_notices_message_id", "message_id"),
    Index("ix_notices_duty_id", "duty_id"),
)

# What is sent to one target, or one part of it where the channel takes no more at once: `number` is the number of the
# message (that of its first part). No outcome yet: it is waiting or in flight under a lease. `replaces` is the message
# that failed for good and whose place this one takes. `opened_at` is when its recipient first opened its link.
messages = Table(
    "messages",
    metadata,
    numbered(),
    Column("number", Number, nullable=False),
    Column("part", Integer, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("recipient", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("target", String, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("next_attempt_at", Instant, nullable=False),
    Column("leased_until", Instant),
    Column("attempts", Integer, nullable=False),
    Column("outcome", String),
    Column("settled_at", Instant),
    Column("opened_at", Instant),
    refers("replaces", "messages.id"),
    UniqueConstraint("number", "part"),
    Index("ix_messages_replaces", "replaces"),
    Index("ix_messages_recipient", "recipient", "created_at"),
    Index(
        "ix_messages_waiting",
        "next_attempt_at",
        sqlite_where=text("outcome IS NULL"),
        postgresql_where=text("outcome IS NULL"),
    ),
)

# What waits for a channel in the order it leaves: the next few are found without looking at all the others.
Index(
    "ix_messages_queue",
    messages.c.channel,
    messages.c.severity.desc(),
    messages.c.next_attempt_at,
    messages.c.id,
    sqlite_where=text("outcome IS NULL"),
    postgresql_where=text("outcome IS NULL"),
)

# One attempt. Begun before sending; an attempt without an outcome was in flight when its process died. `counted_as` is
# what the vendor counts as one robot, `resume_at` when it let us come back.
deliveries = Table(
    "deliveries",
    metadata,
    refers("message_id", "messages.id", nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("outcome", String),
    Column("vendor_code", String),
    Column("detail", Text),
    Column("counted_as", String, nullable=False),
    Column("resume_at", Instant),
    PrimaryKeyConstraint("message_id", "attempt"),
    Index("ix_deliveries_counted_as", "counted_as", "begun_at"),
    Index(
        "ix_deliveries_resting",
        "counted_as",
        "resume_at",
        sqlite_where=text("resume_at IS NOT NULL"),
        postgresql_where=text("resume_at IS NOT NULL"),
    ),
)

# Domain events that Prefect shall hear of; a row leaves when its server has taken it.
signals = Table(
    "signals",
    metadata,
    refers("event_id", "events.id", nullable=False),
    Column("name", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("event_id", "name"),
)
