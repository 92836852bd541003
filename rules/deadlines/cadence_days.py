"""Which day of its period a cadence falls on (周期内的日子): 5日 in 每月5日前, 末月20日 in 每季度末月20日前."""

from rules.deadlines import doubts
from rules.deadlines.amounts import Amount, take_amount
from rules.deadlines.items import LONGEST_LIST, take_items
from rules.deadlines.line import Draft, Line
from rules.deadlines.moments import take_hour
from rules.deadlines.points import MONTH_PARTS, VAGUE_PARTS, Point
from rules.deadlines.rrules import DAYS, QUARTER_MONTHS, WORKING_DAYS, Rule, days_of_week
from rules.deadlines.tokens import Token
from rules.deadlines.words import Kind

HALF_MONTHS = {1: "1,7", -1: "6,12"}
ENDINGS = {"结束", "终了"}
Days = list[tuple[int | None, int | None]]
"""Month and day of the month; None where the text does not give it, -1 for the last day."""


def take_day(line: Line, rule: Rule, draft: Draft, near: bool) -> list[Rule] | None:
    """The rule (or rules, one per day) with the day at the cursor written in; None, and no move, where there is none.

    A day further off (`near` false) counts only before 前: in 每月检查5日 the 5日 may be a length.
    """
    begin = line.at
    if rule.freq == "YEARLY":
        rules = _after_the_year(line, rule) or _yearly(line, rule, draft)
    elif rule.freq == "MONTHLY":
        rules = _after_the_end(line, rule, draft) or _first_days(line, rule) or _nth(line, rule)
        rules = rules or _ending(line, rule, draft) or _monthly(line, rule) or _named_months(line, rule)
    else:
        rules = _weekly(line, rule)
    limited = line.take(Kind.BEFORE, Kind.WITHIN) is not None
    if rules and (near or limited or rule.freq in {"WEEKLY", "DAILY"}):
        return rules
    line.at = begin
    return None


def _yearly(line: Line, rule: Rule, draft: Draft) -> list[Rule] | None:
    """2月底, 3、9月, 6月30日和12月25日, 春节前; of a stretch (11月至次年3月) its end, and the clerk is asked."""
    if part := line.take(Kind.PART):
        found = _month_and_day(Point(part=part.unit))
        return _with_days(rule, [found]) if found else None
    if _take_last_days(line):
        return _with_days(rule, [(12, -1)])
    items = take_items(line)
    while items and line.sees(Kind.BEFORE) and line.sees(Kind.LIST, ahead=1) and _month_follows(line):
        line.at += 2
        items += take_items(line) or []
    if not items or any(item.first.has_year and not item.first.adverb for item in items):
        return None
    if any(item.last for item in items):
        draft.doubts.append(doubts.no_fixed_pace("每年的时段"))
    points = [item.last or item.first for item in items]
    if feasts := [point.feast for point in points if point.feast]:
        draft.trigger = "、".join(feasts)
        return [rule]
    if any(point.part in VAGUE_PARTS and point.month is None for point in points):
        draft.doubts.append(doubts.no_fixed_pace("每年的时段"))
        return [rule]
    if line.words(line.peek()) in {"的", "于"} and line.sees_number("日", ahead=1):
        line.at += 1
        day = _take_day_of_month(line)
        return _with_days(rule, [(point.month, day) for point in points])
    days = [found for point in points if (found := _month_and_day(point))]
    return _with_days(rule, days) if days else None


def _month_follows(line: Line) -> bool:
    """7月5日前和次年1月5日前: whether the list goes on behind 前."""
    return line.sees_number("月", ahead=2) or (line.sees(Kind.NEXT, ahead=2) and line.sees_number("月", ahead=3))


def _month_and_day(point: Point) -> tuple[int | None, int | None] | None:
    if point.month:
        return point.month, _day(point)
    if point.quarters:
        return point.quarters[1] * 3, -1
    if point.part in {"底", "末", "终", "尾"}:
        return 12, -1
    return None


