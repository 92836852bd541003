"""Reads cadences (周期): 每月5日前, 每周一三五, 半年一次, 每季度末月20日前, 一月一汇报, 月通报, 全年不少于4次.

cadence := (每|逢|隔|按|逐) pace details | N unit (一X | count) | 半年 X | 月通报 | 全年 count
details := whatever the same clause says of the day (cadence_days.py) and of the count (不少于2次)
"""

import re
from collections.abc import Callable

from rules.deadlines import doubts
from rules.deadlines.amounts import take_amount
from rules.deadlines.cadence_days import ENDINGS, take_day, take_hour_parts
from rules.deadlines.items import take_items
from rules.deadlines.line import Draft, Line
from rules.deadlines.numerals import number
from rules.deadlines.rrules import PACES, Rule, days_of_week, pace
from rules.deadlines.tokens import Token
from rules.deadlines.words import ROUTINES, THEMES, Kind
from rules.reading import DeadlineKind

REACH = 12
"""How many tokens behind 每月 a detail of the same clause may stand."""

LONGEST_INTERVAL = 30

MOST = 99
"""More in one period is an output (全年200场), not a number of times to follow up."""

CLAUSE_ENDS = (Kind.COMMA, Kind.STOP, Kind.END, Kind.BY_EACH, Kind.ROUTINE, Kind.AS_OF)
PACED = (Kind.UNIT, Kind.NUMBER, Kind.BARE, Kind.WEEKDAYS)
DAILY = {"天", "日", "晚"}
OCCURRENCES = {"次", "期", "轮", "场", "遍", "回", "户次"}
COUNTERS = OCCURRENCES | {"人次", "篇", "条", "份", "批", "例", "个", "件", "节", "课时"}
NEAR = {"", "(", "的", "于", "在", "应", "须", "应于", "要在", "应在", "的第", "都", "均"}
TREND = re.compile("提[高升]|增[长加]|下降|递|减|改善|上升|推进|扩大|完善|加强|落实|排查")
"""What 逐年 and 逐月 say of a trend, not of a duty."""

ALTERNATES = re.compile(
    f"$|[,;。:、)]|的?(?:周|星期)[一二三四五六日天]|的?[0-9]{{1,2}}[日号]|第|[底末初]|[上中下]旬|[一1两2](?:次|{ROUTINES})|{ROUTINES}"
    "|召开|组织|开展|举[办行]"
)
"""What behind 双周 or 单月 says that something is due in it."""

SO_MANY = re.compile("(?P<times>[两三四])[扫巡清洒冲检查收报](?=[、,;。制]|$)")
"""一日两扫: as many times in the period."""

HOLIDAYS = re.compile("(?:重大|重要|传统|法定|主要)*(?:节假?日|节庆)(?!市场)")
STARTS_WITH_ROUTINE = re.compile(f"(?:{ROUTINES})(?![之以]?前)")
PART_OF_A_DAY = re.compile("[早中晚]|[上下]午")
PARTS_OF_A_DAY = re.compile(f"(?:(?:{PART_OF_A_DAY.pattern})[、和及]?)+各[^,;。、]{{0,3}}$")
ONCE = re.compile(f"[小大总]?(?:{ROUTINES}|{THEMES})")
ONE_OF_SOMETHING = re.compile(
    f"一[小大总]?(?:{ROUTINES}|{THEMES})|一(?![个度样种代直些百千万日号小大总])[一-鿿]{{2}}(?=[、,;。]|制度|机制|$)"
)
"""一月一碰头: two characters of any verb will do where the clause ends on them."""


def read_cadence(line: Line) -> list[Draft] | None:
    """One cadence; several in a row are joined by the grammar."""
    draft = Draft(DeadlineKind.RECURRING, line.place)
    begin = line.at
    rule = _PACES[line.peek().kind](line, draft)
    if rule is None:
        return None
    if rule.freq == "HOURLY":
        draft.doubts.append(doubts.every_few_hours())
    rules = _details(line, rule, draft)
    if line.at == begin:
        return None
    draft.rrule = " + ".join(map(str, rules))
    draft.end = line.place
    return [draft]


def read_regularly(line: Line) -> list[Draft]:
    """定期: recurring, but how often is not said."""
    token = line.peek()
    line.at += 1
    return [Draft(DeadlineKind.RECURRING, token.start, token.end, doubts=[doubts.how_often()])]


