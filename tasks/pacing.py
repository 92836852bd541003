"""How many messages may leave for a channel now (放行), by the vendor's limits and by what has left already."""

from datetime import datetime, timedelta

from channels.kinds import ChannelConfig
from channels.limits import counted_as, earliest, limits_of
from store.ledger import Writing
from store.pacing import alone, departures, rests_until


async def slots(write: Writing, form: ChannelConfig, most: int) -> tuple[int, datetime | None]:
    """How many may leave at this instant, `most` at the most, and when the next one may (None: at once)."""
    limits, robot = limits_of(form.kind), counted_as(form)
    await alone(write, robot)
    if until := await rests_until(write, robot):
        return 0, until
    longest = max((rate.seconds for rate in limits.rates), default=0.0)
    left = list(await departures(write, robot, write.now - timedelta(seconds=longest))) if longest else []
    free = 0
    while free < most:
        at = earliest(limits, left, write.now, f"{robot}{free}")
        if at > write.now:
            return free, at
        left.append(write.now)
        free += 1
    return free, None
