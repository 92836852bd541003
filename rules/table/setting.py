"""What holds for every row of one table (背景), found before its rows are understood."""

from dataclasses import dataclass

from rules.table.phrases import Phrases
from rules.table.records import Cell


@dataclass(frozen=True, slots=True)
class Setting:
    """背景: what holds for every row of a table: its phrases' reader, the units of its title, a deadline for all."""

    phrases: Phrases
    title_units: Cell | None = None
    deadline: Cell | None = None
    units_expected: bool = False
    by_unit: bool = False
    """Whether each row is a unit, and the numbered lines beside its name are its tasks."""
    issuer: str = ""
    """The unit a title begins with: it may be the one that answers for rows without any."""
