"""Reads a point on the calendar (时点) from tokens.

    point := [year] below [weekday] [hour]
    below := month [day | part] | quarter [part] | half | part | feast | date | week | day | nothing behind a year

A point may lack what its neighbours give (the 9 of 9-12月, the year of 5月): spans.py and timeline.py fill that in.
"""

import re
from collections.abc import Callable
from datetime import date

from rules.deadlines.line import Line
from rules.deadlines.points import THIRDS, Point, week_of
from rules.deadlines.words import Kind

YEARS = range(1900, 2100)
SHORT_YEARS = range(10, 60)
ENDS_A_DAY = (
    Kind.BEFORE, Kind.DASH, Kind.END, Kind.COMMA, Kind.STOP, Kind.CLOSE, Kind.LIST, Kind.START, Kind.ABOUT, Kind.UNTIL,
)  # fmt: skip
PART_OF_YEAR = (Kind.MONTH_DAY, Kind.HALF, Kind.YEAR_PART, Kind.PART, Kind.FESTIVAL)

LAST_OF_13TH = 2020
"""The last year of “十三五”; each plan lasts five."""

NAMES_MORE = re.compile("[一-鿿]")
"""The 6.16 of 6.16咨询日 is part of a name."""

LENGTH = re.compile("[时期]限[:为]{0,2}$|(?:压减|压缩|缩短|缩减|减少?|降)(?:至|到|为)(?:[0-9]+[日天][、和])*$")
AFTERNOON = {"下午", "晚", "晚上", "晚间", "傍晚", "夜间", "午后"}


def take_point(line: Line) -> Point | None:
    """The point at the cursor, which moves behind it; None, and no move, where there is none."""
    begin = line.at
    point = _take_year(line) or Point()
    reader = _BELOW.get(line.peek().kind)
    if not (reader and reader(line, point)) and not point.has_year:
        line.at = begin
        return None
    _pass_weekday(line)
    take_hour(line, point)
    return point


def take_hour(line: Line, point: Point) -> None:
    """上午12:00 is noon; 24:00 is the end of the day; a part of the day without a number gives no hour."""
    _pass_mark_before_hour(line, point)
    part = line.take(Kind.DAYPART)
    clock = line.take(Kind.CLOCK)
    if clock is None:
        return
    part = line.take(Kind.DAYPART) or part
    hour, minute = clock.numbers
    said = line.words(part) if part else ""
    if (said in AFTERNOON and hour < 12) or (said == "中午" and hour < 3):
        hour += 12
    if hour < 24 and minute < 60 and not (said in AFTERNOON and clock.number == 12 and said != "下午"):
        point.clock = hour, minute


def _pass_mark_before_hour(line: Line, point: Point) -> None:
    """The hour may stand behind a mark: 10月31日，上午8:30."""
    marked = line.sees(Kind.COMMA, Kind.STOP, Kind.LIST) and (point.day is not None or point.span is not None)
    hour = line.sees(Kind.CLOCK, ahead=1) or (line.sees(Kind.DAYPART, ahead=1) and line.sees(Kind.CLOCK, ahead=2))
    if marked and hour:
        line.at += 1


def _take_year(line: Line) -> Point | None:
    token = line.peek()
    match token.kind:
        case Kind.NUMBER if token.unit == "年" and token.number in YEARS:
            point = Point(year=token.number)
        case Kind.NUMBER if opens_with_short_year(line):
            point = Point(year=2000 + token.number)
        case Kind.BARE if token.number in YEARS and line.sees(Kind.PART, Kind.BEFORE, ahead=1):
            point = Point(year=token.number)
        case Kind.MASKED_YEAR:
            point = Point(masked=True)
        case Kind.SHIFT if token.unit == "年":
            point = line.timeline.shifted("年", token.number) or Point(masked=True)
            point.adverb = True
        case Kind.NEXT if token.unit == "年":
            point = Point(adverb=True, following="年")
        case _:
            return None
    line.at += 1
    return point


