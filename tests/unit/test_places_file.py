"""Places files (点位名册): what an office fills in, read with every problem at once and its cell."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from documents.place_file import PlacesRefused, read_places, write_places, write_places_template
from documents.roster_form import write_roster_template
from rules.inspecting import Level
from rules.places import Area, Assignment, Part, Places, Site, StandardItem
from rules.policy import Severity
from rules.roster_index import RosterIndex
from tests.harness.office import small_roster

TODAY = date(2026, 3, 2)
INDEX = RosterIndex(small_roster())
Sheets = dict[str, list[Sequence[object]]]


def sheets() -> Sheets:
    return {
        "网格": [("城东片区", "片区", "", "城管局", "督查员甲；督查员乙"), ("向阳社区", "社区", "城东 片区", "", "")],
        "检查标准": [
            ("农贸市场", "M1", "日", "出入口无占道经营", "占道经营", "紧急", "2.3"),
            ("农贸市场", "M2", "", "公平秤检定有效", "设施管理", "", ""),
        ],
        "点位": [
            ("建设路市场", "农贸市场", "向阳社区", "建设路 12 号", "市教育局", "城管局", "分管副市长"),
            ("东门市场", "农贸 市场", "城东片区", "", "", "", ""),
        ],
    }


def filled(content: Sheets, folder: Path) -> Path:
    """The template with these rows below its examples."""
    path = folder / "点位.xlsx"
    write_places_template(path)
    book = load_workbook(path)
    for name, rows in content.items():
        for row in rows:
            book[name].append(row)
    book.save(path)
    return path


def refusal(path: Path) -> tuple[list[str], str]:
    with pytest.raises(PlacesRefused) as refused:
        read_places(path, INDEX, TODAY)
    found = refused.value.problems
    return [f"{one.source.sheet}!{one.source.cell}" if one.source else "" for one in found], refused.value.text.zh


def held(place: str, part: Part, *holders: str) -> list[Assignment]:
    return [Assignment(place, part, holder, TODAY) for holder in holders]


PLACES = Places(
    areas={"城东片区": Area("城东片区", "片区"), "向阳社区": Area("向阳社区", "社区", "城东片区")},
    sites={
        "建设路市场": Site("建设路市场", "农贸市场", "向阳社区", "建设路 12 号"),
        "东门市场": Site("东门市场", "农贸市场", "城东片区"),
    },
    standards=[
        StandardItem("农贸市场", "M1", "出入口无占道经营", "占道经营", Severity.URGENT, Level.DAILY, "2.3"),
        StandardItem("农贸市场", "M2", "公平秤检定有效", "设施管理", Severity.IMPORTANT, Level.WEEKLY),
    ],
    assignments=(
        *held("area:城东片区", Part.UNIT, "市城管局"),
        *held("area:城东片区", Part.SUPERVISOR, "督查员甲", "督查员乙"),
        *held("site:建设路市场", Part.UNIT, "市教育局"),
        *held("site:建设路市场", Part.SECTOR, "市城管局"),
        *held("site:建设路市场", Part.LEADER, "分管副市长"),
    ),
)


def test_a_filled_template_becomes_places(tmp_path: Path) -> None:
    """Short names and stray spaces end as keys; empty cells take the usual level and severity; examples are skipped."""
    assert read_places(filled(sheets(), tmp_path), INDEX, TODAY) == (PLACES, [])


def test_places_written_and_read_are_the_same(tmp_path: Path) -> None:
    """Taken out to Excel and brought back unedited nothing changes; only who holds on the day is written."""
    earlier = Assignment("site:东门市场", Part.UNIT, "创建办", date(2026, 1, 1), date(2026, 3, 1))
    write_places(replace(PLACES, assignments=(earlier, *PLACES.assignments)), TODAY, tmp_path / "点位.xlsx")
    assert read_places(tmp_path / "点位.xlsx", INDEX, TODAY) == (PLACES, [])


def test_every_problem_of_a_file_is_told_at_once_with_its_cell(tmp_path: Path) -> None:
    """One round of corrections is enough."""
    wrong = sheets()
    wrong["网格"] += [
        ("甲片", "", "乙片"), ("乙片", "", "甲片", "市城管所"), ("城东片 区",),
        ("丙片", "", "", "", "督查员甲、督查员丙"),
    ]  # fmt: skip
    wrong["检查标准"] += [
        ("农贸市场", "M1", "季", "", "卫生", "要紧"), ("农贸市场", "", "周", "看", "卫生"),
    ]  # fmt: skip
    wrong["点位"] += [
        ("西门市场", "", "城南片区", "", "", "旅游局", "张三"), ("", "农贸市场"), ("东门市场", "农贸市场"),
    ]  # fmt: skip
    cells, message = refusal(filled(wrong, tmp_path))
    assert sorted(cells) == sorted([
        "网格!C6",  # a circle, told once
        "网格!D7",  # an unknown unit
        "网格!A8",  # twice the same area
        "网格!E9",  # an unknown person among several
        "检查标准!B6", "检查标准!C6", "检查标准!D6", "检查标准!F6",  # twice, no level, no text, no severity
        "检查标准!B7",  # no code
        "点位!B6", "点位!C6", "点位!F6", "点位!G6",  # no type, an unknown area, unit and person
        "点位!A7",  # no name
        "点位!A8",  # twice the same site
    ])  # fmt: skip
    assert "网格!C6：上级网格成环：甲片 → 乙片 → 甲片" in message
    assert "网格!D7：名册的单位中没有“市城管所”（相近的有：市城管局" in message
    assert "点位!C6：网格表中没有“城南片区”（相近的有：城东片区）" in message
    assert "检查标准!C6：“季”不可用，只能填：日、周、月" in message


def test_what_is_worth_a_word_does_not_refuse(tmp_path: Path) -> None:
    """A type without a standard is said once; so is a supervisor who is none."""
    odd = sheets()
    odd["点位"] += [("一号公厕", "公厕"), ("二号公厕", "公厕"), ("三号市场", "农贸")]
    odd["网格"] += [("城西片区", "", "", "", "城管员")]
    places, warnings = read_places(filled(odd, tmp_path), INDEX, TODAY)
    assert len(places.sites) == 5
    assert sorted(one.text.zh.partition("，")[0] for one in warnings) == [
        "点位!B6：“公厕”没有检查标准",
        "点位!B8：“农贸”没有检查标准（相近的有：农贸市场）",
        "网格!E6：名册中“城管员”的角色不是督查员",
    ]


def test_a_site_in_a_unit_tells_its_leader_from_a_namesake(tmp_path: Path) -> None:
    """Two people of one title: the one of the site's own unit is meant; without a unit the office must say."""
    some = sheets()
    some["点位"] = [("甲市场", "农贸市场", "", "", "市教育局", "", "局长")]
    places, _ = read_places(filled(some, tmp_path), INDEX, TODAY)
    assert places.holders("甲市场", Part.LEADER, TODAY) == ("教育局长",)
    some["点位"] = [("甲市场", "农贸市场", "", "", "", "", "局长")]
    cells, message = refusal(filled(some, tmp_path))
    assert cells == ["点位!G4"] and "教育局长" in message and "城管局长" in message


