"""A list of cases (案件清单) of a hotline or an app, from CSV or Excel into findings. Callers' numbers are not read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from hashlib import sha256
from pathlib import Path

from documents.case_words import CaseField, field_of, header_words
from documents.form_errors import CellProblem, CellsRefused
from documents.reading import open_document
from rules.findings import FindingDraft, Source
from rules.grid import Grid
from rules.language import Text
from rules.policy import Severity
from rules.privacy import names_a_person
from rules.reading import Source as Cell

_SEVERITIES = {
    **dict.fromkeys(("一般", "普通", "常规", "低", "1"), Severity.ROUTINE),
    **dict.fromkeys(("", "重要", "较急", "中", "2"), Severity.IMPORTANT),
    **dict.fromkeys(("紧急", "特急", "立行立改", "严重", "高", "3"), Severity.URGENT),
}
_NEEDED = (CaseField.TYPE, CaseField.TEXT)
_HEADER_WITHIN = 10
_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[ T]*(\d{1,2})[:：时点](\d{1,2})?(?:[:：分](\d{1,2})(?:\.\d+)?)?[秒分]?)?"
)


def read_cases(path: Path, source: Source, now: datetime, zone: tzinfo) -> list[FindingDraft]:
    """The cases of a file, all problems at once (CellsRefused). A case without a number is known by its words.

    A case that stands there twice counts once; two cases of one number are a problem.
    """
    headed = ((grid, *_header(grid)) for grid in open_document(path).grids)
    grid, columns, first = next((one for one in headed if one[1]), (Grid(()), {}, 0))
    if not columns:
        raise CellsRefused(path.name, [_no_header()])
    reader = _Rows(path.name, columns, source, now, zone)
    drafts = [draft for place in range(first, len(grid.rows)) if (draft := reader.read(grid, place))]
    if reader.problems:
        raise CellsRefused(path.name, reader.problems)
    return drafts


def _header(grid: Grid) -> tuple[Mapping[CaseField, int], int]:
    """The columns by what they hold, and the first row below the header; the leftmost of two of one kind counts."""
    for place, row in enumerate(grid.rows[:_HEADER_WITHIN]):
        found: dict[CaseField, int] = {}
        for column, heading in enumerate(row):
            if field := field_of(heading):
                found.setdefault(field, column)
        if all(field in found for field in _NEEDED) and {CaseField.PLACE, CaseField.SITE} & found.keys():
            return found, place + 1
    return {}, 0


def _no_header() -> CellProblem:
    wanted = "；".join(header_words(field) for field in (*_NEEDED, CaseField.PLACE))
    return CellProblem(
        None,
        Text(
            f"找不到表头。至少要有类型、内容、地点三列，可写作：{wanted}",
            f"there is no header; it needs a type, a text and a place, such as: {wanted}",
        ),
    )


class _Rows:
    """Reads row by row and gathers what is wrong."""

    def __init__(
        self, file: str, columns: Mapping[CaseField, int], source: Source, now: datetime, zone: tzinfo
    ) -> None:
        self.problems: list[CellProblem] = []
        self._file = file
        self._columns = columns
        self._source = source
        self._now = now
        self._zone = zone
        self._met: dict[str, tuple[int, Mapping[CaseField, str]]] = {}

    def read(self, grid: Grid, place: int) -> FindingDraft | None:
        """The finding of one row; None for an empty one, one that was read before, or one with problems."""
        told = {field: _cell(grid.rows[place], column) for field, column in self._columns.items()}
        if not any(told.values()):
            return None
        number = told.get(CaseField.NUMBER) or _key(told)
        first, earlier = self._met.setdefault(number, (place + 1, told))
        if earlier is not told and earlier == told:
            return None
        before = len(self.problems)
        for field, problem in self._problems(told):
            self._object(grid, place, field, problem)
        if earlier != told:
            self._object(grid, place, CaseField.NUMBER, Text(
                f"案件编号与第 {first} 行相同而内容不同；请核对，改正编号或删去一行",
                f"row {first} has the same case number and other words: correct one, or remove it",
            ))  # fmt: skip
        return None if len(self.problems) > before else self._draft(told)

    def _object(self, grid: Grid, place: int, field: CaseField, problem: Text) -> None:
        where = Cell(grid.name or self._file, grid.address(place, self._columns[field]))
        self.problems.append(CellProblem(where, problem))

    def _problems(self, told: Mapping[CaseField, str]) -> Iterator[tuple[CaseField, Text]]:
        for field in _NEEDED:
            if not told[field]:
                yield field, Text("不能为空", "must not be empty")
        places = [field for field in (CaseField.SITE, CaseField.PLACE) if field in told]
        if not any(told[field] for field in places):
            yield places[0], Text("没有写地点", "no place is given")
        if names_a_person(told.get(CaseField.NUMBER, "")):
            yield CaseField.NUMBER, Text("像电话或身份证号，不是案件编号", "a telephone number is no case number")
        if told.get(CaseField.SEVERITY, "") not in _SEVERITIES:
            yield CaseField.SEVERITY, Text("只能写 一般、重要、紧急", "write 一般, 重要 or 紧急")
        if written := told.get(CaseField.FOUND_AT):
            at = _moment(written, self._zone)
            if at is None:
                yield CaseField.FOUND_AT, Text(f"看不懂时间“{written}”", f"“{written}” is no time")
            elif at > self._now:
                yield CaseField.FOUND_AT, Text(f"时间“{written}”晚于现在", f"“{written}” lies ahead")

    def _draft(self, told: Mapping[CaseField, str]) -> FindingDraft:
        written = told.get(CaseField.FOUND_AT)
        return FindingDraft(
            source=self._source,
            found_at=(_moment(written, self._zone) if written else None) or self._now,
            text=told[CaseField.TEXT],
            type=told[CaseField.TYPE],
            severity=_SEVERITIES[told.get(CaseField.SEVERITY, "")],
            place=told.get(CaseField.PLACE) or told.get(CaseField.SITE, ""),
            unit=told.get(CaseField.UNIT) or None,
            source_key=told.get(CaseField.NUMBER) or _key(told),
        )


def _key(told: Mapping[CaseField, str]) -> str:
    """How a case without a number is known: the same words again are the same case."""
    return "words:" + sha256("\n".join(told[field] for field in sorted(told)).encode()).hexdigest()[:16]


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""


def _moment(written: str, zone: tzinfo) -> datetime | None:
    found = _MOMENT.fullmatch(written)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None
