"""From a problem seen to its rectification closed: queue, triage, re-check by lot, relapse; told in dates."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from rules.findings import FindingDraft, Source
from rules.lifecycle import NotAllowed
from rules.offsets import Offset
from rules.places import Area, Assignment, Part, Site
from rules.policy import Limit, Owner, Policy, Severity
from rules.roster import Roster
from rules.triage import FindingNotAllowed
from store.findings import UnusableFinding
from store.inspection_schema import findings
from store.schema import duties, events
from tests.harness.office import OfficeHarness

day = date.fromisoformat
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def office(office: OfficeHarness) -> OfficeHarness:
    """A market that the city management bureau answers for, on an ordinary Tuesday."""
    office.on("2026-03-03", "10:00").registers(
        Area("城东片区"),
        Site("建设路市场", "农贸市场", "城东片区"),
        Assignment("site:建设路市场", Part.UNIT, "市城管局", day("2026-01-01")),
        Assignment("area:城东片区", Part.UNIT, "市教育局", day("2026-01-01")),
    )
    return office


def due(office: OfficeHarness, duty: int = 1) -> str:
    return f"{office.duty(duty).due_at.astimezone(SHANGHAI):%m-%d %H:%M}"


def told(office: OfficeHarness, kind: str) -> list[dict[str, object]]:
    """What events of a kind tell, in order."""
    return [row.data for row in office.rows(select(events.c.data).where(events.c.kind == kind).order_by(events.c.id))]


def resident(office: OfficeHarness, case: str, text: str = "门口占道经营堵路", **more: object) -> FindingDraft:
    told = {"place": "建设路市场", "type": "占道经营", **more}
    return FindingDraft(Source.HOTLINE, office.now, text, source_key=case, **told)  # type: ignore[arg-type]


def reported(office: OfficeHarness, number: int = 1) -> str:
    """The unit reports the rectification done; who was drawn to re-check it."""
    office.does("城管员", "report", duty=number)
    return str(office.duty(number).rechecker)


# Recording and routing


def test_what_a_round_finds_is_the_units_at_once(office: OfficeHarness) -> None:
    """督查发现: a duty of the unit answerable for the site, limited by severity, its notice out in the same hour."""
    office.finds("东门外三处流动摊贩")
    office.cycle()
    assert office.news() == ["03-03 城管员 整改通知 D1"]
    assert (office.duty().unit, due(office), office.duty().ladder) == ("市城管局", "03-06 23:59", "rectification")
    assert "问题 F1（督查检查）" in office.last_message_to("城管员")
    assert office.finding().state == "accepted"


def test_what_must_be_done_at_once_goes_out_at_night(office: OfficeHarness) -> None:
    """立行立改: two working hours, counted from the next morning; its notice waits for none."""
    office.on("2026-03-03", "21:00").finds("井盖缺失", type="安全隐患", severity=Severity.URGENT)
    office.finds("墙面小广告", type="小广告", severity=Severity.ROUTINE)
    office.cycle()
    assert office.news() == ["03-03 城管员 整改通知 D1"]
    assert (due(office, 1), due(office, 2)) == ("03-04 10:30", "03-10 23:59")
    office.passes(days=1)
    assert "03-04 城管员 整改通知 D2" in office.news()


def test_limits_follow_the_policys_types_over_a_holiday(office: OfficeHarness) -> None:
    """占道 within three working days, found on the eve of 国庆 2026: 8, 9 and Saturday 10 October are worked."""
    rules = (Limit(type="占道*", offset=Offset.parse("P3WD")), Limit(offset=Offset.parse("P7D")))
    office.adopts(lambda policy: {"findings": policy.findings.model_copy(update={"limits": rules})})
    office.on("2026-09-30").finds()
    office.finds("积水", type="积水")
    assert (due(office, 1), due(office, 2)) == ("10-10 23:59", "10-07 23:59")
    office.ignores_news()


def test_a_limit_over_the_year_end_is_provisional(office: OfficeHarness) -> None:
    """Next year's calendar is not published: the time limit says so (promise 6)."""
    rules = (Limit(offset=Offset.parse("P3WD")),)
    office.adopts(lambda policy: {"findings": policy.findings.model_copy(update={"limits": rules})})
    office.on("2030-12-30").finds()
    assert (due(office), office.duty().provisional) == ("01-02 23:59", True)
    office.ignores_news()


