"""Lunar dates (农历日期): 正月十五, 农历八月十五. Months of the lunar year vary, so the clerk is always asked."""

import re
from datetime import date, timedelta

from rules.deadlines import doubts
from rules.deadlines.festivals import festival
from rules.deadlines.line import Draft, Line
from rules.deadlines.numerals import number
from rules.deadlines.words import Kind
from rules.reading import DeadlineKind

MONTHS = {"正": 1, "冬": 11, "腊": 12}
FEASTS = {(5, 5): "端午", (8, 15): "中秋", (9, 9): "重阳"}
PARTS = re.compile("(?:农历|阴历|旧历)?(?P<month>[^月]+)月(?:初?(?P<day>[0-9]+|[一二三四五六七八九十廿卅]+)日?)?")


def read_lunar(line: Line) -> list[Draft]:
    """The day by our calendar where the feasts tell it, else none; asked in either case."""
    token = line.peek()
    line.at += 1
    line.take(Kind.BEFORE, Kind.WITHIN)
    year = line.timeline.year()
    day = _day(line.words(token), year) if year else None
    draft = Draft(DeadlineKind.BY, token.start, line.place, due=day)
    draft.doubts.append(doubts.lunar_date(day))
    return [draft]


def _day(words: str, year: int) -> date | None:
    parts = PARTS.match(words)
    if parts is None or parts["day"] is None:
        return None
    said, day = parts["month"], number(parts["day"])
    month = MONTHS[said] if said in MONTHS else number(said) if said[0] != "闰" else 0
    first = festival("春节", year)
    if month == 1 and first and day < 30:
        return first + timedelta(days=day - 1)
    return festival(FEASTS[month, day], year) if (month, day) in FEASTS else None
