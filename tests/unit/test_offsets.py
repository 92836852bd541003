"""Offsets (时限): how they are written, and the instant each names."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from rules.offsets import MalformedOffset, Offset, OffsetUnit
from rules.worktime import WorkCalendar

CALENDAR = WorkCalendar()
NINE = time(9, 0)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("P3WD", 3, OffsetUnit.WD),
        ("-P3WD", -3, OffsetUnit.WD),
        ("P7D", 7, OffsetUnit.D),
        ("P2W", 2, OffsetUnit.W),
        ("P2M", 2, OffsetUnit.M),
        ("PT24H", 24, OffsetUnit.H),
        ("-PT8WH", -8, OffsetUnit.WH),
        ("PT30M", 30, OffsetUnit.MIN),
        ("P0D", 0, OffsetUnit.D),
    ],
)
def test_an_offset_reads_and_writes_the_same(text: str, count: int, unit: OffsetUnit) -> None:
    """A policy written to a file and read back keeps its limits; M is months in P2M and minutes in PT30M."""
    assert Offset.parse(text) == Offset(count, unit)
    assert str(Offset.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3天",
        "P3",
        "PWD",
        "P-3D",
        "p3d",
        "P3WH",
        "PT3D",
        "P1DT2H",
        "P1.5D",
        "P10000D",
        " P3D",
        "P３D",
        "P3D\n",
    ],
)
def test_what_cannot_be_read_is_refused_with_what_can(text: str) -> None:
    """Nobody has to guess the notation: the refusal quotes what was written and lists what is accepted."""
    with pytest.raises(MalformedOffset) as refused:
        Offset.parse(text)
    for sentence in refused.value.text:
        assert f"{text}" in sentence
        assert "P3WD" in sentence
        assert "PT8WH" in sentence


@pytest.mark.parametrize(
    ("anchor", "offset", "instant"),
    [
        ("2026-03-06T23:59:59", "P2WD", "2026-03-10T09:00"),  # due Friday: Tuesday morning
        ("2026-09-30T23:59:59", "P2WD", "2026-10-09T09:00"),  # due before 国庆
        ("2026-10-11T23:59:59", "-P1WD", "2026-10-10T09:00"),  # the working day before may be a Saturday
        ("2026-10-09T23:59:59", "-P3WD", "2026-09-29T09:00"),  # a reminder lands before the holiday
        ("2026-03-06T14:20", "P7D", "2026-03-13T09:00"),
        ("2026-03-06T14:20", "-P1D", "2026-03-05T09:00"),
        ("2026-03-06T14:20", "P2W", "2026-03-20T09:00"),
        ("2026-01-31T14:20", "P1M", "2026-02-28T09:00"),  # no 31 February
        ("2028-01-31T14:20", "P1M", "2028-02-29T09:00"),
        ("2026-03-31T14:20", "-P1M", "2026-02-28T09:00"),
        ("2026-11-15T14:20", "P2M", "2027-01-15T09:00"),
        ("2026-01-15T14:20", "-P1M", "2025-12-15T09:00"),
        ("2026-03-06T14:20", "PT24H", "2026-03-07T14:20"),  # hours run through the night and the weekend
        ("2026-03-06T14:20", "-PT30M", "2026-03-06T13:50"),
        ("2026-03-06T16:30", "PT8WH", "2026-03-09T17:30"),
        ("2026-03-06T14:20", "P0D", "2026-03-06T14:20"),  # at the anchor itself, not at nine
        ("2026-03-07T14:20", "P0WD", "2026-03-07T14:20"),
    ],
)
def test_the_instant_an_offset_names(anchor: str, offset: str, instant: str) -> None:
    """Units of a day or longer fall due in the morning of that day; hours and minutes are exact."""
    assert Offset.parse(offset).after(at(anchor), CALENDAR, NINE) == at(instant)


def test_days_are_counted_on_the_offices_clock() -> None:
    """18:00 in UTC is already the next day in Shanghai, so a day later is the day after that."""
    instant = Offset.parse("P1D").after(datetime(2026, 3, 2, 18, 0, tzinfo=UTC), CALENDAR, NINE)
    assert instant.isoformat() == "2026-03-04T09:00:00+08:00"


def test_hours_are_exact_where_clocks_change() -> None:
    """24 hours stay 24 hours across a change of clocks, though the clock then reads an hour later."""
    berlin = WorkCalendar(zone=ZoneInfo("Europe/Berlin"))
    anchor = datetime(2026, 3, 28, 12, 0, tzinfo=berlin.zone)
    assert Offset.parse("PT24H").after(anchor, berlin, NINE).isoformat() == "2026-03-29T13:00:00+02:00"
