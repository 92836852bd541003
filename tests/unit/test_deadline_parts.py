"""The small parts of the deadline grammar: spelling, numerals, festivals, rules."""

from datetime import date, timedelta

import pytest

from rules.deadlines.festivals import LUNAR, festival, rest_days_near
from rules.deadlines.normal import normalise
from rules.deadlines.numerals import number
from rules.deadlines.rrules import days_of_week, pace

LUNATION = 29.530588


@pytest.mark.parametrize(
    ("spelt", "plain"),
    [
        ("２０２６年　６月", "2026年6月"),
        ("3月——5月", "3月-5月"),
        ("3月～5月", "3月-5月"),
        ("“十一”前", "十一前"),
        ("①3月", ";3月"),
        ("2026-03-02 18:00", "2026-03-02 18:00"),
        ("二○二六", "二〇二六"),
    ],
)
def test_one_spelling(spelt: str, plain: str) -> None:
    """Width, dashes, quotes and spaces have one spelling; a space between digits keeps them apart."""
    assert normalise(spelt).text == plain


def test_the_way_back_to_the_source() -> None:
    """A stretch of the normal text leads back to the very words of the source, opening quote included."""
    normal = normalise("务于“十一” 前报送")
    start = normal.text.index("十一")
    assert normal.verbatim(start, start + 3) == "“十一” 前"


@pytest.mark.parametrize(
    ("words", "value"),
    [("十", 10), ("十二", 12), ("三十一", 31), ("廿五", 25), ("二〇二六", 2026), ("两", 2), ("一百二十", 120)],
)
def test_numerals(words: str, value: int) -> None:
    """Chinese numerals are read by tens and hundreds, or digit by digit where they spell a year."""
    assert number(words) == value


@pytest.mark.parametrize("year", LUNAR)
def test_lunar_feasts_lie_whole_months_apart(year: int) -> None:
    """A slip in the table would break the moon: the feasts' months begin whole lunations after 春节."""
    spring = festival("春节", year)
    assert spring is not None
    assert date(year, 1, 21) <= spring <= date(year, 2, 20)
    for name, day_of_month in (("端午", 5), ("中秋", 15), ("重阳", 9)):
        day = festival(name, year)
        assert day is not None
        age = ((day - timedelta(days=day_of_month - 1)) - spring).days
        assert abs(age - round(age / LUNATION) * LUNATION) < 1.3, name


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("春节", date(2026, 2, 17)),
        ("元宵", date(2026, 3, 3)),
        ("除夕", date(2027, 2, 5)),
        ("清明", date(2026, 4, 5)),
        ("清明", date(2028, 4, 4)),
        ("国庆", date(2026, 10, 1)),
        ("立春", date(2025, 2, 3)),
        ("春分", date(2026, 3, 20)),
        ("夏至", date(2024, 6, 21)),
        ("冬至", date(2021, 12, 21)),
    ],
)
def test_festival_days(name: str, day: date) -> None:
    """Feasts and solar terms fall on the days the calendars print."""
    assert festival(name, day.year) == day


def test_beyond_the_table() -> None:
    """No feast is made up for a year the lunar table does not hold."""
    assert festival("中秋", 2041) is None


def test_rest_days_make_working_days_uncertain() -> None:
    """A count of working days over 国庆 is doubtful, one in the middle of November is not."""
    assert rest_days_near(date(2026, 9, 28), date(2026, 10, 12))
    assert not rest_days_near(date(2026, 11, 9), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("unit", "every", "rule"),
    [
        ("季度", 1, "FREQ=MONTHLY;INTERVAL=3"),
        ("半年", 2, "FREQ=YEARLY"),
        ("个月", 12, "FREQ=YEARLY"),
        ("个月", 24, "FREQ=YEARLY;INTERVAL=2"),
        ("旬", 1, "FREQ=MONTHLY;X-COUNT=3"),
        ("双周", 1, "FREQ=WEEKLY;INTERVAL=2"),
    ],
)
def test_paces(unit: str, every: int, rule: str) -> None:
    """A pace is written in the largest frequency that fits it."""
    assert str(pace(unit, every)) == rule


@pytest.mark.parametrize(
    ("words", "days"),
    [("周一、三、五", "MO,WE,FR"), ("周一至周四", "MO,TU,WE,TH"), ("周末", "SA,SU"), ("周二到四", "TU,WE,TH")],
)
def test_weekdays(words: str, days: str) -> None:
    """Lists and ranges of weekdays become their days."""
    assert days_of_week(words) == days
