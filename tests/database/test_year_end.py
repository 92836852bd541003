"""The turn of the year: one plan ends, the next begins, what is unfinished goes on."""

import pytest
from sqlalchemy import select

from store.rolling import NoSuchPlan, RollOver, foresee_roll_over, roll_over
from store.schema import duties, obligations
from tests.harness.office import OfficeHarness, row


def roll(office: OfficeHarness, old: str, new: str) -> RollOver:
    async def work() -> RollOver:
        async with office.office.deciding(office.now, office.actor("创建办主任")) as (write, _):
            return await roll_over(write, old, new)

    return office._run(work())


def test_unfinished_duties_go_on_and_nothing_new_opens(office: OfficeHarness) -> None:
    """After the roll-over last year's weekly row opens no more, its open duty still climbs."""
    office.on("2026-12-14").publishes(row("每周清扫", every="FREQ=WEEKLY;BYDAY=FR"), year=2026, title="2026年任务")
    office.passes(days=14)
    office.publishes(row("每周清扫", every="FREQ=WEEKLY;BYDAY=FR"), year=2027, title="2027年任务")
    rolled_at = office.now
    effect = roll(office, "2026年任务", "2027年任务")
    assert (effect.ended, effect.continued) == (1, 1)
    assert effect.carried
    before = office.steps(effect.carried[0])
    office.passes(weeks=2)
    assert len(office.steps(effect.carried[0])) > len(before)
    of_last_year = select(duties.c.opened_at).join(obligations, obligations.c.id == duties.c.obligation_id)
    opened = [found.opened_at for found in office.rows(of_last_year.where(obligations.c.plan == "2026年任务"))]
    assert max(opened) <= rolled_at


def test_a_plan_that_is_not_there_is_refused(office: OfficeHarness) -> None:
    """A mistyped plan name says which plans there are."""
    office.on("2026-03-02").publishes(row(due="2026-12-01"), title="甲计划")

    async def foresee() -> None:
        async with office.office.store.reading() as connection:
            await foresee_roll_over(connection, "乙计划", "甲计划")

    with pytest.raises(NoSuchPlan, match="甲计划"):
        office._run(foresee())
