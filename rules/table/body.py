"""The rows under one header (表体): sections, merged and blank cells, rows that go on; each task becomes a record."""

import re
from collections.abc import Iterator, Mapping, Sequence

from rules.doubts import CONFIRMED
from rules.grid import Grid, Place
from rules.language import Text
from rules.reading import Question, Source
from rules.table.columns import written_once
from rules.table.fields import Field
from rules.table.header import Header
from rules.table.lines import Line
from rules.table.matrix import Signs
from rules.table.missing import ask_for_task, lacks_task
from rules.table.outline import is_label
from rules.table.records import Cell, Record
from rules.table.sections import Sections

_TELLING = (Field.NUMBER, Field.LEAD, Field.SIGN, Field.SUPPORT, Field.DEADLINE, Field.RESPONSIBLE)
_SAYING = (*_TELLING[1:], Field.START, Field.PERIOD, Field.SHARE, Field.STANDARD, Field.METHOD, Field.LEADER)
"""A number alone may stand in a line left blank; with one of these beside it somebody wrote of a task there."""
_UNITS = (Field.LEAD, Field.SUPPORT)
_AS_ABOVE = Text("没有写责任单位，是否同上一行？", "No unit is given: the same as in the row above?")
_TIME_AS_ABOVE = Text("没有写时间，是否同上一行？", "No time is given: the same as in the row above?")
_DITTO = frozenset({"同上", "同前", "〃", "″", "“", "”", '"', "''"})