def _day(point: Point) -> int | None:
    if point.day is not None:
        return point.day if 1 <= point.day <= 31 else None
    if point.part is None or point.part in VAGUE_PARTS:
        return None
    last = MONTH_PARTS[point.part][1]
    return -1 if last == 31 else last


def _with_days(rule: Rule, days: Days) -> list[Rule]:
    """One rule where all months share the day (3、9月底), else one for each (6月30日和12月25日)."""
    groups: dict[int | None, list[int]] = {}
    for month, day in days:
        groups.setdefault(day, [])
        if month:
            groups[day].append(month)
    rules = []
    for day, months in groups.items():
        parts = dict(rule.parts)
        if months:
            parts["BYMONTH"] = ",".join(map(str, sorted(set(months))))
        if day:
            parts["BYMONTHDAY"] = str(day)
        rules.append(Rule(rule.freq, rule.unit, parts))
    return rules


def _monthly(line: Line, rule: Rule) -> list[Rule] | None:
    """5日, 5日、20日, 25日至月底, 月底, 上旬; the last one where a stretch is given."""
    line.take(Kind.NEXT, Kind.SHIFT)
    days: list[int] = []
    mark = line.at
    while (day := _take_day_of_month(line)) is not None:
        days.append(day)
        if line.take(Kind.DASH):
            line.take(Kind.NEXT)
            days[-1] = _take_day_of_month(line) or day
        mark = line.at
        if line.sees(Kind.LIST, ahead=1):
            line.take(Kind.BEFORE)
        if not line.take(Kind.LIST):
            break
    line.at = mark
    if not days:
        return None
    chosen = _on_days(rule, [day for day in dict.fromkeys(days) if day])
    if days == [-1] and "BYMONTH" in chosen.parts.keys() - rule.parts.keys() and line.sees_number("日"):
        chosen.parts["BYMONTHDAY"] = str(_take_day_of_month(line))
    return [chosen]


def _on_days(rule: Rule, days: list[int]) -> Rule:
    """The rule on these days; the last day of a quarter is its last month's, that of each 旬 the 10th, 20th, last."""
    parts = dict(rule.parts)
    if days == [-1] and rule.unit == "旬":
        parts.pop("X-COUNT", None)
        days = [10, 20, -1]
    elif days == [-1] and rule.unit in {"季度", "季", "半年"} and "BYMONTH" not in parts:
        parts.pop("INTERVAL", None)
        parts["BYMONTH"] = QUARTER_MONTHS[-1] if rule.unit != "半年" else HALF_MONTHS[-1]
    if days:
        parts["BYMONTHDAY"] = ",".join(map(str, days))
    return Rule(rule.freq, rule.unit, parts)


def _ending(line: Line, rule: Rule, draft: Draft) -> list[Rule] | None:
    """逢五逢十: 5日, 15日, 25日 and 10日, 20日, 30日, if they are counted by our calendar."""
    token = line.take(Kind.ENDING)
    if token is None:
        return None
    draft.doubts.append(doubts.market_days())
    days = ",".join(str(day) for day in range(1, 31) if day % 10 in token.numbers)
    return [Rule(rule.freq, rule.unit, rule.parts | {"BYMONTHDAY": days})]


def _take_day_of_month(line: Line) -> int | None:
    """The day, -1 for the last, 0 where 月初 or 月中 leaves it open."""
    token = line.peek()
    if token.kind is Kind.NUMBER and token.unit == "日" and 1 <= token.number <= 31:
        line.at += 1
        return token.number
    if token.kind is Kind.BARE and 1 <= token.number <= 31 and _days_follow(line):
        line.at += 1
        return token.number
    if token.kind in (Kind.PART, Kind.MONTH_PART):
        line.at += 1
        return _day(Point(part=token.unit[-1] if token.kind is Kind.MONTH_PART else token.unit)) or 0
    return -1 if _take_last_days(line) else None


def _take_last_days(line: Line) -> bool:
    """每月最后3天, 每季度最后10天: by the last day."""
    begin = line.at
    if line.words(line.peek()) == "最后":
        line.at += 1
        if (amount := take_amount(line)) and amount.unit in {"天", "日"}:
            return True
    line.at = begin
    return False


