"""How a spreadsheet that people fill in is laid out (表样): its columns, hints and examples."""

from dataclasses import dataclass

EXAMPLE = "示例："
"""What the first cell of an example row begins with; such rows are skipped when reading."""


LAST_ROW = 2000
"""The last row the drop-downs of a template reach."""


def names_of(sheet: str) -> str:
    """The drop-down of the names in the first column of a sheet."""
    return f"='{sheet}'!$A$2:$A${LAST_ROW}"


@dataclass(frozen=True, slots=True)
class Column:
    """列: `field` is what it holds of a record; `choices` a drop-down: words, or a range of the workbook."""

    name: str
    field: str
    note: str
    width: int = 16
    choices: list[str] | str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """表样: one sheet of a form. The first column holds what a row is known by."""

    name: str
    columns: tuple[Column, ...]
    examples: tuple[tuple[str, ...], ...] = ()

    def column_of(self, field: str) -> Column:
        """The column a field stands in; several fields without a column of their own share the last one."""
        return next((column for column in self.columns if column.field == field), self.columns[-1])


@dataclass(frozen=True, slots=True)
class Form:
    """一册表格: its sheets, after a page that explains them line by line."""

    title: str
    guide: tuple[str, ...]
    layouts: tuple[Layout, ...]