def test_who_answers_is_who_did_on_that_day(office: OfficeHarness) -> None:
    """Named in the report; else the site's, else the area's unit, else by type; else the office has to say."""
    owners = (Owner(type="噪声*", unit="教育局"),)
    office.adopts(lambda policy: {"findings": policy.findings.model_copy(update={"owners": owners})})
    office.registers(Site("东风小区", "小区", "城东片区"))
    for site, more in (
        ("建设路市场", {}),
        ("东风小区", {}),
        (None, {"place": "城东片区某街角"}),
        (None, {"place": "火车站"}),
    ):
        office.finds(site=site, **more)
    office.finds(place="某工地", type="噪声扰民")
    office.finds(unit="市教育局")
    office.finds(source="self_check", by="城管员", unit="市城管局", type="自查")
    units = [row.unit for row in office.rows(select(findings.c.unit).order_by(findings.c.id))]
    assert units == ["市城管局", "市教育局", "市教育局", None, "市教育局", "市教育局", "市城管局"]
    assert told(office, "finding.recorded")[1]["routed_by"][0] == "点位责任单位"  # type: ignore[index]
    assert office.finding(4).state == "new"
    office.passes(days=1)
    office.inbox("创建办主任").expects("待受理问题", about="火车站", times=1)
    office.ignores_news()


def test_an_unusable_finding_is_refused_whole(office: OfficeHarness) -> None:
    """The good one beside it is not recorded either: nothing half-written, and the reason says what is missing."""
    good = {"source": Source.ROUND, "found_at": office.now, "text": "乱堆", "type": "乱堆放", "place": "建设路市场"}
    for wrong, what in (
        ({"text": "  "}, "缺少内容"),
        ({"type": ""}, "缺少类型"),
        ({"place": " "}, "缺少点位或地点"),
        ({"site": "建设路市常"}, "相近的有：建设路市场"),
        ({"found_at": office.now + timedelta(minutes=1)}, "发现时间晚于现在"),
    ):
        with pytest.raises(UnusableFinding, match=what):
            office.records(FindingDraft(**good), FindingDraft(**{**good, **wrong}))  # type: ignore[arg-type]
    assert office.rows(select(findings.c.id)) == office.rows(select(duties.c.id)) == []


# Residents


def test_what_residents_report_waits_for_the_office(office: OfficeHarness) -> None:
    """12345: one notice for all, accepted by the office, its owner known from the place in words."""
    office.records(resident(office, "A1"), resident(office, "A2", "夜市油烟", place="人民路"))
    office.cycle()
    assert office.news() == ["03-03 创建办主任 待受理问题 DNone"]
    assert office.finding(1).site == "建设路市场"
    assert office.decides("accept", 1) == 1
    with pytest.raises(FindingNotAllowed, match="还没有责任单位，请指定"):
        office.decides("accept", 2)
    office.decides("accept", 2, unit="教育局", severity=Severity.URGENT)
    office.cycle()
    assert office.news() == ["03-03 城管员 整改通知 D1", "03-03 教育员 整改通知 D2"]
    assert due(office, 2) == "03-03 12:00"


def test_importing_again_changes_nothing(office: OfficeHarness) -> None:
    """The same case number of the same source is the same finding, in one file as in two."""
    first = office.records(resident(office, "A1"), resident(office, "A1"), resident(office, "A2"))
    before = len(office.rows(select(events.c.id)))
    assert first == office.records(resident(office, "A1"), resident(office, "A1", "改了字"), resident(office, "A2"))
    assert (first, len(office.rows(select(events.c.id)))) == ([1, 1, 2], before)
    office.ignores_news()


def test_nobodys_number_is_kept(office: OfficeHarness) -> None:
    """A telephone number in the words is nowhere afterwards: not in the row, the ledger or a notice."""
    office.records(resident(office, "A1", "店主电话１３８12345678，证件110101199003071234，座机010-66554433"))
    office.decides("accept", 1)
    office.cycle()
    rows = [*office.rows(select(findings)), *office.rows(select(events))]
    everything = str(rows) + office.last_message_to("城管员")
    assert not any(number in everything for number in ("12345678", "199003071234", "66554433"))
    assert office.finding().text == "店主电话［号码略］，证件［号码略］，座机［号码略］"
    office.ignores_news()


