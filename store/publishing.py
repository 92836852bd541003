"""Publishing a task table (发布): a first version creates obligations, a later one amends what is there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.drafting import Answers, Draft
from rules.headway import UNSEEN, Headway
from rules.language import Text
from rules.obligation import Obligation, content_of
from rules.revision import Change, Entry, Revision, compare
from store.amending import amend_duties, withdraw_duties_of
from store.batches import batches
from store.ledger import Happening, Writing
from store.obligations import in_force
from store.opening import open_due
from store.rulebook import Rulebook
from store.schema import answers as answers_table
from store.schema import obligation_units, obligations, table_versions
from store.signals import signal

PUBLISHING_LOCK = 0x00D0BA18

_COMPARING = Text("比对", "comparing")
_PUBLISHING = Text("发布", "publishing")
_OPENING = Text("立项", "opening duties")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """来源文件: the file a version was read from."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Published:
    """发布结果: `version` is None where the same table was published again and nothing changed."""

    version: int | None
    revision: Revision
    opened: int = 0


@dataclass(frozen=True, slots=True)
class _Version:
    """The version being published; `today` is the local day its obligations are first looked at."""

    id: int
    number: int
    plan: str
    year: int
    today: date


async def kept_answers(connection: AsyncConnection, plan: str) -> dict[tuple[str, str], str]:
    """What the office has answered about this plan before, offered again at every revision."""
    rows = await connection.execute(select(answers_table).where(answers_table.c.plan == plan))
    return {(row.row_key, row.field): row.answer for row in rows}


async def revise(connection: AsyncConnection, plan: str, draft: Draft) -> Revision:
    """What publishing this draft would change, without changing it."""
    return compare([_entry(o) for o in await in_force(connection, plan)], _entries(draft))


async def publish(
    write: Writing,
    book: Rulebook,
    plan: str,
    draft: Draft,
    file: SourceFile,
    given: Answers,
    headway: Headway = UNSEEN,
) -> Published:
    """Publish a draft without open questions: obligations are created, amended or dropped, and due duties opened."""
    await write.one_at_a_time(PUBLISHING_LOCK)
    headway.enter(_COMPARING)
    revision = await revise(write.connection, plan, draft)
    if revision.is_empty:
        return Published(None, revision)
    today = book.calendar.local(write.now).date()
    version = await _add_version(write, plan, draft, file, revision, today)
    await _keep_answers(write, plan, given)
    headway.enter(_PUBLISHING, len(revision.added))
    await _create(write, version, headway.over(revision.added))
    await _amend(write, book, version, revision.changed)
    await _move(write, revision)
    await _drop(write, book, revision.dropped)
    headway.enter(_OPENING, len(revision.added) + len(revision.changed))
    opened = await open_due(write, book, headway)
    return Published(version.number, revision, opened)


def _entries(draft: Draft) -> list[Entry]:
    """The rows of a draft, numbered by their place in it."""
    return [
        Entry(place, one.row_key, one.row.item_no, one.row.task, content_of(one))
        for place, one in enumerate(draft.obligations)
    ]


def _entry(obligation: Obligation) -> Entry:
    return Entry(obligation.id, obligation.row_key, obligation.item_no, obligation.task, obligation.content)


async def _add_version(
    write: Writing, plan: str, draft: Draft, file: SourceFile, revision: Revision, today: date
) -> _Version:
    last = await write.connection.scalar(
        select(func.max(table_versions.c.version)).where(table_versions.c.plan == plan)
    )
    version = int(last or 0) + 1
    (table_id,) = await write.add_numbered(
        table_versions,
        [
            {
                "plan": plan,
                "version": version,
                "title": draft.table.title,
                "year": draft.year,
                "file_name": file.name,
                "file_sha256": file.sha256,
                "published_at": write.now,
                "published_by": write.actor.key,
            }
        ],
    )
    event = await write.record(
        "table.published",
        f"table:{table_id}",
        plan=plan,
        version=version,
        file=file.name,
        sha256=file.sha256,
        added=len(revision.added),
        changed=len(revision.changed),
        dropped=len(revision.dropped),
        moved=len(revision.moved),
        unchanged=revision.unchanged,
    )
    await signal(write, event, "duban.table.published", f"table:{table_id}")
    return _Version(table_id, version, plan, draft.year, today)


