"""Working time (工作时间): holidays, make-up days, hours, and years not published yet, in dated sentences."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from rules.worktime import UnusableHours, WorkCalendar

CALENDAR = WorkCalendar()
SHANGHAI = ZoneInfo("Asia/Shanghai")


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "worked"),
    [
        ("2026-01-02", False),  # Friday of 元旦
        ("2026-01-04", True),  # the Sunday worked for it
        ("2026-02-14", True),  # the Saturday worked before 春节
        ("2026-02-16", False),  # Monday of 春节
        ("2026-02-28", True),  # the Saturday worked after it
        ("2026-03-07", False),  # a plain Saturday
        ("2026-03-09", True),  # a plain Monday
        ("2026-05-09", True),  # the Saturday worked for 劳动节
        ("2026-09-20", True),  # the Sunday worked for 国庆
        ("2026-09-25", False),  # 中秋
        ("2026-10-07", False),  # the last day of 国庆, a Wednesday
        ("2026-10-10", True),  # the Saturday worked for it
        ("2025-10-08", False),  # the eighth day of a longer 国庆 the year before
    ],
)
def test_holidays_and_make_up_days_of_the_national_calendar(text: str, worked: bool) -> None:
    """A holiday on a weekday is rest and a make-up Saturday (调休) is work, as they were published."""
    assert CALENDAR.is_workday(day(text)) is worked


@pytest.mark.parametrize(
    ("start", "workdays", "end"),
    [
        ("2026-03-02", 3, "2026-03-05"),
        ("2026-03-06", 1, "2026-03-09"),  # Friday to Monday
        ("2026-09-30", 1, "2026-10-08"),  # over 国庆
        ("2026-09-30", 3, "2026-10-10"),  # the make-up Saturday counts
        ("2026-02-13", 2, "2026-02-24"),  # make-up Saturday, then nine days of 春节
        ("2026-02-27", 1, "2026-02-28"),
        ("2026-10-08", -1, "2026-09-30"),
        ("2026-02-24", -3, "2026-02-12"),
        ("2026-10-03", 1, "2026-10-08"),  # from a rest day
        ("2026-10-03", -1, "2026-09-30"),
        ("2026-10-03", 0, "2026-10-03"),  # nothing to count: the day stays, rest or not
        ("2025-12-31", 1, "2026-01-04"),  # over the year end and 元旦 to a Sunday worked
    ],
)
def test_counting_working_days(start: str, workdays: int, end: str) -> None:
    """A limit of working days skips holidays and weekends, counts make-up days, and not its first day."""
    assert CALENDAR.shift(day(start), workdays) == day(end)


def test_the_offices_year_table_stands_over_the_national_calendar() -> None:
    """A city may rest on a Thursday or work on a Saturday, and the count follows it."""
    city = CALENDAR.with_overrides({day("2026-03-05"): False, day("2026-03-07"): True})
    assert not city.is_workday(day("2026-03-05"))
    assert city.shift(day("2026-03-04"), 2) == day("2026-03-07")
    assert CALENDAR.is_workday(day("2026-03-05")), "the calendar it was laid over is unchanged"


def test_a_later_table_adds_to_an_earlier_one() -> None:
    """Laying a second table over the first keeps the first where the second is silent."""
    first = CALENDAR.with_overrides({day("2026-03-05"): False, day("2026-03-06"): False})
    both = first.with_overrides({day("2026-03-06"): True})
    assert [both.is_workday(day(text)) for text in ("2026-03-05", "2026-03-06")] == [False, True]


def test_a_year_without_a_published_calendar_counts_monday_to_friday_and_says_so() -> None:
    """Beyond what is published a limit is computed all the same, but marked provisional (暂定)."""
    assert CALENDAR.shift(day("2093-01-01"), 1) == day("2093-01-02")  # a Thursday, a Friday
    assert not CALENDAR.is_workday(day("2093-01-03"))
    assert CALENDAR.provisional(day("2093-01-02"))
    assert not CALENDAR.provisional(day("2026-12-31"))


def test_a_count_across_an_unpublished_stretch_is_provisional_though_it_ends_on_a_known_day() -> None:
    """A count back from an unpublished January may land on a known day of December, on unknown grounds."""
    assert CALENDAR.provisional(day("2093-01-05"), day("2026-12-31"))
    assert not CALENDAR.provisional(day("2026-01-05"), day("2026-12-31"))


def test_an_entered_holiday_notice_settles_the_whole_year() -> None:
    """A table with 元旦 and 国庆 was copied from that year's notice: its ordinary days are known too."""
    notice = CALENDAR.with_overrides({day("2093-01-01"): False, day("2093-10-01"): False})
    assert notice.knows(day("2093-06-10"))
    assert not notice.knows(day("2094-06-10"))


