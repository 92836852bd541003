"""More rows than a statement takes parameters: a revision of a very large table works on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from store.amending import withdraw_duties_of
from store.batches import batches
from store.obligations import by_ids
from store.schema import duties
from tests.harness.office import OfficeHarness, row

MANY = range(1, 100_001)


def test_queries_by_a_hundred_thousand_numbers(anywhere: OfficeHarness) -> None:
    """PostgreSQL takes 32,767 parameters at most; a plan may have more rows."""
    anywhere.on("2026-03-02").publishes(row(due="2026-03-31"))

    async def work() -> int:
        async with anywhere.office.deciding(anywhere.now) as (write, book):
            await withdraw_duties_of(write, book, MANY)
            return len(await by_ids(write.connection, MANY))

    assert anywhere._run(work()) == 1
    assert anywhere.duty().state == "withdrawn"


def test_a_revision_larger_than_a_batch(anywhere: OfficeHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows changed and dropped in several batches: each duty is amended or withdrawn once."""
    monkeypatch.setattr("store.batches.SIZE", 3)
    rows = [row(f"第{n:03}社区清理楼道堆物和飞线", due="2026-03-31", item_no=str(n)) for n in range(16)]
    anywhere.on("2026-03-02").publishes(*rows)
    reworded = [replace(one, task=one.task + "充电") for one in rows[:8]]
    anywhere.publishes(*reworded)
    states = anywhere.rows(select(duties.c.state, func.count()).group_by(duties.c.state))
    assert {tuple(one) for one in states} == {("open", 8), ("withdrawn", 8)}
    assert all(d.title.endswith("充电") for d in anywhere.rows(select(duties)) if d.state == "open")


def test_batches_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every value once, in order, and none where there is none."""
    monkeypatch.setattr("store.batches.SIZE", 3)
    assert list(batches(range(7))) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(batches([])) == []
