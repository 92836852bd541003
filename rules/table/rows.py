"""From what stands in a row to what it means (行的理解): labels taken out, phrases read, doubts asked."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rules.doubts import CONFIRMED
from rules.language import Text
from rules.reading import Deadline, DeadlineKind, Question, Source, TableRow, Target
from rules.table.dated import split_time, time_apart
from rules.table.fields import Field
from rules.table.headings import section_time
from rules.table.labels import labelled
from rules.table.owners import UNITS, units_of
from rules.table.periods import from_start, periods, undated
from rules.table.phrases import Phrases
from rules.table.records import Cell, Record, says_something
from rules.table.setting import Setting


def understood(record: Record, setting: Setting) -> TableRow | None:
    """The row a record stands for, or None where it names no task."""
    _take_out_labels(record)
    _take_out_time(record)
    _part_units_and_times(record)
    task = record.text(Field.TASK).strip()
    if not says_something(task):
        return None
    units, places = units_of(record, setting)
    deadlines, asked = _deadlines(record, setting)
    questions = [*record.doubts, *units.questions, *asked]
    standards = _items(record.cells.get(Field.STANDARD, ()))
    methods = setting.phrases.methods(record.text(Field.METHOD))
    targets = setting.phrases.targets("\n".join((task, *standards)))
    sources = _sources(record, targets) | places
    if not units.lead and (setting.units_expected or setting.issuer):
        questions.append(_by_issuer(setting.issuer) if setting.issuer else _NO_UNIT)
    return TableRow(
        item_no=record.text(Field.NUMBER) or None,
        task=task,
        source=record.source,
        category_path=_path(record),
        standards=(*standards, *_items(record.cells.get(Field.MATERIAL, ()))),  # a paper asked for is a demand, too
        methods=methods.names,
        methods_of=methods.of_item,
        lead_units=units.lead,
        support_units=units.support,
        assessing_units=units.assessors,
        leader=record.text(Field.LEADER) or None,
        responsible=record.text(Field.RESPONSIBLE) or None,
        deadlines=deadlines,
        targets=targets,
        questions=tuple(_placed(question, sources, record.source) for question in questions),
        sources=sources,
    )


_NO_UNIT = Question("lead_units", Text("没有写责任单位。", "No responsible unit is given."))


def _by_issuer(unit: str) -> Question:
    zh = f"没有写责任单位，是否由标题里的“{unit}”负责？"
    en = f"No responsible unit is given: is it {unit}, as the title begins?"
    return Question("lead_units", Text(zh, en), (unit,))


def _placed(question: Question, sources: dict[str, Source], row: Source) -> Question:
    return question if question.source else replace(question, source=sources.get(question.field or "task", row))


def _sources(record: Record, targets: Sequence[Target]) -> dict[str, Source]:
    """By field, the cell of its first words; a section alone stands for the categories, and a target's own cell."""
    sources = {str(kind): cells[0].source for kind, cells in record.cells.items() if cells}
    if record.section:
        sources.setdefault(str(Field.CATEGORY), record.section[-1].source)
    if targets:
        told = [*record.cells[Field.TASK], *record.cells.get(Field.STANDARD, ())]
        place = next((cell.source for cell in told if targets[0].text in cell.text), None)
        sources |= {"targets": place} if place else {}
    return sources


def _take_out_labels(record: Record) -> None:
    """牵头：… or 完成时限：… inside a task's text, where the table has no cell for them."""
    cells = record.cells.get(Field.TASK, [])
    for place, cell in enumerate(cells):
        found = labelled(cell.text)
        named = record.has(*UNITS)
        if found.units and not named:
            record.add(Field.LEAD, Cell(found.units, cell.source))
        elif not found.fields:
            continue
        for kind, text in found.fields.items():
            if not record.has(kind):
                record.add(kind, Cell(text, cell.source, _DEADLINE_LABEL if kind is Field.DEADLINE else ""))
        cells[place] = cell._replace(text=found.text)