def opens_with_short_year(line: Line) -> bool:
    """26年6月: a year without its century, and no length of time."""
    short = line.sees_number("年") and line.peek().number in SHORT_YEARS
    return short and (line.sees(*PART_OF_YEAR, ahead=1) or line.sees_number("月", "季度", ahead=1))


def _date(line: Line, point: Point) -> bool:
    point.year, point.month, point.day = line.peek().numbers
    line.at += 1
    return not point.masked


def _year_month(line: Line, point: Point) -> bool:
    point.year, point.month = line.peek().numbers
    line.at += 1
    _day_of_month(line, point)
    return True


def _month_day(line: Line, point: Point) -> bool:
    """6.30 is a date only where its neighbours say so: 6.30前, 4.6-4.12, or nothing else in the cell."""
    token = line.peek()
    said = line.words(token)[-1] in "日号" or point.has_year
    beside = line.sees(Kind.BEFORE, Kind.DASH, ahead=1) or line.sees(Kind.DASH, ahead=-1)
    alone = line.at == 0 and line.sees(Kind.END, ahead=1) and not NAMES_MORE.match(line.behind(token.end))
    if not (said or beside or alone):
        return False
    point.month, point.day = token.numbers
    line.at += 1
    return True


def _number(line: Line, point: Point) -> bool:
    """A name, not a length: 二月, but not 两月; 第二季度, but not 两季."""
    token = line.peek()
    if line.text[token.start] == "两":
        return False
    if token.unit == "月" and 1 <= token.number <= 12:
        point.month = token.number
        line.at += 1
        _day_of_month(line, point)
        return True
    if token.unit == "日" and not point.has_year and not _is_length(line):
        point.day = token.number
        line.at += 1
        return True
    return token.unit == "季度" and _quarter(line, point)


def _is_length(line: Line) -> bool:
    """5日内, 时限为20日, 缩短至15日: a number of days, not a day of the month."""
    return line.sees(Kind.WITHIN, Kind.AFTER, ahead=1) or LENGTH.search(line.before(line.place)) is not None


def _day_of_month(line: Line, point: Point) -> None:
    token = line.peek()
    if token.kind is Kind.PART or (token.kind is Kind.MONTH_PART and token.unit[0] == "月"):
        point.part = token.unit.removeprefix("月")
    elif _nth_day(line, point):
        return
    elif (token.kind is Kind.NUMBER and token.unit == "日") or (
        token.kind is Kind.BARE and token.number <= 31 and line.sees(*ENDS_A_DAY, ahead=1)
    ):
        point.day = token.number
    else:
        return
    line.at += 1
    _nth_day(line, point)


def _nth_day(line: Line, point: Point) -> bool:
    """第一个工作日, 最后一个星期五, 第二周 of the month named before."""
    token = line.peek()
    if token.kind is not Kind.NTH or not (token.unit in {"工作日", "周"} or token.unit[0] in "周星礼"):
        return False
    point.nth = token.number, token.unit
    line.at += 1
    return True


def _quarter(line: Line, point: Point) -> bool:
    token = line.peek()
    if token.unit != "季度" and token.kind in (Kind.NUMBER, Kind.NTH):
        return False
    first, last = token.number, token.numbers[-1]
    if not 1 <= first <= last <= 4:
        return False
    point.quarters = first, last
    line.at += 1
    part = line.take(Kind.PART)
    point.part = part.unit if part else None
    return True


def _half(line: Line, point: Point) -> bool:
    point.quarters = (1, 2) if line.peek().unit.startswith("上") else (3, 4)
    line.at += 1
    return True


def _year_part(line: Line, point: Point) -> bool:
    point.part = line.peek().unit[-1]
    line.at += 1
    return True


def _part(line: Line, point: Point) -> bool:
    token = line.peek()
    if (token.unit in THIRDS) is point.has_year:
        return False
    point.part = token.unit
    line.at += 1
    return True


def _month_part(line: Line, point: Point) -> bool:
    """月底, 季末, 旬末 of the reference date's."""
    said = line.peek().unit
    period, part = said[0], said[-1]
    found = line.timeline.shifted("季度" if period == "季" else period, 0)
    if found is None or point.has_year:
        return False
    point.year, point.month, point.quarters, point.span = found.year, found.month, found.quarters, found.span
    point.part, point.recurs = part, period != "月"
    line.at += 1
    _nth_day(line, point)
    return True