async def _keep_answers(write: Writing, plan: str, given: Answers) -> None:
    kept = await kept_answers(write.connection, plan)
    new = {key: answer for key, answer in given.items() if kept.get(key) != answer}
    for row_key, field in new.keys() & kept.keys():
        stale = (
            answers_table.c.plan == plan,
            answers_table.c.row_key == row_key,
            answers_table.c.field == field,
        )
        await write.connection.execute(delete(answers_table).where(*stale))
    await write.add(
        answers_table,
        [
            {
                "plan": plan,
                "row_key": row_key,
                "field": field,
                "answer": answer,
                "answered_by": write.actor.key,
                "answered_at": write.now,
            }
            for (row_key, field), answer in new.items()
        ],
    )
    await write.record_all(
        Happening("question.answered", f"row:{row_key}", {"plan": plan, "field": field, "answer": answer})
        for (row_key, field), answer in new.items()
    )


async def _create(write: Writing, version: _Version, added: Iterable[Entry]) -> None:
    for some in batches(added):
        numbers = await write.add_numbered(
            obligations,
            [
                {"plan": version.plan, "row_key": entry.row_key, "year": version.year}
                | _columns(version, entry.item_no, entry.content)
                for entry in some
            ],
        )
        await write.add(
            obligation_units,
            [row for number, entry in zip(numbers, some, strict=True) for row in _unit_rows(number, entry.content)],
        )
        await write.record_all(
            Happening(
                "obligation.published",
                f"obligation:{number}",
                {"row_key": entry.row_key, "item_no": entry.item_no, **entry.content},
            )
            for number, entry in zip(numbers, some, strict=True)
        )


async def _amend(write: Writing, book: Rulebook, version: _Version, changes: Sequence[Change]) -> None:
    for change in changes:
        await _rewrite(write, version, change.old.id, change.new)
        await write.record(
            "obligation.amended",
            f"obligation:{change.old.id}",
            item_no=change.new.item_no,
            fields={name: {"old": old, "new": new} for name, (old, new) in change.fields.items()},
        )
    if changes:
        await amend_duties(write, book, changes)


async def _move(write: Writing, revision: Revision) -> None:
    """A row that only moved keeps everything but its place; a new number is recorded, for bulletins print it."""
    if revision.moved:
        await write.record_all(
            Happening("obligation.moved", f"obligation:{old.id}", {"item_no": new.item_no})
            for old, new in revision.moved
            if old.item_no != new.item_no
        )
        await write.connection.execute(
            update(obligations)
            .where(obligations.c.id == bindparam("of"))
            .values(row_key=bindparam("key"), item_no=bindparam("number"), content=bindparam("now")),
            [
                {"of": old.id, "key": new.row_key, "number": new.item_no, "now": new.content}
                for old, new in revision.moved
            ],
        )


async def _drop(write: Writing, book: Rulebook, dropped: Sequence[Entry]) -> None:
    ids = [entry.id for entry in dropped]
    for some in batches(ids):
        retire = update(obligations).where(obligations.c.id.in_(some))
        await write.connection.execute(retire.values(retired_at=write.now, next_opening_on=None))
    await write.record_all(Happening("obligation.dropped", f"obligation:{number}", {}) for number in ids)
    await withdraw_duties_of(write, book, ids)


async def _rewrite(write: Writing, version: _Version, obligation: int, new: Entry) -> None:
    """Put the new words over an obligation, and have its occurrences looked at again."""
    changed = update(obligations).where(obligations.c.id == obligation)
    columns = _columns(version, new.item_no, new.content) | {"row_key": new.row_key}
    await write.connection.execute(changed.values(**columns))
    await write.connection.execute(delete(obligation_units).where(obligation_units.c.obligation_id == obligation))
    await write.add(obligation_units, _unit_rows(obligation, new.content))


def _columns(version: _Version, item_no: str | None, content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "table_version_id": version.id,
        "item_no": item_no,
        "task": content["task"],
        "leader": content["leader"],
        "responsible": content["responsible"],
        "content": content,
        "next_opening_on": version.today,
    }


def _unit_rows(obligation: int, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    parts = {"lead": content["lead"], "support": content["support"], "assessor": content["assessors"]}
    return [
        {"obligation_id": obligation, "part": part, "unit": unit} for part, units in parts.items() for unit in units
    ]
