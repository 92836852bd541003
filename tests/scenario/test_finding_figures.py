"""What leaders see of findings: counted by hand from a story in dates, and followed to the ledger."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from rules.finding_figures import Dimension, FindingTally, Period
from rules.finding_measures import RATES, Count
from rules.findings import FindingDraft, Source
from rules.measures import Figure
from rules.triage import Reminders
from store.finding_figures import finding_events
from store.schema import events
from tests.harness.office import OfficeHarness


@pytest.fixture
def fortnight(office: OfficeHarness) -> OfficeHarness:
    """2 to 15 March: six findings of two units, each with another end."""
    office.on("2026-03-03")
    for unit, method in (("市城管局", "announced"), ("市教育局", "unannounced")):
        office.finds(place=f"{unit}门前", unit=unit, method=method, by="督查员甲")  # F1, F2: due on the 6th
    office.finds(source="self_check", by="城管员", unit="市城管局", type="乱堆放", place="后院")  # F3
    for case in ("A1", "A2"):  # F4, F5: an answer is due on the 10th
        office.records(FindingDraft(Source.HOTLINE, office.now, case, "噪声", place=case, source_key=case))
    office.decides("accept", 4, unit="市城管局")  # D4
    office.cycle()
    office.does("创建办主任", "suspend", duty=3, reason="待拆迁")
    office.until("2026-03-05").does("城管员", "report", duty=1)
    office.does(office.duty(1).rechecker, "close", duty=1)
    office.decides("answer", 4, "已派单")
    office.decides("rated", 4, False, True)
    office.until("2026-03-09").does("教育员", "report", duty=2)
    office.does(office.duty(2).rechecker, "return", duty=2, reason="仍有摊位")
    office.does("教育员", "report", duty=2)
    office.does(office.duty(2).rechecker, "close", duty=2)
    office.does("城管员", "ask_extension", duty=4, reason="夜间施工许可", due=date(2026, 3, 20))
    office.does("创建办主任", "extend", duty=4, reason="同意", due=date(2026, 3, 20))
    office.until("2026-03-10").finds(place="市城管局门前", unit="市城管局", by="督查员乙")  # F6, due on the 13th
    office.until("2026-03-15")
    office.ignores_news()
    return office


def counted(office: OfficeHarness, by: Dimension, day: int = 2, days: int = 14) -> Mapping[str, Mapping[Count, Figure]]:
    """Of so many days from a day of March on."""
    begins = office.now.replace(day=day, hour=0, minute=0)
    book = office._run(office.office.rulebook())
    tally = FindingTally(
        Period(begins, begins + timedelta(days=days)), by, Reminders(book.policy, book.calendar).answer_due
    )
    return tally.count(office._run(_events(office, begins + timedelta(days=days))))


async def _events(office: OfficeHarness, until: datetime) -> object:
    async with office.office.store.reading() as connection:
        return await finding_events(connection, until)


def values(counts: Mapping[Count, Figure]) -> dict[str, int]:
    return {count.value: figure.value for count, figure in counts.items()}


def test_counts_and_rates_of_a_fortnight(fortnight: OfficeHarness) -> None:
    """By unit: what was suspended or extended beyond is not due, a return gives no more time; promise 7 for each."""
    units = counted(fortnight, Dimension.UNIT)
    assert values(units["市城管局"]) == {
        "found": 3, "relapsed": 1, "accepted": 4, "suspended": 1, "extended": 1, "closed": 1, "rechecked": 1,
        "asked_satisfied": 1, "asked_solved": 1, "said_solved": 1,
        "due": 2, "solved_in_time": 1, "late": 1, "owed": 1, "answered_in_time": 1,
    }  # fmt: skip
    assert values(units["市教育局"]) == {
        "found": 1, "accepted": 1, "returned": 1, "rechecked": 2, "closed": 1, "due": 1, "late": 1,
    }  # fmt: skip
    assert values(units["—"]) == {"found": 2, "owed": 1}
    rates = {rate.key: rate.of(units["市城管局"]) for rate in RATES}
    assert rates == {
        "in_time": 0.5, "returned": 0.0, "relapsed": 1 / 3, "extended": 0.25, "disputed": 0.0, "rerouted": 0.0,
        "suspended": 0.25, "responded": 1.0, "solved": 1.0, "satisfied": 0.0,
    }  # fmt: skip
    assert RATES[0].of(units["—"]) is None

    _leads_to_events(fortnight, units)


def _leads_to_events(fortnight: OfficeHarness, units: Mapping[str, Mapping[Count, Figure]]) -> None:
    """Each number is as many events of the ledger, of the kind it says; other dimensions count the same."""
    kinds = dict(tuple(row) for row in fortnight.rows(select(events.c.id, events.c.kind)))
    for counts in units.values():
        assert {kinds[number] for number in counts.get(Count.RETURNED, Figure()).events} <= {"duty.return"}
        assert {kinds[number] for number in counts.get(Count.DUE, Figure()).events} <= {"finding.accepted"}
        assert {kinds[number] for number in counts[Count.FOUND].events} == {"finding.recorded"}
    for by in Dimension:
        for count in Count:
            found = [figures.get(count, Figure()) for figures in counted(fortnight, by).values()]
            assert Figure.together(found) == Figure.together(figures.get(count, Figure()) for figures in units.values())
    assert values(counted(fortnight, Dimension.METHOD)["unannounced"])["returned"] == 1
    assert values(counted(fortnight, Dimension.SOURCE)["self_check"])["found"] == 1


def test_what_awaits_its_recheck_counts_in_the_week_of_that(office: OfficeHarness) -> None:
    """Reported in time on Friday, closed or returned on Monday: no week leaves it out, none counts it twice."""
    office.on("2026-03-03")
    for place, unit in (("东街", "市城管局"), ("西街", "市教育局")):  # D1, D2: due on Friday, the 6th
        office.finds(place=place, unit=unit, by="督查员甲")
    office.cycle()
    office.until("2026-03-06").does("城管员", "report", duty=1)
    office.does("教育员", "report", duty=2)
    office.until("2026-03-09").does(office.duty(1).rechecker, "close", duty=1)
    office.does(office.duty(2).rechecker, "return", duty=2, reason="仍有摊位")
    office.does("教育员", "report", duty=2)
    office.until("2026-03-16").does(office.duty(2).rechecker, "close", duty=2)
    office.ignores_news()
    due = {Count.DUE, Count.SOLVED_IN_TIME, Count.LATE}
    weeks = [counted(office, Dimension.UNIT, day, 7) for day in (2, 9, 16)]
    told = [{unit: due & set(counts) for unit, counts in week.items() if due & set(counts)} for week in weeks]
    second = {"市城管局": {Count.DUE, Count.SOLVED_IN_TIME}, "市教育局": {Count.DUE, Count.LATE}}
    assert told == [{}, second, {}]
