"""The weekly bulletin as a page (督查通报): what needs attention first, the rest behind it."""

from collections.abc import Iterator, Sequence

from documents.bulletin_words import (
    ALWAYS_SHOWN,
    CLOSED_COLUMNS,
    ON_TIME,
    OTHERS,
    OVERDUE_COLUMNS,
    TOTAL,
    UNIT,
    basis,
    budget,
    closed_cells,
    meanings,
    overdue_cells,
    period,
    shown,
    title,
)
from documents.inspection_page import inspection_blocks
from documents.page import Block, Grid, Page
from rules import measures
from rules.bulletin import Bulletin, UnitFigures
from rules.language import Language, Text
from rules.measures import Group, Measure

LISTED = 50
"""Rows of a list shown on the page; the spreadsheet has them all."""

_OVERALL = Text("一、总体情况", "1. Overall")
_OVERDUE = Text("二、逾期未办结（{count} 项）", "2. Overdue ({count})")
_UNITS = Text("三、各单位情况", "3. By unit")
_CLOSED = Text("四、本周销号（{count} 项）", "4. Closed this week ({count})")
_NOTES = Text("六、说明", "6. Notes")
_NONE_OVERDUE = Text("没有逾期未办结的事项。", "Nothing is overdue.")
_NONE_CLOSED = Text("本周没有销号的事项。", "Nothing was closed this week.")
_NO_UNIT = Text("没有在办事项。", "No duty is in hand.")
_MORE = Text("其余 {count} 项见同名电子表格。", "{count} more in the spreadsheet of the same name.")
_STEPS = Text("督办措施", "steps taken")
_SOURCES = Text(
    "每个数字数自哪些台账事件，见同名电子表格的“出处”页。",
    "The ledger events every figure was counted from are in the spreadsheet of the same name, sheet “Sources”.",
)
_SUMMARY = (
    Text(
        "**逾期未办结 {overdue} 项**{longest}；待核验 {waiting} 项，申请待答复 {unanswered} 项，挂账 {suspended} 项。",
        "**{overdue} overdue**{longest}; {waiting} awaiting verification, {unanswered} requests unanswered, "
        "{suspended} suspended.",
    ),
    Text(
        "期末在办 {in_hand} 项：期初 {before} 项，新立项 {opened} 项，销号 {closed} 项，撤销 {withdrawn} 项。",
        "{in_hand} in hand: {before} at the start, {opened} opened, {closed} closed, {withdrawn} withdrawn.",
    ),
    Text(
        "申报办结 {reported} 项次，退回返工 {returned} 项次；销号按时 {in_time} 项、逾期 {late} 项。按时率 {on_time}。",
        "{reported} reported done, {returned} returned; {in_time} closed in time, {late} late. On-time rate {on_time}.",
    ),
    Text("申请与答复：{requests}。", "Requests and answers: {requests}."),
    Text("督办措施：{steps}。", "Steps taken: {steps}."),
    Text(
        "基层负担：各单位共收到消息 {messages} 条，被要求报送 {asked_to_report} 次；{who}收到消息 {others} 条。",
        "Burden: units received {messages} messages and were asked for {asked_to_report} reports; "
        "{who} received {others} messages.",
    ),
)
_LONGEST = Text("，最长已逾期 {days} 个工作日", ", the longest by {days} working days")
_NOTHING = Text("无", "none")


def bulletin_page(bulletin: Bulletin, language: Language) -> Page:
    """督查通报 as it is read and printed; the same bulletin gives the same page."""
    blocks: list[Block] = [period(bulletin, language)]
    for part in (_overall, _overdue, _units, _closed):
        blocks += part(bulletin, language)
    blocks += inspection_blocks(bulletin.inspection, language)
    blocks += _notes(bulletin, language)
    return Page(title(bulletin, language), tuple(blocks), bulletin.as_of, language)


