"""Lists and ranges of points (列举与起止): 3、6、9月底, 9-12月, 3月11日至15日, with what each leaves to its neighbours.

items := item {(、|/|和) item}        item := point [- point]
"""

import re
from dataclasses import dataclass

from rules.deadlines.line import Line
from rules.deadlines.moments import YEARS, take_point
from rules.deadlines.points import Point
from rules.deadlines.words import Kind

LONGEST_LIST = 24
"""No cell names more dates than this in one list; the rest is read as another."""


SETS_OFF = re.compile("(?:全面|正式)?(?:展开|启动|铺开|开启)")


@dataclass(frozen=True, slots=True)
class Item:
    """一个时点或时段: characters begin..end of the line."""

    first: Point
    last: Point | None
    begin: int
    end: int


def take_items(line: Line) -> list[Item] | None:
    """The items at the cursor, which moves behind them; None where there are none or a number keeps no unit."""
    items: list[Item] = []
    mark = line.at
    while len(items) < LONGEST_LIST and (item := _take_item(line)) is not None:
        items.append(item)
        mark = line.at
        if not line.take(Kind.LIST) and not (item.first.feast and line.sees(Kind.FESTIVAL)):
            break
    line.at = mark
    _share_day(line, items)
    bare = [item.first for item in items if item.first.bare is not None and not item.last]
    points = [point for item in items for point in (item.first, item.last) if point]
    for point, following in zip(reversed(points[:-1]), reversed(points[1:]), strict=True):
        _complete(point, following)
    _share(items, bare)
    return items if items and all(point.bare is None for point in points) else None


def run_of_months(line: Line, items: list[Item]) -> list[Item]:
    """7、8月 is the stretch of both, as 7-8月 is; 7月、8月, 3、9月 and 7、8月各一次 are months of their own."""
    first, last = items[0], items[-1]
    begins = first.first.month or 0
    months = [item.first.month if item.first.lone_month and not item.last else None for item in items]
    follow_on = len(items) > 1 and months == [*range(begins, begins + len(items))]
    if not follow_on or "月" in line.text[first.begin : last.begin] or line.behind(line.place).startswith("各"):
        return items
    return [Item(first.first, last.first, first.begin, last.end)]


def _take_item(line: Line) -> Item | None:
    begin = line.place
    first = take_point(line)
    if first is None:
        return None
    mark = line.at
    if line.take(Kind.START) or _sets_off(line):
        line.take(Kind.COMMA)
    last = _take_end(line, first) if line.take(Kind.DASH) else _take_next_month(line, first)
    if last is None:
        line.at = mark
    return Item(first, last, begin, line.place)


def _sets_off(line: Line) -> bool:
    """8月1日全面展开,至9月30日结束: the first day of a stretch, if its end follows at once."""
    sets_off = SETS_OFF.fullmatch(line.words(line.peek())) is not None
    line.at += sets_off
    return sets_off


def _take_next_month(line: Line, first: Point) -> Point | None:
    """11月12月, run together without a mark, is the stretch of both."""
    last = None
    while first.lone_month and line.sees_number("月") and line.peek().number == (first.month or 0) + 1:
        last = first = take_point(line) or first
    return last


def _take_end(line: Line, first: Point) -> Point | None:
    """The point behind the dash, or the bare 30 of 6.1-30, the 4 of 2026.1-4, in a cell the 2028 of 2026-2028."""
    dotted = line.tokens[line.at - 2].kind is Kind.YEAR_MONTH
    if point := take_point(line):
        return point
    if not line.sees(Kind.BEFORE, Kind.END, Kind.CLOSE, ahead=1):
        return None
    token = line.take(Kind.BARE)
    if token and first.bare in YEARS and token.number in YEARS and line.label:
        return Point(year=token.number)
    if token and first.day is not None and token.number > first.day:
        return Point(day=token.number)
    if token and dotted and first.month is not None and first.month < token.number <= 12:
        return Point(month=token.number)
    return None


def _complete(point: Point, following: Point) -> None:
    """Gives a bare number the unit of the point behind it: the 9 of 9-12月, the 18 of 9月18-22日."""
    if point.bare is None:
        return
    bare = point.bare
    if point.month is not None:
        point.day = bare
    elif following.month is not None and (point.has_year or not following.has_year) and 1 <= bare <= 12:
        point.month = bare
    elif following.quarters is not None and 1 <= bare <= 4:
        point.quarters = bare, bare
    elif following.has_year and bare in YEARS:
        point.year = bare
    elif following.day is not None:
        point.day = bare
    else:
        return
    point.bare = None


def _share_day(line: Line, items: list[Item]) -> None:
    """The day behind 的 belongs to every month of the list: 6月、9月的20日."""
    listed = len(items) > 1 and all(item.first.lone_month and not item.last for item in items)
    if listed and line.words(line.peek()) == "的" and line.sees_number("日", ahead=1):
        for item in items:
            item.first.day = line.peek(1).number
        line.at += 2


def _share(items: list[Item], bare: list[Point]) -> None:
    """The 底 behind the last month of a list belongs to all of them: 3、6、9月底前; so do the 20日 of 3、6月20日前."""
    last = items[-1].first if items else None
    for point in bare:
        if last and items[-1].last is None and point.lone_month:
            point.day, point.part = last.day, last.part
    if last and last.part in {"底", "末"} and all(item.last is None for item in items):
        for item in items[:-1]:
            if item.first.lone_month:
                item.first.part = last.part
