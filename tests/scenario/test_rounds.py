"""Rounds from their slot to their last answer: who is told, what is concealed, what becomes of a failure; in dates."""

from datetime import date

import pytest
from sqlalchemy import select

from rules.inspecting import Cadence, Level, Method, Occasion, Scope, Size
from rules.language import Text
from rules.places import Area, Assignment, Part, Site, StandardItem
from rules.policy import Severity
from store.acting import NoSuchUnit
from store.inspection_schema import findings, rounds, slots, visits
from store.rounds import NothingToInspect
from store.schema import events, notices
from store.visits import AnswersRefused, NoSuchRound
from tasks.planning import NotASupervisor
from tests.harness.office import OfficeHarness

SINCE = date(2026, 1, 1)


@pytest.fixture
def office(office: OfficeHarness) -> OfficeHarness:
    """Four sites of two types in two areas; the market's checklist has a monthly item too."""
    office.begins_inspecting("2026-03-02").registers(
        Area("城东片区"),
        Area("城西片区"),
        *(Site(f"{name}市场", "农贸市场", "城东片区") for name in ("建设路", "东门")),
        *(Site(f"{name}小学", "学校", "城西片区") for name in ("实验", "西关")),
        *(Assignment(f"site:{name}市场", Part.UNIT, "市城管局", SINCE) for name in ("建设路", "东门")),
        *(Assignment(f"site:{name}小学", Part.UNIT, "市教育局", SINCE) for name in ("实验", "西关")),
        Assignment("area:城东片区", Part.SUPERVISOR, "督查员甲", SINCE),
        Assignment("area:城西片区", Part.SUPERVISOR, "督查员乙", SINCE),
        StandardItem("农贸市场", "M1", "出入口无占道经营", "占道经营", Severity.IMPORTANT, Level.DAILY),
        StandardItem("农贸市场", "M2", "公平秤检定有效", "设施管理", Severity.ROUTINE, Level.MONTHLY, "市场环境"),
        StandardItem("学校", "S1", "校门口秩序良好", "交通秩序", Severity.URGENT, Level.WEEKLY),
    )
    return office


def weekly(**more: object) -> Cadence:
    return Cadence.model_validate({"key": "weekly", "label": Text("每周检查", "weekly"), "rule": "FREQ=WEEKLY", **more})


def short(office: OfficeHarness) -> list[str]:
    """The slots that are over and not done."""
    rows = office.rows(select(slots).where(slots.c.ends_at < office.now).order_by(slots.c.cadence, slots.c.opens_at))
    return [f"{row.cadence} {row.key}" for row in rows if row.done_at is None]


def sites(office: OfficeHarness, number: int = 1) -> dict[str, str]:
    """Who goes where."""
    rows = office.rows(select(visits).where(visits.c.round_id == number).order_by(visits.c.site))
    return {row.site: row.team for row in rows}


def passes_all(office: OfficeHarness, number: int = 1) -> None:
    for site in sites(office, number):
        office.answers(site, "M1" if site.endswith("市场") else "S1", "pass", number=number)


def test_the_weeks_round_goes_to_the_supervisors_of_the_areas(office: OfficeHarness) -> None:
    """Monday: one round, each supervisor in their own area; the units of the sites are told that it comes."""
    assert office.inspects() == [1]
    assert sites(office) == {
        "东门市场": "督查员甲",
        "建设路市场": "督查员甲",
        "实验小学": "督查员乙",
        "西关小学": "督查员乙",
    }
    office.cycle()
    assert sorted(office.news()) == [
        "03-02 城管员 检查预告 DNone",
        "03-02 教育员 检查预告 DNone",
        "03-02 督查员乙 请检查 DNone",
        "03-02 督查员甲 请检查 DNone",
    ]
    assert office.inspects() == []  # nobody is asked twice
    passes_all(office)
    assert office.rows(select(rounds.c.finished_at))[0].finished_at == office.now
    office.on("2026-03-09", "08:50")
    assert short(office) == []


