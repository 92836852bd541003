"""What an office keeps: a rehearsal leaves no trace, a copy holds everything, a calendar shows what it moves."""

from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from store.copying import copy_to
from store.database import open_store, sqlite_url
from store.rescheduling import Move, moved_by, set_year_table
from store.schema import duties, events, notices
from store.sealing import verify
from store.tables import metadata
from tasks.auditing import seal_ledger
from tasks.rehearsing import rehearse
from tests.harness.office import OfficeHarness, row

REST = {date(2026, 4, 9): (False, "本地纪念日")}


def test_a_rehearsal_foresees_what_then_happens(office: OfficeHarness) -> None:
    """Who would be told what is what they are told, where nobody acts meanwhile; it writes nothing itself."""
    office.on("2026-03-02").publishes(row(due="2026-03-13"))
    before = office.rows(select(func.count()).select_from(events))
    foreseen = office._run(rehearse(office.office, office.now, date(2026, 3, 27)))
    assert office.rows(select(func.count()).select_from(events)) == before
    office.passes(days=25)
    told = office.rows(select(notices.c.recipient, notices.c.kind).where(notices.c.kind != "opened"))
    expected = sorted((one.recipient, one.label.zh) for one in foreseen if one.duty)
    labels = office.rows(select(notices.c.recipient, notices.c.data).where(notices.c.kind != "opened"))
    assert expected == sorted((found.recipient, found.data["label"][0]) for found in labels)
    assert told


def test_a_copy_holds_every_row_and_the_same_ledger(office: OfficeHarness, tmp_path: Path) -> None:
    """A backup may be verified like the original: same rows in every table, same seals."""
    office.on("2026-03-02").publishes(row(due="2026-03-13"))
    office.passes(days=14)

    async def copy() -> tuple[dict[str, tuple[int, int]], str | None]:
        await seal_ledger.fn(office.office, office.now)
        path = tmp_path / "copy.db"
        await copy_to(office.office.store, path)
        other = open_store(sqlite_url(path))
        counts = {}
        async with office.office.store.reading() as here, other.reading() as there:
            for table in metadata.sorted_tables:
                query = select(func.count()).select_from(table)
                counts[table.name] = (int(await here.scalar(query) or 0), int(await there.scalar(query) or 0))
            verdict = await verify(there)
        await other.close()
        return counts, verdict.broken

    counts, broken = office._run(copy())
    assert broken is None
    assert counts["notices"][0] > 0
    assert all(here == there for here, there in counts.values()), counts


def test_a_calendar_shows_what_it_moves_before_it_moves_it(office: OfficeHarness) -> None:
    """A new day of rest puts the next step off, says so first, and leaves its trace in the ledger (promise 6)."""
    office.on("2026-04-07").publishes(row(due="2026-04-10"))
    was = office.duty().next_action_at

    async def foresee() -> list[Move]:
        async with office.office.store.reading() as connection:
            return await moved_by(connection, office.office.calendar, REST)

    async def apply() -> list[Move]:
        async with office.office.deciding(office.now, office.actor("创建办主任")) as (write, _):
            return await set_year_table(write, office.office.calendar, REST)

    (move,) = office._run(foresee())
    assert office.duty().next_action_at == was
    assert office._run(apply()) == [move]
    assert office.duty().next_action_at == move.will_be != was
    (told,) = office.rows(select(events).where(events.c.kind == "duty.rescheduled"))
    assert told.subject == f"duty:{office.rows(select(duties.c.id))[0].id}"