def read_each_holiday(line: Line) -> list[Draft] | None:
    """每逢节假日: as often as there are holidays, which no rule can say."""
    token = line.peek()
    holidays = HOLIDAYS.match(line.text, token.end)
    if holidays is None:
        return None
    while line.place < holidays.end():
        line.at += 1
    doubt = doubts.no_fixed_pace(holidays[0])
    return [Draft(DeadlineKind.RECURRING, token.start, holidays.end(), doubts=[doubt])]


def _details(line: Line, rule: Rule, draft: Draft) -> list[Rule]:
    rules = [rule]
    mark, settled, parts = line.at, "BYDAY" in rule.parts, dict[str, str]()
    for _ in range(REACH):
        if _clause_ends(line, rule):
            break
        near = line.text[line.tokens[mark].start : line.place] in NEAR
        if not settled and (days := take_day(line, rule, draft, near)):
            rules, settled = days, True
        elif (found := take_hour_parts(line) or _take_count(line)) is not None:
            parts = found | parts
        else:
            line.at += 1
            continue
        mark = line.at
    line.at = mark
    if line.take(Kind.ABOUT):
        draft.doubts.append(doubts.about_then())
    before = line.take(Kind.BEFORE) or line.tokens[line.at - 1].kind is Kind.BEFORE
    if before and (ahead := take_amount(line)):
        draft.trigger, draft.offset = f"{rule.unit}末", "-" + ahead.iso
    for each in rules:
        _add(each, parts)
    return rules


def _add(rule: Rule, parts: dict[str, str]) -> None:
    """Counts within a third or a half of a month are counts of the month: 每旬2次 is six a month."""
    for name, value in parts.items():
        times = int(rule.parts.pop("X-COUNT", 1)) if name.endswith("COUNT") else 0
        rule.parts[name] = str(min(int(value) * times, MOST)) if times else value


def _clause_ends(line: Line, rule: Rule) -> bool:
    """At a mark or at another cadence; 每户 and 每个社区 within the clause are none, nor the 年度报告 of 每年."""
    if line.sees(Kind.ROUTINE) and line.peek().unit[0] == rule.unit:
        return False
    return line.sees(*CLAUSE_ENDS) or (line.sees(Kind.EACH) and line.sees(*PACED, ahead=1))


def _take_count(line: Line) -> dict[str, str] | None:
    """2次 counts, 不少于2次, 2次以上 and 2-3次 are minimums; 一次 adds nothing to the pace, 不超过2次 is no duty."""
    begin = line.at
    least = line.take(Kind.MINIMUM) is not None
    if least:
        line.take(Kind.GAP)
    lower = line.take(Kind.BARE)
    token = line.take(Kind.NUMBER) if lower is None or line.take(Kind.DASH) else None
    if token is None or token.unit not in (COUNTERS if least else OCCURRENCES) or _at_most(line, begin):
        line.at = begin
        return None
    times = (lower or token).number * _times_a_day(line.before(token.start))
    if times > MOST:
        line.at = begin
        return None
    least = line.take(Kind.MORE) is not None or least or lower is not None
    if times == 0 or (times == 1 and not least):
        return {}
    return {"X-MIN-COUNT" if least else "X-COUNT": str(times)}


def _at_most(line: Line, at: int) -> bool:
    return at > 0 and line.tokens[at - 1].kind is Kind.MAXIMUM


def _times_a_day(before: str) -> int:
    """早、晚各1次 and 上午、下午各巡查1次 are twice; any other 各 counts per place or unit, not per day (0)."""
    told = PARTS_OF_A_DAY.search(before)
    if told:
        return len(PART_OF_A_DAY.findall(told[0]))
    return 0 if before.endswith("各") else 1


def _each(line: Line, draft: Draft) -> Rule | None:
    word = line.words(line.peek())
    line.at += 1
    token = line.peek()
    if token.kind is Kind.WEEKDAYS:
        return _on_weekdays(line, draft)
    if token.kind is Kind.UNIT:
        line.at += 1
        if line.sees(Kind.EACH) and line.words(line.peek()) == "逢":
            line.at += 1
        if token.unit in {"天", "日"} and line.before(token.start - len(word)).endswith("工作日"):
            return pace("工作日")
        if token.unit in {"年", "年度"} and (seasonal := _within_season(line, draft)):
            return seasonal
        if token.unit.startswith("学期"):
            draft.doubts.append(doubts.no_fixed_pace(token.unit))
        return pace(token.unit, 2 if "隔" in word else 1)
    if "逢" in word and (token.kind is Kind.BARE or line.sees_number("日")):
        return pace("月")
    if (
        token.kind is not Kind.NUMBER
        or token.unit.removeprefix("个") not in PACES
        or not 1 <= token.number <= LONGEST_INTERVAL
    ):
        return None
    line.at += 1
    if "隔" in word and token.number > 1:
        draft.doubts.append(doubts.no_fixed_pace(word + line.words(token)))
    return pace(token.unit, 2 if "隔" in word and token.number == 1 else token.number)


