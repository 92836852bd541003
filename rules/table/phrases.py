"""Reading the phrases of a field: deadlines, units, targets, methods. Each distinct phrase is read once."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rules.deadlines import Reading, read_deadlines
from rules.units import UnitReading, read_units

_SERIAL = re.compile(r"[34]\d{4}")
_FIRST_SERIAL_DAY = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Phrases:
    """短语: reads the phrases of one plan; `on` and `year` settle what a deadline leaves open."""

    deadlines: Callable[[str, str], Reading]

    @classmethod
    def of(cls, on: date | None, year: int | None) -> "Phrases":
        @lru_cache(maxsize=20_000)
        def deadlines(text: str, label: str) -> Reading:
            return read_deadlines(dated(text), on, label or None, year)

        return cls(deadlines)

    def units(self, text: str, label: str = "") -> UnitReading:
        return _units(text, label)


@lru_cache(maxsize=20_000)
def _units(text: str, label: str) -> UnitReading:
    return read_units(text, label=label or None)


def dated(text: str) -> str:
    """A deadline cell; a bare number is the serial under which a workbook keeps a day (Excel日期序列值)."""
    if _SERIAL.fullmatch(text):
        return (_FIRST_SERIAL_DAY + timedelta(days=int(text))).isoformat()
    return text
