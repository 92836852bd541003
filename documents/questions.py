"""The questions of an import as a spreadsheet (待确认清单): written for the office, read back with the answers."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import xlsxwriter

from documents.reading import open_document
from rules.drafting import Answers, OpenQuestion, joined
from rules.errors import Refusal

SHEET = "待确认"
HEADINGS = ("行标识", "字段", "出处", "序号", "工作任务", "问题", "先前答复", "理解为", "可选", "答复")
_WIDTHS = (18, 16, 12, 8, 44, 44, 20, 24, 36, 30)
_KEY, _FIELD, _EARLIER, _ANSWER = 0, 1, 6, 9
# A drop-down's list may hold no more characters than this in the file format.
_LONGEST_LIST = 250


class NotAnAnswerSheet(Refusal):
    """不是答复表: the file is not a list of questions written by Duban."""

    zh = "{file} 不是待确认清单：{why}。请用导出的清单填写“答复”一列后再试。"
    en = "{file} is not a list of questions: {why_en}. Fill in the 答复 column of the list that was exported."


def write_questions(path: Path, questions: Sequence[OpenQuestion], settled: Sequence[OpenQuestion] = ()) -> None:
    """One row per question with its cell, what was understood and the choices; the last column is for the answer.

    What is `settled` stands below with its answer, so that the file holds all that was answered.
    """
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(SHEET)
        heading = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        answer = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF8DC", "border": 1})
        for column, (name, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            sheet.write_string(0, column, name, heading)
            sheet.set_column(column, column, width, None, {"hidden": column in (_KEY, _FIELD)})
        sheet.freeze_panes(1, 0)
        for line, one in enumerate(questions, start=1):
            for column, text in enumerate(_cells(one)):
                sheet.write_string(line, column, text, wrapped)
            sheet.write_blank(line, _ANSWER, None, answer)
            choices = list(one.question.choices)
            if choices and len(",".join(choices)) <= _LONGEST_LIST:
                sheet.data_validation(
                    line, _ANSWER, line, _ANSWER, {"validate": "list", "source": choices, "error_type": "information"}
                )
        for line, one in enumerate(settled, start=1 + len(questions)):
            for column, text in enumerate(_cells(replace(one, answered=""))):
                sheet.write_string(line, column, text, wrapped)
            sheet.write_string(line, _ANSWER, one.answered, answer)


def read_answers(path: Path) -> Answers:
    """The answers filled in, by (row key, field); where one is blank, what was answered before it was asked again.

    A file that cannot be opened is refused with one of `documents.errors`, another one with `NotAnAnswerSheet`.
    """
    found = (grid for grid in open_document(path).grids if grid.name == SHEET)
    lines = next((grid.filled for grid in found), None)
    if lines is None:
        raise NotAnAnswerSheet(file=path.name, why=f"没有“{SHEET}”这张工作表", why_en=f"it has no sheet {SHEET}")
    if not lines or tuple(lines[0][: len(HEADINGS)]) != HEADINGS:
        raise NotAnAnswerSheet(file=path.name, why="表头不符", why_en="its header differs")
    answers = {(line[_KEY], line[_FIELD]): _answer(line[_EARLIER], line[_ANSWER]) for line in lines[1:] if line[_FIELD]}
    return {asked: answer for asked, answer in answers.items() if answer}


def _answer(earlier: str, written: str) -> str:
    return joined(earlier, written) if written else earlier


def _cells(one: OpenQuestion) -> tuple[str, ...]:
    question, row = one.question, one.row
    source = question.source or (row.source if row else None)
    return (
        one.row_key,
        one.field,
        f"{source.sheet or ''}!{source.cell}".lstrip("!") if source else "",
        (row.item_no or "") if row else "",
        row.task if row else "",
        question.message.zh,
        one.answered,
        question.understood or "",
        "；".join(question.choices),
    )
