"""What can be wrong in a places file (点位名册), in words: noted row by row, so that all is told at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rules.language import Text
from rules.matching import Match


class PlaceSheet(StrEnum):
    """点位名册的工作表."""

    AREA = "area"
    SITE = "site"
    STANDARD = "standard"


Written = Mapping[PlaceSheet, Sequence[Mapping[str, str]]]
"""The rows of each sheet: the text of each field."""


@dataclass(frozen=True, slots=True)
class Line:
    """一行: `row` counts the rows of the sheet from 0."""

    sheet: PlaceSheet
    row: int
    cells: Mapping[str, str]

    def __getitem__(self, field: str) -> str:
        """The text of a cell, on one line."""
        return " ".join(self.cells[field].split())


def lines(written: Written, sheet: PlaceSheet) -> Iterator[Line]:
    return (Line(sheet, row, cells) for row, cells in enumerate(written[sheet]))


@dataclass(frozen=True, slots=True)
class PlaceProblem:
    """点位名册问题: what is wrong in one cell of a row."""

    line: Line
    field: str
    message: Text


class PlaceNotes:
    """What one reading noted: `problems` that refuse the file, and `warnings` that do not."""

    def __init__(self) -> None:
        self.problems: list[PlaceProblem] = []
        self.warnings: list[PlaceProblem] = []

    def _refuse(self, line: Line, field: str, zh: str, en: str) -> None:
        self.problems.append(PlaceProblem(line, field, Text(zh, en)))

    def _warn(self, line: Line, field: str, zh: str, en: str) -> None:
        self.warnings.append(PlaceProblem(line, field, Text(zh, en)))

    def empty(self, line: Line, field: str) -> None:
        self._refuse(line, field, "此格不能空着，请填写或删除此行", "this is empty: fill it in or delete the row")

    def repeated(self, line: Line, field: str, name: str) -> None:
        zh, en = f"“{name}”前面已有，请合并或删除一行", f"“{name}” is there already: merge the rows or delete one"
        self._refuse(line, field, zh, en)

    def circle(self, line: Line, way: Sequence[str]) -> None:
        shown = " → ".join(way)
        zh, en = f"上级网格成环：{shown}，请改正其中一处", f"the areas lie in a circle: {shown}; correct one of them"
        self._refuse(line, "parent", zh, en)

    def unusable(self, line: Line, field: str, choices: Sequence[str]) -> None:
        listed = "、".join(choices)
        self._refuse(
            line, field, f"“{line[field]}”不可用，只能填：{listed}", f"“{line[field]}” is none of these: {listed}"
        )

    def unknown(self, line: Line, field: str, written: str, match: Match, among: Text) -> None:
        self._refuse(
            line,
            field,
            f"{among.zh}中没有“{written}”{match.offered.zh}，请改正，或先补录",
            f"“{written}” is not among the {among.en}{match.offered.en}: correct it, or add it there first",
        )

    def no_standard(self, line: Line, match: Match) -> None:
        self._warn(
            line,
            "type",
            f"“{line['type']}”没有检查标准{match.offered.zh}，这类点位不会安排检查",
            f"there is no standard for “{line['type']}”{match.offered.en}: such sites are not inspected",
        )

    def no_supervisor(self, line: Line, field: str, person: str) -> None:
        self._warn(
            line,
            field,
            f"名册中“{person}”的角色不是督查员，不能登记检查结果",
            f"“{person}” is no supervisor in the roster and cannot record results",
        )
