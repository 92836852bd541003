"""The tables of inspection (检查): places, cadences' slots, rounds with their visits, findings with their evidence."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from store.schema import Instant, metadata, numbered, plain_data, refers

# 网格、片区: an area that sites lie in; `parent` is the area around it.
areas = Table(
    "areas",
    metadata,
    Column("key", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("parent", String),
    Column("retired_at", Instant),
)

# 点位: a place that is inspected; `type` (小区、市场…) names the standard it is held to.
sites = Table(
    "sites",
    metadata,
    Column("key", String, primary_key=True),
    Column("type", String, nullable=False),
    Column("area", String),
    Column("address", String, nullable=False),
    Column("retired_at", Instant),
)

# Who answers for a place from one day to another (until, inclusive; empty: still): history stays right when people
# move. `place` is "site:…" or "area:…", `part` a rules.places.Part, `holder` a unit or a person.
assignments = Table(
    "assignments",
    metadata,
    Column("place", String, nullable=False),
    Column("part", String, nullable=False),
    Column("holder", String, nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date),
    PrimaryKeyConstraint("place", "part", "holder", "since"),
)

# 检查标准: what is looked at on sites of a type. `level` says which checklist an item stands on (日、周、月).
standards = Table(
    "standards",
    metadata,
    Column("site_type", String, nullable=False),
    Column("code", String, nullable=False),
    Column("level", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("finding_type", String, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("indicator", String),
    Column("retired_at", Instant),
    PrimaryKeyConstraint("site_type", "code"),
)

# One time a cadence of the policy asks for something: a patrol, a bulletin, a meeting. Not done by `ends_at`: a
# shortfall (derived, never stored). `key` is that of rules.cadence.Occurrence.
slots = Table(
    "slots",
    metadata,
    Column("cadence", String, nullable=False),
    Column("key", String, nullable=False),
    Column("opens_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("done_by", String),
    PrimaryKeyConstraint("cadence", "key"),
    Index("ix_slots_ends_at", "ends_at"),
)

# An inspection round; one per kind and period: a cadence's name and its slot's key, or "special" and a name of its own.
# `data` keeps what it was drawn from: scope, checklist, seed, sample and its statement. An unannounced round is
# concealed from the units until `revealed_at`.
rounds = Table(
    "rounds",
    metadata,
    numbered(),
    Column("kind", String, nullable=False),
    Column("period", String, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("opened_by", String, nullable=False, server_default="system"),
    Column("method", String, nullable=False, server_default="announced"),
    Column("ends_at", Instant),
    Column("revealed_at", Instant),
    Column("finished_at", Instant),
    plain_data(),
    UniqueConstraint("kind", "period"),
)

# 点位检查: one site in one round. `row_key` stands hidden in the form; `data` holds the result of each checklist item.
visits = Table(
    "visits",
    metadata,
    numbered(),
    refers("round_id", "rounds.id", nullable=False),
    Column("site", String, nullable=False),
    Column("team", String, nullable=False),
    Column("row_key", String, nullable=False, unique=True),
    Column("visited_at", Instant),
    Column("recorded_at", Instant),
    Column("recorded_by", String),
    plain_data(),
    UniqueConstraint("round_id", "site"),
)

# 问题: something found wrong. `type` and `severity` set its limit; `duty_id` is its rectification duty, once accepted.
# `site` or `place` (in words) says where, `unit` who owns it: the first owner, until handed over. `duplicate_of` is the
# finding it was merged into, `resembles` one it looks the same as (proposed, not decided), `relapse_of` the closed one
# it repeats. `source_key` is how the source knows it (a case number, never a phone number). `remind_at` is when the
# office must be reminded of it (to triage it, to answer whoever reported it), `satisfied` what they said of the answer.
findings = Table(
    "findings",
    metadata,
    numbered(),
    Column("source", String, nullable=False),
    Column("source_key", String),
    Column("state", String, nullable=False),
    Column("found_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("recorded_by", String, nullable=False),
    Column("finder", String),
    Column("method", String),
    refers("visit_id", "visits.id"),
    Column("item", String),
    Column("site", String),
    Column("area", String),
    Column("place", String, nullable=False),
    Column("type", String, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("unit", String),
    refers("duty_id", "duties.id"),
    refers("duplicate_of", "findings.id"),
    refers("resembles", "findings.id"),
    refers("relapse_of", "findings.id"),
    Column("weight", Integer, nullable=False),
    Column("triaged_at", Instant),
    Column("remind_at", Instant),
    Column("answered_at", Instant),
    Column("satisfied", Boolean),
    UniqueConstraint("source", "source_key"),
    Index("ix_findings_state", "state"),
    Index("ix_findings_site_type", "site", "type"),
    Index("ix_findings_duty_id", "duty_id"),
    Index("ix_findings_visit_id", "visit_id"),
    Index("ix_findings_remind_at", "remind_at"),
    Index("ix_findings_duplicate_of", "duplicate_of"),
    Index("ix_findings_type_found_at", "type", "found_at"),
)

# 佐证材料: a file known by its content's SHA-256. `taken_at` and `taken_where` only where the policy keeps them.
evidence = Table(
    "evidence",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("media_type", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("taken_at", Instant),
    Column("taken_where", String),
)

# What a file is shown for: "finding:3", "duty:12", "visit:7". Who may see it follows from that.
evidence_links = Table(
    "evidence_links",
    metadata,
    Column("subject", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("name", String, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("added_by", String, nullable=False),
    PrimaryKeyConstraint("subject", "sha256"),
)
