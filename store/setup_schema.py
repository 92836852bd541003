"""The tables of what surrounds the work (设置): channels, the office's own words, and the engine's heartbeats."""

from sqlalchemy import Column, LargeBinary, String, Table, Text

from store.schema import Instant, metadata, plain_data

# A channel as the office set it up; `secrets` is encrypted with the key file in DUBAN_HOME.
channels = Table(
    "channels",
    metadata,
    Column("name", String, primary_key=True),
    Column("kind", String, nullable=False),
    plain_data("settings"),
    Column("secrets", LargeBinary),
    Column("added_at", Instant, nullable=False),
)

# The office's own words for a message's subject, body or line; without one the built-in words are used.
templates = Table(
    "templates",
    metadata,
    Column("name", String, primary_key=True),
    Column("text", Text, nullable=False),
    Column("set_at", Instant, nullable=False),
    Column("set_by", String, nullable=False),
)

# When each watcher last found all well; an outside watchdog reads it.
heartbeats = Table(
    "heartbeats",
    metadata,
    Column("name", String, primary_key=True),
    Column("beat_at", Instant, nullable=False),
)
