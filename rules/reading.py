"""What a reader understood of a task table (任务分解表): rows, deadlines, targets, questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from rules.language import Text


class DeadlineKind(StrEnum):
    """时限类型: how a deadline binds."""

    BY = "by"
    WINDOW = "window"
    RECURRING = "recurring"
    STANDING = "standing"
    RELATIVE = "relative"
    EVENT = "event"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Deadline:
    """完成时限: one deadline as read from a phrase.

    `start` and `due` are local (naive) dates; `due` is the last instant that still counts, a datetime only where
    the phrase names an hour. `rrule` follows RFC 5545 with the extensions X-COUNT and X-MIN-COUNT (so many times in
    a period); two rules are joined by " + ". `offset` is an ISO 8601 duration; P3WD stands for three working days.
    """

    text: str
    kind: DeadlineKind
    start: date | None = None
    due: date | datetime | None = None
    rrule: str | None = None
    trigger: str | None = None
    offset: str | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """目标值: a measurable demand, such as 知晓率达到100%."""

    text: str
    subject: str
    op: str
    value: float
    unit: str


class Source(NamedTuple):
    """出处: the place a value was read from: a sheet and cell, or a paragraph ("¶12")."""

    sheet: str | None
    cell: str


@dataclass(frozen=True, slots=True)
class Question:
    """待确认: a doubt about one field of one row (or about the table, where `field` is None).

    `understood` is what the reader took the text to mean; `choices` are answers offered, never taken in silence.
    """

    field: str | None
    message: Text
    choices: tuple[str, ...] = ()
    understood: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """行: one row of a task table as understood. `sources` names the cell of each field that was read.

    `methods_of` says which methods check which numbered item of the standards, where the table tells (1)3)材料审核).
    """

    item_no: str | None
    task: str
    source: Source
    category_path: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    methods_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lead_units: tuple[str, ...] = ()
    support_units: tuple[str, ...] = ()
    assessing_units: tuple[str, ...] = ()
    leader: str | None = None
    responsible: str | None = None
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()
    questions: tuple[Question, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TaskTable:
    """任务分解表: one imported version of a task table as understood."""

    title: str
    reference_year: int | None
    rows: tuple[TableRow, ...]
    questions: tuple[Question, ...] = ()
