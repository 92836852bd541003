"""What a revision of the table does to duties under way (修订): history stays, decisions stay, nothing is lost."""

from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from rules.reading import Deadline, DeadlineKind, TableRow
from store.schema import duties, events
from tests.harness.office import OfficeHarness, row

day = date.fromisoformat

STREETS = row("清理背街小巷垃圾", due="2026-06-30", item_no="1")
SCHOOLS = row("规范校门口停车秩序", "市教育局", due="2026-06-30", item_no="2")


def published(office: OfficeHarness, *rows: TableRow) -> None:
    """A table published on 2 March; that its duties were opened is not told again."""
    office.on("2026-03-02").publishes(*rows or (STREETS, SCHOOLS))
    for duty in office.rows(select(duties)):
        office.does("创建办主任", "accept", duty=duty.id)
    office.cycle()
    office.news()


def states(office: OfficeHarness) -> list[str]:
    """Every duty as "unit state due"."""
    found = office.rows(select(duties).order_by(duties.c.id))
    return [f"{d.unit} {d.state} {d.due_at.astimezone(office.now.tzinfo):%m-%d}" for d in found]


def events_so_far(office: OfficeHarness) -> int:
    return int(office.rows(select(func.count()).select_from(events))[0][0])


def test_publishing_twice_changes_nothing(office: OfficeHarness) -> None:
    """The same table again: no version, no event, no duty, no word to anyone."""
    published(office)
    before = events_so_far(office)
    again = office.publishes(STREETS, SCHOOLS)
    assert (again.version, again.opened, again.revision.is_empty) == (None, 0, True)
    assert events_so_far(office) == before
    office.passes(days=3)
    assert office.news() == []


def test_a_row_that_only_moved_tells_nobody(office: OfficeHarness) -> None:
    """Renumbered: the duty goes on, in silence, and the table's new number is known."""
    published(office)
    office.publishes(replace(SCHOOLS, item_no="1"), replace(STREETS, item_no="2"))
    assert len(office.rows(select(duties.c.id))) == 2
    office.passes(days=3)
    assert office.news() == []


def test_an_added_row_opens_its_duty_and_disturbs_no_other(office: OfficeHarness) -> None:
    """Only the new unit hears of it."""
    published(office)
    added = office.publishes(STREETS, SCHOOLS, row("更新公益广告牌", due="2026-09-30", item_no="3"))
    assert (added.version, added.opened) == (2, 1)
    office.passes(days=1)
    assert office.news() == ["03-03 城管员 新任务 D3"]


def test_a_dropped_row_withdraws_its_duty(office: OfficeHarness) -> None:
    """Its unit hears so, once; a duty already closed stays closed."""
    published(office, STREETS, replace(STREETS, task="更新公益广告牌", item_no="4"), SCHOOLS)
    office.does("城管员", "report", duty=2)
    office.does("督查员甲", "close", duty=2)
    office.cycle()
    office.news()
    office.publishes(SCHOOLS)
    office.passes(days=1).until("2026-07-10", every=20)
    assert states(office)[:2] == ["市城管局 withdrawn 06-30", "市城管局 closed 06-30"]
    assert [line for line in office.news() if "D3" not in line] == ["03-03 城管员 任务撤销 D1"]


def test_new_words_reach_the_unit_and_start_no_new_episode(office: OfficeHarness) -> None:
    """A reworded task is the same duty at the same point of its ladder."""
    published(office)
    office.until("2026-06-24", every=30).until("2026-06-26").news()
    office.publishes(replace(STREETS, task="清理背街小巷垃圾和杂物"), SCHOOLS)
    office.until("2026-06-29")
    assert office.duty().title == "清理背街小巷垃圾和杂物"
    assert office.steps() == [(1, "reminder_3"), (1, "reminder_1")]
    office.inbox("城管员").expects("任务调整", about="垃圾和杂物", times=1)
    office.ignores_news()


def test_a_new_deadline_starts_the_ladder_afresh(office: OfficeHarness) -> None:
    """Brought forward while accepted: still accepted, reminded and overdue by the new date."""
    published(office)
    office.publishes(replace(STREETS, deadlines=row(due="2026-03-31").deadlines), SCHOOLS)
    office.passes(days=1).until("2026-03-25", every=7).until("2026-04-02")
    assert office.news() == [
        "03-03 城管员 任务调整 D1",
        "03-26 城管员 到期前提醒 D1",
        "03-30 城管员 临期提醒 D1",
        "04-01 城管员 逾期催办 D1",
        "04-02 城管局长 蓝色督办单 D1",
    ]
    assert (office.duty().state, office.duty().episode) == ("accepted", 2)