def test_a_round_nobody_finished_is_a_shortfall(office: OfficeHarness) -> None:
    """Three of four sites visited is visible as a shortfall, not as done; and it stays one when done too late."""
    office.inspects()
    for site in ("东门市场", "建设路市场"):
        office.answers(site, "M1", "pass")
    office.answers("实验小学", "S1", "pass", by="督查员乙")
    office.on("2026-03-10", "09:00")
    assert short(office) == ["weekly 2026-W10"]
    assert office.inspects() == [2]
    office.answers("西关小学", "S1", "pass", by="督查员乙")
    (slot,) = office.rows(select(slots).where(slots.c.key == "2026-W10"))
    assert slot.done_at > slot.ends_at
    office.cycle()
    office.ignores_news()


def test_after_an_outage_what_was_missed_is_on_record(office: OfficeHarness) -> None:
    """Nothing ran for three weeks: those weeks' slots are opened as shortfalls, and only this week's round is held."""
    office.inspects()
    passes_all(office)
    office.on("2026-03-30", "09:00")
    assert office.inspects() == [2]
    assert short(office) == ["weekly 2026-W11", "weekly 2026-W12", "weekly 2026-W13"]
    office.cycle()
    office.ignores_news()


def test_an_unannounced_round_is_concealed_until_it_is_done(office: OfficeHarness) -> None:
    """暗访: no unit hears of it, and it is revealed with its last answer."""
    office.adopts(lambda policy: {"cadences": (weekly(method=Method.UNANNOUNCED),)})
    office.inspects()
    office.cycle()
    assert {line.split()[1] for line in office.news()} == {"督查员甲", "督查员乙"}
    assert office.rows(select(rounds.c.revealed_at))[0].revealed_at is None
    passes_all(office)
    assert office.rows(select(rounds.c.revealed_at))[0].revealed_at == office.now


def test_a_failure_becomes_the_units_duty(office: OfficeHarness) -> None:
    """不合格: a finding of the checklist's type and severity, found by who went there, rectified by the site's unit."""
    office.inspects()
    taken = office.answers("东门市场", "M1", "fail", "北门三处流动摊贩占道")
    (finding,) = office.rows(select(findings))
    assert (taken.recorded.findings, finding.type, finding.item, finding.finder) == ([1], "占道经营", "M1", "督查员甲")
    assert (finding.site, finding.unit, finding.method, finding.visit_id) == ("东门市场", "市城管局", "announced", 1)
    assert office.duty().unit == "市城管局"
    again = office.answers("东门市场", "M1", "fail", "北门三处流动摊贩占道")
    assert (again.recorded.answers, again.recorded.findings) == (0, [])
    with pytest.raises(AnswersRefused, match="F1"):
        office.answers("东门市场", "M1", "pass")
    office.cycle()
    office.inbox("城管员").expects("整改通知", about="东门市场", times=1)
    office.ignores_news()


def test_what_cannot_be_is_refused_with_the_reason(office: OfficeHarness) -> None:
    """A site not drawn, an item not on its list, a failure without words, the wrong person, a round that is none."""
    office.starts(scope=Scope(area="城东片区"))
    with pytest.raises(AnswersRefused, match="不属于本轮"):
        office.answers("实验小学", "S1", "pass")
    with pytest.raises(AnswersRefused, match="检查项“S1”"):
        office.answers("东门市场", "S1", "pass")
    with pytest.raises(AnswersRefused, match="写明问题"):
        office.answers("东门市场", "M1", "fail", "  ")
    with pytest.raises(NotASupervisor):
        office.answers("东门市场", "M1", "pass", by="城管员")
    with pytest.raises(NotASupervisor):
        office.starts("另一轮", by="城管局长")
    with pytest.raises(NoSuchRound):
        office.answers("东门市场", "M1", "pass", number=9)
    assert office.rows(select(events).where(events.c.kind == "visit.recorded")) == []
    office.cycle()
    office.ignores_news()


def test_scopes_choose_the_sites(office: OfficeHarness) -> None:
    """By area, type, unit (named short) and indicator; by a level no item of which stands, there is nothing."""
    assert sites(office, office.starts("甲", scope=Scope(area="城西片区")) or 0).keys() == {"实验小学", "西关小学"}
    assert sites(office, office.starts("乙", scope=Scope(site_type="农贸市场")) or 0).keys() == {
        "东门市场",
        "建设路市场",
    }
    assert sites(office, office.starts("丙", scope=Scope(unit="教育局")) or 0).keys() == {"实验小学", "西关小学"}
    monthly = office.starts("丁", level=Level.MONTHLY, scope=Scope(indicator="市场环境"))
    assert sites(office, monthly or 0).keys() == {"东门市场", "建设路市场"}
    assert office.starts("丁", level=Level.MONTHLY) is None  # of that name there is one today
    with pytest.raises(NothingToInspect, match="城东片区、城西片区"):
        office.starts("戊", scope=Scope(area="城北"))
    with pytest.raises(NothingToInspect, match="检查标准"):
        office.starts("己", level=Level.WEEKLY, scope=Scope(indicator="市场环境"))
    with pytest.raises(NoSuchUnit, match="市教育局"):
        office.starts("庚", scope=Scope(unit="教育厅"))
    office.cycle()
    office.ignores_news()


