"""When something is due: reads Chinese deadline phrases (完成时限) into typed readings, and asks where in doubt."""

from dataclasses import dataclass
from datetime import date

from rules.reading import Deadline, Question


@dataclass(frozen=True, slots=True)
class Reading:
    readings: tuple[Deadline, ...] = ()
    questions: tuple[Question, ...] = ()


def read_deadlines(text: str, on: date | None, context: str | None = None, year: int | None = None) -> Reading:
    return Reading()
