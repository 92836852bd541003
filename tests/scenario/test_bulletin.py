"""The weekly bulletin over weeks under a moved clock: its figures, and that it stays as it was once written."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from rules.bulletin import Bulletin, UnitFigures, Week
from rules.roster import Person, Roster
from rules.weekly import WeekNotBegun, compose_bulletin
from store.directory import replace_year_table
from store.ledger import writing
from store.reporting import week_ledger
from store.schema import events
from tasks.auditing import seal_ledger
from tasks.reporting import write_week
from tasks.supervising import take_steps
from tests.harness.office import OfficeHarness, row

STREETS, SCHOOLS = "市城管局", "市教育局"
day = date.fromisoformat


@pytest.fixture
def office(office: OfficeHarness) -> Iterator[OfficeHarness]:
    """An office whose notices are other stories' subject."""
    yield office
    office.passes(days=7)
    office.news()


def bulletin(office: OfficeHarness, on: str) -> Bulletin:
    return office._run(_bulletin(office, Week.of(day(on))))


async def _bulletin(office: OfficeHarness, week: Week) -> Bulletin:
    async with office.office.store.reading() as connection:
        return compose_bulletin(await week_ledger(connection, office.office.calendar, week, office.now))


def writes(office: OfficeHarness, on: str, out: Path) -> dict[str, bytes]:
    """The files of the bulletin of a week, by name."""
    files = office._run(write_week.fn(office.office, day(on), out, office.now))
    return {file.name: file.read_bytes() for file in files}


def seals(office: OfficeHarness) -> None:
    office._run(seal_ledger.fn(office.office, office.now))


def told(figures: UnitFigures) -> dict[str, int]:
    """The figures of a unit that are not zero, by their Chinese name."""
    return {measure.label.zh: figure.value for measure, figure in figures.figures.items() if figure.value}


def written(office: OfficeHarness) -> list[str]:
    """The bulletins the ledger says were written."""
    query = select(events.c.subject).where(events.c.kind == "bulletin.written").order_by(events.c.id)
    return [found.subject for found in office.rows(query)]


def one_kept_one_missed(office: OfficeHarness) -> None:
    """A week from Monday 2 March: the schools report and are closed in time, the streets stay silent past Wednesday."""
    office.on("2026-03-02", "10:00").publishes(
        row("清理背街小巷", STREETS, due="2026-03-04", item_no="1"),
        row("整治校园周边", SCHOOLS, due="2026-03-20", item_no="2"),
    )
    office.does("教育员", "accept", 2)
    office.until("2026-03-04").does("教育员", "report", 2)
    office.until("2026-03-05").does("督查员甲", "close", 2)


def test_a_week_is_told_in_figures(office: OfficeHarness) -> None:
    """What each unit had, did and was sent in a week is counted under its name, and the rate over what was owed."""
    one_kept_one_missed(office)
    office.until("2026-03-09")
    week = bulletin(office, "2026-03-05")
    streets, schools = week.units
    assert (streets.unit, schools.unit) == (STREETS, SCHOOLS)
    assert told(schools) == {
        "新立项": 1, "申报办结": 1, "按时销号": 1,
        "收到消息": 2, "要求报送": 1,
    }  # fmt: skip
    assert told(streets) == {
        "新立项": 1, "期末在办": 1, "逾期未办结": 1,
        "临期提醒": 1, "提醒签收": 1, "逾期催办": 1, "蓝色督办单": 1,
        "收到消息": 4, "要求报送": 1,
    }  # fmt: skip
    assert [str(rate) for rate in (streets.on_time, schools.on_time, week.total.on_time)] == ["0.0%", "100.0%", "50.0%"]


def test_what_is_overdue_names_the_leader_and_counts_working_days(office: OfficeHarness) -> None:
    """A duty due on Wednesday is two working days overdue when the week ends: Saturday and Sunday do not count."""
    one_kept_one_missed(office)
    office.until("2026-03-09")
    (late,) = bulletin(office, "2026-03-02").overdue
    assert (late.duty, late.item_no, late.task, late.unit) == (1, "1", "清理背街小巷", STREETS)
    assert (late.leader, late.days, late.last_step and late.last_step.zh) == ("分管副市长", 2, "蓝色督办单")


def test_a_quiet_week_carries_over(office: OfficeHarness) -> None:
    """What was in hand when a week ended begins the next one, and the last step is remembered from weeks before."""
    one_kept_one_missed(office)
    office.until("2026-05-18")
    first, second, last = (bulletin(office, on) for on in ("2026-03-02", "2026-03-09", "2026-05-11"))
    assert second.first_event == first.last_event + 1
    assert told(second.total)["期初在办"] == told(first.total)["期末在办"] == 1
    assert told(last.total) == {"期初在办": 1, "期末在办": 1, "逾期未办结": 1}
    assert [late.last_step and late.last_step.zh for late in last.overdue] == ["建议问责"]