def test_a_special_inspection_goes_in_two_teams(office: OfficeHarness) -> None:
    """专项检查分两组: sites split evenly with neighbours together, supervisors dealt to the teams, both told."""
    number = office.starts("节前专项", method=Method.SPECIAL, teams=2)
    assert sites(office, number or 0) == {
        "东门市场": "第1组", "建设路市场": "第1组", "实验小学": "第2组", "西关小学": "第2组",
    }  # fmt: skip
    office.cycle()
    assert sorted(office.news()) == ["03-02 督查员乙 请检查 DNone", "03-02 督查员甲 请检查 DNone"]


def test_a_supervisor_never_inspects_their_own_unit(office: OfficeHarness) -> None:
    """Whoever belongs to the unit that answers for a site is not sent there, be it in their own area."""
    office.registers(Assignment("site:东门市场", Part.UNIT, "督查组", date(2026, 2, 1)))
    office.inspects()
    assert sites(office)["东门市场"] == "创建办"  # both supervisors are of that unit
    office.cycle()
    office.inbox("创建办主任").expects("请检查")
    office.ignores_news()


def test_the_seed_is_published_and_redoes_the_draw(office: OfficeHarness) -> None:
    """The event holds all it takes: seed, population, strata, sites; the same seed draws the same sites again."""
    office.starts("甲", size=Size(sites=2))
    (event,) = office.rows(select(events.c.data).where(events.c.kind == "round.opened"))
    assert (event.data["population"], sum(taken for *_, taken in event.data["strata"])) == (4, 2)
    office.starts("乙", size=Size(sites=2), seed=event.data["seed"])
    assert sites(office, 1).keys() == sites(office, 2).keys()
    office.cycle()
    office.ignores_news()


def test_meetings_and_talks_are_slots_the_office_holds(office: OfficeHarness) -> None:
    """会商: the office is reminded with the command to note it; nobody else hears of it, and no round is opened."""
    meeting = weekly(key="meeting", label=Text("周会商", "meeting"), occasion=Occasion.MEETING)
    office.adopts(lambda policy: {"cadences": (meeting,)})
    assert office.inspects() == []
    office.cycle()
    assert office.news() == ["03-02 创建办主任 会商 DNone"]
    (notice,) = office.rows(select(notices.c.data).where(notices.c.kind == "slot"))
    assert "duban inspect done meeting 2026-W10" in notice.data["reason"][0]
    office.on("2026-03-09", "08:50")
    assert short(office) == ["meeting 2026-W10"]


def test_a_cadence_without_sites_tells_the_office(office: OfficeHarness) -> None:
    """A scope that fits nothing must not stop the other cadences: the office hears why, and the slot stays undone."""
    nowhere = weekly(key="nowhere", scope=Scope(site_type="车站"))
    office.adopts(lambda policy: {"cadences": (nowhere, weekly())})
    assert office.inspects() == [1]
    office.cycle()
    office.inbox("创建办主任").expects("检查无法开启", times=1)
    office.ignores_news()


def test_closed_findings_are_visited_again(office: OfficeHarness) -> None:
    """回访: the site whose finding was closed last week is drawn first in a round of one."""
    office.finds("东门外占道", site="东门市场")
    office.does("城管员", "report")
    office.does(str(office.duty().rechecker), "close")
    office.on("2026-03-09", "08:50")
    office.starts(size=Size(sites=1), revisited=1.0)
    assert list(sites(office)) == ["东门市场"]
    (event,) = office.rows(select(events.c.data).where(events.c.kind == "round.opened"))
    assert event.data["revisited"] == ["东门市场"]
    office.cycle()
    office.ignores_news()
