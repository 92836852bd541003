"""Laws of working time, offsets and cadences that hold for any calendar, any limit and any horizon."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from dateutil.rrule import rrulestr
from hypothesis import assume, given
from hypothesis import strategies as st

from rules.cadence import Due, Occurrence, occurrences
from rules.offsets import Offset, OffsetUnit
from rules.reading import Deadline, DeadlineKind
from rules.worktime import WorkCalendar

FIRST, LAST = date(2025, 1, 1), date(2028, 12, 31)  # from published years into unpublished ones
ONE_DAY = timedelta(days=1)

days = st.dates(FIRST, LAST)
quarter_hours = st.integers(1, 200).map(lambda quarters: quarters / 4)
instants = st.builds(datetime.combine, days, st.times(), st.just(UTC))
quarters = st.integers(0, 27)  # of an hour, within the seven hours of a working day
calendars = st.dictionaries(days, st.booleans(), max_size=40).map(lambda table: WorkCalendar(overrides=table))
offsets = st.builds(Offset, st.integers(-9999, 9999), st.sampled_from(OffsetUnit))


def worked_between(calendar: WorkCalendar, after: date, through: date) -> int:
    return sum(calendar.is_workday(after + ONE_DAY * n) for n in range(1, (through - after).days + 1))


def opening(calendar: WorkCalendar, day: date, quarter: int) -> datetime:
    """A quarter of an hour at which the office is open, on the first working day after this one."""
    begins = time(8, 30) if quarter < 14 else time(14, 0)
    start = datetime.combine(calendar.shift(day, 1), begins, calendar.zone)
    return start + timedelta(minutes=15 * (quarter % 14))


# working time


@given(calendars, days, st.integers(1, 30))
def test_a_limit_contains_exactly_its_working_days(calendar: WorkCalendar, day: date, count: int) -> None:
    """Counting forward ends on a working day with exactly n of them in between, itself included."""
    end = calendar.shift(day, count)
    assert calendar.is_workday(end)
    assert worked_between(calendar, day, end) == count


@given(calendars, days, st.integers(-30, 30))
def test_counting_forth_and_back_is_no_move(calendar: WorkCalendar, day: date, count: int) -> None:
    """A reminder n days before what is due n days later is sent on the day itself."""
    assume(calendar.is_workday(day))
    assert calendar.shift(calendar.shift(day, count), -count) == day


@given(calendars, days, days, st.integers(-30, 30))
def test_who_starts_later_never_ends_earlier(calendar: WorkCalendar, one: date, other: date, count: int) -> None:
    """A limit that starts later never runs out earlier, over holidays and make-up days too."""
    earlier, later = sorted((one, other))
    assert calendar.shift(earlier, count) <= calendar.shift(later, count)


@given(calendars, instants, quarter_hours, quarter_hours)
def test_working_hours_add_up(calendar: WorkCalendar, start: datetime, some: float, more: float) -> None:
    """Two limits one after the other end where their sum ends."""
    assert calendar.add_hours(calendar.add_hours(start, some), more) == calendar.add_hours(start, some + more)


@given(calendars, days, quarters, quarter_hours)
def test_working_hours_forth_and_back(calendar: WorkCalendar, day: date, quarter: int, hours: float) -> None:
    """From an hour in which the office is open, there and back is no move at all."""
    start = opening(calendar, day, quarter)
    assert calendar.add_hours(calendar.add_hours(start, hours), -hours) == start


@given(calendars, days, quarters)
def test_a_full_day_of_hours_is_a_working_day(calendar: WorkCalendar, day: date, quarter: int) -> None:
    """Seven open hours on, it is the same time on the next working day, however far off that is."""
    assume(quarter % 14)  # at the opening itself, a span's end is as good as the next one's beginning
    start = opening(calendar, day, quarter)
    next_day = calendar.shift(start.date(), 1)
    assert calendar.add_hours(start, 7) == datetime.combine(next_day, start.time(), calendar.zone)


# offsets


@given(offsets)
def test_what_is_written_reads_the_same(offset: Offset) -> None:
    """No limit changes by being saved."""
    assert Offset.parse(str(offset)) == offset


@given(calendars, instants, st.sampled_from(OffsetUnit), st.integers(0, 20), st.integers(1, 20))
def test_a_longer_offset_is_never_earlier(
    calendar: WorkCalendar, anchor: datetime, unit: OffsetUnit, count: int, more: int
) -> None:
    """The rungs of a ladder written in growing offsets fall due in that order."""
    nine = time(9, 0)
    short, long = (Offset(n, unit).after(anchor, calendar, nine) for n in (count, count + more))
    assert anchor <= short < long


# cadences

plain_rules = st.builds(
    "FREQ={};INTERVAL={}".format,
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 12),
)
day_rules = st.sampled_from(
    [
        "FREQ=WEEKLY;BYDAY=FR",
        "FREQ=WEEKLY;BYDAY=MO,TH",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=DAILY;BYDAY=TU,WE",
        "FREQ=MONTHLY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYMONTHDAY=10,20,-1",
        "FREQ=MONTHLY;BYDAY=1FR",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20",
        "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=15",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
    ]
)
other_rules = st.sampled_from(
    [
        "FREQ=MONTHLY;BYMONTHDAY=29,31",
        "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25",
        "FREQ=MONTHLY;X-COUNT=3",
        "FREQ=WEEKLY;BYDAY=TU,TH;X-COUNT=4",
        "FREQ=YEARLY;X-MIN-COUNT=4",
        "FREQ=WEEKLY;BYDAY=FR;BYHOUR=17",
        "FREQ=DAILY;BYHOUR=9,15",
        "FREQ=DAILY;X-COUNT=4 + FREQ=WEEKLY",
    ]
)
any_rule = plain_rules | day_rules | other_rules


def recurring(rule: str) -> Deadline:
    return Deadline("每…", DeadlineKind.RECURRING, rrule=rule)


@st.composite
def windows(draw: st.DrawFn) -> Deadline:
    start = draw(days)
    due: Due | None = draw(st.none() | days.map(lambda day: max(day, start)))
    return Deadline("…至…", DeadlineKind.WINDOW, start=start, due=due)


readings = (
    any_rule.map(recurring)
    | windows()
    | days.map(lambda day: Deadline("…前", DeadlineKind.BY, due=day))
    | st.just(Deadline("长期坚持", DeadlineKind.STANDING))
)
rows = st.lists(readings, max_size=4).map(tuple)
horizons = st.tuples(days, st.integers(0, 500), st.integers(1, 500)).map(
    lambda drawn: (drawn[0], drawn[0] + ONE_DAY * drawn[1], drawn[0] + ONE_DAY * (drawn[1] + drawn[2]))
)


def between(row: tuple[Deadline, ...], since: date, until: date) -> tuple[Occurrence, ...]:
    return occurrences(row, since=since, until=until, year=2026, standing_rule="FREQ=MONTHLY;INTERVAL=3")


def day_of(due: Due) -> date:
    return due.date() if isinstance(due, datetime) else due


@given(rows, horizons)
def test_sweeping_in_two_parts_finds_what_one_sweep_finds(
    row: tuple[Deadline, ...], horizon: tuple[date, date, date]
) -> None:
    """Daily and weekly sweeping open the same duties: nothing falls between two horizons."""
    first, middle, last = horizon
    whole = between(row, first, last)
    parts = (*between(row, first, middle), *between(row, middle + ONE_DAY, last))
    assert set(parts) == set(whole)


@given(rows, horizons)
def test_a_key_names_one_occurrence(row: tuple[Deadline, ...], horizon: tuple[date, date, date]) -> None:
    """Two duties of a row never share a key, and no duty falls due before it opens."""
    found = between(row, horizon[0], horizon[2])
    assert len({one.key for one in found}) == len(found)
    assert all(one.opens is None or one.opens <= day_of(one.due) for one in found)


@given(plain_rules, horizons)
def test_periods_leave_no_day_out(rule: str, horizon: tuple[date, date, date]) -> None:
    """Where a rule names no day, each occurrence opens the day after the one before it fell due."""
    since, _, until = horizon
    found = between((recurring(rule),), since, until)
    assert found[0].opens is not None and found[0].opens <= since
    assert all(later.opens == day_of(earlier.due) + ONE_DAY for earlier, later in pairwise(found))
    assert day_of(found[-1].due) >= until


@given(day_rules, horizons)
def test_named_days_are_those_of_the_standard(rule: str, horizon: tuple[date, date, date]) -> None:
    """Where RFC 5545 says what a clerk means, the due days are the standard's, each exactly once."""
    since, _, until = horizon
    begin = datetime.combine(since, time())
    standard = rrulestr(rule, dtstart=begin).between(begin, datetime.combine(until, time()), inc=True)
    found = [day_of(one.due) for one in between((recurring(rule),), since, until)]
    assert [due for due in found if due <= until] == [instant.date() for instant in standard]


@given(any_rule, windows(), horizons)
def test_nothing_recurs_outside_its_phase(rule: str, phase: Deadline, horizon: tuple[date, date, date]) -> None:
    """Within a phase window no duty opens before it begins or falls due after it ends."""
    assert phase.start is not None
    end = phase.due or date(max(2026, phase.start.year), 12, 31)
    for one in between((phase, recurring(rule)), horizon[0], horizon[2]):
        assert one.opens is not None and phase.start <= one.opens
        assert day_of(one.due) <= day_of(end)
