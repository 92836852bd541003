"""Rounds on either database, and asked for by several at once."""

from datetime import date

from sqlalchemy import func, select

from rules.inspecting import Inspection
from rules.language import Text
from rules.places import Assignment, Part, Site, StandardItem
from rules.rounds import RoundPlan
from rules.visits import Answer, Verdict
from store.inspection_schema import findings, rounds, slots, visits
from store.schema import events
from tasks.inspecting import open_due_rounds, start_round
from tasks.office import Office
from tasks.visiting import take_answer
from tests.database.test_at_once import together
from tests.harness.office import OfficeHarness


def count(office: OfficeHarness, table: object) -> int:
    return int(office.rows(select(func.count()).select_from(table))[0][0])  # type: ignore[arg-type]


def test_asked_for_at_once_opened_once(anywhere: OfficeHarness) -> None:
    """Two schedules and two people at the same moment: one slot, one round of the week, one by hand, one notice each.

    Two answers to the same item are one result and one finding.
    """
    office = anywhere.begins_inspecting("2026-03-02")
    office.registers(
        *(Site(f"{name}市场", "农贸市场") for name in ("东门", "西门")),
        Assignment("site:东门市场", Part.UNIT, "市城管局", date(2026, 1, 1)),
        StandardItem("农贸市场", "M1", "出入口无占道经营", "占道经营"),
    )
    supervisor = office.actor("督查员甲")
    plan = RoundPlan("special", "节前@2026-03-02", Inspection(label=Text("节前", "special")))

    async def due(own: Office) -> object:
        return await open_due_rounds.fn(own, office.now)

    async def by_hand(own: Office) -> object:
        return await start_round.fn(own, office.now, plan, supervisor)

    opened = together(office, due, due, by_hand, by_hand)
    assert sorted(map(str, opened[:2])) in (["[1]", "[]"], ["[2]", "[]"]) and None in opened[2:]
    assert (count(office, slots), count(office, rounds), count(office, visits)) == (1, 2, 4)

    async def fails(own: Office) -> object:
        answer = Answer("", "东门市场", "M1", Verdict.FAIL, "门口占道")
        return await take_answer(own, office.now, supervisor, 1, answer)

    taken = together(office, fails, fails)
    assert sorted(one.recorded.answers for one in taken) == [0, 1]
    assert count(office, findings) == 1
    assert len(office.rows(select(events.c.id).where(events.c.kind == "visit.recorded"))) == 1
