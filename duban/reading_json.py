"""The JSON of a reading, as the commands `duban read …` print it. Only shapes live here, nothing is read."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import orjson

from rules.language import Language
from rules.reading import Deadline, Question, Source, TableRow, Target, TaskTable

Json = dict[str, Any]


def table_json(table: TaskTable, language: Language = Language.ZH) -> Iterator[bytes]:
    """One document piece by piece, each row on a line of its own: a long table is never held in memory as a whole."""
    about = {
        "title": table.title,
        "reference_year": table.reference_year,
        "questions": [question_json(question, language) for question in table.questions],
    }
    yield orjson.dumps(about).removesuffix(b"}") + b',"rows":['
    between = b"\n"
    for row in table.rows:
        yield between + orjson.dumps(row_json(row, language))
        between = b",\n"
    yield b"\n]}\n"


def row_json(row: TableRow, language: Language = Language.ZH) -> Json:
    return {
        "item_no": row.item_no,
        "category_path": list(row.category_path),
        "task": row.task,
        "standards": list(row.standards),
        "methods": list(row.methods),
        "methods_of": {number: list(found) for number, found in row.methods_of.items()},
        "lead_units": list(row.lead_units),
        "support_units": list(row.support_units),
        "assessing_units": list(row.assessing_units),
        "leader": row.leader,
        "responsible": row.responsible,
        "deadlines": [deadline_json(deadline) for deadline in row.deadlines],
        "targets": [target_json(target) for target in row.targets],
        "source": source_json(row.source),
        "sources": {name: source_json(source) for name, source in row.sources.items()},
        "questions": [question_json(question, language) for question in row.questions],
    }


def deadline_json(deadline: Deadline) -> Json:
    return {
        "text": deadline.text,
        "kind": deadline.kind.value,
        "start": instant_json(deadline.start),
        "due": instant_json(deadline.due),
        "rrule": deadline.rrule,
        "trigger": deadline.trigger,
        "offset": deadline.offset,
        "sure": deadline.sure,
    }


def target_json(target: Target) -> Json:
    return {
        "text": target.text,
        "subject": target.subject,
        "op": target.op,
        "value": target.value,
        "unit": target.unit,
    }


def question_json(question: Question, language: Language = Language.ZH) -> Json:
    return {
        "field": question.field,
        "message": question.message.said_in(language),
        "choices": list(question.choices),
        "understood": question.understood,
        "source": source_json(question.source) if question.source else None,
    }


def source_json(source: Source) -> Json:
    return {"sheet": source.sheet, "cell": source.cell}


def instant_json(instant: date | datetime | None) -> str | None:
    """A date as YYYY-MM-DD, an hour as YYYY-MM-DDTHH:MM, both local."""
    if isinstance(instant, datetime):
        return instant.strftime("%Y-%m-%dT%H:%M")
    return instant.isoformat() if instant else None
