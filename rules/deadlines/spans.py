"""Reads dates and stretches of time (日期与时段): 6月底前, 3-5月, 即日起至年底, 从4月份开始, 5月、10月.

span  := [从|自] items tail | (到|至) items [前] | 即日起 [至 items | N日内] | 截至 items [前]
items := item {(、|/|和) item}        item := point [- point]
tail  := 前 | 内 | 后 [N日内] | 起 [N日内 | … 为期N天] | 以来 | 期间 | nothing
"""

import re
from datetime import date, datetime, time, timedelta

from rules.deadlines import doubts
from rules.deadlines.alone import stands_alone
from rules.deadlines.amounts import DAYS, Amount, take_amount
from rules.deadlines.festivals import rest_days_near
from rules.deadlines.items import Item, run_of_months, take_items
from rules.deadlines.limits import count_from
from rules.deadlines.line import Draft, Line
from rules.deadlines.points import VAGUE_PARTS, Point
from rules.deadlines.timeline import Days
from rules.deadlines.words import Kind
from rules.reading import DeadlineKind

REACH = 40
"""How many tokens behind a start its length (为期百日) or its 以来 may stand."""

TAILS = (Kind.BEFORE, Kind.UNTIL, Kind.WITHIN, Kind.AFTER, Kind.START, Kind.SINCE, Kind.PERIOD, Kind.ABOUT)
HOLIDAYS = {"春节": 7, "国庆": 7, "十一": 7, "五一": 5, "劳动节": 5, "元旦": 3, "清明": 3, "端午": 3, "中秋": 3}
"""Usual days of rest; the official arrangement decides. Other feasts last a day."""

NOON = 12
"""下午2:30至5:00: what ends a stretch of the afternoon lies in it, too."""

UNTIL_AN_EVENT = re.compile(
    "[-至到](?P<event>[^,;。:()0-9]{0,8}(?:结束|完成|验收|[测总]评|[迎国省]检|复审|复核)(?:组?[^,;。:()]{0,4}[之以]?[前时后止])?)(?:$|[,;。:()])"
)

DONE = ("完成", "全部完成", "基本完成", "全面完成", "办结")


def read_span(line: Line) -> list[Draft] | None:
    """The deadlines of the span at the cursor: none of them where it is a status or a look back (截至, 以来)."""
    begin = line.place
    opened = line.take(Kind.FROM)
    if line.sees(Kind.NOW):
        return _from_now(line, begin)
    if line.take(Kind.AS_OF):
        return _as_of(line, begin)
    ahead = not opened and line.take(Kind.DASH)
    if ahead and line.words(ahead) == "-":
        return None
    items = take_items(line)
    if items is None:
        return None
    if line.text[begin - 1 : begin] == "(" and line.sees(Kind.CLOSE) and line.sees(Kind.BEFORE, ahead=1):
        return _before_the_dated(line, items)
    tail = line.take(*TAILS)
    if tail is None:
        items = run_of_months(line, items)
    if (tail and tail.kind is Kind.SINCE) or (opened and _looks_back(line)):
        return []
    if (tail and tail.kind in (Kind.AFTER, Kind.START)) or (opened and not tail and not items[-1].last):
        if not (items[-1].last or items[-1].first).names_days:
            return None
        return _opening(line, items[-1], begin, after=tail is not None and tail.kind is Kind.AFTER)
    if not tail and (event := UNTIL_AN_EVENT.match(line.behind(line.place))):
        return _until_event(line, items[-1], begin, event)
    alone = not (tail or opened or ahead)
    if alone and line.sees(Kind.FESTIVAL) and line.sees(Kind.BEFORE, ahead=1):
        return []  # 10月1日国庆节前: the feast says it all.
    if (alone and not stands_alone(line, items)) or (ahead and not tail and not items[0].first.names_days):
        return None
    drafts = [_closing(line, item, tail.kind if tail else None, listed=item is not items[0]) for item in items]
    if tail and tail.kind is Kind.BEFORE and items[-1].first.feast:
        _count_back(line, drafts)
    drafts[0].begin, drafts[-1].end = begin, line.place
    return drafts


