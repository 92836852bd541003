"""What stands in the fields of one row before any phrase of it is read (行的原文), each text with its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from rules.reading import Question, Source
from rules.table.fields import Field

_WORDS = re.compile(r"[^\W\d_]")


class Cell(NamedTuple):
    """一格文字: a text, where it stands, and the heading of its column."""

    text: str
    source: Source
    label: str = ""


@dataclass(slots=True)
class Record:
    """原文: the cells of one row by field; `doubts` are questions already met on the way."""

    source: Source
    cells: dict[Field, list[Cell]] = field(default_factory=dict)
    section: tuple[Cell, ...] = ()
    doubts: list[Question] = field(default_factory=list)

    def add(self, kind: Field, cell: Cell) -> None:
        present = self.cells.setdefault(kind, [])
        if cell.text and (
            not present or all((cell.text, cell.label) != (other.text, other.label) for other in present)
        ):
            present.append(cell)

    def text(self, kind: Field) -> str:
        return "\n".join([cell.text for cell in self.cells.get(kind, ())])

    def has(self, *kinds: Field) -> bool:
        return any(map(self.cells.get, kinds))

    def go_on(self, other: "Record") -> None:
        """续行: take in the row below, which continues this one: a broken sentence goes on, whole ones stand apart."""
        for kind, cells in other.cells.items():
            if kind is Field.TASK and self.cells.get(kind):
                cells = [cell for cell in cells if cell.source != self.cells[kind][0].source]
                first = self.cells[kind][0]
                self.cells[kind][0] = Cell(joined(first.text, (cell.text for cell in cells)), first.source, first.label)
            elif kind not in (Field.NUMBER, Field.CATEGORY):
                for cell in cells:
                    self.add(kind, cell)


def says_something(text: str) -> bool:
    """Whether a text holds words, and not just figures and marks."""
    return _WORDS.search(text) is not None


def joined(text: str, more: Iterable[str]) -> str:
    for piece in more:
        text += ("\n" if text.endswith(("。", "；", ";", "！")) else "") + piece
    return text
