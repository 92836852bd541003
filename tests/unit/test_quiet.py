"""Quiet hours and rest days (安静时段) in dated sentences: waiting is not lost, only later (promise 5)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.policy import QuietHours, Severity
from rules.quiet import release_at
from rules.worktime import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar()
OVERNIGHT = QuietHours()  # 20:00 to 08:00 and rest days, pierced by URGENT
LUNCH = QuietHours(begins=time(12), ends=time(14))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("written", "leaves"),
    [
        ("2026-03-11T10:00", "2026-03-11T10:00"),  # a working morning: at once
        ("2026-03-11T08:00", "2026-03-11T08:00"),  # quiet is over on the stroke
        ("2026-03-11T19:59:59", "2026-03-11T19:59:59"),
        ("2026-03-11T20:00", "2026-03-12T08:00"),  # and begins on the stroke
        ("2026-03-12T03:00", "2026-03-12T08:00"),
        ("2026-03-13T21:00", "2026-03-16T08:00"),  # Friday night to Monday
        ("2026-03-14T12:00", "2026-03-16T08:00"),  # a Saturday
        ("2026-09-30T21:00", "2026-10-08T08:00"),  # over 国庆
        ("2026-10-09T22:00", "2026-10-10T08:00"),  # the Saturday worked after it
        ("2026-02-14T21:00", "2026-02-24T08:00"),  # over 春节
    ],
)
def test_an_ordinary_notice_waits_for_the_working_day(written: str, leaves: str) -> None:
    """Nights, weekends and holidays are quiet; a make-up Saturday (调休) is a day like any other."""
    assert release_at(at(written), Severity.IMPORTANT, OVERNIGHT, CALENDAR) == at(leaves)
    assert release_at(at(written), Severity.ROUTINE, OVERNIGHT, CALENDAR) == at(leaves)


def test_urgency_pierces_the_quiet() -> None:
    """A red order leaves in the middle of the holiday; how grave it must be is the policy's to say."""
    holiday_night = at("2026-10-03T02:00")
    assert release_at(holiday_night, Severity.URGENT, OVERNIGHT, CALENDAR) == holiday_night
    lenient = QuietHours(pierced_by=Severity.IMPORTANT)
    assert release_at(holiday_night, Severity.IMPORTANT, lenient, CALENDAR) == holiday_night
    assert release_at(holiday_night, Severity.ROUTINE, lenient, CALENDAR) == at("2026-10-08T08:00")


def test_rest_days_need_not_be_quiet() -> None:
    """An office that works through the holiday keeps only its nights."""
    nights = QuietHours(rest_days=False)
    assert release_at(at("2026-10-03T12:00"), Severity.ROUTINE, nights, CALENDAR) == at("2026-10-03T12:00")
    assert release_at(at("2026-10-03T21:00"), Severity.ROUTINE, nights, CALENDAR) == at("2026-10-04T08:00")


@pytest.mark.parametrize(
    ("written", "leaves"),
    [
        ("2026-03-11T12:30", "2026-03-11T14:00"),
        ("2026-03-11T21:00", "2026-03-11T21:00"),
        ("2026-03-14T12:30", "2026-03-16T00:00"),  # a rest day ends at midnight, not at the end of Monday's lunch
        ("2026-03-15T23:00", "2026-03-16T00:00"),
    ],
)
def test_quiet_may_be_a_midday_rest(written: str, leaves: str) -> None:
    """Quiet hours within one day work like those over midnight."""
    assert release_at(at(written), Severity.ROUTINE, LUNCH, CALENDAR) == at(leaves)


def test_quiet_hours_that_begin_when_they_end_are_none() -> None:
    """The way to switch the hours off and keep the rest days."""
    none = QuietHours(begins=time(8), ends=time(8))
    assert release_at(at("2026-03-11T03:00"), Severity.ROUTINE, none, CALENDAR) == at("2026-03-11T03:00")


def test_the_instant_may_be_given_in_any_zone() -> None:
    """Thirteen hours UTC is nine in the evening here."""
    evening = datetime(2026, 3, 11, 13, tzinfo=UTC)
    assert release_at(evening, Severity.ROUTINE, OVERNIGHT, CALENDAR) == at("2026-03-12T08:00")


moments = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: at("2026-01-01") + timedelta(minutes=minutes))
hours = st.builds(QuietHours, begins=st.times(), ends=st.times(), rest_days=st.booleans())


@given(moments, hours)
def test_a_notice_leaves_at_the_first_instant_that_is_not_quiet(now: datetime, quiet: QuietHours) -> None:
    """Never before now, never in quiet, and never later than need be."""
    leaves = release_at(now, Severity.ROUTINE, quiet, CALENDAR)
    assert leaves >= now
    assert release_at(leaves, Severity.ROUTINE, quiet, CALENDAR) == leaves
    just_before = leaves - timedelta(seconds=1)
    if just_before >= now:
        assert release_at(just_before, Severity.ROUTINE, quiet, CALENDAR) == leaves
