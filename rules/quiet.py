"""Quiet hours and rest days (安静时段): when a notice may leave. Waiting is never lost, only later."""

from datetime import datetime, time, timedelta

from rules.policy import QuietHours, Severity
from rules.worktime import WorkCalendar


def release_at(now: datetime, severity: Severity, quiet: QuietHours, calendar: WorkCalendar) -> datetime:
    """The first instant at or after `now` at which a notice of this severity may go out (promise 5)."""
    if severity >= quiet.pierced_by:
        return now
    local = calendar.local(now)
    while _is_quiet(local, quiet, calendar):
        local = _next_change(local, quiet)
    return local


def _is_quiet(local: datetime, quiet: QuietHours, calendar: WorkCalendar) -> bool:
    clock = local.timetz().replace(tzinfo=None)
    overnight = quiet.begins > quiet.ends
    inside = clock >= quiet.begins or clock < quiet.ends if overnight else quiet.begins <= clock < quiet.ends
    return inside or (quiet.rest_days and not calendar.is_workday(local.date()))


def _next_change(local: datetime, quiet: QuietHours) -> datetime:
    """The next instant at which quiet may be over: the time quiet hours end, or midnight."""
    end = datetime.combine(local.date(), quiet.ends, local.tzinfo)
    return end if end > local else datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
