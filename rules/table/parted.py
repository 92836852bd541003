"""Several duties in one cell (一格多条): lines that name their own units, or that go with the lines of other cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rules.language import Text
from rules.reading import Question
from rules.table.fields import Field
from rules.table.labels import labelled
from rules.table.records import Cell, Record
from rules.table.unit_words import looks_like_units

_NUMBER = re.compile(r"\s*[（(]?(\d{1,2})\s*[)）.．、]\s*|\s*([①-⑳])\s*")
_INLINE = re.compile(r"(?<=[。；;：:])\s*(?=\d{1,2}\s*[.．、](?!\d))")
_PAIRED = (Field.LEAD, Field.SUPPORT, Field.DEADLINE)


def parted(record: Record, by_unit: bool = False) -> Iterator[Record]:
    """The record itself, or one for each line of its task; `by_unit` each row is a unit, and not one task."""
    tasks = record.cells.get(Field.TASK, [])
    lines = _lines(tasks[0]) if len(tasks) == 1 else []
    if record.has(Field.SHARE):
        yield from _shares(record)
    elif len(lines) < 2:
        yield from _run_on(record)
    elif any(len(_paired(record, kind, lines)) > 1 for kind in (Field.LEAD, Field.SUPPORT)):
        others = {kind: found for kind in _PAIRED if (found := _paired(record, kind, lines))}
        for place, line in enumerate(lines):
            yield _part(record, line, {kind: cells[place] for kind, cells in others.items()})
    elif by_unit and all(_counts(line.text, place) for place, line in enumerate(lines)):
        for line in lines:
            yield _part(record, line, {})
    else:
        if _may_pair(record, lines):
            record.doubts.append(_ONE_EACH)
        yield from _with_own_units(record, lines)


def _shares(record: Record) -> Iterator[Record]:
    """What each unit does of a task, told in a column of its own, is a row of its own."""
    category = [*record.cells.get(Field.CATEGORY, ()), *record.cells.get(Field.TASK, ())]
    for share in record.cells[Field.SHARE]:
        lead = share._replace(text=share.label, label="")
        cells = record.cells | {Field.CATEGORY: category, Field.TASK: [share._replace(label="")], Field.LEAD: [lead]}
        yield replace(record, source=share.source, cells={kind: [*found] for kind, found in cells.items()})


def _with_own_units(record: Record, lines: Sequence[Cell]) -> Iterator[Record]:
    named = [line for line in lines if labelled(line.text).units]
    if record.has(Field.LEAD, Field.SUPPORT) or len(named) < 2:
        yield record
    elif len(named) == len(lines):
        for line in lines:
            yield _part(record, line, {})
    else:
        record.doubts.append(_SEVERAL)
        yield record


def _run_on(record: Record) -> Iterator[Record]:
    """Numbered items that run on in one paragraph, each with units of its own; what stands before them heads them."""
    text = record.text(Field.TASK)
    pieces = [piece.strip() for piece in _INLINE.split(text) if piece.strip()]
    head = pieces[: 0 if pieces and _counts(pieces[0], 0) else 1]
    items = pieces[len(head) :]
    counted = len(items) > 1 and all(_counts(item, place) for place, item in enumerate(items))
    if not counted or record.has(*_PAIRED) or not all(labelled(item).units for item in items):
        yield record
        return
    cell = record.cells[Field.TASK][0]
    for item in items:
        part = _part(record, cell._replace(text=item), {})
        for heading in head:
            part.add(Field.CATEGORY, cell._replace(text=heading.rstrip("。；;：:")))
        yield part


def _may_pair(record: Record, tasks: Sequence[Cell]) -> bool:
    """Numbered lines beside as many unnumbered units: one for each line, or all for all."""
    cells = record.cells.get(Field.LEAD, [])
    units = _lines(cells[0]) if len(cells) == 1 else []
    numbered = all(_counts(line.text, place) for place, line in enumerate(tasks))
    return numbered and len(units) == len(tasks) and all(looks_like_units(line.text) for line in units)


def _lines(cell: Cell) -> list[Cell]:
    if "\n" not in cell.text:
        return []
    return [cell._replace(text=line.strip()) for line in cell.text.split("\n") if line.strip()]


def _paired(record: Record, kind: Field, tasks: Sequence[Cell]) -> list[Cell]:
    """The lines of another cell, where both count from one to the same number."""
    cells = record.cells.get(kind, [])
    lines = _lines(cells[0]) if len(cells) == 1 else []
    if len(lines) != len(tasks) or not all(_counts(line.text, place) for place, line in enumerate(lines)):
        return []
    if not all(_counts(line.text, place) for place, line in enumerate(tasks)):
        return []
    return [line._replace(text=_NUMBER.sub("", line.text, count=1)) for line in lines]


def _counts(line: str, place: int) -> bool:
    match = _NUMBER.match(line)
    return match is not None and (match[1] == str(place + 1) or match[2] == chr(ord("①") + place))


def _part(record: Record, line: Cell, others: dict[Field, Cell]) -> Record:
    cells = {kind: list(present) for kind, present in record.cells.items()}
    cells[Field.TASK] = [line._replace(text=_NUMBER.sub("", line.text, count=1))]
    cells |= {kind: [cell] for kind, cell in others.items()}
    return replace(record, cells=cells, doubts=list(record.doubts))


_ONE_EACH = Question(
    "lead_units",
    Text(
        "一格里的几条任务与几个单位行数相同，是否逐条对应？如是，请分成几行。",
        "As many units as tasks stand in these cells: one for each? If so, give each a row.",
    ),
)
_SEVERAL = Question(
    "lead_units",
    Text(
        "一格里有几条写了各自的单位，请核对或分成几行。",
        "Several lines of one cell name their own units: check them, or give each a row.",
    ),
)