def _overall(bulletin: Bulletin, language: Language) -> Iterator[str]:
    total = bulletin.total
    values: dict[str, object] = {measure.key: total.of(measure).value for measure in measures.MEASURES}
    longest = max((duty.days for duty in bulletin.overdue), default=0)
    values |= {
        "longest": _LONGEST.said_in(language).format(days=longest) if longest else "",
        "closed": len(bulletin.closed),
        "on_time": total.on_time,
        "requests": _listed(bulletin, total, Group.REQUESTS, language) or _NOTHING.said_in(language),
        "steps": _listed(bulletin, total, Group.STEPS, language) or _NOTHING.said_in(language),
        "who": OTHERS.said_in(language),
        "others": bulletin.others.value,
    }
    yield f"## {_OVERALL.said_in(language)}"
    lines = [line.said_in(language).format(**values) for line in _SUMMARY]
    yield "\n".join(f"- {line}" for line in (*lines, budget(bulletin, language)) if line)


def _overdue(bulletin: Bulletin, language: Language) -> Iterator[Block]:
    heading = _heading(_OVERDUE, len(bulletin.overdue), language)
    rows = [overdue_cells(duty, language) for duty in bulletin.overdue]
    yield from _list(heading, OVERDUE_COLUMNS, rows, _NONE_OVERDUE, language)


def _closed(bulletin: Bulletin, language: Language) -> Iterator[Block]:
    heading = _heading(_CLOSED, len(bulletin.closed), language)
    rows = [closed_cells(duty, language) for duty in bulletin.closed]
    yield from _list(heading, CLOSED_COLUMNS, rows, _NONE_CLOSED, language)


def _units(bulletin: Bulletin, language: Language) -> Iterator[Block]:
    heading = f"## {_UNITS.said_in(language)}"
    if not bulletin.units:
        yield heading
        yield _NO_UNIT.said_in(language)
        return
    columns = (UNIT, *(measure.label for measure in ALWAYS_SHOWN), ON_TIME, _STEPS)
    rows = [_unit_row(bulletin, unit, unit.unit, language) for unit in bulletin.units]
    total = _unit_row(bulletin, bulletin.total, TOTAL.said_in(language), language)
    yield Grid(heading, _said(columns, language), (*rows, total), wide=True, total=True)


def _unit_row(bulletin: Bulletin, unit: UnitFigures, name: str, language: Language) -> tuple[str | int, ...]:
    figures = [unit.of(measure).value for measure in ALWAYS_SHOWN]
    return name, *figures, str(unit.on_time), _listed(bulletin, unit, Group.STEPS, language)


def _notes(bulletin: Bulletin, language: Language) -> Iterator[str]:
    yield f"## {_NOTES.said_in(language)}"
    lines = (*meanings(shown(bulletin), language), _SOURCES.said_in(language), basis(bulletin, language))
    yield "\n".join(f"- {line}" for line in lines)


def _listed(bulletin: Bulletin, unit: UnitFigures, group: Group, language: Language) -> str:
    """The measures of a group that are not zero."""
    found: list[tuple[Measure, int]] = [
        (measure, unit.of(measure).value) for measure in bulletin.measures if measure.group is group
    ]
    comma = Text("、", ", ").said_in(language)
    return comma.join(f"{measure.label.said_in(language)} {value}" for measure, value in found if value)


def _heading(text: Text, count: int, language: Language) -> str:
    return f"## {text.said_in(language).format(count=count)}"


def _list(
    heading: str, columns: Sequence[Text], rows: Sequence[tuple[str | int, ...]], none: Text, language: Language
) -> Iterator[Block]:
    if rows:
        yield Grid(heading, _said(columns, language), tuple(rows[:LISTED]))
    else:
        yield heading
        yield none.said_in(language)
    if len(rows) > LISTED:
        yield _MORE.said_in(language).format(count=len(rows) - LISTED)


def _said(columns: Sequence[Text], language: Language) -> tuple[str, ...]:
    return tuple(column.said_in(language) for column in columns)
