"""What the lifecycle needs to know of duties (办理所据事实), from their rows."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.lifecycle import FINISHED, DutyFacts, DutyState, Request
from store.rectifying import Rectified
from store.schema import duties


def facts_of(duty: Row[Any], parts: int, rectified: Rectified | None) -> DutyFacts:
    """A duty's row, with how many of its parts are open and what it rectifies, as the lifecycle sees it."""
    return DutyFacts(
        duty.id,
        duty.unit,
        DutyState(duty.state),
        Request(duty.pending) if duty.pending else None,
        duty.reported_by,
        parts,
        rectified is not None,
        duty.rechecker,
        rectified.finders if rectified else frozenset(),
    )


async def open_parts(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, int]:
    """How many parts (分办) of these duties are not finished; a duty without any is not named."""
    finished = [state.value for state in FINISHED]
    query = select(duties.c.parent_id, func.count()).where(duties.c.parent_id.in_(ids), duties.c.state.not_in(finished))
    return {parent: int(count) for parent, count in await connection.execute(query.group_by(duties.c.parent_id))}
