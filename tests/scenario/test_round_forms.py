"""Forms people already use (检查表): exported per team, filled in with a spreadsheet program, read back."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from sqlalchemy import select

from documents.round_form import FormRefused
from rules.places import Assignment, Part, Site, StandardItem
from store.inspection_schema import evidence_links, findings, rounds, visits
from store.schema import events
from store.visits import AnswersRefused
from tasks.visiting import NothingFilledIn
from tests.harness.office import OfficeHarness

FIRST = 5
"""The first row below the form's header."""
SITE, CODE, RESULT, TEXT, TIME, PHOTOS = 1, 3, 5, 6, 7, 8


@pytest.fixture
def office(office: OfficeHarness) -> OfficeHarness:
    """Two markets with two items each, in a round of one supervisor."""
    office.on("2026-03-02", "08:50").registers(
        *(Site(f"{name}市场", "农贸市场", address="建设路 1 号") for name in ("东门", "西门")),
        *(Assignment(f"site:{name}市场", Part.UNIT, "市城管局", date(2026, 1, 1)) for name in ("东门", "西门")),
        *(Assignment(f"site:{name}市场", Part.SUPERVISOR, "督查员甲", date(2026, 1, 1)) for name in ("东门", "西门")),
        StandardItem("农贸市场", "M1", "出入口无占道经营", "占道经营"),
        StandardItem("农贸市场", "M2", "=公平秤检定有效", "设施管理"),
    )
    office.inspects()
    office.ignores_news()
    office.cycle()
    office.ignores_news()
    return office


def fill(form: Path, change: Callable[[Worksheet], None]) -> Path:
    book = load_workbook(form)
    change(book["检查表"])
    book.save(form)
    return form


def put(row: int, **cells: Any) -> Callable[[Worksheet], None]:
    columns = {"key": 1, "site": 2, "code": 4, "result": 6, "text": 7, "time": 8, "photos": 9}

    def change(sheet: Worksheet) -> None:
        for name, value in cells.items():
            sheet.cell(row, columns[name]).value = value

    return change


def passes(sheet: Worksheet) -> None:
    for row in range(FIRST, sheet.max_row + 1):
        sheet.cell(row, 6).value = "合格"


def test_a_form_goes_out_and_comes_back(office: OfficeHarness, tmp_path: Path) -> None:
    """One form for the team, a row per item, its key hidden; filled in, with a photo beside it, it ends the round."""
    (form,) = office.forms(1, tmp_path)
    sheet = load_workbook(form)["检查表"]
    rows = [[cell.value for cell in line[:6]] for line in sheet.iter_rows(min_row=FIRST)]
    assert [row[SITE] for row in rows] == ["东门市场", "东门市场", "西门市场", "西门市场"]
    assert [row[CODE] for row in rows] == ["M1", "M2", "M1", "M2"]
    assert sheet.column_dimensions["A"].hidden and not sheet.column_dimensions["B"].hidden
    assert sheet.data_validations.dataValidation[0].formula1 == '"合格,不合格,不适用"'
    assert sheet.cell(FIRST + 1, 5).value == "=公平秤检定有效" and sheet.cell(FIRST + 1, 5).data_type == "s"

    Image.new("RGB", (64, 48), "grey").save(tmp_path / "北门.jpg")
    fill(form, passes)
    fill(form, put(FIRST, result="不合格", text="北门三处占道", time="2026-03-03 09:30", photos="北门.jpg"))
    office.on("2026-03-04")
    (taken,) = office.imports(form)
    assert (taken.round, taken.recorded.answers, taken.recorded.findings, taken.recorded.finished) == (1, 4, [1], True)
    (finding,) = office.rows(select(findings))
    assert (finding.text, finding.found_at.isoformat(), finding.source_key) == (
        "北门三处占道", "2026-03-03T01:30:00+00:00", "R1-1/M1",
    )  # fmt: skip
    assert [row.subject for row in office.rows(select(evidence_links))] == ["finding:1"]
    assert office.rows(select(rounds.c.finished_at))[0].finished_at == office.now
    office.cycle()
    office.inbox("城管员").expects("整改通知", times=1)
    office.ignores_news()


def test_the_same_form_twice_changes_nothing(office: OfficeHarness, tmp_path: Path) -> None:
    """Sent twice, or by two people: no second finding, no event; a corrected form changes only what differs."""
    (form,) = office.forms(1, tmp_path)
    fill(form, put(FIRST, result="不合格", text="北门占道"))
    office.imports(form)
    before = office.rows(select(events.c.id))
    (again,) = office.imports(form, by="督查员乙")
    assert (again.recorded.answers, again.recorded.findings) == (0, [])
    assert office.rows(select(events.c.id)) == before
    fill(form, put(FIRST + 1, result="合格"))
    (corrected,) = office.imports(form)
    assert (corrected.recorded.answers, corrected.recorded.findings) == (1, [])
    (exported,) = office.forms(1, tmp_path / "again")
    assert [load_workbook(exported)["检查表"].cell(row, 6).value for row in (FIRST, FIRST + 1)] == ["不合格", "合格"]
    office.cycle()
    office.ignores_news()


