"""People move (人员调整): places are imported again with other holders, and earlier days keep theirs."""

from datetime import date, timedelta

from sqlalchemy import func, select

from rules.findings import FindingDraft, Source
from rules.place_matrix import matrix
from rules.places import Area, Assignment, Part, Places, Site
from store.schema import events
from tests.harness.office import OfficeHarness


def market(office: OfficeHarness, unit: str | None = "市城管局") -> Places:
    """One market in an area of the education bureau; `unit` is named for the market itself."""
    today = office.now.date()
    named = [Assignment("area:城东", Part.UNIT, "市教育局", today)]
    named += [Assignment("site:建设路市场", Part.UNIT, unit, today)] if unit else []
    return Places({"城东": Area("城东")}, {"建设路市场": Site("建设路市场", "农贸市场", "城东")}, (), named)


def unit_on(office: OfficeHarness, day: str) -> tuple[str, ...]:
    return office.places().holders("建设路市场", Part.UNIT, date.fromisoformat(day))


def test_earlier_days_keep_their_holders(office: OfficeHarness) -> None:
    """From the day of the import the new unit answers, for the days before it the old one, and then nobody's but the
    area's; the ledger tells each hand-over."""
    office.on("2026-03-02").lists(market(office))
    changed = office.on("2026-03-16").lists(market(office, "创建办"))
    assert changed == {"assignment.ended": 1, "assignment.begun": 1}
    office.on("2026-03-30").lists(market(office, None))
    days = ("2026-03-01", "2026-03-02", "2026-03-15", "2026-03-16", "2026-03-29", "2026-03-30")
    assert [unit_on(office, day) for day in days] == [
        (), ("市城管局",), ("市城管局",), ("创建办",), ("创建办",), ("市教育局",),
    ]  # fmt: skip
    seat = matrix(office.places(), date(2026, 3, 30)).rows[-1].seats[Part.UNIT]
    assert (seat.holders, seat.via) == (("市教育局",), "城东")
    told = office.rows(select(events).where(events.c.subject == "site:建设路市场").order_by(events.c.id))
    assert [(event.kind, event.data.get("holder"), event.data.get("until")) for event in told] == [
        ("site.added", None, None),
        ("assignment.begun", "市城管局", None),
        ("assignment.ended", "市城管局", "2026-03-15"),
        ("assignment.begun", "创建办", None),
        ("assignment.ended", "创建办", "2026-03-29"),
    ]
    assert {event.actor for event in told} == {"创建办主任"}


def test_a_finding_goes_to_the_holder_of_its_day(office: OfficeHarness) -> None:
    """A case of last Friday that reaches the office on Monday is the business of last Friday's unit."""
    office.on("2026-03-02").lists(market(office))
    office.on("2026-03-16").lists(market(office, "市教育局"))
    friday = office.now - timedelta(days=3)
    case = FindingDraft(Source.HOTLINE, friday, "占道", "占道经营", site="建设路市场", source_key="1")
    office.records(case)
    office.finds("学校门口占道")
    assert [office.finding(number).unit for number in (1, 2)] == ["市城管局", "市教育局"]
    office.ignores_news()
    office.cycle()
    office.ignores_news()


def test_the_same_list_again_changes_nothing(office: OfficeHarness) -> None:
    """An import repeated the same day or later writes no row and no event."""
    office.on("2026-03-02").lists(market(office))
    before = office.rows(select(func.count()).select_from(events))
    for day in ("2026-03-02", "2026-03-09"):
        assert not office.on(day).lists(market(office))
    assert office.rows(select(func.count()).select_from(events)) == before