def _until_event(line: Line, item: Item, begin: int, event: re.Match[str]) -> list[Draft]:
    """11月至测评结束: a start, and an end that something else settles; asked."""
    end = min(line.place + event.end("event"), len(line.text))
    drafts = _opening(line, item, begin, after=False)
    drafts[0].doubts.append(doubts.no_fixed_pace(event["event"]))
    while line.place < end:
        line.at += 1
    drafts[0].end = line.place
    return drafts


def _before_the_dated(line: Line, items: list[Item]) -> list[Draft] | None:
    """高考(6月7日-9日)前, 国庆节(10月1日)前: the day before the event whose date the bracket gives."""
    if len(items) > 1 or items[0].first.day is None:
        return None
    line.at += 2
    draft = _closing(line, items[0], None)
    first = draft.start or draft.due
    if first:
        draft.kind, draft.start, draft.due = DeadlineKind.BY, None, first - timedelta(days=1)
    draft.end = line.place
    return [draft]


def _looks_back(line: Line) -> bool:
    """自7月进入攻坚阶段以来: the cursor moves behind 以来."""
    return _pass_to(line, Kind.SINCE, Kind.FROM)


def _pass_to(line: Line, kind: Kind, *ends: Kind) -> bool:
    """Moves behind the next token of that kind in the same sentence; no move where there is none."""
    mark = line.at
    for _ in range(REACH):
        if line.sees(Kind.STOP, Kind.END, *ends):
            break
        if line.take(kind):
            return True
        line.at += 1
    line.at = mark
    return False


def _closing(line: Line, item: Item, tail: Kind | None, *, listed: bool = False) -> Draft:
    """A deadline on or before a day, or a window from one day to another."""
    draft = Draft(DeadlineKind.BY, item.begin, item.end)
    last = item.last or item.first
    if last.clock and not item.first.names_days and line.timeline.on:
        item.first.span = (line.timeline.on,) * 2
        draft.doubts.append(doubts.which_day(line.timeline.on))
    days = _settle_range(line, item, draft) if item.last else line.timeline.settle(item.first, listed=listed)
    if days is None:
        draft.doubts.append(doubts.feast_unknown(last.feast) if last.feast else doubts.which_year())
        return draft
    draft.doubts += days.questions
    draft.due = _instant(days.last, last)
    if item.last or (item.first.is_period and tail is not Kind.BEFORE):
        draft.kind, draft.start = DeadlineKind.WINDOW, days.first
    elif last.feast:
        _settle_feast(draft, last.feast, days.last, tail)
    elif tail is Kind.BEFORE and last.whole_period and not line.behind(line.place).startswith(DONE):
        draft.doubts.append(doubts.before_month(days.first - timedelta(days=1), days.last))
    elif last.lone_year and days.last.year < (line.timeline.plan_year or 0):
        draft.doubts.append(doubts.year_gone_by(days.last.year))
    if last.nth:
        _ask_of_the_nth(draft, *last.nth, days)
    if tail is Kind.ABOUT:
        draft.doubts.append(doubts.about_then())
    if last.recurs:
        draft.doubts.append(doubts.this_one_or_each(line.text[item.begin : item.end]))
    if last.part in VAGUE_PARTS:
        draft.doubts.append(doubts.vague_part(days.first, days.last))
    return draft


def _ask_of_the_nth(draft: Draft, nth: int, unit: str, days: Days) -> None:
    """Weeks of a month are counted in more than one way; working days near a holiday are the calendar's business."""
    if unit == "周":
        draft.doubts.append(doubts.vague_part(days.first, days.last))
    elif unit == "工作日":
        first, last = (days.first.replace(day=1), days.last) if nth > 0 else (days.first, days.last + timedelta(days=4))
        if rest_days_near(first, last):
            draft.doubts.append(doubts.holidays_inside(days.last))


def _settle_feast(draft: Draft, feast: str, day: date, tail: Kind | None) -> None:
    """X节前 is due the day before the feast; X节期间 follows the official arrangement."""
    if tail is Kind.BEFORE:
        draft.due = day - timedelta(days=1)
    else:
        draft.kind, draft.start = DeadlineKind.WINDOW, day
        draft.due = day + timedelta(days=HOLIDAYS.get(feast, 1) - 1)
        draft.doubts.append(doubts.holiday_length())


