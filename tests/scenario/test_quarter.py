"""A quarter of rounds, thirteen weeks in dates: what leaders see of it against what the story itself kept count of."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from documents.inspection_tables import inspection_tables
from rules.finding_figures import Dimension, Period
from rules.finding_measures import Count
from rules.findings import FindingDraft, Source
from rules.inspecting import Cadence, Level, Method, Occasion, Phase, Size
from rules.inspection_week import InspectionWeek, compose_inspection
from rules.language import Language, Text
from rules.measures import Figure
from rules.places import Area, Assignment, Part, Site, StandardItem
from rules.roster import Contact, Person, Roster, Unit
from rules.visits import Answer, Verdict
from store.inspection_reporting import inspection_ledger
from store.inspection_schema import findings, rounds
from store.schema import events
from store.sealing import verify
from store.slots import mark_done
from store.visits import record_answers, round_of, visits_of
from tasks.auditing import seal_ledger
from tests.harness.office import OfficeHarness

FIRST, LAST = date(2026, 3, 30), date(2026, 6, 28)
QUICK, SLOW, NEVER = "市城管局", "市教育局", "市住建局"
KINDS = (("市场", QUICK), ("小学", SLOW), ("小区", NEVER))
DAYS_TO_REPORT = {QUICK: 1, SLOW: 5}
AREAS = ("东片", "西片", "南片")
FAILS_AT = ("东片1市场", "西片1小学", "南片1小区")
LISTED = (date(2026, 3, 31), *(date(2026, month, day) for month in (4, 5, 6) for day in (10, 20, 30)))
NOT_LISTED = date(2026, 4, 20)
LATE_SECRET = date(2026, 5, 6)
"""April's unannounced round is done then, too late."""


def cadence(key: str, rule: str, **more: Any) -> Cadence:
    return Cadence.model_validate({"key": key, "label": Text(key, key), "rule": rule, "revisited": 0.0, **more})


CADENCES = (
    cadence("patrol", "FREQ=DAILY;BYDAY=MO,TU,WE,TH + FREQ=WEEKLY", size=Size(sites=1), level=Level.DAILY),
    cadence("weekly", "FREQ=WEEKLY", size=Size(sites=4)),
    cadence("secret", "FREQ=MONTHLY", method=Method.UNANNOUNCED, level=Level.MONTHLY),
    cadence("listing", "FREQ=MONTHLY;BYMONTHDAY=10,20,-1", occasion=Occasion.LISTING),
    cadence("campaign", "FREQ=DAILY", method=Method.SPECIAL, size=Size(sites=1), level=Level.DAILY,
            phases=(Phase(begins=date(2026, 4, 20), ends=date(2026, 5, 10)),)),
)  # fmt: skip
ASKED = {
    "patrol": 13 * 4 - 3 + 13,  # 清明 6 April, 五一 4 and 5 May are no working days; and one a week
    "weekly": 13,
    "secret": 3,  # March, April, May; June's is not over
    "listing": 9,  # 31 March to 20 June
    "campaign": 5 + 4 + 3 + 1,  # off over 五一, on again on Saturday 9 May, which is worked
}


@dataclass
class Case:
    """One finding of the story, as the story knows it."""

    number: int
    duty: int
    unit: str
    site: str
    found: date
    found_as: str
    method: str
    relapse: bool
    report_on: date | None
    reported: date | None = None
    returns: int = 0
    closed: date | None = None

    @property
    def limit(self) -> date:
        return self.found + timedelta(days=3)


