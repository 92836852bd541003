"""Rectification (整改): the duty that an accepted finding becomes, and its time limit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import Row, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.findings import SOURCE_LABELS, FindingState, Source
from rules.language import Text
from rules.offsets import Offset
from rules.policy import Severity
from store.inspection_schema import findings
from store.ledger import Happening, Writing
from store.opening import Opening, add_duties, duty_row
from store.rulebook import Rulebook
from store.schema import duties
from store.signals import signal

RECTIFY = "rectify"
"""The kind of the notice that a rectification was opened."""

_RECTIFICATION = Text("整改通知", "rectify")
_RELAPSED = Text("回潮整改通知", "rectify: it has come back")
_END_OF_DAY = time(23, 59, 59)
_TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Rectified:
    """整改对象: what a rectification duty, or a part of one, is about; `finders` include those of merged findings."""

    type: str
    severity: Severity
    finders: frozenset[str]


async def open_rectifications(write: Writing, book: Rulebook, rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
    """A duty for each of these findings, limited from now by the present policy, with its event and notice."""
    made = [_duty_row(write, book, row) for row in rows]
    numbers = await add_duties(write, book, made, [_opening(book, row) for row in rows])
    if rows:
        taken = update(findings).where(findings.c.id == bindparam("of"))
        taken = taken.values(
            duty_id=bindparam("duty"), unit=bindparam("owner"), state=FindingState.ACCEPTED.value, triaged_at=write.now
        )
        pairs = zip(rows, numbers, strict=True)
        await write.connection.execute(
            taken, [{"of": row["id"], "duty": number, "owner": row["unit"]} for row, number in pairs]
        )
    told = await write.record_all(
        Happening("finding.accepted", f"finding:{row['id']}", _told(book, row, duty, number))
        for row, duty, number in zip(rows, made, numbers, strict=True)
    )
    if told:
        await signal(write, told[0], "duban.duty.rectify", f"duty:{numbers[0]}")
    return numbers


def limit_of(write: Writing, book: Rulebook, policy_version: int, type_: str, severity: Severity) -> datetime:
    """整改时限: the last instant that still counts, from now; one in days ends with its last day."""
    offset = book.policies[policy_version].findings.limit_of(type_, severity)
    return offset.after(write.now, book.calendar, _END_OF_DAY)


async def rectified_by(connection: AsyncConnection, duty: Row[Any]) -> Rectified | None:
    """What a duty rectifies; None for one from a task table. A part split off rectifies what the whole does."""
    while duty.obligation_id is None and duty.parent_id is not None:
        duty = (await connection.execute(select(duties).where(duties.c.id == duty.parent_id))).one()
    if duty.obligation_id is not None:
        return None
    whole = findings.alias()
    query = select(findings.c.id, findings.c.type, findings.c.severity, findings.c.finder, findings.c.duty_id)
    query = query.join(whole, or_(whole.c.id == findings.c.id, whole.c.id == findings.c.duplicate_of))
    rows = (await connection.execute(query.where(whole.c.duty_id == duty.id))).all()
    finders = frozenset(row.finder for row in rows if row.finder)
    return next((Rectified(row.type, Severity(row.severity), finders) for row in rows if row.duty_id == duty.id), None)


def where(row: Mapping[Any, Any]) -> str:
    """地点: the site, or the place in words."""
    return str(row["site"] or row["place"])


def _duty_row(write: Writing, book: Rulebook, row: Mapping[str, Any]) -> dict[str, Any]:
    return duty_row(
        write,
        book,
        unit=row["unit"],
        occurrence=f"finding:{row['id']}",
        title=f"{where(row)}·{row['type']}：{_shortened(row['text'])}",
        due=limit_of(write, book, book.current, row["type"], Severity(row["severity"])),
        ladder=book.policy.ladder_for_finding(relapse=row["relapse_of"] is not None),
    )


def _opening(book: Rulebook, row: Mapping[str, Any]) -> Opening:
    """Notices of rectification are important at least; what must be done at once goes out at any hour."""
    earlier, limit = row["relapse_of"], _limit(book, row)
    source = SOURCE_LABELS[Source(row["source"])]
    back = Text(f"；与已销号的问题 F{earlier} 相同", f"; the same as F{earlier}, which was closed")
    told = back if earlier else Text("", "")
    return Opening(
        kind=RECTIFY,
        label=_RELAPSED if earlier else _RECTIFICATION,
        severity=max(Severity(row["severity"]), Severity.IMPORTANT),
        reason=Text(f"问题 F{row['id']}（{source.zh}）{told.zh}", f"finding F{row['id']} ({source.en}){told.en}"),
        facts={
            "finding": row["id"],
            "title": f"{where(row)}·{row['type']}",
            "type": row["type"],
            "severity": row["severity"],
            "limit": str(limit),
        },
    )


def _told(book: Rulebook, row: Mapping[str, Any], duty: Mapping[str, Any], number: int) -> dict[str, Any]:
    """What led to the duty: the rule for its limit, its owner, what it repeats (promise 10)."""
    return {
        "duty": number,
        "unit": row["unit"],
        "type": row["type"],
        "severity": row["severity"],
        "limit": str(_limit(book, row)),
        "due_at": duty["due_at"].isoformat(),
        "policy": duty["policy_version"],
        "ladder": duty["ladder"],
        "weight": row["weight"],
        "relapse_of": row["relapse_of"],
    }


def _limit(book: Rulebook, row: Mapping[str, Any]) -> Offset:
    """The rule that sets the limit of a finding, as the present policy has it."""
    return book.policy.findings.limit_of(row["type"], Severity(row["severity"]))


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TITLE_LENGTH else line[: _TITLE_LENGTH - 1] + "…"