def test_another_unit_gets_a_duty_of_its_own(office: OfficeHarness) -> None:
    """The row changes hands: withdrawn here, opened there."""
    published(office, STREETS)
    office.publishes(replace(STREETS, lead_units=("市教育局",)))
    assert states(office) == ["市城管局 withdrawn 06-30", "市教育局 open 06-30"]
    office.passes(days=1)
    assert office.news() == ["03-03 城管员 任务撤销 D1", "03-03 教育员 新任务 D2"]


def test_a_unit_that_comes_back_owes_it_again(office: OfficeHarness) -> None:
    """Moved away and back by two revisions: somebody owes the duty all the time, and history keeps both."""
    published(office, STREETS)
    office.publishes(replace(STREETS, lead_units=("市教育局",)))
    office.publishes(STREETS)
    assert states(office) == ["市城管局 withdrawn 06-30", "市教育局 withdrawn 06-30", "市城管局 open 06-30"]
    office.cycle()
    office.ignores_news()


def test_a_dropped_row_can_come_back(office: OfficeHarness) -> None:
    """Dropped by mistake, put back by the next version: a fresh duty."""
    published(office)
    office.publishes(SCHOOLS)
    office.publishes(STREETS, SCHOOLS)
    assert [one for one in states(office) if "城管" in one] == ["市城管局 withdrawn 06-30", "市城管局 open 06-30"]
    office.cycle()
    office.ignores_news()


def test_an_extension_survives_a_revision_of_the_words(office: OfficeHarness) -> None:
    """What the office granted is not undone by a correction of the text."""
    published(office, STREETS)
    office.does("创建办主任", "extend", reason="汛期停工", due=day("2026-08-31"))
    office.publishes(replace(STREETS, task="清理背街小巷垃圾和杂物"))
    assert (states(office), office.duty().episode) == (["市城管局 accepted 08-31"], 2)
    office.cycle()
    office.ignores_news()


def test_a_new_deadline_in_the_table_overrules_an_extension(office: OfficeHarness) -> None:
    """The table was changed later, and on purpose."""
    published(office, STREETS)
    office.does("创建办主任", "extend", reason="汛期停工", due=day("2026-08-31"))
    office.publishes(replace(STREETS, deadlines=row(due="2026-07-15").deadlines))
    assert states(office) == ["市城管局 accepted 07-15"]
    office.cycle()
    office.ignores_news()


def test_a_handed_over_duty_stays_where_it_was_put(office: OfficeHarness) -> None:
    """移交 is a decision too: rewording neither withdraws the duty nor opens a second one at the old unit."""
    published(office, replace(STREETS, leader="市长"))
    office.does("创建办主任", "hand_over", reason="职能划转", unit="市教育局")
    office.publishes(replace(STREETS, leader="市长", task="清理背街小巷垃圾和杂物"))
    assert states(office) == ["市教育局 open 06-30"]
    assert office.duty().leader is None  # the old unit's leader does not come back with the words
    office.passes(days=1)
    assert office.news() == ["03-03 教育员 移交 D1", "03-03 教育员 任务调整 D1"]


def test_a_withdrawal_by_the_office_is_not_undone(office: OfficeHarness) -> None:
    """撤销 by a person stays, however often the table is retouched."""
    published(office, STREETS)
    office.does("创建办主任", "withdraw", reason="上级取消")
    office.publishes(replace(STREETS, task="清理背街小巷垃圾和杂物"))
    office.passes(days=1)
    assert states(office) == ["市城管局 withdrawn 06-30"]
    office.ignores_news()


def test_what_is_reported_stays_reported(office: OfficeHarness) -> None:
    """A unit that has reported is not sent back to work by a correction of the text."""
    published(office, STREETS)
    office.does("城管员", "report")
    office.publishes(replace(STREETS, task="清理背街小巷垃圾和杂物"))
    assert states(office) == ["市城管局 reported 06-30"]
    office.does("督查员甲", "close")
    office.cycle()
    office.ignores_news()


def test_a_request_waits_through_a_revision(office: OfficeHarness) -> None:
    """A new time limit answers no dispute: the office is still reminded of it."""
    published(office, STREETS)
    office.does("城管员", "dispute", reason="不属我局")
    office.until("2026-03-09").news()
    office.publishes(replace(STREETS, deadlines=row(due="2026-07-15").deadlines))
    office.passes(days=1)
    assert office.duty().pending == "dispute"
    assert office.news() == ["03-10 城管员 任务调整 D1", "03-10 创建办主任 请答复申请 D1"]