class Story:
    """Who does what on which day; it keeps its own books and asks the ledger nothing."""

    def __init__(self, office: OfficeHarness) -> None:
        self.office = office
        self.cases: list[Case] = []
        self.short: Counter[str] = Counter()
        self.answered = 0
        self._secret: int | None = None

    def goes_by(self) -> None:
        for day in (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)):
            self.office.on(str(day))
            opened = self.office.inspects()
            for case in self.cases:
                self._rectifies(case, day)
            self.office.on(str(day), "11:00")
            for number in opened:
                self._goes(number, day)
            if day == LATE_SECRET and self._secret:
                self._walks(self._secret, day)
            self._lists(day)
            if day.weekday() == 2:
                self._calls(day, (day - FIRST).days // 7)
            if day.weekday() == 0 or day == LAST:
                self.office.cycle()

    def _goes(self, number: int, day: date) -> None:
        (row,) = self.office.rows(select(rounds.c.kind).where(rounds.c.id == number))
        if row.kind == "secret" and day.month == 6:
            return  # still under way when the quarter is over
        if row.kind == "secret" and day.month == 4:
            self._secret = number
            self.short["secret"] += 1
        elif row.kind == "patrol" and day.day % 7 == 0:
            self.short["patrol"] += 1
        else:
            self._walks(number, day)

    def _walks(self, number: int, day: date) -> None:
        self.office._run(self._record(number, day))

    async def _record(self, number: int, day: date) -> None:
        office = self.office.office
        async with office.deciding(self.office.now, self.office.actor("督查员甲")) as (write, book):
            row = await round_of(write.connection, number)
            known = await visits_of(write.connection, row)
            answers = [self._seen(number, visit, code) for visit in known.values() for code in sorted(visit.codes)]
            recorded = await record_answers(write, book, number, answers)
            failed = [one for one in answers if one.verdict is Verdict.FAIL]
            duties_of = dict(tuple(one) for one in await write.connection.execute(
                select(findings.c.id, findings.c.duty_id).where(findings.c.id.in_(recorded.findings))
            ))  # fmt: skip
        for one, finding in zip(failed, recorded.findings, strict=True):
            self._keeps(finding, duties_of[finding], _unit_of(one.site), one.site, day, row.method)

    def _seen(self, number: int, visit: Any, code: str) -> Answer:
        fails = code == "D" and visit.site in FAILS_AT and Random(f"{number}/{visit.site}").random() < 0.6
        return Answer(
            visit.row_key, visit.site, code, Verdict.FAIL if fails else Verdict.PASS, "不合格" if fails else ""
        )

    def _keeps(self, number: int, duty: int, unit: str, site: str, day: date, method: str, found_as: str = "") -> None:
        relapse = any(case.site == site and case.closed for case in self.cases)
        days = DAYS_TO_REPORT.get(unit)
        report_on = day + timedelta(days=days) if days else None
        self.cases.append(Case(number, duty, unit, site, day, found_as or unit, method, relapse, report_on))

    def _rectifies(self, case: Case, day: date) -> None:
        if case.closed or case.report_on is None:
            return
        if day == case.report_on:
            self.office.does("城管员" if case.unit == QUICK else "教育员", "report", duty=case.duty)
            case.reported = day
        elif case.reported and day > case.reported:
            rechecker = self.office.duty(case.duty).rechecker
            if case.number % 3 == 0 and not case.returns:
                self.office.does(rechecker, "return", duty=case.duty, reason="仍在")
                case.returns, case.reported, case.report_on = 1, None, day + timedelta(days=1)
            else:
                self.office.does(rechecker, "close", duty=case.duty)
                case.closed = day

    def _calls(self, day: date, week: int) -> None:
        """A resident calls every Wednesday; every second one is answered at once, the others never."""
        call = FindingDraft(
            Source.HOTLINE, self.office.now, "噪声扰民", "噪声", place=f"热线{week}路", source_key=str(week)
        )
        (number,) = self.office.records(call)
        duty = self.office.decides("accept", number, unit=QUICK)
        self._keeps(number, duty, QUICK, f"热线{week}路", day, "—", found_as="—")
        if week % 2 == 0:
            self.office.decides("answer", number, "已处理")
            self.office.decides("rated", number, week % 4 == 0, True)
            self.answered += 1

    def _lists(self, day: date) -> None:
        if day in LISTED and day != NOT_LISTED:
            self.office._run(self._listed(day))
        self.short["listing"] += day == NOT_LISTED

    async def _listed(self, day: date) -> None:
        key = str(date(2026, 5, 31) if day == date(2026, 5, 30) else day)
        async with self.office.office.deciding(self.office.now, self.office.actor("创建办主任")) as (write, _):
            await mark_done(write, "listing", key)

    def counts(self) -> dict[Count, Counter[str]]:
        due = [case for case in self.cases if case.limit <= LAST]
        in_time = [case for case in due if case.closed and case.reported and case.reported <= case.limit]
        late = [case for case in due if case.reported is None or case.reported > case.limit]
        return {
            Count.FOUND: Counter(case.found_as for case in self.cases),
            Count.RELAPSED: Counter(case.found_as for case in self.cases if case.relapse),
            Count.RETURNED: Counter(case.unit for case in self.cases if case.returns),
            Count.CLOSED: Counter(case.unit for case in self.cases if case.closed),
            Count.DUE: Counter(case.unit for case in due),
            Count.SOLVED_IN_TIME: Counter(case.unit for case in in_time),
            Count.LATE: Counter(case.unit for case in late),
        }


def _unit_of(site: str) -> str:
    return next(unit for kind, unit in KINDS if site.endswith(kind))


@pytest.fixture
def office(office: OfficeHarness) -> OfficeHarness:
    """Twelve sites of three types in three areas; a third unit that never rectifies anything."""
    builder = Person(
        "住建员", "住建员", "科员", "市住建局", superior="分管副市长", contacts=(Contact("inbox", "住建员"),)
    )
    unit = Unit(NEVER, "局", (), "住建员", "住建员", "分管副市长")
    roster = office.roster
    office.on(str(FIRST), "08:30")
    office.appoints(Roster({**roster.units, NEVER: unit}, {**roster.people, "住建员": builder}))
    sites = [(f"{area}{n}{kind}", kind, area, unit) for area, (kind, unit) in zip(AREAS, KINDS, strict=True)
             for n in (1, 2, 3, 4)]  # fmt: skip
    office.registers(
        *(Area(area) for area in AREAS),
        *(Site(key, kind, area) for key, kind, area, _ in sites),
        *(Assignment(f"site:{key}", Part.UNIT, unit, date(2026, 1, 1)) for key, _, _, unit in sites),
        *(StandardItem(kind, code, f"{code}项", f"{kind}问题", level=level)
          for kind, _ in KINDS for code, level in (("D", Level.DAILY), ("M", Level.MONTHLY), ("W", Level.WEEKLY))),
    )  # fmt: skip
    office.adopts(lambda policy: {"cadences": CADENCES})
    return office


async def figures(office: OfficeHarness, first: date = FIRST, last: date = LAST) -> InspectionWeek:
    zone = office.office.settings.zone
    period = Period(datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone))
    async with office.office.store.reading() as connection:
        ledger = await inspection_ledger(connection, office.office.calendar, *period, 1 << 40)
    return compose_inspection(ledger, period)


