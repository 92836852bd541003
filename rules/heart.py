"""The heartbeat (报平安): until when each part of the engine is believed to live after it last said so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

LIMITS: Mapping[str, timedelta] = {
    "audit": timedelta(hours=26),
    "cycle": timedelta(hours=26),
    "delivery": timedelta(minutes=15),
}
"""How long each may be silent: the audit and the cycle run every day, delivery at least every five minutes."""

SKEW = timedelta(minutes=1)
"""How far two machines' clocks may differ; a beat further ahead than that tells nothing of now."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """一路心跳: when it last beat (None: never), how long ago, and whether that is recent enough."""

    name: str
    beat_at: datetime | None
    age_s: float | None
    fresh: bool


def pulses(beats: Mapping[str, datetime], since: datetime | None, now: datetime) -> tuple[Pulse, ...]:
    """Every part's pulse. One that never beat is given its time from `since`, when the office was set up."""
    return tuple(_pulse(name, beats.get(name), since, now) for name in LIMITS)


def _pulse(name: str, beat_at: datetime | None, since: datetime | None, now: datetime) -> Pulse:
    counts_from = beat_at or since
    fresh = counts_from is not None and -SKEW <= now - counts_from <= LIMITS[name]
    return Pulse(name, beat_at, (now - beat_at).total_seconds() if beat_at else None, fresh)