def test_another_leader_hears_the_next_rung(office: OfficeHarness) -> None:
    """责任领导 changes in the table: the ladder goes on, and climbs to the new one."""
    published(office, replace(STREETS, deadlines=row(due="2026-03-10").deadlines))
    office.until("2026-03-12").news()
    office.publishes(replace(STREETS, deadlines=row(due="2026-03-10").deadlines, leader="市长"))
    office.until("2026-03-17")
    assert office.news() == ["03-13 城管员 任务调整 D1", "03-17 市长 黄色督办单 D1"]


def test_another_cadence_replaces_what_was_open(office: OfficeHarness) -> None:
    """Weekly becomes monthly: this week's duty is withdrawn, this month's opened, and no week comes again."""
    published(office, row(every="FREQ=WEEKLY"))
    office.publishes(row(every="FREQ=MONTHLY"))
    office.passes(days=9)
    assert states(office) == ["市城管局 withdrawn 03-08", "市城管局 open 03-31"]
    office.ignores_news()


def test_a_window_put_off_keeps_the_duty_that_has_begun(office: OfficeHarness) -> None:
    """The phase moves to May: the unit keeps its accepted duty, with the new time limit."""
    published(office, row(start="2026-03-01", due="2026-03-31"))
    office.publishes(row(start="2026-05-01", due="2026-05-31"))
    office.until("2026-05-04", every=9)
    assert states(office) == ["市城管局 accepted 05-31"]
    office.ignores_news()


def test_what_was_opened_ahead_survives_a_revision(office: OfficeHarness) -> None:
    """Next month's duty, opened early, is not withdrawn because its month has not begun."""
    office.adopts(lambda _: {"open_ahead_days": 30})
    published(office, row(every="FREQ=MONTHLY"))
    office.publishes(row("清理背街小巷和楼道", every="FREQ=MONTHLY"))
    assert states(office) == ["市城管局 accepted 03-31", "市城管局 accepted 04-30"]
    office.cycle()
    office.ignores_news()


def test_what_was_opened_late_survives_a_revision(office: OfficeHarness) -> None:
    """A day that was caught up after an outage is still owed after the words change."""
    office.on("2026-03-02").publishes(row(every="FREQ=DAILY"))
    office.on("2026-03-05").cycle()
    office.publishes(row("清理背街小巷和楼道", every="FREQ=DAILY"))
    assert [one.split()[1] for one in states(office)] == ["open"] * 4
    office.ignores_news()


def test_a_revision_in_an_outage_loses_no_occurrence(office: OfficeHarness) -> None:
    """Published before the cycle came back: the days in between are opened all the same."""
    office.on("2026-03-02").publishes(row(every="FREQ=DAILY"))
    office.on("2026-03-05").publishes(row("清理背街小巷和楼道", every="FREQ=DAILY"))
    assert [one.split()[2] for one in states(office)] == ["03-02", "03-03", "03-04", "03-05"]
    office.cycle()
    office.ignores_news()


def test_of_two_rows_with_the_same_words_the_right_one_is_withdrawn(office: OfficeHarness) -> None:
    """One task given to two units in two rows: dropping the first leaves the second unit's work alone."""
    other = replace(STREETS, lead_units=("市教育局",), item_no="9")
    published(office, STREETS, other)
    office.publishes(other)
    assert states(office) == ["市城管局 withdrawn 06-30", "市教育局 accepted 06-30"]
    office.publishes(other)
    office.passes(days=1)
    assert office.news() == ["03-03 城管员 任务撤销 D1"]


def test_a_revision_says_what_it_changed(office: OfficeHarness) -> None:
    """The ledger keeps old and new of every field, for 修订说明 and for explaining."""
    published(office, STREETS)
    office.publishes(replace(STREETS, deadlines=(Deadline("9月底前", DeadlineKind.BY, due=day("2026-09-30")),)))
    (amended,) = office.rows(select(events).where(events.c.kind == "obligation.amended"))
    (field,) = amended.data["fields"]
    assert field == "deadlines"
    assert [amended.data["fields"][field][which][0]["due"] for which in ("old", "new")] == ["2026-06-30", "2026-09-30"]
    (told,) = office.rows(select(events).where(events.c.kind == "duty.amended"))
    assert told.data["now"]["due_at"].startswith("2026-09-30T23:59:59")
    office.cycle()
    office.ignores_news()