def _within_season(line: Line, draft: Draft) -> Rule | None:
    """每年3月至10月每月: the shorter pace, in those months."""
    mark = line.at
    if line.words(line.peek()) == "的":
        line.at += 1
    items = take_items(line) or []
    line.take(Kind.PERIOD)
    if len(items) == 1 and line.sees(Kind.EACH) and line.sees(Kind.UNIT, ahead=1):
        first, last = items[0].first, items[0].last
        rule = _each(line, draft)
        if rule and last and first.lone_month and last.lone_month and not rule.parts.keys() & {"BYMONTH", "INTERVAL"}:
            rule.parts["BYMONTH"] = _months(first.month or 1, last.month or 12)
            return rule
    line.at = mark
    return None


def _months(first: int, last: int) -> str:
    """The months from one to another, past December where they run backwards."""
    months = {(month - 1) % 12 + 1 for month in range(first, last + 1 + 12 * (last < first))}
    return ",".join(map(str, sorted(months)))


def _on_weekdays(line: Line, draft: Draft) -> Rule:
    """每周一 before 通报 and the like may mean once a week: asked, unless 每月一 beside it settles that."""
    token = line.peek()
    line.at += 1
    rule = pace("周")
    if token.unit == "周一" and ONCE.match(line.behind(token.end)):
        if not re.search("每[天日月季年]度?一", line.text):
            draft.doubts.append(doubts.weekday_once())
    else:
        rule.parts["BYDAY"] = days_of_week(token.unit)
    return rule


def _weekdays(line: Line, draft: Draft) -> Rule | None:
    """周一至周五每天; 周一、周四 and 双休日 without 每 are asked about, a lone 周五 is the coming one."""
    token = line.peek()
    line.at += 1
    if line.sees(Kind.BEFORE):
        return None
    daily = line.sees(Kind.EACH) and line.sees(Kind.UNIT, ahead=1) and line.peek(1).unit in DAILY
    days = days_of_week(token.unit)
    if daily:
        line.at += 2
    elif "," in days and line.tokens[line.at - 2].kind not in (Kind.OPEN, Kind.NUMBER, Kind.NTH):
        draft.doubts.append(doubts.every_week())
    else:
        return None
    rule = pace("周")
    rule.parts["BYDAY"] = days
    return rule


def _ending(line: Line, draft: Draft) -> Rule:
    """逢五逢十, of every month; which days that is, cadence_days.py says."""
    return pace("月")


def _alternate(line: Line, draft: Draft) -> Rule | None:
    """双周调度, 单月15日前; 单双周 takes turns, which no rule can say."""
    token = line.peek()
    line.at += 1
    if not ALTERNATES.match(line.behind(token.end)):
        return None
    unit = token.unit.replace("奇数", "单").replace("偶数", "双")
    if "单" in unit and "双" in unit:
        draft.doubts.append(doubts.no_fixed_pace(token.unit))
        return pace(unit[-1])
    if unit == "单周":
        draft.doubts.append(doubts.which_weeks())
    return pace(unit)


def _next_month(line: Line, draft: Draft) -> Rule | None:
    """次月10日前, with no month said before it to count from: of every month, most likely."""
    if line.peek().unit != "月" or line.timeline.said is not None:
        return None
    draft.doubts.append(doubts.every_month())
    return pace("月")


def _by_each(line: Line, draft: Draft) -> Rule | None:
    """按月, 逐月; but 逐年提高 is a trend."""
    line.at += 1
    unit = line.take(Kind.UNIT)
    if unit is None or TREND.match(line.behind(unit.end)):
        return None
    return pace(unit.unit)