def test_the_days_of_the_offices_own_calendar_count(office: OfficeHarness) -> None:
    """年度安排: a Thursday the office rests is no working day overdue."""
    one_kept_one_missed(office)
    office._run(_rests(office, "2026-03-05"))
    office.until("2026-03-09")
    assert [late.days for late in bulletin(office, "2026-03-02").overdue] == [1]


async def _rests(office: OfficeHarness, on: str) -> None:
    async with writing(office.office.store, office.now) as write:
        await replace_year_table(write, {day(on): (False, "本地假日")})


def test_a_duty_handed_over_is_the_new_units_leaders(office: OfficeHarness) -> None:
    """移交: the leader a table row named for the old unit does not answer for the new one."""
    office.on("2026-03-02").publishes(row(due="2026-03-04", leader="组长"))
    office.until("2026-03-09").does("创建办主任", "hand_over", 1, unit=SCHOOLS, reason="职能调整")
    office.until("2026-03-16")
    late = [one for on in ("2026-03-02", "2026-03-09") for one in bulletin(office, on).overdue]
    assert [(one.unit, one.leader) for one in late] == [(STREETS, "组长"), (SCHOOLS, "分管副市长")]


def test_a_part_is_known_by_its_own_name_and_goes_with_its_whole(office: OfficeHarness) -> None:
    """分办: its part is listed by the name it was given, weeks later too; withdrawn with the whole, it counts."""
    office.on("2026-03-02").publishes(row(due="2026-03-20"))
    office.does("城管员", "split", 1, unit=SCHOOLS, title="清扫校门口", due=day("2026-03-04"))
    office.until("2026-03-16").does("创建办主任", "withdraw", 1, reason="另有安排")
    office.until("2026-03-23")
    (late,) = bulletin(office, "2026-03-09").overdue
    assert (late.duty, late.task, late.unit, late.item_no) == (2, "清扫校门口", SCHOOLS, "")
    assert [told(unit)["撤销"] for unit in bulletin(office, "2026-03-16").units] == [1, 1]


def test_an_old_bulletin_stays_as_it_was(office: OfficeHarness, tmp_path: Path) -> None:
    """New words, a new number, a later time limit, another leader and a close change nothing in last week's bytes."""
    one_kept_one_missed(office)
    office.until("2026-03-09")
    seals(office)
    before = writes(office, "2026-03-04", tmp_path / "before")
    office.appoints(with_leader(office.roster, "王五"))
    office.publishes(
        row("增补任务", STREETS, due="2026-05-30", item_no="1"),
        row("清理背街小巷和楼道", STREETS, due="2026-04-30", item_no="2"),
        row("整治校园周边环境", SCHOOLS, due="2026-03-20", item_no="3"),
    )
    assert office.duty(1).title == "清理背街小巷和楼道"
    office.does("城管员", "report", 1)
    office.does("督查员甲", "close", 1)
    office.passes(weeks=2)
    seals(office)
    after = writes(office, "2026-03-08", tmp_path / "after")
    assert sorted(after) == [f"督查通报-2026-W10.{kind}" for kind in ("docx", "md", "pdf", "xlsx")]
    assert after == before
    assert written(office) == ["bulletin:2026-W10"]


def with_leader(roster: Roster, name: str) -> Roster:
    """The same roster with another person in charge of the streets."""
    people = {**roster.people, name: Person(name, name, "副市长", superior="市长")}
    return replace(roster, people=people, units={**roster.units, STREETS: replace(roster.units[STREETS], leader=name)})


def test_a_new_number_in_the_table_is_printed_from_then_on(office: OfficeHarness) -> None:
    """序号 follows a row that moves: last week's bulletin keeps the old number, this week's prints the new one."""
    office.on("2026-03-02").publishes(row(every="FREQ=WEEKLY;BYDAY=FR", item_no="1"))
    office.does("城管员", "report", 1)
    office.does("督查员甲", "close", 1)
    office.until("2026-03-10").publishes(row(every="FREQ=WEEKLY;BYDAY=FR", item_no="2"))
    office.does("城管员", "report", 2)
    office.does("督查员甲", "close", 2)
    office.until("2026-03-16")
    closed = [one for on in ("2026-03-02", "2026-03-09") for one in bulletin(office, on).closed]
    assert [(one.duty, one.item_no) for one in closed] == [(1, "1"), (2, "2")]