def test_a_likely_duplicate_is_proposed_and_a_person_merges_it(office: OfficeHarness) -> None:
    """疑似重复: nothing is merged by itself; merged by the office, its duty goes and its reporter is still answered."""
    office.finds("市场门口占道经营堵路")
    office.records(resident(office, "A1", "建设路市场门口占道经营，堵路"), resident(office, "A2", "井盖坏了"))
    assert [office.finding(number).resembles for number in (1, 2, 3)] == [None, 1, None]
    assert office.finding(2).state == "new"
    office.decides("accept", 2)
    office.decides("merge", 2, 1)
    assert (office.finding(2).duplicate_of, office.duty(2).state) == (1, "withdrawn")
    office.decides("answer", 1, "已清理")
    assert office.finding(2).answered_at and office.finding(1).answered_at is None
    office.ignores_news()


def test_a_merge_needs_another_finding_that_stands(office: OfficeHarness) -> None:
    """Not into itself, and not into one that was merged away: no circle, no chain."""
    office.records(*(resident(office, case) for case in ("A1", "A2", "A3")))
    office.decides("merge", 2, 1)
    for number, into in ((1, 1), (3, 2), (1, 2)):
        with pytest.raises(FindingNotAllowed, match="不能作为主案"):
            office.decides("merge", number, into)
    with pytest.raises(FindingNotAllowed, match="已并案"):
        office.decides("accept", 2)
    office.decides("merge", 1, 3)
    assert office.finding(2).duplicate_of == 3
    office.ignores_news()


def test_the_office_is_reminded_until_it_has_triaged_and_answered(office: OfficeHarness) -> None:
    """Triage within a working day, an answer within five, then every two: nobody who reported is forgotten."""
    office.records(resident(office, "A1"))
    office.until("2026-03-06")
    assert office.news() == [
        "03-04 创建办主任 待受理问题 DNone",
        "03-04 创建办主任 请受理问题 DNone",
        "03-06 创建办主任 请受理问题 DNone",
    ]
    office.decides("refuse", 1, "属供电公司，已转")
    office.until("2026-03-12")
    assert office.news() == ["03-10 创建办主任 请答复反映人 DNone", "03-12 创建办主任 请答复反映人 DNone"]
    office.decides("answer", 1, "已转供电公司，电话95598")
    office.decides("rated", 1, True)
    office.passes(weeks=1)
    assert office.news() == []
    assert [event["satisfied"] for event in told(office, "finding.rated")] == [True]


def test_only_the_office_decides_about_the_queue(office: OfficeHarness) -> None:
    """A unit cannot refuse what is its own, nor hand it on (首接负责)."""
    office.records(resident(office, "A1"))
    for what, given in (("refuse", ("不归我",)), ("hand_over", ("市教育局", "不归我")), ("accept", ())):
        with pytest.raises(FindingNotAllowed, match="只有创建办"):
            office.decides(what, 1, *given, by="城管局长")
    office.decides("hand_over", 1, "市教育局", "权属在教育局")
    office.decides("accept", 1)
    assert office.duty().unit == "市教育局"
    office.ignores_news()


def test_a_handed_over_rectification_starts_afresh(office: OfficeHarness) -> None:
    """移交 of an accepted one: the duty goes along, with a new episode and the full time limit for the new owner."""
    office.finds()
    office.does("城管员", "accept")
    office.until("2026-03-06").does("城管员", "dispute", reason="属教育局")
    office.decides("hand_over", 1, "市教育局", "异议成立")
    assert (office.finding().unit, office.duty().unit, office.duty().episode) == ("市教育局", "市教育局", 2)
    assert due(office) == "03-09 23:59"
    office.ignores_news()


# Rectification


def test_silence_on_a_rectification_climbs_within_days(office: OfficeHarness) -> None:
    """整改 nobody accepts, due on Friday: the leader hears after two working days, the main leader after five."""
    office.finds()
    office.until("2026-03-20")
    assert [step for _, step in office.steps()] == [
        "accept_reminder", "accept_urge", "reminder_1", "overdue", "blue", "yellow", "red", "talk",
    ]  # fmt: skip
    office.inbox("分管副市长").expects("黄色督办单", times=1)
    office.ignores_news()


