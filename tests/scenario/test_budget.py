"""The burden budget of a unit and week: what exceeds it waits and is one digest, and the office hears of it once."""

import json
from collections.abc import Callable

from sqlalchemy import select

from rules.bulletin import Bulletin, Week
from rules.measures import ASKED_TO_REPORT, HELD, MESSAGES
from rules.policy import Budget, Severity
from rules.weekly import WeekLedger, compose_bulletin
from store.reporting import week_ledger
from store.schema import events, notices
from tests.harness.office import OfficeHarness, row


def _budget(office: OfficeHarness, **limits: int | None) -> None:
    office.adopts(lambda policy: {"budget": Budget(**({"messages": None, "reports": None} | limits))})


def _publishes_daily(office: OfficeHarness, *days: str) -> None:
    for number, day in enumerate(days, 1):
        office.on(day).publishes(row(f"第{number}项任务", due="2026-06-30"), title=f"第{number}张表")
        office.cycle()


def _bulletin(office: OfficeHarness) -> Bulletin:
    async def read() -> WeekLedger:
        async with office.office.store.reading() as connection:
            return await week_ledger(connection, office.office.calendar, Week.of(office.now.date()), office.now)

    return compose_bulletin(office.awaits(read()))


def test_what_exceeds_the_budget_is_one_digest_next_week(office: OfficeHarness) -> None:
    """Two messages a week: Monday's and Tuesday's go out, the rest of the week's come together on Monday morning."""
    _budget(office, messages=2)
    _publishes_daily(office, "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05")
    office.on("2026-03-06").cycle()
    assert office.messages_to("城管员") == 2
    assert office.news() == [
        "03-02 城管员 新任务 D1",
        "03-03 城管员 新任务 D2",
        "03-04 创建办主任 负担预算已用完 DNone",
    ]
    office.on("2026-03-06", "17:00")
    week = _bulletin(office)
    (unit,) = week.units
    held = office.rows(select(events).where(events.c.kind == "notice.held").order_by(events.c.id))
    assert (unit.of(MESSAGES).value, unit.of(HELD).events) == (2, tuple(event.id for event in held))
    assert [(one.unit, used) for one, used in week.spent] == [("市城管局", ((MESSAGES, 2),))]
    office.on("2026-03-09", "07:59").cycle()
    assert office.messages_to("城管员") == 2
    office.on("2026-03-09", "08:00").cycle()
    assert office.messages_to("城管员") == 3
    # what fell due meanwhile is in it too
    assert {"03-09 城管员 新任务 D3", "03-09 城管员 新任务 D4", "03-09 城管员 提醒签收 D1"} <= set(office.news())


def test_the_next_week_begins_on_a_day_worked(office: OfficeHarness) -> None:
    """Held in the week before 清明 (6 April is a day of rest): Tuesday the 7th."""
    _budget(office, messages=1)
    _publishes_daily(office, "2026-03-30", "2026-03-31")
    (held,) = office.rows(select(notices).where(notices.c.message_id.is_(None), notices.c.recipient == "城管员"))
    assert f"{office.office.calendar.local(held.release_at):%m-%d %H:%M}" == "04-07 08:00"
    office.ignores_news()


def test_what_is_urgent_goes_whatever_the_budget(office: OfficeHarness) -> None:
    """A red order for the head of the unit leaves at once, and takes what waits for them along."""
    _budget(office, messages=1)
    ladders = office.awaits(office.office.rulebook()).policy.ladders
    urgent = tuple(step.model_copy(update={"severity": Severity.URGENT}) for step in ladders["standard"])
    office.adopts(lambda policy: {"ladders": {**ladders, "standard": urgent}})
    _publishes_daily(office, "2026-03-02")
    office.until("2026-03-04").inbox("城管员").expects("提醒签收", times=1)
    office.ignores_news()


def test_the_office_hears_once_that_a_unit_is_asked_for_much(office: OfficeHarness) -> None:
    """More reports asked for than the budget has: the duties stand, all are told, and the office is asked to merge."""
    _budget(office, reports=1)
    _publishes_daily(office, "2026-03-02", "2026-03-03", "2026-03-04")
    assert [line for line in office.news() if "创建办" in line] == ["03-03 创建办主任 负担预算已用完 DNone"]
    assert office.messages_to("城管员") == 3
    office.on("2026-03-06", "17:00")
    assert [(one.unit, used) for one, used in _bulletin(office).spent] == [("市城管局", ((ASKED_TO_REPORT, 1),))]
    office.on("2026-03-09").publishes(row("再一项", due="2026-06-30"), title="再一张表")
    office.cycle()
    assert not [line for line in office.news() if "创建办" in line]  # a new week, one report


def test_explain_says_why_a_notice_waits(office: OfficeHarness, explains: Callable[..., str]) -> None:
    """`duban explain N…` names the unit's budget and the day it joins."""
    _budget(office, messages=1)
    _publishes_daily(office, "2026-03-02", "2026-03-03")
    (held,) = office.rows(select(notices).where(notices.c.message_id.is_(None), notices.c.recipient == "城管员"))
    office.ignores_news()
    assert "市城管局本周消息预算已用完，并入 2026-03-09 08:00 的汇总" in explains(f"N{held.id}")
    assert json.loads(explains(f"N{held.id}", "--json"))["held"][0]["week"] == "2026-W10"
