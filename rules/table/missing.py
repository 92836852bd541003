"""Rows whose task nobody wrote (缺任务的行): the row stands, under words that serve for its task, and it is asked."""

from collections.abc import Sequence
from dataclasses import replace

from rules.language import Text
from rules.reading import Question, Source
from rules.table.fields import Field, plain_heading
from rules.table.records import Cell, Record, says_something


def lacks_task(record: Record) -> bool:
    """Whether the task of a record was asked for, and its words only serve for one."""
    return any(question.field == Field.TASK for question in record.doubts)


def ask_for_task(record: Record, place: Source, heading: str, beside: Sequence[Cell], above: Sequence[Cell]) -> None:
    """Let the words `beside` the blank cell serve, or none but its address; they and the task `above` are choices."""
    beside = [cell for cell in beside if says_something(cell.text)][:1]
    heading = plain_heading(heading) or "任务"
    record.cells[Field.TASK] = beside or [Cell(f"（{place.cell} 没有{heading}）", place)]
    if not lacks_task(record):
        message = Text(f"没有{heading}，请补充。", f"Nothing stands under {heading}: what is the task?")
        record.doubts.append(Question(Field.TASK.value, message, source=place))
    choices = tuple(dict.fromkeys(cell.text for cell in (*beside, *above[:1])))
    understood = beside[0].text if beside else None
    record.doubts = [
        replace(one, choices=choices, understood=understood) if one.field == Field.TASK else one
        for one in record.doubts
    ]