def _unit(line: Line, draft: Draft) -> Rule | None:
    """年不少于4次; 上、下半年各一次; 季度终了后15日内; 季末月20日前; 季度一盘点."""
    said = line.peek().unit
    unit = "半年" if "半年" in said else said[0]
    line.at += 1
    follows = line.words(line.peek()) in ENDINGS or line.sees(Kind.NTH) or _count_follows(line)
    follows = follows or ONE_OF_SOMETHING.match(line.behind(line.place)) is not None
    return pace(unit) if follows and unit in PACES else None


def _number(line: Line, draft: Draft) -> Rule | None:
    """一年不少于4次, 两周一次, 一月一汇报, 半年总结; 3月 beside 2次 is March."""
    token = line.peek()
    if token.unit in COUNTERS:
        return _per(line, draft)
    unit = token.unit.removeprefix("个")
    if unit not in PACES or not 1 <= token.number <= LONGEST_INTERVAL:
        return None
    line.at += 1
    behind = line.behind(token.end)
    if behind.startswith(("来", "多", "间", "以")):
        return None
    spoken = token.unit not in {"月", "日"} or token.number == 1 or line.text[token.start] in "一两"
    if spoken and (many := SO_MANY.match(behind)):
        line.at += 1
        rule = pace(unit, token.number)
        rule.parts["X-COUNT"] = str(number(many["times"]))
        return rule
    one_each = ONE_OF_SOMETHING.match(behind) is not None
    if (unit in {"半年", "半月"} and STARTS_WITH_ROUTINE.match(behind)) or (
        spoken and (one_each or _count_follows(line, unit))
    ):
        if one_each and line.sees(Kind.GAP):
            line.at += 1
        return pace(unit, token.number)
    return None


def _per(line: Line, draft: Draft) -> Rule | None:
    """不少于4次/年, 2次/月."""
    parts = _take_count(line)
    per = line.take(Kind.PER)
    if parts is None or per is None:
        return None
    rule = pace(per.unit.lstrip("/每"))
    rule.parts |= parts
    return rule


def _count_follows(line: Line, said: str = "年") -> bool:
    """Whether a count stands close behind; behind 一月 and 一季度, which are names too, nothing may stand between."""
    mark = line.at
    found = _take_count(line)
    for _ in range(0 if said.startswith(("一月", "1月", "一日", "1日")) or said.endswith(("季", "季度")) else 3):
        if found is not None or not line.sees(Kind.GAP, Kind.EACH):
            break
        line.at += 1
        found = _take_count(line)
    line.at = mark
    return found is not None


def _routine(line: Line, draft: Draft) -> Rule | None:
    """月通报, 周调度; 年 only beside shorter paces (日巡查、年总结); in 每周五报送周报 the 周报 is what is sent."""
    token = line.peek()
    unit = token.unit[0]
    company = _clause_so_far(line)
    if unit == "年" and not any(other.kind is Kind.ROUTINE and other.unit[0] != "年" for other in company):
        return None
    if token.unit.endswith("报") and any(other.kind in (Kind.EACH, Kind.BY_EACH) for other in company):
        return None
    line.at += 1
    return pace(unit)


def _clause_so_far(line: Line) -> list[Token]:
    """The tokens of the clause before the cursor, as many as can belong to the same cadence."""
    company: list[Token] = []
    for token in reversed(line.tokens[max(0, line.at - REACH) : line.at]):
        if token.kind in (Kind.COMMA, Kind.STOP):
            break
        company.append(token)
    return company


def _whole_year(line: Line, draft: Draft) -> Rule | None:
    """全年不少于4次 is a yearly count; 年内3次 is due at the year's end or counts every year: the clerk is asked."""
    token = line.peek()
    line.at += 1
    if token.unit not in {"全年", "年内"} or not _count_follows(line):
        return None
    if token.unit == "年内":
        draft.doubts.append(doubts.count_in_year())
    return pace("年")


_PACES: dict[Kind, Callable[[Line, Draft], Rule | None]] = {
    Kind.EACH: _each,
    Kind.BY_EACH: _by_each,
    Kind.ENDING: _ending,
    Kind.WEEKDAYS: _weekdays,
    Kind.ALTERNATE: _alternate,
    Kind.UNIT: _unit,
    Kind.NUMBER: _number,
    Kind.NEXT: _next_month,
    Kind.MINIMUM: _per,
    Kind.BARE: _per,
    Kind.ROUTINE: _routine,
    Kind.YEAR_PART: _whole_year,
}
