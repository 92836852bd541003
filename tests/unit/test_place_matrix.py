"""The matrix of responsibility (责任矩阵) and hand-overs (交接): who holds what on a day, and what nobody holds."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from documents.matrix_xlsx import write_matrix_xlsx
from duban.site_words import matrix_lines
from rules.handover import hand_over
from rules.language import Language
from rules.place_matrix import matrix
from rules.places import Area, Assignment, Part, Places, Site

MONDAY = date(2026, 3, 2)
YEAR = date(2026, 1, 1)


def named(place: str, part: Part, holder: str, since: date = YEAR, until: date | None = None) -> Assignment:
    return Assignment(place, part, holder, since, until)


PLACES = Places(
    areas={"城东": Area("城东", "片区"), "向阳": Area("向阳", "社区", "城东"), "城西": Area("城西")},
    sites={
        "=A市场": Site("=A市场", "市场", "向阳"),
        "独立窗口": Site("独立窗口", "窗口"),
    },
    assignments=(
        named("area:城东", Part.UNIT, "城管局"),
        named("area:城东", Part.SUPERVISOR, "甲"),
        named("area:向阳", Part.SUPERVISOR, "乙", until=MONDAY),
        named("site:=A市场", Part.LEADER, "王"),
        named("site:独立窗口", Part.UNIT, "审批局"),
    ),
)


def said(on: date, roster: set[str] | None = None) -> list[str]:
    return [line.zh for line in matrix_lines(matrix(PLACES, on, roster))]


def test_each_place_says_who_holds_what_and_from_where() -> None:
    """Areas as a tree with their sites; what is taken over names the area; what nobody holds is counted."""
    assert said(MONDAY) == [
        "责任矩阵 2026-03-02",
        "城东（片区）：责任单位 城管局；督查员 甲",
        "  向阳（社区）：责任单位 城管局（城东）；督查员 乙",
        "    =A市场（市场）：责任单位 城管局（城东）；行业主管单位 空缺；包保领导 王；督查员 乙（向阳）",
        "城西：责任单位 空缺；督查员 空缺",
        "独立窗口（窗口）：责任单位 审批局；行业主管单位 空缺；包保领导 空缺；督查员 空缺",
        "空缺 6 处：责任单位 1，行业主管单位 2，包保领导 1，督查员 2。",
    ]


def test_the_day_decides() -> None:
    """From Tuesday 乙 is gone and the supervisor of the area around takes over."""
    assert "  向阳（社区）：责任单位 城管局（城东）；督查员 甲（城东）" in said(MONDAY + timedelta(days=1))


def test_who_left_the_roster_leaves_a_vacancy() -> None:
    """A name on paper that nobody carries any more is no responsibility."""
    lines = said(MONDAY, {"城管局", "审批局", "甲", "乙"})
    assert "包保领导 空缺（王 已不在名册）" in lines[3]
    assert lines[-1].startswith("空缺 7 处")


def test_an_office_without_places_is_not_told_that_all_is_well() -> None:
    """No vacancies among no places says nothing."""
    assert [line.zh for line in matrix_lines(matrix(Places(), MONDAY))][-1] == "还没有登记网格和点位。"


def test_as_a_spreadsheet(tmp_path: Path) -> None:
    """Vacancies stand out in colour, names stay text, and both languages are complete."""
    for language, vacant in ((Language.ZH, "空缺"), (Language.EN, "vacant")):
        write_matrix_xlsx(matrix(PLACES, MONDAY), tmp_path / "矩阵.xlsx", language)
        sheet = load_workbook(tmp_path / "矩阵.xlsx").worksheets[0]
        market = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == "=A市场")
        assert (market[0].data_type, market[0].quotePrefix) == ("s", True)
        assert (market[3].value, market[3].fill.start_color.rgb) == (vacant, "FFFFC7CE")
        coloured = [c for row in sheet.iter_rows() for c in row if c.fill.start_color.rgb == "FFFFC7CE"]
        assert len(coloured) == 6
        assert "6" in str(sheet["A2"].value)


seats = st.tuples(
    st.sampled_from(["site:甲", "area:乙"]), st.sampled_from([Part.UNIT, Part.LEADER]), st.sampled_from("张王李")
)
lists = st.lists(st.tuples(st.integers(0, 3), st.frozensets(seats, max_size=5)), min_size=1, max_size=6)


@settings(max_examples=50)
@given(lists)
def test_after_any_hand_overs_every_day_has_the_holders_of_its_list(
    imported: list[tuple[int, frozenset[tuple[str, Part, str]]]],
) -> None:
    """However often lists replace each other: on each day those hold whom the last list of that day named, once."""
    known: list[Assignment] = []
    expected: dict[date, frozenset[tuple[str, Part, str]]] = {}
    today = MONDAY
    for later, wanted in imported:
        today += timedelta(days=later)
        over = hand_over(known, [Assignment(*seat, today) for seat in wanted], today)
        gone = {(one.place, one.part, one.holder, one.since) for one in (*over.ended, *over.dropped)}
        kept = [one for one in known if (one.place, one.part, one.holder, one.since) not in gone]
        known = [*kept, *over.ended, *over.begun]
        expected[today] = wanted
        again = hand_over(known, [Assignment(*seat, today) for seat in wanted], today)
        assert not (again.begun or again.ended or again.dropped)
    for days in range((today - MONDAY).days + 1):
        day = MONDAY + timedelta(days=days)
        ruling = max((first for first in expected if first <= day), default=None)
        holding = sorted((one.place, one.part, one.holder) for one in known if one.holds_on(day))
        assert holding == sorted(expected[ruling] if ruling else ())
    assert len({(one.place, one.part, one.holder, one.since) for one in known}) == len(known)


def test_who_was_named_by_mistake_never_held() -> None:
    """A name corrected on the day it was entered leaves no trace among the holders."""
    wrong = named("site:甲", Part.UNIT, "城管局", MONDAY)
    over = hand_over([wrong], [replace(wrong, holder="教育局")], MONDAY)
    assert (over.dropped, over.ended, [one.holder for one in over.begun]) == ([wrong], [], ["教育局"])
