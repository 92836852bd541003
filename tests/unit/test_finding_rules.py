"""The pure rules of findings: likeness, duplicates, relapse, numbers taken out, limits, places."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError

from rules.duplicates import Resemblance, resembled, same_place
from rules.evidence import may_see
from rules.findings import FindingDraft, Sighting, Source
from rules.lifecycle import Actor
from rules.likeness import likeness
from rules.offsets import Offset
from rules.places import Area, Assignment, Part, Places, Site
from rules.policy import FindingRules, Limit, Severity, default_policy
from rules.privacy import names_a_person, without_numbers
from rules.relapse import Closed, relapse_of
from rules.roster import Role, Roster, Unit
from rules.roster_index import RosterIndex
from rules.routing import Router

NOON = datetime(2026, 3, 3, 4, tzinfo=UTC)
WEEK = timedelta(days=7)


def seen(number: int = 1, text: str = "门口占道经营", days: float = 0, **more: object) -> Sighting:
    told = {"type": "占道经营", "site": "建设路市场", **more}
    return Sighting(number, NOON + timedelta(days=days), text=text, **told)  # type: ignore[arg-type]


# Likeness and duplicates


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("门口占道经营", "门口占道经营！", 1, 1),  # only the punctuation differs
        ("Ａ区垃圾 满溢", "a区垃圾满溢", 1, 1),  # width, capitals, spaces
        ("市场门口占道经营，堵路", "建设路市场门口有占道经营的，路堵了", 0.5, 0.8),
        ("市场门口占道经营", "夜间施工噪声", 0, 0),
        ("", "", 0, 0),  # nothing said is nothing alike
        ("脏", "脏", 1, 1),  # too short for a pair
        ("脏", "乱", 0, 0),
    ],
)
def test_how_alike_two_wordings_are(one: str, other: str, least: float, most: float) -> None:
    """The same problem in other words shares pairs of characters; another problem shares none."""
    assert least <= likeness(one, other) <= most
    assert likeness(one, other) == likeness(other, one)


def test_the_likest_of_several_is_proposed() -> None:
    """Of two earlier ones the one whose wording is nearer, and by how much."""
    earlier = [seen(1, "门口占道经营两处"), seen(2, "门口占道经营"), seen(3, "地面积水")]
    assert resembled(seen(4), earlier, WEEK, 0.4) == Resemblance(2, 1.0)


@pytest.mark.parametrize(
    "earlier",
    [
        seen(type="乱堆放"),
        seen(site="东风市场"),
        seen(days=-8),
        seen(text="三轮车乱停"),
        seen(visit=5),  # the same inspector wrote them down as two
    ],
    ids=["type", "place", "time", "wording", "visit"],
)
def test_what_tells_two_problems_apart(earlier: Sighting) -> None:
    """One difference that matters is enough to propose nothing."""
    assert resembled(seen(2, visit=5), [earlier], WEEK, 0.4) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("建设路市场东门", "建设路市场东门外", True),
        ("人民路 12 号", "人民路１２号", True),
        ("人民路 12 号", "东风小区北门", False),
        ("", "人民路", False),
    ],
)
def test_places_in_words(one: str, other: str, same: bool) -> None:
    """Without a registered site the words decide, and no words decide nothing."""
    assert same_place(seen(site=None, place=one), seen(site=None, place=other)) is same


def test_a_site_and_words_that_name_it() -> None:
    """A resident writes where it is, an inspector knows the site: both mean one place."""
    assert same_place(seen(site="建设路市场"), seen(site=None, place="城东建设路市场东门"))


# Relapse


def test_the_last_closing_counts() -> None:
    """Closed twice before: the new one repeats the later."""
    closed = [Closed(seen(number), NOON - timedelta(days=ago)) for number, ago in ((1, 60), (2, 10), (3, 30))]
    assert relapse_of(seen(9), closed, NOON - timedelta(days=90)) == 2


@pytest.mark.parametrize(("ago", "found"), [(90, 1), (91, None), (0, None), (-1, None)])
def test_the_window_of_a_relapse(ago: int, found: int | None) -> None:
    """From the first instant of the window to just before it was found again; never before it was closed."""
    closed = [Closed(seen(1), NOON - timedelta(days=ago))]
    assert relapse_of(seen(9), closed, NOON - timedelta(days=90)) == found


# Numbers


@pytest.mark.parametrize(
    "number",
    [
        "13812345678", "138 1234 5678", "138-1234-5678", "+86 13812345678", "１３８１２３４５６７８",
        "010-66554433", "(0512)66554433", "110101199003071234", "11010119900307123X",
    ],
)  # fmt: skip
def test_numbers_of_people_are_taken_out(number: str) -> None:
    """However they are written, with what stands around them left as it was."""
    assert names_a_person(number)
    assert without_numbers(f"（请）联系，{number}。") == "（请）联系，［号码略］。"


@pytest.mark.parametrize(
    "kept", ["人民路138号", "2026-03-03 10:30", "案件 20260303000123456", "12345 热线", "罚 5000 元"]
)
def test_other_numbers_stay(kept: str) -> None:
    """House numbers, dates, case numbers and hotlines name nobody."""
    assert without_numbers(kept) == kept


# Limits


@pytest.mark.parametrize(
    ("type_", "severity", "limit"),
    [
        ("占道经营", Severity.URGENT, "PT2WH"),
        ("占道经营", Severity.IMPORTANT, "P3D"),
        ("占道经营", Severity.ROUTINE, "P7D"),
    ],
)
def test_the_limits_an_office_starts_with(type_: str, severity: Severity, limit: str) -> None:
    """立行立改、3 日、7 日."""
    assert str(default_policy().findings.limit_of(type_, severity)) == limit


def test_the_first_limit_that_covers_a_finding_is_its_limit() -> None:
    """A type's own rule before the general one; a pattern covers types that begin alike."""
    rules = FindingRules(
        limits=(
            Limit(type="占道*", severity=Severity.URGENT, offset=Offset.parse("PT1WH")),
            Limit(type="占道*", offset=Offset.parse("P1WD")),
            Limit(offset=Offset.parse("P7D")),
        )
    )
    found = [str(rules.limit_of(*one)) for one in (("占道停车", Severity.URGENT), ("占道停车", Severity.ROUTINE),
                                                   ("积水", Severity.URGENT))]  # fmt: skip
    assert found == ["PT1WH", "P1WD", "P7D"]


