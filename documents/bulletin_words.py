"""How a bulletin says things (通报用语), in both languages; shared by its Markdown and its spreadsheet."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from rules import measures
from rules.bulletin import Bulletin, ClosedDuty, OverdueDuty, UnitFigures
from rules.language import Language, Text
from rules.lifecycle import Request
from rules.measures import Measure

TITLE = Text("督查通报　{year}年第{week}周", "Supervision bulletin, week {week} of {year}")
UNIT = Text("责任单位", "unit")
TOTAL = Text("合计", "total")
OTHERS = Text("不属于上列单位的人员", "people of none of these units")
ON_TIME = Text("按时率", "on-time rate")
ON_TIME_MEANING = Text(
    "按时销号÷（按时销号＋逾期销号＋逾期未办结），没有这几项的不计算",
    "closed in time ÷ (closed in time + closed late + overdue); none where there are none of these",
)
OVERDUE_COLUMNS = (
    Text("编号", "duty"),
    Text("序号", "item"),
    Text("工作任务", "work to be done"),
    UNIT,
    Text("责任领导", "leader in charge"),
    Text("完成时限", "due"),
    Text("逾期工作日", "working days overdue"),
    Text("最近情况", "last step"),
)
CLOSED_COLUMNS = (
    Text("编号", "duty"),
    Text("序号", "item"),
    Text("工作任务", "work to be done"),
    UNIT,
    Text("完成时限", "due"),
    Text("申报时间", "reported done"),
    Text("销号时间", "closed"),
    Text("是否按时", "in time"),
)
ALWAYS_SHOWN = (
    measures.BEFORE,
    measures.OPENED,
    measures.REPORTED,
    measures.RETURNED,
    measures.IN_TIME,
    measures.LATE,
    measures.IN_HAND,
    measures.WAITING,
    measures.OVERDUE,
    measures.MESSAGES,
    measures.ASKED_TO_REPORT,
)
"""The measures every table of units has, even where they are all zero."""

_RUNNING = Text("数据截至 {at}，本周尚未结束", "as of {at}; the week is not over")
_RESTS_ON = Text("依据台账第 {last} 号及以前的事件", "rests on ledger events up to number {last}")
_THIS_WEEK = Text("（本周为第 {first} 至 {last} 号）", " (this week's: {first} to {last})")
_SEALED = Text("台账封存号 {hash}（封存至第 {last} 号）", "ledger seal {hash} (up to number {last})")
_UNSEALED = Text("台账未封存", "ledger not sealed yet")
_IN_TIME = {True: Text("按时", "in time"), False: Text("逾期", "late")}
_AWAITS = {
    Request.EXTENSION: Text("延期申请待创建办答复", "extension asked, not answered"),
    Request.DISPUTE: Text("异议待创建办答复", "disputed, not answered"),
    Request.SUSPENSION: Text("挂账申请待创建办答复", "suspension asked, not answered"),
}
_BUDGET = Text(
    "负担预算：每单位每周{limits}；本周用完的：{who}。", "Budget for each unit and week: {limits}; used up by: {who}."
)
_MESSAGES, _REPORTS = Text("消息 {limit} 条", "{limit} messages"), Text("报送 {limit} 次", "{limit} reports")
_USED, _NOBODY = Text("{unit}（{used}）", "{unit} ({used})"), Text("无", "none")
_WEEKDAYS = "一二三四五六日"
_SHOWN_OF_HASH = 12


def title(bulletin: Bulletin, language: Language) -> str:
    year, week, _ = bulletin.week.monday.isocalendar()
    return TITLE.said_in(language).format(year=year, week=week)


def period(bulletin: Bulletin, language: Language) -> str:
    """The week's days; for a running week also the instant it was counted at."""
    monday, sunday = bulletin.week.monday, bulletin.week.sunday
    next_year = f"{sunday.year}年" if sunday.year != monday.year else ""
    days = Text(f"{monday.year}年{_day(monday)}至{next_year}{_day(sunday)}", f"Monday {monday} to Sunday {sunday}")
    running = "" if bulletin.complete else _RUNNING.said_in(language).format(at=moment(bulletin.as_of))
    return _joined(language, days.said_in(language), running)


