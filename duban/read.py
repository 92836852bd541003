"""`duban read …`: what the readers understand of phrases and files, as JSON; no database."""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from duban.errors import BadLine
from duban.reading_json import deadline_json, question_json, table_json
from duban.session import day_of
from rules.language import Text

FileArgument = Annotated[Path, typer.Argument(help="文件 · the file")]
YearOption = Annotated[int | None, typer.Option("--year", min=1949, max=2200, help="计划年度 · the plan year")]
OnOption = Annotated[
    str | None,
    typer.Option("--on", help="基准日，如 2026-03-02 · the reference day, today by default"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="只输出一个 JSON · print one JSON document and nothing else")]

app = typer.Typer(help="读取任务表和短语，只读不写 · Read tables and phrases; nothing is stored.", no_args_is_help=True)

UNIT_EXAMPLE = '{"text": "市城管局牵头，各街道配合", "context": null}'
_TEXTS = Text("text、context、label 应是文字", "text, context and label are texts")
_DAY = Text("on 应写成 2026-03-02", "on is a day such as 2026-03-02")
DEADLINE_EXAMPLE = '{"text": "6月底前", "on": "2021-01-01", "context": null}'


@app.command()
def table(file: FileArgument, year: YearOption = None, on: OnOption = None, as_json: JsonOption = False) -> None:
    """读任务分解表 · Read a task table from a file: every value beside its source cell, and what is to be asked."""
    from documents.reading import open_document
    from duban.progress import watched
    from rules.table import read_table

    day = _day_given(on)
    with watched() as headway:
        read = read_table(open_document(file, headway), year=year, on=day, headway=headway)
    if as_json:
        sys.stdout.buffer.writelines(table_json(read))
        return
    from duban.reading_text import table_text

    typer.echo(table_text(read))


def _day_given(on: str | None) -> date:
    """The reference day as given; this is the edge where the clock is read for it."""
    return datetime.now().astimezone().date() if on is None else day_of(on)


@app.command()
def deadlines() -> None:
    """逐行读取时限短语 · Read deadline phrases: JSON Lines on stdin, one answer a line on stdout."""
    from rules.deadlines import read_deadlines

    for number, asked in json_lines(DEADLINE_EXAMPLE):
        text, context = asked.get("text"), asked.get("context")
        if not isinstance(text, str) or not isinstance(context, str | None):
            raise BadLine(line=number, reason=_TEXTS, example=DEADLINE_EXAMPLE)
        reading = read_deadlines(text, _reference_day(number, asked.get("on")), context)
        answer_line(
            {
                "readings": [deadline_json(deadline) for deadline in reading.readings],
                "questions": [question_json(question) for question in reading.questions],
            }
        )


@app.command()
def units() -> None:
    """逐行读取责任单位短语 · Read unit phrases: JSON Lines on stdin, one answer a line on stdout."""
    from rules.units import read_units

    for number, asked in json_lines(UNIT_EXAMPLE):
        text, context, label = asked.get("text"), asked.get("context"), asked.get("label")
        if not isinstance(text, str) or not isinstance(context, str | None) or not isinstance(label, str | None):
            raise BadLine(line=number, reason=_TEXTS, example=UNIT_EXAMPLE)
        reading = read_units(text, context, label)
        answer_line(
            {
                "lead": list(reading.lead),
                "support": list(reading.support),
                "assessors": list(reading.assessors),
                "groups": list(reading.groups),
                "questions": [question_json(question) for question in reading.questions],
            }
        )


def json_lines(example: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects on stdin with their line numbers; blank lines are passed over."""
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
        except (ValueError, RecursionError) as why:
            raise BadLine(line=number, reason=Text("不是完整的 JSON", f"{why}"), example=example) from why
        if not isinstance(asked, dict):
            raise BadLine(line=number, reason=Text("不是 JSON 对象", "it is no JSON object"), example=example)
        yield number, asked


def answer_line(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(orjson.dumps(answer) + b"\n")


def _reference_day(number: int, value: object) -> date | None:
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as why:
        raise BadLine(line=number, reason=_DAY, example=DEADLINE_EXAMPLE) from why
