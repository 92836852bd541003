"""A task table as read, in plain text for a person: every value beside the cell it stands in, then the questions."""

from collections.abc import Iterator

from rules.doubts import describe
from rules.language import Language, Text
from rules.reading import Question, TableRow, TaskTable

_LABELS = {
    "category_path": Text("类别", "category"),
    "task": Text("任务", "task"),
    "standards": Text("标准", "standard"),
    "methods": Text("方法", "method"),
    "lead_units": Text("牵头", "lead"),
    "support_units": Text("配合", "support"),
    "assessing_units": Text("考核", "assessor"),
    "leader": Text("责任领导", "leader"),
    "responsible": Text("责任人", "responsible"),
    "deadlines": Text("时限", "deadline"),
    "targets": Text("目标", "target"),
}


def table_text(table: TaskTable, language: Language = Language.ZH) -> str:
    return "\n".join(_lines(table, language))


def _lines(table: TaskTable, language: Language) -> Iterator[str]:
    yield f"{table.title}（{table.reference_year or '？'}）"
    for question in table.questions:
        yield f"？ {_asked(question, language)}"
    for row in table.rows:
        yield ""
        yield f"{row.item_no or '·'}  {row.task}  [{_place(row, 'task')}]"
        for field, label in _LABELS.items():
            value = _value(row, field)
            if value and field != "task":
                yield f"    {label.said_in(language)}：{value}  [{_place(row, field)}]"
        for question in row.questions:
            yield f"  ？ {_asked(question, language)}"
    asked = len(table.questions) + sum(len(row.questions) for row in table.rows)
    yield ""
    total = Text(f"共 {len(table.rows)} 行，待确认 {asked} 处。", f"{len(table.rows)} rows, {asked} questions.")
    yield total.said_in(language)


def _value(row: TableRow, field: str) -> str:
    if field == "deadlines":
        return "；".join(f"{one.text} → {describe(one)}" for one in row.deadlines)
    if field == "targets":
        return "；".join(one.text for one in row.targets)
    value = getattr(row, field)
    return value if isinstance(value, str) else "、".join(value or ())


def _place(row: TableRow, field: str) -> str:
    source = row.sources.get(field, row.source)
    return f"{source.sheet}!{source.cell}" if source.sheet else source.cell


def _asked(question: Question, language: Language) -> str:
    place = f"{question.source.cell} " if question.source else ""
    choices = f"（{'；'.join(question.choices)}）" if question.choices else ""
    return f"{place}{question.message.said_in(language)}{choices}"
