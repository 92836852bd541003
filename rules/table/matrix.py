"""Tables of tasks against units (任务与单位的对照表): a column for each unit, and a sign where it has a part."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rules.grid import Grid
from rules.language import Text
from rules.reading import Question
from rules.table.fields import Field
from rules.table.header import Header
from rules.table.unit_words import looks_like_units, without_asides

_WORD = re.compile(r"[\u4e00-\u9fff]")
_HELPS = re.compile(r"配合|协办|协助|协同|参与|参加|^[配协]$")
_SIGN = re.compile(r"[√✓✔☑✅●○◎◉▲△★☆■□◆◇]|[vV]|牵头|主办|主责|责任|负责|承办|配合|协办|协助|参与|参加|[主配协]")
_LEGEND = re.compile(
    r"(?P<sign>[√✓✔●○◎◉▲△★☆■□◆◇])[^，,。；;√✓✔●○◎◉▲△★☆■□◆◇]{0,6}?(?P<part>牵头|主办|主责|责任|负责|配合|协办|协助|参与)"
    r"|(?P<named>牵头|主办|主责|责任|负责|配合|协办|协助|参与)[^，,。；;]{0,6}?[用以为是:：“]\s*(?P<with>[√✓✔●○◎◉▲△★☆■□◆◇])"
)
_HOLLOW = frozenset("○◎△☆□◇")
_OF = re.compile(r"(的?(任务|职责|工作|分工|责任|措施)+)$")
"""区城管局任务: what a column of a unit's own tasks may be called."""
_ROLE = re.compile(r"[^各有相其驻省市县区镇乡村街]{1,4}(单位|部门|科室|主体)")
"""主攻单位: such a name says what part units take and is none, unlike 市直部门."""
_FEW = 2
_GROUPED = (Field.LEAD, Field.SUPPORT)
"""Under 责任单位 a column may bear any short name."""
_UNNAMED = (None, Field.OTHER, Field.CATEGORY, Field.LEAD, Field.SUPPORT)


def with_unit_columns(grid: Grid, header: Header, rows: Sequence[int]) -> Header:
    """The header with the columns that stand for units; their names are the units'."""
    found: dict[int, str] = {}
    task = header.columns(Field.TASK)[0]
    told: dict[int, str] = {}
    others: dict[int, str] = {}
    """Columns of signs whose names do not show that they are units; among units they are."""
    for column in (column for column in range(grid.width) if header.fields.get(column) in (*_UNNAMED, Field.TASK)):
        cells = {cells[column] for row in rows if column < len(cells := grid.rows[row]) and cells[column]}
        name = without_asides(re.sub(r"\s+", "", _lowest(grid, header, column)))
        of = _OF.sub("", name)
        if cells and column != task and not header.has(Field.LEAD) and looks_like_units(of) and not _ROLE.fullmatch(of):
            told[column] = of
        named = looks_like_units(name) or header.fields.get(column) in _GROUPED
        if cells and all(map(_SIGN.fullmatch, cells)):
            (found if named else others)[column] = name
    if len(found) < _FEW:
        return _with_shares(header, told)
    between = range(min(found), max(found))
    found |= {column: name for column, name in others.items() if column in between}
    names = [found.get(column, name) for column, name in enumerate(header.names)]
    return replace(header, fields={**header.fields, **dict.fromkeys(found, Field.SIGN)}, names=names)


def _with_shares(header: Header, told: Mapping[int, str]) -> Header:
    """Without signs, the cells in columns of units say what each of them does."""
    if len(told) < _FEW:
        return header
    names = [told.get(column, name) for column, name in enumerate(header.names)]
    return replace(header, fields={**header.fields, **dict.fromkeys(told, Field.SHARE)}, names=names)


def _lowest(grid: Grid, header: Header, column: int) -> str:
    names = (grid.filled[row][column] for row in range(header.bottom, header.top - 1, -1))
    return next(filter(None, names), "")


class Signs:
    """符号: the part each sign of one table gives a unit, by its word, the legend, or, asked about, its look."""

    def __init__(self, legend: Iterable[str], used: Iterable[str]) -> None:
        self._told: dict[str, Field] = {}
        for match in (match for line in legend for match in _LEGEND.finditer(line)):
            sign, part = match["sign"] or match["with"], match["part"] or match["named"]
            self._told[sign] = Field.SUPPORT if _HELPS.search(part) else Field.LEAD
        silent = {sign for sign in used if sign not in self._told and not _WORD.search(sign)}
        unclear = len(silent) > 1 or (silent and self._told)
        looks = {sign: Field.SUPPORT if sign in _HOLLOW else Field.LEAD for sign in silent}
        self._guessed = looks if unclear else {}

    def part(self, sign: str) -> Field:
        if _HELPS.search(sign):
            return Field.SUPPORT
        return self._told.get(sign) or self._guessed.get(sign) or Field.LEAD

    def doubt(self, sign: str) -> Question | None:
        """Several signs that nothing explains are read by their look: somebody must say whether rightly."""
        return _WHICH_PART if sign in self._guessed else None


_WHICH_PART = Question(
    "lead_units",
    Text(
        "表里的符号没有说明：实心的理解为牵头，空心的理解为配合，对吗？",
        "Nothing explains the signs: filled ones were read as leading, hollow ones as supporting. Is that right?",
    ),
)