def _take_out_time(record: Record) -> None:
    """3月：制定方案, where the table has no cell for the time."""
    cells = record.cells.get(Field.TASK, [])
    time, task = split_time(cells[0].text) if cells and not record.has(Field.DEADLINE, Field.PERIOD) else ("", "")
    if time:
        record.add(Field.DEADLINE, Cell(time, cells[0].source, _DEADLINE_LABEL))
        cells[0] = cells[0]._replace(text=task)


def _part_units_and_times(record: Record) -> None:
    """区住建局，6月底前 in the cell for units, where the table has none for the time."""
    if record.has(Field.DEADLINE, Field.PERIOD):
        return
    for kind in UNITS[:2]:
        for place, cell in enumerate(record.cells.get(kind, ())):
            units, time = time_apart(cell.text)
            if time:
                record.cells[kind][place] = cell._replace(text=units)
                record.add(Field.DEADLINE, Cell(time, cell.source, _DEADLINE_LABEL))


_DEADLINE_LABEL = "完成时限"


def _path(record: Record) -> tuple[str, ...]:
    return tuple(cell.text for cell in (*record.section, *record.cells.get(Field.CATEGORY, ())))


def _items(cells: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(line.strip() for cell in cells for line in cell.text.split("\n") if line.strip())


def _deadlines(record: Record, setting: Setting) -> tuple[tuple[Deadline, ...], tuple[Question, ...]]:
    """Of the deadline's own cells; else of the task and its standards; else of the heading or sentence over it."""
    in_periods = periods(record, setting.phrases)
    own = [*record.cells.get(Field.DEADLINE, ()), *in_periods]
    if own or record.has(Field.START):
        found, asked = from_start(record, _read(own, setting.phrases, record), setting.phrases)
        return found, (*asked, *undated(in_periods, setting.phrases))
    timed = ((cell, section_time(cell.text)) for cell in reversed(record.section))
    headed = next((cell._replace(text=time) for cell, time in timed if time), None)
    told = [*record.cells.get(Field.TASK, ()), *record.cells.get(Field.STANDARD, ())]
    found, asked = _read([cell._replace(label="") for cell in told], setting.phrases, record)
    found = tuple(one for one in found if one.kind is not DeadlineKind.NONE)
    for_all = headed or setting.deadline
    if not found and for_all:
        return _read([for_all], setting.phrases, record)
    return (found, asked) if found else _remarked(record, setting.phrases)


def _remarked(record: Record, phrases: Phrases) -> tuple[tuple[Deadline, ...], tuple[Question, ...]]:
    """Where nothing else sets a deadline, one in the remarks may be it: that is asked."""
    cells = [cell._replace(label="") for cell in record.cells.get(Field.REMARK, ())]
    found, asked = _read(cells, phrases, record)
    found = tuple(one for one in found if one.kind is not DeadlineKind.NONE)
    return (found, (*asked, _FROM_REMARK)) if found else ((), ())


_FROM_REMARK = Question(
    "deadlines",
    Text("时限取自备注，对吗？", "The deadline was taken from the remarks: is it one?"),
    (CONFIRMED,),
)


def _read(cells: Sequence[Cell], phrases: Phrases, record: Record) -> tuple[tuple[Deadline, ...], tuple[Question, ...]]:
    readings: list[Deadline] = []
    questions: list[Question] = []
    for cell in cells:
        read = phrases.deadlines(cell.text, cell.label)
        readings += read.readings
        questions += [replace(question, source=question.source or cell.source) for question in read.questions]
        said = any(one.kind is not DeadlineKind.NONE for one in read.readings)
        if said and Field.DEADLINE not in record.cells:
            record.cells[Field.DEADLINE] = [cell]
    return tuple(dict.fromkeys(readings)), tuple(dict.fromkeys(questions))
