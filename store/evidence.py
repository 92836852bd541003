"""Evidence in the database (佐证材料): what is known of a file and what it is shown for. Its bytes are elsewhere."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.evidence import Exhibit, may_see
from rules.lifecycle import Actor
from store.finding_queries import concerned
from store.inspection_schema import evidence, evidence_links
from store.ledger import Writing
from store.schema import duties


async def attach(write: Writing, subject: str, exhibits: Sequence[Exhibit]) -> None:
    """Show files for a subject such as "duty:12"; the same file for the same subject again changes nothing."""
    if not exhibits:
        return
    fresh = {one.sha256: one for one in exhibits}
    known = select(evidence.c.sha256).where(evidence.c.sha256.in_(fresh))
    there = set((await write.connection.scalars(known)).all())
    await write.add(evidence, [_row(one) for one in fresh.values() if one.sha256 not in there])
    linked = select(evidence_links.c.sha256).where(evidence_links.c.subject == subject)
    shown = set((await write.connection.scalars(linked)).all())
    by = {"subject": subject, "added_at": write.now, "added_by": write.actor.key}
    new = [one for one in fresh.values() if one.sha256 not in shown]
    await write.add(evidence_links, [{**by, "sha256": one.sha256, "name": one.name} for one in new])
    if new:
        await write.record("evidence.added", subject, files=[one.sha256 for one in new])


async def shown_for(connection: AsyncConnection, subject: str) -> Sequence[Row[Any]]:
    """The files of one subject in the order they came."""
    query = select(evidence, evidence_links.c.name, evidence_links.c.added_at, evidence_links.c.added_by)
    query = query.join(evidence_links, evidence_links.c.sha256 == evidence.c.sha256)
    ordered = query.where(evidence_links.c.subject == subject).order_by(evidence_links.c.added_at, evidence.c.sha256)
    return (await connection.execute(ordered)).all()


async def seen_by(connection: AsyncConnection, actor: Actor, sha256: str) -> Row[Any] | None:
    """A file with its name, where the actor may see it for at least one of the things it is shown for (promise 8).

    None for one that is not there or not theirs to see: which of the two is nobody's business.
    """
    links = select(evidence_links).where(evidence_links.c.sha256 == sha256).order_by(evidence_links.c.added_at)
    for link in await connection.execute(links):
        units, people = await _concerned(connection, link.subject)
        if may_see(actor, units, {*people, link.added_by}):
            query = select(evidence, evidence_links.c.name).join(evidence_links, evidence_links.c.sha256 == sha256)
            found = query.where(evidence.c.sha256 == sha256, evidence_links.c.subject == link.subject)
            return (await connection.execute(found)).first()
    return None


async def _concerned(connection: AsyncConnection, subject: str) -> tuple[set[str], set[str]]:
    """The units and people a subject is of; visits are for those who inspect."""
    kind, _, number = subject.partition(":")
    if kind == "finding":
        return await concerned(connection, int(number))
    if kind != "duty":
        return set(), set()
    row = (await connection.execute(select(duties.c.unit, duties.c.rechecker).where(duties.c.id == int(number)))).one()
    return {row.unit}, {row.rechecker} - {None}


def _row(one: Exhibit) -> dict[str, Any]:
    return {
        "sha256": one.sha256,
        "media_type": one.media_type,
        "size": one.size,
        "taken_at": one.taken_at,
        "taken_where": one.taken_where,
    }