class Body:
    """表体: walks the rows under one header and yields the records in them."""

    def __init__(self, grid: Grid, header: Header, lines: Mapping[int, Line], beside: Sequence[str] = ()) -> None:
        """`beside` are the texts around the table, among which its legend may stand."""
        self._grid, self._header, self._lines = grid, header, lines
        self._task = header.columns(Field.TASK)[0]
        self._telling = [column for field in _TELLING for column in header.columns(field)]
        self._saying = [column for field in _SAYING for column in header.columns(field)]
        rows = [row for row, kind in lines.items() if kind is Line.TASK]
        self._numbers = [one for one in header.columns(Field.NUMBER) if any(self._own(row, one) for row in rows)]
        self._written_once = written_once(grid, rows, self._task)
        self._columns = [(column, field) for column, field in header.fields.items() if field is not Field.OTHER]
        self._sections = Sections()
        self._category: dict[int, Cell] = {}
        self._leading = [column for column in header.columns(Field.DEADLINE) if column < self._task]
        self._time: dict[int, Cell] = {}
        self._signs = self._signs_of(lines, beside)
        self._counted = 0
        self._from_the_side = {place for place, anchor in grid.covered.items() if anchor.column != place.column}
        first = next((kind for kind in lines.values() if kind in (Line.TASK, Line.SECTION)), None)
        self._labels_follow = first is Line.TASK
        self._may_have_lost_merges = not grid.merges
        self.doubts: list[Question] = []

    def _signs_of(self, lines: Mapping[int, Line], beside: Sequence[str]) -> Signs:
        columns = self._header.columns(Field.SIGN)
        if not columns:
            return Signs((), ())
        grid = self._grid
        noted = (row for row, kind in lines.items() if kind in (Line.NOTE, Line.SECTION))
        legend = [*beside, *(cell for row in (*range(self._header.bottom + 1), *noted) for cell in grid.rows[row])]
        used = (grid.filled[row][column] for row, kind in lines.items() if kind is Line.TASK for column in columns)
        return Signs(legend, filter(None, used))

    def records(self) -> Iterator[Record]:
        last: Record | None = None
        for row, kind in self._lines.items():
            match kind:
                case Line.SECTION if last and self._labels_follow and is_label(self._words(row)):
                    last.cells[Field.TASK][0] = self._with_label(last.cells[Field.TASK][0], row)
                case Line.SECTION:
                    self._enter(row)
                    if last:
                        yield last
                    last = None
                case Line.TASK:
                    record = self._record(row)
                    if last and self._goes_on(row, last):
                        last.go_on(record)
                        continue
                    if last:
                        yield last
                    last = self._completed(record, row, last)
        if last:
            yield last

    def _enter(self, row: int) -> None:
        texts = [cell for cell in dict.fromkeys(self._grid.rows[row]) if cell and not re.fullmatch(r"[\d.]+分?", cell)]
        first = self._first(row)
        mark = texts[0] if len(texts) > 1 and len(texts[0]) < 6 else ""
        text = mark + texts[1] if mark else texts[0]
        self._category.clear()
        self._time.clear()
        self._sections.enter(Cell(text, first.source))

    def _words(self, row: int) -> str:
        return "".join(dict.fromkeys(cell for cell in self._grid.rows[row] if cell))

    def _with_label(self, task: Cell, row: int) -> Cell:
        """A line of labels (责任单位：…) below a task is its own."""
        return task._replace(text=f"{task.text}\n{self._words(row)}")

    def _first(self, row: int) -> Cell:
        column, text = next((place, cell) for place, cell in enumerate(self._grid.rows[row]) if cell)
        return self._cell(row, column, text)

    def _goes_on(self, row: int, last: Record) -> bool:
        """续行: blank number and unit under a filled row, or nothing of its own beside a merged task."""
        if any(self._own(row, column) or self._covered(row, column) for column in self._telling):
            alone = not self._own(row, self._task) and not any(self._own(row, column) for column in self._telling)
            return alone and last.has(Field.TASK)
        if not self._own(row, self._task):
            return last.has(Field.TASK)
        fresh_category = any(self._own(row, column) for column in self._header.columns(Field.CATEGORY))
        return bool(self._telling) and not fresh_category and last.has(Field.NUMBER, Field.LEAD)

    def _completed(self, record: Record, row: int, last: Record | None) -> Record | None:
        """A record with a task of its own; where its cell is blank, the one above or the words beside it serve."""
        if not record.has(Field.TASK):
            beside = record.cells.get(Field.STANDARD) or self._own_category(record, row)
            above = last.cells[Field.TASK] if last and not lacks_task(last) and not record.has(Field.NUMBER) else []
            if self._lost_its_task(row, last):
                ask_for_task(record, self._source(row, self._task), self._header.names[self._task], beside, above)
            elif stand_in := above or beside:
                record.cells[Field.TASK] = list(stand_in[:1])
            else:
                self.doubts += record.doubts
                return None
        if last and record.has(Field.NUMBER) and self._may_have_lost_merges and not record.has(*_UNITS):
            self._units_from_above(record, row, last)
        return record

    def _lost_its_task(self, row: int, last: Record | None) -> bool:
        """Whether somebody forgot the task: the row says something of its own, and continues none above it."""
        cells = self._grid.rows[row]
        says = any(column < len(cells) and cells[column] for column in self._saying)
        if not says or self._grid.is_covered(row, self._task):
            return False
        if not last or lacks_task(last) or self._own(row, self._task):  # a formula without a value is no blank
            return True
        return any(self._own(row, one) for one in self._numbers) if self._numbers else not self._written_once

    def _own_category(self, record: Record, row: int) -> list[Cell]:
        """The category where the row itself tells it; a numbered line left blank below one is no task."""
        own = any(self._own(row, column) for column in self._header.columns(Field.CATEGORY))
        return record.cells.get(Field.CATEGORY, []) if own else []

    def _units_from_above(self, record: Record, row: int, last: Record) -> None:
        """A blank unit cell of a numbered row: where merged cells were lost on the way it means the one above."""
        above = last.cells.get(Field.LEAD)
        columns = self._header.columns(Field.LEAD)
        if above and columns:
            record.cells[Field.LEAD] = list(above)
            place = self._source(row, columns[0])
            record.doubts.append(Question("lead_units", _AS_ABOVE, (above[0].text,), above[0].text, place))

    def _record(self, row: int) -> Record:
        record = Record(self._source(row, self._task), section=self._sections.path)
        cells = self._grid.filled[row]
        for column, field in self._columns:
            text, place = cells[column], row
            if text in _DITTO:
                text, place = self._above(row, column)
            if field is Field.NUMBER:
                text = self._number(row, column, text)
            elif self._grid.unread and (row, column) in self._grid.unread:
                record.doubts.append(self._unread(row, column, field))
            if field is Field.CATEGORY:
                self._categorise(record, row, column, text)
            elif text and field is Field.SIGN:
                self._sign(record, row, column, text)
            elif text and (row, column) not in self._from_the_side:
                record.add(field, self._cell(place, column, text))
                if column in self._header.guessed:
                    record.doubts.append(self._guessed(row, column, field))
        self._date(record)
        return record

    def _date(self, record: Record) -> None:
        """A day before the tasks, left blank below where merged cells were lost, is the one above."""
        for column in self._leading:
            if cells := record.cells.get(Field.DEADLINE):
                self._time[column] = cells[0]
            elif self._may_have_lost_merges and (above := self._time.get(column)):
                record.add(Field.DEADLINE, above)
                record.doubts.append(Question("deadlines", _TIME_AS_ABOVE, (above.text,), above.text))

    def _above(self, row: int, column: int) -> tuple[str, int]:
        """What 同上 stands for, and where."""
        while row > self._header.bottom + 1 and self._grid.filled[row][column] in _DITTO:
            row -= 1
        text = self._grid.filled[row][column]
        return ("" if text in _DITTO else text), row

    def _sign(self, record: Record, row: int, column: int, sign: str) -> None:
        """A sign in the column of a unit."""
        place = self._source(row, column)
        record.add(self._signs.part(sign), Cell(self._header.names[column], place))
        if (doubt := self._signs.doubt(sign)) and doubt not in record.doubts:
            record.doubts.append(doubt)

    def _unread(self, row: int, column: int, field: Field) -> Question:
        formula = self._grid.unread[Place(row, column)]
        source = self._source(row, column)
        zh = f"{source.cell} 的公式（={formula}）没有计算结果，请用 Excel 打开并保存，或直接填写。"
        en = f"The formula in {source.cell} (={formula}) has never been calculated: save it in Excel or fill it in."
        return Question(field.value, Text(zh, en), source=source)

    def _guessed(self, row: int, column: int, field: Field) -> Question:
        name = self._header.names[column]
        text = Text(f"“{name}”一栏理解为配合单位，对吗？", f"The units under {name} were read as supporting: rightly?")
        return Question(field.value, text, (CONFIRMED,), source=self._source(row, column))

    def _number(self, row: int, column: int, text: str) -> str:
        """序号; one that is a formula nobody calculated counts on from the row above."""
        if text.rstrip("、.．").isdecimal():
            self._counted = int(text.rstrip("、.．"))
        elif not text and (row, column) in self._grid.unread:
            self._counted += 1
            return str(self._counted)
        return text

    def _categorise(self, record: Record, row: int, column: int, text: str) -> None:
        """Categories left blank in continuation cells are those above; a new one closes those to its right."""
        if text:
            cell = self._cell(row, column, text)
            if self._category.get(column) != cell:
                self._category = {place: kept for place, kept in self._category.items() if place < column}
            self._category[column] = cell
        if column in self._category:
            record.add(Field.CATEGORY, self._category[column])

    def _own(self, row: int, column: int) -> bool:
        cells = self._grid.rows[row]
        return (column < len(cells) and bool(cells[column])) or (row, column) in self._grid.unread

    def _covered(self, row: int, column: int) -> bool:
        """Whether a merged area from above reaches here, be it empty as a formula without a value is."""
        return self._grid.is_covered(row, column) and self._grid.anchor(row, column).row < row

    def _cell(self, row: int, column: int, text: str) -> Cell:
        return Cell(text, self._source(row, column), self._header.names[column])

    def _source(self, row: int, column: int) -> Source:
        if self._grid.is_covered(row, column):
            row, column = self._grid.anchor(row, column)
        return Source(self._grid.name, self._grid.address(row, column))