def test_the_whole_loop_with_a_return(office: OfficeHarness) -> None:
    """Reported, re-checked by the one drawn, returned as repeat order 1 with a new limit, reported again, closed."""
    office.finds(by="督查员甲")
    office.does("城管员", "accept")
    office.until("2026-03-05").news()
    drawn = reported(office)
    assert drawn in {"督查员乙", "创建办主任"}
    office.passes(days=1)
    assert office.news() == [f"03-06 {drawn} 请复查 D1"]
    office.does(drawn, "return", reason="摊位仍在")
    assert (office.duty().returns, office.duty().episode, due(office)) == (1, 2, "03-09 23:59")
    office.passes(days=1).passes(days=2)
    assert office.news() == ["03-09 城管员 退回返工 D1", "03-09 城管局长 退回返工 D1"]
    assert "第 1 次返工：摊位仍在" in office.last_message_to("城管员")
    drawn = reported(office)
    office.does(drawn, "close")
    office.passes(weeks=2)
    assert office.news() == [f"03-10 {drawn} 请复查 D1", "03-10 城管员 核验销号 D1"]
    assert [event["episode"] for event in told(office, "recheck.drawn")] == [1, 2]


def test_nobody_else_re_checks(office: OfficeHarness) -> None:
    """Promise 8: neither who found it, nor the unit, nor anyone the lot did not fall on."""
    office.finds(by="督查员甲")
    drawn = reported(office)
    (other,) = {"督查员乙", "创建办主任"} - {drawn}
    for person in ("督查员甲", other, "城管员"):
        with pytest.raises(NotAllowed, match=f"只有抽定的复查人（{drawn}）可以办理"):
            office.does(person, "close")
    office.does(drawn, "close")
    office.ignores_news()


def test_a_re_checker_who_cannot_come_is_drawn_anew(office: OfficeHarness) -> None:
    """The office gives a reason; whoever was drawn before is out, and when nobody is left the office appoints."""
    office.finds(by="督查员甲")
    first = reported(office)
    office.does("创建办主任", "redraw", reason="出差")
    (second,) = {"督查员乙", "创建办主任"} - {first}
    assert office.duty().rechecker == second
    office.does("创建办主任", "redraw", reason="生病")
    assert office.duty().rechecker is None
    with pytest.raises(NotAllowed, match="尚未确定"):
        office.does(second, "close")
    office.cycle()
    office.inbox("创建办主任").expects("请指定复查人", times=1)
    for wrong in ("城管局长", "督查员甲", "查无此人"):
        with pytest.raises(NotAllowed, match="复查人须在名册中"):
            office.does("创建办主任", "appoint", reason="人手不足", person=wrong)
    office.does("创建办主任", "appoint", reason="人手不足", person="教育局长")
    office.does("教育局长", "close")
    assert office.duty().state == "closed"
    office.ignores_news()


def test_whoever_found_a_merged_one_does_not_re_check_either(office: OfficeHarness) -> None:
    """Two supervisors found the same: neither verifies it, nor a part split off it."""
    office.finds(by="督查员甲")
    office.finds(by="督查员乙")
    office.cycle()
    office.inbox("创建办主任").expects("疑似重复，请核对", times=1)
    office.decides("merge", 2, 1)
    office.does("城管员", "split", title="东门", unit="市教育局", due=day("2026-03-05"))
    office.does("教育员", "report", duty=3)
    assert office.duty(3).rechecker == "创建办主任"
    office.does("创建办主任", "close", duty=3)
    assert reported(office) == "创建办主任"
    office.ignores_news()


def test_a_rechecker_who_is_silent_is_reminded(office: OfficeHarness) -> None:
    """The unit has done its part; whoever was drawn is asked again after one, two and five working days."""
    office.finds(by="督查员甲")
    office.cycle()
    office.news()
    drawn = reported(office)
    office.until("2026-03-20")
    assert office.news() == [
        f"03-04 {drawn} 请复查 D1",
        f"03-05 {drawn} 请核验销号 D1",
        f"03-09 {drawn} 请核验销号 D1",
        f"03-12 {drawn} 请核验销号 D1",
    ]