def basis(bulletin: Bulletin, language: Language) -> str:
    """The part of the ledger it rests on, and the seal that covers it."""
    numbers = {"first": bulletin.first_event, "last": bulletin.last_event}
    week = _THIS_WEEK.said_in(language) if bulletin.first_event <= bulletin.last_event else ""
    return _joined(language, (_RESTS_ON.said_in(language) + week).format(**numbers), _seal(bulletin, language))


def budget(bulletin: Bulletin, language: Language) -> str:
    """负担预算: what a unit may be burdened with in a week, and who had all of it; empty where there is no limit."""
    limits = [
        template.said_in(language).format(limit=limit)
        for template, limit in ((_MESSAGES, bulletin.budget.messages), (_REPORTS, bulletin.budget.reports))
        if limit
    ]
    if not limits:
        return ""
    comma = Text("、", ", ").said_in(language)
    spent = (
        _USED.said_in(language).format(unit=unit.unit, used=comma.join(_used(unit, *one, language) for one in used_up))
        for unit, used_up in bulletin.spent
    )
    who = comma.join(spent) or _NOBODY.said_in(language)
    return _BUDGET.said_in(language).format(limits=comma.join(limits), who=who)


def _used(unit: UnitFigures, measure: Measure, limit: int, language: Language) -> str:
    return f"{measure.label.said_in(language)} {unit.of(measure).value}/{limit}"


def shown(bulletin: Bulletin) -> tuple[Measure, ...]:
    """The measures worth a column: those always shown, and those that are not zero."""
    total = bulletin.total
    return tuple(one for one in bulletin.measures if one in ALWAYS_SHOWN or total.of(one).value)


def meanings(columns: Iterable[Measure], language: Language) -> Iterator[str]:
    """计数口径: how the rate and each measure that needs a word about it are counted."""
    colon = Text("：", ": ").said_in(language)
    for label, meaning in ((ON_TIME, ON_TIME_MEANING), *((one.label, one.meaning) for one in columns)):
        if meaning:
            yield f"{label.said_in(language)}{colon}{meaning.said_in(language)}"


def overdue_cells(duty: OverdueDuty, language: Language) -> tuple[str | int, ...]:
    step = f"{duty.last_step.said_in(language)} {duty.last_step_at:%m-%d}" if duty.last_step else ""
    awaits = _AWAITS[duty.awaits].said_in(language) if duty.awaits else ""
    return (
        f"D{duty.duty}",
        duty.item_no,
        duty.task,
        duty.unit,
        duty.leader,
        time_limit(duty.due_at),
        duty.days,
        _joined(language, step, awaits),
    )


def closed_cells(duty: ClosedDuty, language: Language) -> tuple[str | int, ...]:
    return (
        f"D{duty.duty}",
        duty.item_no,
        duty.task,
        duty.unit,
        time_limit(duty.due_at),
        moment(duty.reported_at) if duty.reported_at else "",
        moment(duty.closed_at),
        _IN_TIME[duty.in_time].said_in(language),
    )


def moment(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M}"


def time_limit(due_at: datetime) -> str:
    """完成时限: the day where all of it counts, else with the time of day."""
    return f"{due_at:%Y-%m-%d}" if (due_at.hour, due_at.minute) == (23, 59) else moment(due_at)


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def _seal(bulletin: Bulletin, language: Language) -> str:
    if bulletin.seal is None:
        return _UNSEALED.said_in(language)
    shown = bulletin.seal.hash[:_SHOWN_OF_HASH]
    return _SEALED.said_in(language).format(hash=shown, last=bulletin.seal.last_event)


def _joined(language: Language, *parts: str) -> str:
    return Text("；", "; ").said_in(language).join(part for part in parts if part)
