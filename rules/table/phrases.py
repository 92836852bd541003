"""Reading the phrases of a field: deadlines, units, targets, methods. Each distinct phrase is read once."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rules.deadlines import Reading, read_deadlines
from rules.methods import Methods, read_methods
from rules.reading import Target
from rules.targets import read_targets
from rules.units import UnitReading, read_units

_SERIAL = re.compile(r"[34]\d{4}")
_MIDNIGHT = re.compile(r"(?<=\d)[ T]0?0:00(?::00(?:\.0+)?)?$")
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

    def targets(self, text: str) -> tuple[Target, ...]:
        return _targets(text)

    def methods(self, text: str) -> Methods:
        return _methods(text)


@lru_cache(maxsize=20_000)
def _units(text: str, label: str) -> UnitReading:
    return read_units(text, label=label or None)


_targets = lru_cache(maxsize=20_000)(read_targets)
_methods = lru_cache(maxsize=2_000)(read_methods)


def dated(text: str) -> str:
    """A deadline cell; a bare number is the serial under which a workbook keeps a day (Excel日期序列值).

    Midnight behind a day is how a program writes that it has no hour.
    """
    if _SERIAL.fullmatch(text):
        return (_FIRST_SERIAL_DAY + timedelta(days=int(text))).isoformat()
    return _MIDNIGHT.sub("", text)