@pytest.mark.parametrize(
    ("limits", "said"),
    [([], "兜底"), ([{"type": "占道*", "offset": "P3D"}], "兜底"), ([{"offset": "-P3D"}], "在今后")],
)
def test_limits_that_leave_a_finding_without_one_are_refused(limits: list[dict[str, str]], said: str) -> None:
    """When the policy is adopted, not when the first such finding comes."""
    with pytest.raises(ValidationError, match=said):
        FindingRules.model_validate({"limits": limits})


# Places and routing


def test_who_answers_is_read_for_the_day() -> None:
    """A site changed hands on 1 March: a finding of February is the old unit's; two holders leave it to the office."""
    places = Places(
        areas={"片区": Area("片区", parent="街道"), "街道": Area("街道")},
        sites={"甲": Site("甲", "小区", "片区"), "乙": Site("乙", "小区", "片区")},
        assignments=[
            Assignment("site:甲", Part.UNIT, "旧局", date(2026, 1, 1), date(2026, 2, 28)),
            Assignment("site:甲", Part.UNIT, "新局", date(2026, 3, 1)),
            Assignment("area:街道", Part.UNIT, "街道办", date(2026, 1, 1)),
            Assignment("area:片区", Part.UNIT, "新局", date(2026, 4, 1)),
            Assignment("area:片区", Part.UNIT, "旧局", date(2026, 4, 1)),
        ],
    )
    roster = Roster(units={name: Unit(name) for name in ("旧局", "新局", "街道办")})
    router = Router(places, RosterIndex(roster), FindingRules())
    routed = [
        router.route(FindingDraft(Source.ROUND, NOON, "脏", "脏乱", site=site, place=place), date(2026, *day)).unit
        for site, place, day in (
            ("甲", "", (2, 28)), ("甲", "", (3, 1)), ("乙", "", (3, 1)), (None, "片区后街", (3, 1)), ("乙", "", (4, 1)),
        )
    ]  # fmt: skip
    assert routed == ["旧局", "新局", "街道办", "街道办", None]


# Evidence


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        (Actor("城管员", "市城管局"), True),
        (Actor("教育员", "市教育局"), False),
        (Actor("教育局长", "市教育局"), True),  # drawn to re-check it
        (Actor("督查员甲", "督查组", frozenset({Role.SUPERVISOR})), True),
        (Actor("分管副市长", None, frozenset({Role.LEADER})), False),
        (Actor("路人", None), False),
    ],
)
def test_who_sees_a_file(actor: Actor, sees: bool) -> None:
    """Promise 8: own unit, who re-checks, supervisors, the office; nobody of another unit."""
    assert may_see(actor, {"市城管局"}, {"教育局长"}) is sees
