"""Reads limits counted from an event (相对时限): 自受理之日起20日内, 收到通知后3个工作日内, 会前2天, 7日内, 次日.

limit := [自] trigger (起|后|之日) amount [内] | amount 内 | 最迟不超过 amount | (提前|X前) amount | trigger 当日
"""

import re
from datetime import date

from rules.deadlines import doubts
from rules.deadlines.amounts import Amount, take_amount
from rules.deadlines.festivals import rest_days_near
from rules.deadlines.line import Draft, Line
from rules.deadlines.moments import opens_with_short_year
from rules.deadlines.words import Kind
from rules.reading import DeadlineKind

NOTICE = "通知"
"""The trigger of a limit that names none: it runs from the notice that sets it, dated by the reference date."""

TRIGGER = re.compile(
    r"(?P<trigger>[^,;。:!?()]{1,30}?)(?:之日|之时|当日|当天|次日|之)?(?:(?<![一发掀引兴])起|(?<![今随先最前落])后)"
    r"(?:开始)?(?:的|,[^,;。:!?()]{0,14}?)?(?:应当?|须|必须|要)?(?:在|于|的)?(?:最迟|最晚|最长)?(?:不得?超过)?$"
    r"|(?P<event>(?:发现|接到|收到|发生|出现|遇)[^,;。:!?()]{1,20}?|[事案]发),?(?:应当?|须|必须|要)?(?:在|于)?$"
)
AHEAD = re.compile("提前(?:至少)?$|(?P<trigger>[^,;。:!?()]{0,20}[^,;。:!?()目当以之日此先提空])(?:之|以)?前(?:至少)?$")
HAPPENS = re.compile("(?P<trigger>[^,;。:!?()]{0,20}(?:届满|期满|到期|召开|举行|举办|开始|开工|开幕|实施|启动|结束))$")
LIMITED = re.compile("(?:最迟|最晚|至迟|最长)(?:应当?|须|必须)?(?:在|于)?(?:不[得能应可准]?超过)?$")
TIME_LIMIT = re.compile(
    "(?:整改|反馈|完成|报送|清理|答复)(?:期限|时限)[:为]{0,2}(?:不得?超过)?$|(?<![年权有无])限期?$|(?:^|[,;。])期限[:为是]{0,2}$"
)
CELL_OPENS = re.compile("(?:用|争取|力争|计划|大?约|不得?超过)*")
CELL_CLOSES = re.compile("(?:左右|时间|完成)*")
DAY_T = re.compile("[TtDd]日?(?P<sign>[+-])$")
"""T+5日: so many days behind a day T, or before it, which the text may not name."""
LEAD_IN = re.compile("^.*(?:自从|(?<!各)自|从|应当?在|须在|要在|应当|必须|要求|务必|赶在)(?=.)|^[在于应须要待](?=.)")
"""The words before a trigger that do not belong to it."""

ACTIONS = re.compile("反馈|完成|整改|上?报|处|解决|清|交?办|录入|通报|公示|提交|[回答]复")
"""What 当日 and 次日 set a limit to."""


def read_limit(line: Line) -> list[Draft] | None:
    if opens_with_short_year(line):
        return None
    begin = line.place
    before = line.before(begin)[-48:]
    amount = take_amount(line)
    if amount is None:
        return None
    if line.sees(Kind.BEFORE):
        return _days_before(line, begin, before, amount)
    spoken = line.tokens[line.at - 1]
    within = line.take(Kind.WITHIN) is not None or TIME_LIMIT.search(before) is not None
    draft = Draft(DeadlineKind.RELATIVE, begin, line.place, offset=amount.iso)
    if day_t := DAY_T.search(before):
        draft.begin -= len(day_t.group())
        draft.trigger, draft.offset = "T", ("-" if day_t["sign"] == "-" else "") + amount.iso
        draft.doubts.append(doubts.trigger_unknown())
    elif ahead := AHEAD.search(before):
        draft.offset = "-" + amount.iso
        _name_trigger(draft, ahead["trigger"], ahead.group())
    elif cue := TRIGGER.search(before):
        _name_trigger(draft, cue["trigger"] or cue["event"], cue.group())
    elif within or LIMITED.search(before):
        _count_from_notice(line, draft, amount, within)
    elif _fills_the_cell(line, begin):
        _count_from_notice(line, draft, amount, within=True)
        draft.doubts = [doubts.counted_from_when()]
    else:
        return None
    if spoken.unit == "月" and draft.trigger == NOTICE and not line.text.startswith("两", spoken.start):
        draft.doubts.append(doubts.months_or_month(line.words(spoken)))
    return [draft]