def test_a_late_run_counts_in_the_week_it_ran_in(office: OfficeHarness, tmp_path: Path) -> None:
    """A cycle of Sunday that runs on Monday, after an outage, changes nothing in the bulletin of the week before."""
    office.on("2026-03-02", "10:00").publishes(row(due="2026-03-06"))
    office.until("2026-03-06")
    sunday = office.now.replace(day=8)
    office.on("2026-03-09").does("城管员", "accept")
    before = writes(office, "2026-03-06", tmp_path / "before")
    office._run(take_steps.fn(office.office, sunday))
    assert writes(office, "2026-03-06", tmp_path / "after") == before
    assert "逾期催办" not in told(bulletin(office, "2026-03-06").total)
    office.until("2026-03-16")
    assert told(bulletin(office, "2026-03-09").total)["逾期催办"] == 1


@pytest.mark.parametrize("dated", ["2026-04-20", "2035-01-01"])
def test_a_clock_that_ran_ahead_empties_no_week(office: OfficeHarness, dated: str) -> None:
    """An event dated far ahead by a wrong clock hides nothing that happened after it, then or when its day has come."""
    office.on("2026-03-02", "10:00")
    office._run(_something_happens(office, datetime.fromisoformat(dated).replace(tzinfo=office.now.tzinfo)))
    one_kept_one_missed(office)
    office.on("2026-03-06")
    assert told(bulletin(office, "2026-03-04").total)["新立项"] == 2
    office.until("2026-05-01")
    assert told(bulletin(office, "2026-03-04").total)["新立项"] == 2


async def _something_happens(office: OfficeHarness, at: datetime) -> None:
    async with writing(office.office.store, at) as write:
        await write.record("channel.saved", "channel:test")


def test_the_seal_over_the_week_is_printed(office: OfficeHarness, tmp_path: Path) -> None:
    """Before the ledger is sealed a bulletin says so; then it prints the first seal over its last event, for good."""
    one_kept_one_missed(office)
    office.until("2026-03-09")
    assert "台账未封存" in writes(office, "2026-03-04", tmp_path)["督查通报-2026-W10.md"].decode()
    seals(office)
    sealed = writes(office, "2026-03-04", tmp_path)
    office.passes(days=1)
    seals(office)
    assert writes(office, "2026-03-04", tmp_path) == sealed
    mark = bulletin(office, "2026-03-04").seal
    assert (
        mark
        and f"台账封存号 {mark.hash[:12]}（封存至第 {mark.last_event} 号）" in sealed["督查通报-2026-W10.md"].decode()
    )
    assert written(office) == ["bulletin:2026-W10"] * 2


def test_on_friday_the_running_week_says_how_far_it_goes(office: OfficeHarness) -> None:
    """A week that is not over is told up to now, and what happens afterwards is not in it."""
    one_kept_one_missed(office)
    office.on("2026-03-05", "17:00")
    friday = bulletin(office, "2026-03-05")
    assert not friday.complete
    assert (friday.as_of.isoformat(), told(friday.total)["逾期未办结"]) == ("2026-03-05T17:00:00+08:00", 1)
    office.until("2026-03-16")
    assert bulletin(office, "2026-03-05").complete


def test_a_week_ahead_is_refused(office: OfficeHarness, tmp_path: Path) -> None:
    """A bulletin of a week that has not begun is refused, and no file is written."""
    office.on("2026-03-08")
    with pytest.raises(WeekNotBegun, match="2026-W11"):
        writes(office, "2026-03-09", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_every_figure_leads_to_the_events_it_was_counted_from(office: OfficeHarness, tmp_path: Path) -> None:
    """Promise 7: the sources sheet lists as many ledger events as the figure says, and each is about that duty.

    A week without inspection leads to the policy that asked for it.
    """
    one_kept_one_missed(office)
    office.until("2026-03-09")
    writes(office, "2026-03-04", tmp_path)
    _, *sources = load_workbook(tmp_path / "督查通报-2026-W10.xlsx")["出处"].values
    subjects = {found.id: found.subject for found in office.rows(select(events))}
    inspection = "督查频次：每周检查"
    for measure, unit, duty, event in sources:
        about = "policy:" if unit == inspection else "message:"
        told_of = subjects[event] == f"duty:{duty[1:]}" if duty else subjects[event].startswith(about)
        assert told_of, (measure, unit)
    week = bulletin(office, "2026-03-04")
    counted = [
        (measure.label.zh, unit.unit)
        for unit in week.units
        for measure, figure in unit.figures.items()
        for _ in figure.events
    ]
    counted += [("收到消息", "不属于上列单位的人员")] * week.others.value
    counted += [("应做", inspection), ("缺次", inspection)]
    assert sorted((measure, unit) for measure, unit, *_ in sources) == sorted(counted)
