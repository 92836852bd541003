"""Columns of time (时间栏): those named after a period (一季度、3月), and a start beside the deadline."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from rules.doubts import CONFIRMED
from rules.language import Text
from rules.reading import Deadline, DeadlineKind, Question
from rules.table.fields import Field
from rules.table.phrases import Phrases
from rules.table.records import Cell, Record

_TICK = re.compile(r"[√✓✔☑●○◎▲△★☆■□◆◇▇█]|[-—–→]+|[vV]")
_NOTHING = re.compile(r"[/／\\＼]+|无|不涉及")
_DASH = re.compile(r"[-—–]+")
_KIND = re.compile(r"((?<!第.)阶段|工作|进度|目标|任务|计划|节点|安排|要求)+$")
_NEXT_MONTH, _NEXT_QUARTER = 31, 92
"""At most so many days lie between the ends of two columns side by side."""
Found = tuple[tuple[Deadline, ...], tuple[Question, ...]]


def periods(record: Record, phrases: Phrases) -> list[Cell]:
    """Each cell as a phrase: a time of its own comes before its column's; ticks on end are one stretch (2月至4月)."""
    cells = [cell for cell in record.cells.get(Field.PERIOD, ()) if not _NOTHING.fullmatch(cell.text)]
    if not all(_TICK.fullmatch(cell.text) for cell in cells):
        cells = [cell for cell in cells if not _DASH.fullmatch(cell.text)]  # beside words a dash leaves a cell blank
    told = [_dated(cell, phrases) for cell in cells if not _TICK.fullmatch(cell.text)]
    stretches = _stretches([cell for cell in cells if _TICK.fullmatch(cell.text)], phrases)
    record.doubts += [_is_stretch(cell) for cell in stretches if "至" in cell.text]
    return told + stretches


def _dated(cell: Cell, phrases: Phrases) -> Cell:
    if _says_when(cell, phrases):
        return cell._replace(label="")
    return cell._replace(text=f"{_KIND.sub('', cell.label)}：{cell.text}", label="")


def _stretches(ticked: Sequence[Cell], phrases: Phrases) -> list[Cell]:
    runs: list[list[Cell]] = []
    for cell in ticked:
        if runs and _adjoin(runs[-1][-1].label, cell.label, phrases):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return [
        run[0]._replace(text=run[0].label if len(run) == 1 else f"{run[0].label}至{run[-1].label}", label="")
        for run in runs
    ]


def _adjoin(one: str, other: str, phrases: Phrases) -> bool:
    first, second = _end(one, phrases), _end(other, phrases)
    if first is None or second is None:
        return False
    return 0 < (second - first).days <= (_NEXT_MONTH if "月" in one else _NEXT_QUARTER)


def _end(label: str, phrases: Phrases) -> date | None:
    return next((_day(one.due) for one in phrases.deadlines(label, "").readings if one.due), None)


def _day(due: date | datetime) -> date:
    return due.date() if isinstance(due, datetime) else due


def _is_stretch(cell: Cell) -> Question:
    zh = f"{cell.text}都有标记：按一段时间理解，对吗？如为每期一次，请写明。"
    en = f"Every column of {cell.text} is ticked: one stretch of time? If it is due in each, say so."
    return Question("deadlines", Text(zh, en), (CONFIRMED,), source=cell.source)


def from_start(record: Record, read: Found, phrases: Phrases) -> Found:
    """A start in a cell of its own (计划开始) opens the window that the deadline closes."""
    cell = next(iter(record.cells.get(Field.START, ())), None)
    start = _first_day(cell.text, phrases) if cell else None
    found, asked = read
    if cell is None or start is None:
        return read
    if not any(one.kind is not DeadlineKind.NONE for one in found):
        opened = Deadline(cell.text, DeadlineKind.WINDOW, start=start, sure=False)
        return (*found, opened), (*asked, replace(_NO_END, source=cell.source))
    return tuple(_opened(one, start) for one in found), asked


def _first_day(text: str, phrases: Phrases) -> date | None:
    """What starts in April starts on its first day, though what is due then is due on its last."""
    opening = (one.start for one in phrases.deadlines(f"从{text}开始", "").readings if one.due is None)
    said = ((one.start or one.due) for one in phrases.deadlines(text, "").readings)
    return next((_day(day) for day in (*opening, *said) if day), None)


def undated(cells: Sequence[Cell], phrases: Phrases) -> tuple[Question, ...]:
    """Columns of stages (第一阶段) whose months nobody wrote down bind nobody: that is asked."""
    silent = (cell for cell in cells if not _says_when(cell, phrases))
    return tuple(replace(_NO_MONTHS, source=cell.source) for cell in silent)[:1]


def _says_when(cell: Cell, phrases: Phrases) -> bool:
    return any(one.kind is not DeadlineKind.NONE for one in phrases.deadlines(cell.text, "").readings)


def _opened(deadline: Deadline, start: date) -> Deadline:
    closes = deadline.kind is DeadlineKind.BY and deadline.due is not None and _day(deadline.due) >= start
    return replace(deadline, kind=DeadlineKind.WINDOW, start=start) if closes else deadline


_NO_END = Question(
    "deadlines", Text("只写了开始时间，没有写完成时限。", "Only a start is given, and no time to be done.")
)
_NO_MONTHS = Question(
    "deadlines", Text("阶段没有写起止时间，请补充。", "Nothing says when the stages begin and end: fill it in.")
)