def _days_before(line: Line, begin: int, before: str, amount: Amount) -> list[Draft] | None:
    """届满30日前, 会议召开3天前."""
    cue = HAPPENS.search(before)
    if cue is None:
        return None
    line.at += 1
    draft = Draft(DeadlineKind.RELATIVE, begin, line.place, offset="-" + amount.iso)
    _name_trigger(draft, cue["trigger"], cue.group())
    return [draft]


def read_nth_day(line: Line) -> list[Draft] | None:
    """收到后第3个工作日, 节后第一个工作日."""
    token = line.peek()
    line.at += 1
    cue = TRIGGER.search(line.before(token.start)[-48:])
    if cue is None or token.unit not in {"天", "日", "工作日"} or token.number < 1:
        return None
    line.take(Kind.DAYPART)
    line.take(Kind.CLOCK)
    line.take(Kind.BEFORE, Kind.WITHIN)
    draft = Draft(DeadlineKind.RELATIVE, token.start, line.place, offset=Amount(token.number, token.unit).iso)
    _name_trigger(draft, cue["trigger"] or cue["event"], cue.group())
    return [draft]


def read_same_day(line: Line) -> list[Draft] | None:
    """检查当日, 次日10时前: counted from what the words before them name.

    当日事当日毕 is a way of working, 22时至次日6时 are hours of a night.
    """
    token = line.peek()
    line.at += 1
    if _ends_a_night(line):
        return None
    line.take(Kind.DAYPART)
    hour = line.take(Kind.CLOCK)
    limited = line.take(Kind.BEFORE, Kind.WITHIN) or hour or line.sees(Kind.END)
    if not limited and not ACTIONS.match(line.behind(token.end)):
        return None
    draft = Draft(DeadlineKind.RELATIVE, token.start, line.place, offset=token.unit)
    said = re.split("[,;。:!?()、]", line.before(token.start))[-1][-20:]
    if line.words(token) in said:
        return None
    _name_trigger(draft, said.rstrip("在于须应"), said)
    return [draft]


def _ends_a_night(line: Line) -> bool:
    """Whether the 次日 just passed is the one of 22时至次日6时."""
    return [token.kind for token in line.tokens[max(0, line.at - 3) : line.at - 1]] == [Kind.CLOCK, Kind.DASH]


def trimmed(words: str) -> str:
    """A trigger or an event without the words that lead to it."""
    return LEAD_IN.sub("", words)


def _fills_the_cell(line: Line, begin: int) -> bool:
    """3个月, 用两年时间: a length that is all a deadline cell says."""
    alone = CELL_OPENS.fullmatch(line.text[:begin]) and CELL_CLOSES.fullmatch(line.behind(line.place))
    return alone is not None and (line.around == ("", "") or line.label.endswith(("时限", "期限", "时间", "进度")))


def _name_trigger(draft: Draft, said: str | None, cue: str) -> None:
    draft.trigger = trimmed(said or "") or None
    if draft.trigger is None:
        draft.doubts.append(doubts.trigger_unknown())
    else:
        draft.begin = max(0, draft.begin - (len(cue) - cue.index(draft.trigger)))


def _count_from_notice(line: Line, draft: Draft, amount: Amount, within: bool) -> None:
    if not within:
        draft.doubts.append(doubts.trigger_unknown())
        return
    draft.trigger = NOTICE
    count_from(draft, line.timeline.on, amount)
    if amount.unit == "年":
        draft.doubts.append(doubts.counted_from_when())


def count_from(draft: Draft, day: date | None, amount: Amount) -> None:
    """Writes the offset and, where the day is known, the last day; near a public holiday the clerk is asked."""
    draft.offset = amount.iso
    if day is None:
        return
    draft.due = last = amount.last_day(day)
    if amount.unit == "工作日" and last and rest_days_near(day, last):
        draft.doubts.append(doubts.holidays_inside(last))