@pytest.mark.parametrize("text", ["2093-06-10", "2093-01-01", "2093-10-01"])
def test_one_rest_day_does_not_settle_a_year(text: str) -> None:
    """A single day entered ahead of the national notice makes that day known and no other."""
    local = CALENDAR.with_overrides({day(text): False})
    assert local.knows(day(text))
    assert local.provisional(day("2093-06-11"))


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-02T09:00", 2, "2026-03-02T11:00"),
        ("2026-03-02T11:00", 2, "2026-03-02T15:00"),  # over noon
        ("2026-03-02T08:30", 7, "2026-03-02T17:30"),  # a full day ends with that day
        ("2026-03-02T16:30", 8, "2026-03-03T17:30"),
        ("2026-03-02T12:30", 1, "2026-03-02T15:00"),  # from the noon break
        ("2026-03-02T06:00", 1, "2026-03-02T09:30"),  # from before opening
        ("2026-03-06T20:00", 1, "2026-03-09T09:30"),  # from Friday evening
        ("2026-09-30T17:00", 1, "2026-10-08T09:00"),  # over 国庆
        ("2026-02-13T17:00", 1, "2026-02-14T09:00"),  # into a make-up Saturday
        ("2026-03-02T15:00", -2, "2026-03-02T11:00"),
        ("2026-03-02T08:30", -7, "2026-02-28T08:30"),  # back over a Sunday to a make-up Saturday
        ("2026-10-08T09:00", -1, "2026-09-30T17:00"),
        ("2026-03-02T09:00", 0.5, "2026-03-02T09:30"),
        ("2026-10-03T10:00", 0, "2026-10-03T10:00"),
    ],
)
def test_counting_working_hours(start: str, hours: float, end: str) -> None:
    """A limit in working hours (工作时) runs only while the office is open."""
    assert CALENDAR.add_hours(at(start), hours) == at(end)


def test_working_hours_are_counted_on_the_offices_clock() -> None:
    """An instant from a server in UTC is the office's local time, and so is the answer."""
    end = CALENDAR.add_hours(datetime(2026, 3, 2, 1, 0, tzinfo=UTC), 1)
    assert end.isoformat() == "2026-03-02T10:00:00+08:00"


def test_working_hours_are_exact_where_clocks_change() -> None:
    """An hour is an hour, also on a day on which the local clock jumps between the two."""
    berlin = WorkCalendar(zone=ZoneInfo("Europe/Berlin"), hours=((time(1), time(5)),),
                          overrides={day("2026-03-29"): True})  # fmt: skip
    begins = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 01:30, half an hour before 02:00 becomes 03:00
    assert berlin.add_hours(begins, 1).isoformat() == "2026-03-29T03:30:00+02:00"
    midnight = datetime(2026, 3, 28, 23, 0, tzinfo=UTC)
    assert berlin.add_hours(midnight, 2).isoformat() == "2026-03-29T04:00:00+02:00"


def test_a_date_lasts_until_its_last_second() -> None:
    """A duty due on a date is not overdue while that day lasts on the office's clock."""
    assert CALENDAR.end_of(day("2026-06-30")).isoformat() == "2026-06-30T23:59:59+08:00"


def test_a_deadline_that_names_an_hour_keeps_it() -> None:
    """18:00前 means six in the evening at the office, wherever the server stands."""
    assert CALENDAR.end_of(datetime.fromisoformat("2026-06-30T18:00")).isoformat() == "2026-06-30T18:00:00+08:00"
    in_utc = datetime(2026, 6, 30, 10, 0, tzinfo=UTC)
    assert CALENDAR.end_of(in_utc).isoformat() == "2026-06-30T18:00:00+08:00"


def test_a_naive_time_is_no_instant() -> None:
    """An instant without a zone would silently take the server's zone, so it is refused."""
    with pytest.raises(ValueError, match="time zone"):
        CALENDAR.local(datetime.fromisoformat("2026-06-30T18:00"))


@pytest.mark.parametrize(
    "hours",
    [
        (),
        ((time(12), time(8)),),
        ((time(8), time(8)),),
        ((time(8), time(13)), (time(12), time(17))),
        ((time(14), time(17)), (time(8), time(12))),
    ],
)
def test_hours_that_could_never_be_counted_are_refused(hours: tuple[tuple[time, time], ...]) -> None:
    """No span at all would make a limit in working hours endless; the refusal shows an accepted form."""
    with pytest.raises(UnusableHours) as refused:
        WorkCalendar(hours=hours)
    assert "08:30-12:00" in refused.value.text.zh
    assert "08:30-12:00" in refused.value.text.en


def test_calendars_with_the_same_table_are_interchangeable() -> None:
    """Results cached for a calendar are found again by an equal one, and not by a different one."""
    table = {day("2026-03-05"): False}
    assert CALENDAR.with_overrides(table) == CALENDAR.with_overrides(dict(table))
    assert hash(CALENDAR.with_overrides(table)) == hash(CALENDAR.with_overrides(dict(table)))
    assert CALENDAR.with_overrides(table) != CALENDAR