def test_what_a_unit_asks_for_is_the_offices_to_decide(office: OfficeHarness) -> None:
    """延期、挂账、异议 on a rectification: the unit asks, only the office grants, and its clock rests meanwhile."""
    later = {"due": day("2026-03-20")}
    wishes = [("ask_extension", "extend", later), ("ask_suspension", "suspend", later), ("dispute", "withdraw", {})]
    for duty, (asks, _, given) in enumerate(wishes, start=1):
        office.finds()
        office.does("城管员", "accept", duty=duty)
        office.does("城管员", asks, duty=duty, reason="等材料", **given)
    office.until("2026-03-12")
    for duty, (_, decides, given) in enumerate(wishes, start=1):
        assert [step.split("@")[0] for _, step in office.steps(duty)] == ["answer_request", "answer_request_2"]
        with pytest.raises(NotAllowed, match="只有创建办"):
            office.does("城管局长", decides, duty=duty, reason="同意", **given)
        office.does("创建办主任", decides, duty=duty, reason="同意", **given)
        assert office.duty(duty).pending is None
    office.ignores_news()


# Relapse


def closes(office: OfficeHarness, number: int) -> None:
    office.does(reported(office, number), "close", duty=number)
    office.cycle()


def test_what_comes_back_within_the_window_is_a_relapse(office: OfficeHarness) -> None:
    """回潮: linked to the one closed, weighs double, climbs faster, and the notice says so; a third is linked on."""
    office.finds()
    closes(office, 1)
    office.ignores_news()
    office.on("2026-04-20").finds()
    assert (office.finding(2).relapse_of, office.finding(2).weight, office.duty(2).ladder) == (1, 2, "relapse")
    office.cycle()
    assert office.news() == ["04-20 城管员 回潮整改通知 D2"]
    assert "与已销号的问题 F1 相同" in office.last_message_to("城管员")
    office.finds(type="乱堆放")
    office.finds(place="建设路市场北侧")
    office.records(resident(office, "A1", place="建设路市场", type="其他"))
    assert [office.finding(number).relapse_of for number in (3, 4, 5)] == [None, None, None]
    duty = office.decides("accept", 5, type_="占道经营")
    assert (office.finding(5).relapse_of, office.duty(duty).ladder) == (1, "relapse")
    office.ignores_news()


def test_what_comes_back_later_is_new(office: OfficeHarness) -> None:
    """Ninety days after it was closed it is no relapse, and one found before it was closed never was."""
    office.finds()
    closes(office, 1)
    office.finds(found_at=office.now - timedelta(hours=2))
    assert office.finding(2).relapse_of is None
    closes(office, 2)
    office.on("2026-06-02").finds()
    assert office.finding(3).relapse_of is None
    office.ignores_news()


def test_a_place_in_words_relapses_too(office: OfficeHarness) -> None:
    """Where no site is registered the same words name the same place."""
    office.finds(place="人民路 12 号门前", unit="市城管局")
    closes(office, 1)
    office.on("2026-03-10").finds(place="人民路12号门前", unit="市城管局")
    assert office.finding(2).relapse_of == 1
    office.ignores_news()


def test_a_policy_from_before_findings_supervises_them_by_its_standard_ladder(office: OfficeHarness) -> None:
    """An office that never adopted the new ladders is not stopped by it."""
    office.adopts(lambda policy: {"ladders": {"standard": policy.ladders["standard"]}, "ladder_of": {}})
    office.finds()
    assert office.duty().ladder == "standard"
    assert Policy.model_validate({"ladders": {"standard": []}}).findings.limits
    office.ignores_news()


def test_the_office_hears_in_the_place_of_a_re_checker_who_left(office: OfficeHarness) -> None:
    """Drawn, then gone from the roster: the reminder goes to the office, which draws anew and has to appoint."""
    office.finds(by="督查员甲")
    office.does("创建办主任", "report")
    drawn = office.duty().rechecker
    assert drawn == "督查员乙"  # the only one who neither found nor reported it
    office.passes(days=1).ignores_news()
    people = {key: person for key, person in office.roster.people.items() if key != drawn}
    office.appoints(Roster(office.roster.units, people))
    office.passes(days=1)
    assert office.news() == ["03-05 创建办主任 请核验销号 D1"]
    office.does("创建办主任", "redraw", reason="已调离")
    office.passes(days=1)
    assert office.news() == ["03-06 创建办主任 请指定复查人 D1"]