def as_text(quarter: InspectionWeek) -> str:
    """The quarter's figures as text tables, to be read or quoted."""
    lines = []
    for table in inspection_tables(quarter, Language.ZH):
        lines += ["", table.heading, " | ".join(table.columns)]
        lines += [
            " | ".join(str(cell.value) if isinstance(cell, Figure) else cell for cell in row) for row in table.rows
        ]
    return "\n".join(lines[1:])


def by_unit(quarter: InspectionWeek, count: Count) -> Counter[str]:
    units = quarter.found[Dimension.UNIT]
    return Counter({unit: counts[count].value for unit, counts in units.items() if count in counts})


def test_a_quarter_adds_up(office: OfficeHarness) -> None:
    """Thirteen weeks over 清明 and 五一: figures that add up, shortfalls, re-checkers, the audit, the sealed ledger."""
    story = Story(office)
    story.goes_by()
    quarter = office._run(figures(office))
    assert "缺次" in as_text(quarter)
    for count, kept in story.counts().items():
        assert by_unit(quarter, count) == kept, count
    methods = {key: counts[Count.FOUND].value for key, counts in quarter.found[Dimension.METHOD].items()}
    assert methods == Counter(case.method for case in story.cases)
    total = quarter.total(quarter.found[Dimension.UNIT])
    assert (total[Count.OWED].value, total[Count.ANSWERED_IN_TIME].value) == (12, 6)  # the last call's is due in July
    assert (story.answered, total[Count.ASKED_SATISFIED].value, total[Count.SAID_SATISFIED].value) == (7, 7, 4)
    assert {slot.label.zh: slot.asked.value for slot in quarter.slots} == ASKED
    assert Counter({slot.label.zh: slot.short.value for slot in quarter.slots if slot.short.value}) == story.short
    weeks = [FIRST + timedelta(weeks=week) for week in range(13)]
    told = [office._run(figures(office, monday, monday + timedelta(days=6))) for monday in weeks]
    for count, kept in story.counts().items():
        assert sum((by_unit(week, count) for week in told), Counter()) == kept, count
    everyone_independent(office)
    assert min(kept.total() for kept in story.counts().values()) > 0  # nothing above is true for want of cases
    assert office.breaches() == office.uninspected() == []
    office._run(seal_ledger.fn(office.office, office.now))
    assert office._run(verified(office)).broken is None
    office.ignores_news()


def everyone_independent(office: OfficeHarness) -> None:
    """Whoever closed or returned a rectification neither found it nor belongs to its unit."""
    query = select(events.c.subject, events.c.actor).where(events.c.kind.in_(("duty.close", "duty.return")))
    by_duty = {row.duty_id: row for row in office.rows(select(findings.c.duty_id, findings.c.finder, findings.c.unit))}
    for subject, actor in office.rows(query):
        found = by_duty[int(subject.removeprefix("duty:"))]
        assert actor != found.finder and office.roster.people[actor].unit != found.unit


async def verified(office: OfficeHarness) -> Any:
    async with office.office.store.reading() as connection:
        return await verify(connection)
