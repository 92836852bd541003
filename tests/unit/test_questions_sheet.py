"""The list of questions goes out as a spreadsheet and comes back with answers."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from documents.errors import MissingFile, NotAFile, WrongExtension
from documents.questions import HEADINGS, NotAnAnswerSheet, read_answers, write_questions
from rules.drafting import OpenQuestion
from rules.errors import Refusal
from rules.language import Text
from rules.reading import Question, Source, TableRow

ROW = TableRow("3", "清理楼道堆物", Source("任务", "C5"))


def question(field: str, *choices: str) -> OpenQuestion:
    return OpenQuestion("abc", ROW, Question(field, Text("问什么？", "What?"), choices, "三月", Source("任务", "F5")))


def fill(path: Path, line: int, answer: str) -> None:
    book = openpyxl.load_workbook(path)
    book.active.cell(line, len(HEADINGS)).value = answer
    book.save(path)


def test_answers_come_back_by_row_and_field(tmp_path: Path) -> None:
    """What the office typed is found again for the right row and field; a blank answers nothing."""
    path = tmp_path / "待确认.xlsx"
    write_questions(path, [question("deadlines", "确认"), question("lead_units")])
    fill(path, 2, " 6月底前 ")
    assert read_answers(path) == {("abc", "deadlines"): "6月底前"}


def test_each_question_shows_its_cell_and_its_choices(tmp_path: Path) -> None:
    """A clerk sees where the doubt stands, what was understood, and may choose from a list."""
    path = tmp_path / "待确认.xlsx"
    write_questions(path, [question("lead_units", "城管办", "执法队")])
    sheet = openpyxl.load_workbook(path).active
    shown = [cell.value for cell in sheet[2]]
    assert "任务!F5" in shown
    assert "三月" in shown
    assert sheet.data_validations.dataValidation[0].formula1 == '"城管办,执法队"'


def test_words_that_look_like_formulas_stay_words(tmp_path: Path) -> None:
    """A task that begins with = is shown, never calculated."""
    path = tmp_path / "待确认.xlsx"
    sly = TableRow("1", "=HYPERLINK(1)", Source("任务", "C2"))
    write_questions(path, [OpenQuestion("k", sly, Question("row", Text("？", "?")))])
    assert openpyxl.load_workbook(path).active["E2"].data_type == "s"


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    """Answers are only read from a list of questions, and the refusal says what to fill in."""
    path = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(NotAnAnswerSheet, match=r"没有“待确认”这张工作表.*答复"):
        read_answers(path)


@pytest.mark.parametrize(
    ("name", "refusal"), [("没有.xlsx", MissingFile), ("文件夹", NotAFile), ("坏.xlsx", WrongExtension)]
)
def test_a_list_that_cannot_be_opened_is_refused_for_what_it_is(
    tmp_path: Path, name: str, refusal: type[Refusal]
) -> None:
    """A slip in the path is no wrong list: the refusal says what is there."""
    (tmp_path / "文件夹").mkdir()
    (tmp_path / "坏.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(refusal, match=name):
        read_answers(tmp_path / name)


def test_an_answer_typed_as_a_date_is_one(tmp_path: Path) -> None:
    """A spreadsheet turns 2026-06-30 into a date; it is read as the office sees it."""
    write_questions(path := tmp_path / "待确认.xlsx", [question("deadlines")])
    book = openpyxl.load_workbook(path)
    book.active.cell(2, len(HEADINGS)).value = date(2026, 6, 30)
    book.save(path)
    assert read_answers(path) == {("abc", "deadlines"): "2026-06-30"}
