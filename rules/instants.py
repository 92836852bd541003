"""Instants that have not come (将来的时刻): what is done as of one cannot be taken back, so whoever asks is told."""

from datetime import datetime, timedelta

from rules.language import Text

SKEW = timedelta(hours=1)
"""How far an instant may lie ahead of the clock without a word, so that two machines' clocks may differ."""


def ahead_of_time(given: datetime, clock: datetime) -> Text | None:
    """What to know before acting on the living data as of `given` (提前办理); None where that instant has come."""
    if given - clock <= SKEW:
        return None
    instant, now = f"{given:%Y-%m-%d %H:%M}", f"{clock.astimezone(given.tzinfo):%Y-%m-%d %H:%M}"
    return Text(
        f"注意：按 {instant} 办理，这个时刻还没有到（现在 {now}），立的项、发的通知不能撤回。"
        f"只想看看到时会怎样，请用 duban rehearse --until {given:%Y-%m-%d}。",
        f"Mind: this acts as of {instant}, which has not come yet (it is {now}); what it opens and sends cannot be "
        f"taken back. Only to see what will happen, use duban rehearse --until {given:%Y-%m-%d}.",
    )