def _days_follow(line: Line) -> bool:
    """Whether the bare numbers at the cursor end in 日: the 1 of 1-5日, but not of 1-5次."""
    ahead = 1
    while ahead < 2 * LONGEST_LIST and line.sees(Kind.BARE, Kind.LIST, Kind.DASH, ahead=ahead):
        ahead += 1
    return line.sees_number("日", ahead=ahead)


def _nth(line: Line, rule: Rule) -> list[Rule] | None:
    """末月20日, 第一个月, 第一个工作日, 最后一个星期五, 第一周."""
    restated = line.sees(Kind.PART, Kind.MONTH_PART) and line.sees(Kind.NTH, ahead=1)
    if restated and line.peek(1).unit not in {"工作日", "天", "日"}:
        return None
    line.at += restated
    also = _take_ordinals(line)
    token = line.peek()
    if token.kind is Kind.NEXT and rule.unit != "月":
        nth, unit = 1, "月"
    elif token.kind is Kind.NTH or (also and token.kind is Kind.NUMBER):
        nth, unit = token.number, token.unit
    else:
        line.at -= 2 * len(also)
        return None
    line.at += 1
    parts = dict(rule.parts)
    named = Rule(rule.freq, rule.unit, parts)
    if unit == "月" and rule.unit in {"季度", "季", "半年"}:
        months = (QUARTER_MONTHS if rule.unit != "半年" else HALF_MONTHS).get(nth)
        if months:
            parts.pop("INTERVAL", None)
            parts["BYMONTH"] = months
        _pass_restated(line)
        if line.words(line.peek()) in {"的", "于"}:
            line.at += 1
        return _first_days(line, named, within=True) or _monthly(line, named) or [named]
    if unit == "工作日":
        parts |= {"BYDAY": WORKING_DAYS, "BYSETPOS": str(nth)}
    elif unit in {"天", "日"}:
        named = _on_days(rule, [nth])
    elif unit[-1] in DAYS:
        parts["BYDAY"] = ",".join(f"{each}{DAYS[unit[-1]]}" for each in (*also, nth))
    elif unit == "周" and (weekday := _take_weekdays(line)):
        days = days_of_week(weekday.unit).split(",")
        parts["BYDAY"] = ",".join(f"{each}{day}" for each in (*also, nth) for day in days)
    elif unit != "周":
        return None
    return [named]


def _take_ordinals(line: Line) -> list[int]:
    """The 第二 of 第二、四周周五."""
    found: list[int] = []
    while line.sees(Kind.BARE) and line.words(line.peek()).startswith("第") and line.sees(Kind.LIST, ahead=1):
        found.append(line.peek().number)
        line.at += 2
    return found


def _take_weekdays(line: Line) -> Token | None:
    """第一周周五, 最后一周的周五."""
    if line.words(line.peek()) == "的" and line.sees(Kind.WEEKDAYS, ahead=1):
        line.at += 1
    return line.take(Kind.WEEKDAYS)


def _first_days(line: Line, rule: Rule, *, within: bool = False) -> list[Rule] | None:
    """每月前5个工作日, 每月头5天: by the fifth; `within` where 5个工作日内 says the same, as behind 首月."""
    begin = line.at
    first = line.take(Kind.BEFORE)
    if first is None and line.words(line.peek()) in {"头", "初"} and line.sees(Kind.NUMBER, ahead=1):
        first = line.take(Kind.GAP, Kind.PART)
    amount = take_amount(line) if first or within else None
    if amount is None or not (first or line.sees(Kind.WITHIN)):
        line.at = begin
        return None
    if amount.unit == "工作日":
        parts = {"BYDAY": WORKING_DAYS, "BYSETPOS": str(amount.number)}
    else:
        parts = {"BYMONTHDAY": str(min(amount.number, 31))}
    return [Rule(rule.freq, rule.unit, rule.parts | parts)]


