"""Roll-over to the next year (跨年结转): the old plan opens nothing more, what is unfinished goes on until closed."""

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.errors import Refusal
from store.ledger import Writing
from store.obligations import in_force
from store.schema import duties, obligations


class NoSuchPlan(Refusal):
    """没有这个计划: no obligation in force belongs to a plan of this name."""

    zh = "没有名为“{plan}”的在执行计划。现有：{known}"
    en = "No plan in force is called “{plan}”. There are: {known}"


@dataclass(frozen=True, slots=True)
class RollOver:
    """结转: obligations that end, those of the new plan that continue one of them, and the duties carried on."""

    ended: int
    continued: int
    carried: tuple[int, ...]


async def plans_in_force(connection: AsyncConnection) -> tuple[str, ...]:
    """The plans that have an obligation in force."""
    query = select(obligations.c.plan).where(obligations.c.retired_at.is_(None)).distinct().order_by(obligations.c.plan)
    return tuple((await connection.scalars(query)).all())


async def foresee_roll_over(connection: AsyncConnection, old: str, new: str) -> RollOver:
    """What rolling the old plan over into the new one would do; nothing is written."""
    known = await plans_in_force(connection)
    for plan in (old, new):
        if plan not in known:
            raise NoSuchPlan(plan=plan, known="、".join(known) or "—")
    ending, starting = await in_force(connection, old), await in_force(connection, new)
    again = {obligation.row_key for obligation in starting}
    of_old = select(obligations.c.id).where(obligations.c.plan == old, obligations.c.retired_at.is_(None))
    open_ = (
        select(duties.c.id)
        .where(duties.c.obligation_id.in_(of_old), duties.c.finished_at.is_(None))
        .order_by(duties.c.id)
    )
    carried = tuple((await connection.scalars(open_)).all())
    return RollOver(len(ending), sum(one.row_key in again for one in ending), carried)


async def roll_over(write: Writing, old: str, new: str) -> RollOver:
    """End the old plan's obligations; what is unfinished of them stays a duty, with its history and its ladder."""
    effect = await foresee_roll_over(write.connection, old, new)
    ending = update(obligations).where(obligations.c.plan == old, obligations.c.retired_at.is_(None))
    await write.connection.execute(ending.values(retired_at=write.now, next_opening_on=None))
    last = await write.connection.scalar(
        select(func.max(obligations.c.table_version_id)).where(obligations.c.plan == new)
    )
    await write.record(
        "plan.rolled_over",
        f"table:{last}",
        old=old,
        new=new,
        ended=effect.ended,
        continued=effect.continued,
        carried=list(effect.carried),
    )
    return effect