def _count_back(line: Line, drafts: list[Draft]) -> None:
    """国庆节前一周, 春节前10天: counted back from the feast, or some day of the days before it; asked."""
    mark = line.at
    amount = take_amount(line)
    if amount is None or amount.unit not in DAYS:
        line.at = mark
        return
    for draft in drafts:
        if draft.due:
            draft.due -= timedelta(days=amount.number * DAYS[amount.unit] - 1)
            draft.doubts.append(doubts.counted_back(draft.due))


def _settle_range(line: Line, item: Item, draft: Draft) -> Days | None:
    first, last = item.first, item.last
    assert last is not None
    backwards = (first.month or 0) > (last.month or 13)
    if last.year is not None and not last.adverb and not first.has_year and first.month:
        first.year = last.year - backwards
    begin = line.timeline.settle(first)
    if begin is None:
        return None
    if backwards and not last.has_year:
        last.year = begin.first.year + 1
    if last.clock and not last.names_days:
        last.span = begin.last, begin.last
        if first.clock and last.clock < first.clock and last.clock[0] < NOON <= first.clock[0]:
            last.clock = last.clock[0] + NOON, last.clock[1]
    end = line.timeline.settle(last)
    if end is None:
        return None
    if end.last < begin.first:
        draft.doubts.append(doubts.ends_before_start(begin.first, end.last))
    return Days(begin.first, end.last, begin.questions + end.questions)


def _opening(line: Line, item: Item, begin: int, *, after: bool) -> list[Draft]:
    """从4月份开始: a start and no end, unless a length follows (为期百日, 起30日内)."""
    draft = Draft(DeadlineKind.WINDOW, begin, line.place)
    days = line.timeline.settle(item.last or item.first)
    if days is None:
        draft.doubts.append(doubts.which_year())
        return [draft]
    draft.start = days.last + timedelta(days=1) if after else days.first
    draft.doubts += days.questions
    if item.first.feast:
        draft.doubts.append(doubts.holiday_length())
    amount = take_amount(line)
    if amount:
        line.take(Kind.WITHIN)
        draft.kind, draft.trigger, draft.end = DeadlineKind.RELATIVE, line.text[item.begin : item.end], line.place
        count_from(draft, days.last, amount)
    elif lasting := _lasting(line):
        draft.due = lasting.last_day(days.first)
        if draft.due and lasting.unit != "工作日":
            draft.due -= timedelta(days=1)
        draft.end = line.place
    return [draft]


def _lasting(line: Line) -> Amount | None:
    """The length said behind 为期 in the same sentence; the start day is day 1."""
    return take_amount(line) if _pass_to(line, Kind.LASTING) else None


def _from_now(line: Line, begin: int) -> list[Draft] | None:
    """即日起至X: a window from the reference date."""
    line.at += 1
    started = line.take(Kind.START)
    line.take(Kind.COMMA)
    draft = Draft(DeadlineKind.WINDOW, begin, line.place, start=line.timeline.on)
    if line.take(Kind.DASH):
        items = take_items(line)
        if items:
            line.take(Kind.BEFORE, Kind.UNTIL)
            end = _closing(line, items[-1], Kind.BEFORE if items[-1].first.feast else None)
            draft.due, draft.doubts, draft.end = end.due, end.doubts, line.place
        return [draft]
    amount = take_amount(line) if started else None
    if amount:
        line.take(Kind.WITHIN)
        draft.kind, draft.trigger, draft.end = DeadlineKind.RELATIVE, "即日", line.place
        count_from(draft, line.timeline.on, amount)
    return [draft] if started else None


def _as_of(line: Line, begin: int) -> list[Draft] | None:
    """截至 tells when figures were taken, unless 前 follows; 截止 may mean either."""
    said = line.words(line.tokens[line.at - 1])
    line.take(Kind.DASH)
    items = take_items(line)
    if items is None:
        return None
    tail = line.take(Kind.BEFORE, Kind.UNTIL)
    if said == "截至" and not tail:
        return []
    draft = _closing(line, items[-1], tail.kind if tail else None)
    draft.begin, draft.end = begin, line.place
    if not tail or tail.kind is Kind.UNTIL:
        draft.doubts.append(doubts.status_or_deadline())
    return [draft]


def _instant(day: date, point: Point) -> date | datetime:
    return datetime.combine(day, time(*point.clock)) if point.clock else day
