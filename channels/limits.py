"""What the vendors allow (限流规则), as facts and pure arithmetic. Holding it across processes is the store's work."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from channels.forms import secrets_of
from channels.kinds import ChannelConfig


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `messages` in any `seconds`."""

    messages: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """一种渠道的限流规则. `busy_minutes` are minutes of the hour in which the vendor itself is overloaded."""

    rates: tuple[Rate, ...] = ()
    busy_minutes: frozenset[int] = frozenset()


LIMITS: Mapping[str, Limits] = {
    "wecom_robot": Limits((Rate(20, 60),)),
    "dingtalk_robot": Limits((Rate(20, 60),)),
    "feishu_robot": Limits((Rate(100, 60), Rate(5, 1)), busy_minutes=frozenset({0, 30})),
}
_UNLIMITED = Limits()
_SPREAD_S = 30


def limits_of(kind: str) -> Limits:
    return LIMITS.get(kind, _UNLIMITED)


def counted_as(channel: ChannelConfig) -> str:
    """限流口径: the same for two channels that are one robot to the vendor; tells nothing about its secrets."""
    secrets = secrets_of(channel)
    facts = [channel.kind, *(secrets.get(name, str(getattr(channel, name))) for name in channel.identity)]
    return f"{channel.kind}:{hashlib.sha256('|'.join(facts).encode()).hexdigest()[:16]}"


def earliest(limits: Limits, departures: Sequence[datetime], now: datetime, number: str = "") -> datetime:
    """The first instant at or after `now` at which one more message may leave.

    `departures` are the instants, oldest first, at which the robot's other messages left or are to leave; those older
    than the longest rate don't matter. `number` spreads the messages of a busy minute over the one after it.
    """
    at, checked = now, None
    while at != checked:
        checked = at
        for rate in limits.rates:
            at = _under(rate, departures, at)
        if at.minute in limits.busy_minutes:
            at = at.replace(second=0, microsecond=0) + timedelta(minutes=1, seconds=_spread(number))
    return at


def _under(rate: Rate, departures: Sequence[datetime], at: datetime) -> datetime:
    span = timedelta(seconds=rate.seconds)
    counted = [departure for departure in departures if departure > at - span]
    return at if len(counted) < rate.messages else counted[-rate.messages] + span


def _spread(number: str) -> int:
    return int(hashlib.sha256(number.encode()).hexdigest(), 16) % _SPREAD_S