def _shifted(line: Line, point: Point) -> bool:
    token = line.peek()
    shift = line.timeline.shifted(token.unit, token.number)
    if shift is None or token.unit == "年" or point.has_year:
        return False
    point.year, point.month, point.quarters, point.span = shift.year, shift.month, shift.quarters, shift.span
    line.at += 1
    if token.unit == "月":
        _day_of_month(line, point)
    elif token.unit == "季度" and (part := line.take(Kind.PART)):
        point.part = part.unit
    return True


def _following(line: Line, point: Point) -> bool:
    """次月, 次月5日."""
    if point.has_year or line.peek().unit != "月":
        return False
    point.following, point.month = "月", 1
    line.at += 1
    _day_of_month(line, point)
    return True


def _week(line: Line, point: Point) -> bool:
    token = line.peek()
    found = line.timeline.shifted("周", token.number)
    if found is None or found.span is None:
        return False
    point.span = _weekday(found.span, token.unit)
    line.at += 1
    return True


def _weekday_alone(line: Line, point: Point) -> bool:
    days = [char for char in line.peek().unit if char in "一二三四五六日天末"]
    if len(days) != 1 or line.timeline.on is None:
        return False
    point.span = _weekday(week_of(line.timeline.on), days[0])
    line.at += 1
    return True


def _weekday(week: tuple[date, date], name: str) -> tuple[date, date]:
    if not name:
        return week
    day = week[0].fromordinal(
        week[0].toordinal() + "一二三四五六日".index(name.translate({0x5929: "日", 0x672B: "日"}))
    )
    return day, day


def _feast(line: Line, point: Point) -> bool:
    point.feast = line.peek().unit
    line.at += 1
    return True


def _plan(line: Line, point: Point) -> bool:
    """Without 期间 or 末, “十三五” is part of a name."""
    token = line.peek()
    last = LAST_OF_13TH + 5 * (token.number - 13)
    if not token.unit and not line.sees(Kind.BEFORE, ahead=1):
        return False
    if token.unit.endswith("末"):
        point.year, point.part = last, "末"
    else:
        point.span = date(last - 4, 1, 1), date(last, 12, 31)
    line.at += 1
    return True


def _bare(line: Line, point: Point) -> bool:
    """A number that waits for its unit (9-12月), or a month whose 月 was left out (6底前)."""
    token = line.peek()
    if line.sees(Kind.PART, ahead=1) and 1 <= token.number <= 12:
        point.month = token.number
        line.at += 1
        _day_of_month(line, point)
        return True
    if not line.sees(Kind.DASH, Kind.LIST, ahead=1):
        return False
    point.bare = token.number
    line.at += 1
    return True


def _hour_alone(line: Line, point: Point) -> bool:
    if point.has_year:
        return False
    take_hour(line, point)
    return point.clock is not None


def _pass_weekday(line: Line) -> None:
    if line.sees(Kind.OPEN) and line.sees(Kind.WEEKDAYS, ahead=1) and line.sees(Kind.CLOSE, ahead=2):
        line.at += 3
    else:
        line.take(Kind.WEEKDAYS)


_BELOW: dict[Kind, Callable[[Line, Point], bool]] = {
    Kind.DATE: _date,
    Kind.YEAR_MONTH: _year_month,
    Kind.MONTH_DAY: _month_day,
    Kind.NUMBER: _number,
    Kind.NTH: _quarter,
    Kind.QUARTERS: _quarter,
    Kind.HALF: _half,
    Kind.YEAR_PART: _year_part,
    Kind.PART: _part,
    Kind.MONTH_PART: _month_part,
    Kind.SHIFT: _shifted,
    Kind.NEXT: _following,
    Kind.WEEK: _week,
    Kind.WEEKDAYS: _weekday_alone,
    Kind.FESTIVAL: _feast,
    Kind.PLAN: _plan,
    Kind.BARE: _bare,
    Kind.DAYPART: _hour_alone,
    Kind.CLOCK: _hour_alone,
}
