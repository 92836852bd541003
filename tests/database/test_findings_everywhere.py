"""Findings on either database: the queue, the draw, relapse and reminders are the same statements."""

import asyncio
from contextlib import suppress

from sqlalchemy import func, select

from rules.evidence import Exhibit
from rules.findings import FindingDraft, Source
from rules.places import Site
from rules.policy import Severity
from store.evidence import attach, seen_by, shown_for
from store.finding_queries import closed_since, listing, merged_into
from store.findings import record_findings
from store.inspection_schema import findings
from tests.harness.office import OfficeHarness


def test_the_loop_of_a_finding(anywhere: OfficeHarness) -> None:
    """Recorded twice, accepted, merged, re-checked, closed, come back; files shown; the office reminded."""
    office = anywhere.on("2026-03-03")
    office.registers(Site("建设路", "道路"))
    drafts = [
        FindingDraft(
            Source.HOTLINE, office.now, f"占道{n}", "占道经营", place="建设路", unit="市城管局", source_key=str(n)
        )
        for n in range(3)
    ]
    assert office.records(*drafts, by="创建办主任") == office.records(*drafts) == [1, 2, 3]
    office.decides("accept", 1, severity=Severity.URGENT)
    office.decides("merge", 2, 1)
    office.does("城管员", "report")
    office.does(office.duty().rechecker, "close")
    office.on("2026-03-09")
    assert office.finds("占道", place="建设路", unit="市城管局") == 4
    assert (office.finding(4).relapse_of, office.finding(4).weight) == (1, 2)
    office.cycle()
    office.inbox("创建办主任").expects("请受理问题", times=1)

    async def look() -> tuple[object, ...]:
        async with office.office.deciding(office.now, office.actor("城管员")) as (write, _):
            await attach(write, "duty:2", [Exhibit("ab" * 32, "image/jpeg", 9, "后.jpg")] * 2)
            await attach(write, "finding:2", [Exhibit("ab" * 32, "image/jpeg", 9, "前.jpg")])
            await attach(write, "duty:2", [Exhibit("ab" * 32, "image/jpeg", 9, "again.jpg")])
        async with office.office.store.reading() as connection:
            return (
                [row.id for row in await listing(connection)],
                await merged_into(connection, 1),
                await closed_since(connection, office.now.replace(day=1)),
                [row.name for row in await shown_for(connection, "duty:2")],
                await seen_by(connection, office.actor("教育员"), "ab" * 32),
                (await seen_by(connection, office.actor("督查员甲"), "ab" * 32)).media_type,  # type: ignore[union-attr]
            )

    assert office._run(look()) == ([1, 2, 3, 4], [2], ["建设路"], ["后.jpg"], None, "image/jpeg")
    assert office.rows(select(func.count()).select_from(findings))[0][0] == 4


def test_one_file_imported_twice_at_once(anywhere: OfficeHarness) -> None:
    """Two people import the same cases in the same second: each case is there once, and both are told its number."""
    office = anywhere.on("2026-03-03")
    drafts = [
        FindingDraft(Source.HOTLINE, office.now, "占道", "占道经营", place=f"{n}号", source_key=f"{n}")
        for n in range(20)
    ]

    async def imports(begun: asyncio.Barrier) -> list[int]:
        """On PostgreSQL both have begun before either looks what is known; SQLite lets in one writer at a time."""
        async with office.office.deciding(office.now, office.actor("创建办主任")) as (write, book):
            with suppress(TimeoutError, asyncio.BrokenBarrierError):
                await asyncio.wait_for(begun.wait(), 0.3)
            return list(await record_findings(write, book, drafts))

    async def both() -> list[list[int]]:
        begun = asyncio.Barrier(2)
        return list(await asyncio.gather(imports(begun), imports(begun)))

    first, second = office._run(both())
    assert first == second == list(range(1, 21))
    assert office.rows(select(func.count()).select_from(findings))[0][0] == 20
