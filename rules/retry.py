"""When to try a message again (重试): growing pauses, an end, and no blind copies."""

from datetime import datetime, timedelta

# Pauses after the first, second, … failed attempt; after the last one the message is a dead letter.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))


def retry_at(
    outcome: str, attempts: int, unclear: bool, ended_at: datetime, retry_after_s: float | None
) -> datetime | None:
    """The next attempt's instant, or None where the outcome is final.

    Accepted and rejected are final. An unknown outcome is retried once, as 重发 (`unclear` says this was that retry).
    A vendor's hint (Retry-After) can make a pause longer, never shorter: attempts must outlast an outage.
    """
    if outcome in ("accepted", "rejected") or (outcome == "unknown" and unclear):
        return None
    if attempts > len(PAUSES):
        return None
    return ended_at + max(PAUSES[attempts - 1], timedelta(seconds=retry_after_s or 0))