@pytest.mark.parametrize("kind", ["roster", "other", "empty"])
def test_another_kind_of_workbook_is_refused(kind: str, tmp_path: Path) -> None:
    """The roster file, any other table, and a form nobody filled in change nothing: all places would be retired."""
    path = tmp_path / "名册.xlsx"
    if kind == "roster":
        write_roster_template(path)
    elif kind == "empty":
        write_places_template(path)
    else:
        Workbook().save(path)
    cells, message = refusal(path)
    assert cells == ([""] if kind == "empty" else [""] * 3)
    assert "点位" in message


def test_the_template_explains_itself(tmp_path: Path) -> None:
    """Comments on every header, drop-downs where there is a choice, two grey examples a sheet."""
    write_places_template(tmp_path / "模板.xlsx")
    book = load_workbook(tmp_path / "模板.xlsx")
    assert book.sheetnames == ["填表说明", "网格", "点位", "检查标准"]
    for sheet in book.worksheets[1:]:
        assert all(cell.comment for cell in sheet[1])
        assert [str(row[0].value).startswith("示例：") for row in sheet.iter_rows(min_row=2)] == [True, True]
    choices = {str(one.sqref): one.formula1 for one in book["检查标准"].data_validations.dataValidation}
    assert choices == {"C2:C2000": '"日,周,月"', "F2:F2000": '"一般,重要,紧急"'}
    assert len(book["点位"].data_validations.dataValidation) == 2


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    """A list handed on carries no formula into another's Excel."""
    evil = '=HYPERLINK("http://example.com","x")'
    places = Places(sites={evil: Site(evil, "农贸市场", address="+1")}, standards=PLACES.standards)
    write_places(places, TODAY, tmp_path / "点位.xlsx")
    cell = load_workbook(tmp_path / "点位.xlsx")["点位"]["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", evil, True)
    assert read_places(tmp_path / "点位.xlsx", INDEX, TODAY)[0].sites == places.sites
