"""The spine told twice: a story on SQLite and on PostgreSQL leaves the same ledger, to the byte."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from store.schema import events
from store.sealing import GENESIS, export, verify
from tasks.auditing import seal_ledger
from tests.harness.crash import Broken, breaking
from tests.harness.databases import Server
from tests.harness.office import OfficeHarness, row

STREETS = row("清理背街小巷垃圾", due="2026-03-20", item_no="1")
SCHOOLS = row("规范校门口停车秩序", ("市教育局", "市城管局"), every="FREQ=WEEKLY;BYDAY=FR", item_no="2")


def tell(office: OfficeHarness) -> None:
    """A month of everything: publishing, acting, sweeping, revising, sealing."""
    office.on("2026-03-02").publishes(STREETS, SCHOOLS)
    office.does("城管员", "accept")
    office.does("城管员", "split", title="一部分", unit="市教育局", due=STREETS.deadlines[0].due)
    office.until("2026-03-11")
    office.does("教育员", "ask_extension", duty=2, reason="人手不足", due=STREETS.deadlines[0].due)
    office.publishes(row("清理背街小巷垃圾和杂物", due="2026-03-20", item_no="1"), SCHOOLS)
    office.does("创建办主任", "refuse", duty=2, reason="按期完成")
    office.until("2026-03-26")
    office._run(seal_ledger.fn(office.office, office.now))


async def lines(office: OfficeHarness) -> list[bytes]:
    async with office.office.store.reading() as connection:
        return [line async for line in export(connection)]


def test_the_same_story_leaves_the_same_ledger(
    office: OfficeHarness, postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers, instants, data: what is hashed does not depend on the database. (On the disk it would: answers are
    recorded as they come in, so a moment is as long here as the slowest needs.)
    """
    monkeypatch.setattr("tasks.lanes.MOMENT_S", 60)
    tell(office)
    with postgres.fresh() as url:
        other = OfficeHarness(tmp_path / "other", url)
        tell(other)
        ledgers = [one._run(lines(one)) for one in (office, other)]
        assert ledgers[0] == ledgers[1]
        assert office._run(head(office)) == other._run(head(other))
        assert office.news() == other.news()
        assert office.breaches() == other.breaches() == []
        other.close()
    assert len(ledgers[0]) > 50


async def head(office: OfficeHarness) -> str:
    async with office.office.store.reading() as connection:
        return (await verify(connection)).head


def test_the_exported_lines_hash_to_the_seal(anywhere: OfficeHarness) -> None:
    """Whoever has the export can check it with a hash and no database."""
    tell(anywhere)
    digest = GENESIS
    for line in anywhere._run(lines(anywhere)):
        digest = hashlib.sha256(digest.encode() + line).hexdigest()
    assert digest == anywhere._run(head(anywhere))


@pytest.mark.parametrize("action", ["publish", "act", "sweep"])
def test_a_failure_half_way_leaves_nothing(anywhere: OfficeHarness, action: str) -> None:
    """A transaction that breaks after its last write, before its commit: not a row, not an event, not a notice."""
    anywhere.on("2026-03-02").publishes(STREETS)
    anywhere.does("城管员", "accept")
    before = anywhere.rows(select(events))
    work: dict[str, Callable[[], object]] = {
        "publish": lambda: anywhere.publishes(SCHOOLS),
        "act": lambda: anywhere.does("城管员", "report"),
        "sweep": lambda: anywhere.on("2026-03-27").cycle(),
    }
    with breaking("before commit"), pytest.raises(Broken):
        work[action]()
    assert anywhere.rows(select(events)) == before
    assert (anywhere.duty().state, anywhere.steps()) == ("accepted", [])
    work[action]()
    assert len(anywhere.rows(select(events))) > len(before)