def _named_months(line: Line, rule: Rule) -> list[Rule] | None:
    """每半年（6月、12月）: the months of the period by name."""
    items = take_items(line) if rule.unit in {"季度", "季", "半年"} else None
    if items is None or any(item.last or not item.first.month or item.first.has_year for item in items):
        return None
    line.take(Kind.CLOSE)
    plain = Rule(rule.freq, rule.unit, {name: value for name, value in rule.parts.items() if name != "INTERVAL"})
    return _with_days(plain, [(item.first.month, _day(item.first)) for item in items])


def _pass_restated(line: Line) -> None:
    """The bracket of 末月（3、6、9、12月）says again which months are meant."""
    mark = line.at
    if not (line.take(Kind.OPEN) and take_items(line) and line.take(Kind.CLOSE)):
        line.at = mark


def _after_the_year(line: Line, rule: Rule) -> list[Rule] | None:
    """每年结束后3个月内, 每年度终了后20日内."""
    if line.words(line.peek()) not in ENDINGS:
        return None
    line.at += 1
    amount = _after(line)
    if amount is None:
        return None
    if amount.unit == "个月" and amount.number <= 12:
        return _with_days(rule, [(amount.number, -1)])
    return _with_days(rule, [(1, amount.number)]) if amount.unit in {"日", "天"} and amount.number <= 31 else None


def _after_the_end(line: Line, rule: Rule, draft: Draft) -> list[Rule] | None:
    """每月结束后5日内: in the month after; working days are left to the calendar as an offset."""
    if line.words(line.peek()) not in ENDINGS:
        return None
    line.at += 1
    amount = _after(line)
    if amount is None:
        return None
    parts = dict(rule.parts)
    if rule.unit in {"季度", "季", "半年"}:
        parts.pop("INTERVAL", None)
        parts["BYMONTH"] = QUARTER_MONTHS[1] if rule.unit != "半年" else HALF_MONTHS[1]
    if amount.unit in {"日", "天"} and amount.number <= 28:
        parts["BYMONTHDAY"] = str(amount.number)
    else:
        draft.trigger, draft.offset = f"{rule.unit}末", amount.iso
    return [Rule(rule.freq, rule.unit, parts)]


def _after(line: Line) -> Amount | None:
    """后15日内, 之日起15日内, or the length alone."""
    if not line.take(Kind.AFTER) and line.words(line.peek()) == "之日" and line.sees(Kind.START, ahead=1):
        line.at += 2
    return take_amount(line)


def _weekly(line: Line, rule: Rule) -> list[Rule] | None:
    weekdays = line.take(Kind.WEEKDAYS) if rule.freq == "WEEKLY" else None
    if weekdays is None:
        return _working_day_of_the_week(line, rule)
    return [Rule(rule.freq, rule.unit, rule.parts | {"BYDAY": days_of_week(weekdays.unit)})]


def _working_day_of_the_week(line: Line, rule: Rule) -> list[Rule] | None:
    """每周最后一个工作日, 每周第一个工作日."""
    token = line.peek()
    days = WORKING_DAYS.split(",")
    if rule.freq != "WEEKLY" or token.kind is not Kind.NTH or token.unit != "工作日" or not -5 <= token.number <= 5:
        return None
    line.at += 1
    return [Rule(rule.freq, rule.unit, rule.parts | {"BYDAY": days[token.number - (token.number > 0)]})]


def take_hour_parts(line: Line) -> dict[str, str] | None:
    """The hours by which it is due each time (8点、14点); a stretch of hours (8时至20时) sets none."""
    hour = Point()
    mark = line.at
    take_hour(line, hour)
    if hour.clock is None:
        line.at = mark
        return None
    if line.take(Kind.DASH):
        take_hour(line, hour)
        return {}
    hours = [hour.clock[0]]
    line.take(Kind.BEFORE)
    while line.sees(Kind.LIST) and line.sees(Kind.CLOCK, ahead=1) and line.peek(1).numbers[1] == hour.clock[1]:
        hours.append(line.peek(1).number)
        line.at += 2
        line.take(Kind.BEFORE)
    return {"BYHOUR": ",".join(map(str, hours)), "BYMINUTE": str(hour.clock[1])}