def test_all_problems_come_at_once_with_their_cells(office: OfficeHarness, tmp_path: Path) -> None:
    """A wrong word, a time that is none, a photo that is not there: listed together, nothing recorded."""
    (form,) = office.forms(1, tmp_path)
    fill(form, put(FIRST, result="还行"))
    fill(form, put(FIRST + 1, result="合格", time="上周三"))
    fill(form, put(FIRST + 2, result="不合格", text="秤坏", photos="没有.jpg、../../秘密.jpg"))
    with pytest.raises(FormRefused) as refused:
        office.imports(form)
    assert [one.source.cell for one in refused.value.problems if one.source] == ["F5", "H6", "I7", "I7"]
    assert office.rows(select(visits.c.recorded_at))[0].recorded_at is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put(FIRST, result="合格", key="R1-99"), "A5：行标识“R1-99”不属于本轮"),
        (put(FIRST, result="合格", key="R1-2"), "B5：点位“东门市场”、检查项“M1”与行标识不符"),
        (put(FIRST, result="合格", site="西门市场"), "与行标识不符"),
        (put(FIRST, result="合格", code="M9"), "D5：点位“东门市场”、检查项“M9”与行标识不符"),
        (put(FIRST + 1, result="合格", code="M1"), "F6：与"),
        (put(FIRST, result="不合格"), "G5：不合格须写明问题"),
        (put(FIRST, result="合格", key=None), "不属于本轮"),
        (put(FIRST, result="合格", time="2026-03-09 09:30"), "H5：检查时间晚于现在"),
    ],
)
def test_edited_rows_are_refused(
    office: OfficeHarness, tmp_path: Path, change: Callable[[Worksheet], None], said: str
) -> None:
    """An edited or missing key, a row of another site, the same item twice, a failure without words."""
    (form,) = office.forms(1, tmp_path)
    fill(form, put(FIRST, result="合格"))
    fill(form, put(FIRST + 2, result="合格"))
    fill(form, change)
    with pytest.raises(AnswersRefused) as refused:
        office.imports(form)
    assert said in refused.value.text.zh
    assert office.rows(select(visits.c.recorded_at))[0].recorded_at is None


def test_a_form_of_another_round_is_refused(office: OfficeHarness, tmp_path: Path) -> None:
    """Last week's form filled in for this week: each of its rows is named, none is taken."""
    (old,) = office.forms(1, tmp_path)
    office.on("2026-03-09", "08:50").inspects()
    (new,) = office.forms(2, tmp_path)
    mixed = tmp_path / "mixed.xlsx"
    shutil.copy(new, mixed)
    fill(mixed, passes)
    key = load_workbook(old)["检查表"].cell(FIRST, 1).value
    fill(mixed, put(FIRST, key=key))
    with pytest.raises(AnswersRefused, match="有 1 处问题"):
        office.imports(mixed)
    office.cycle()
    office.ignores_news()


def test_a_form_of_no_round_is_named_with_its_cell(office: OfficeHarness, tmp_path: Path) -> None:
    """A key of a round that is not there, no key at all, or nothing filled in: the file is named, and where."""
    (form,) = office.forms(1, tmp_path)
    with pytest.raises(NothingFilledIn, match=form.name):
        office.imports(form)
    for key, said in (("R9-1", "没有第 9 轮检查"), ("甲", "行标识不是导出时的样子")):
        with pytest.raises(AnswersRefused, match=f"{form.name} 检查表!A5：{said}"):
            office.imports(fill(form, put(FIRST, result="合格", key=key)))


def test_a_formula_nobody_calculated_is_named(office: OfficeHarness, tmp_path: Path) -> None:
    """A formula in the result column says nothing until a program has calculated it."""
    (form,) = office.forms(1, tmp_path)
    fill(form, put(FIRST, result='=IF(1=1,"合格","不合格")'))
    with pytest.raises(FormRefused, match="检查表!F5：公式没有计算结果"):
        office.imports(form)


def test_a_file_of_another_kind_is_refused(office: OfficeHarness, tmp_path: Path) -> None:
    """The roster, or any other spreadsheet, is named for what it lacks."""
    Path(tmp_path / "x.csv").write_text("点位,结果\n东门市场,合格\n", encoding="utf-8")
    with pytest.raises(FormRefused, match="缺少工作表“检查表”"):
        office.imports(tmp_path / "x.csv")
