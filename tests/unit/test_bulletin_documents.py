"""The bulletin as people read it: Markdown and spreadsheet, in both languages."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from docx import Document
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from documents.bulletin import LISTED, bulletin_page
from documents.bulletin_xlsx import write_bulletin_xlsx
from documents.page_markdown import page_markdown
from documents.page_pdf import write_page_pdf
from documents.page_word import write_page_word
from rules.bulletin import Bulletin, SealMark, Week
from rules.language import Language
from rules.lifecycle import Action
from tests.unit.ledger_stories import Story

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def bulletin(task: str = "清理背街小巷", unit: str = "甲局") -> Bulletin:
    """A week with one duty overdue and one closed in time."""
    story = Story().row(task=task).opened("03-02", duty=1, unit=unit, until="03-03")
    story.opened("03-02", duty=2, unit=unit, until="03-06").step("03-05", "蓝色督办单", 1)
    story.does("03-04", Action.REPORT, 2).does("03-05", Action.CLOSE, 2)
    return story.week("03-04", messages=[(90, unit), (91, None)])


def markdown(told: Bulletin, language: Language = Language.ZH) -> str:
    return page_markdown(bulletin_page(told, language))


def sheets(told: Bulletin, path: Path, language: Language = Language.ZH) -> dict[str, Worksheet]:
    write_bulletin_xlsx(told, path, language)
    book = load_workbook(path)
    return {name: book[name] for name in book.sheetnames}


def row_of(text: str, first: str) -> list[str]:
    """The cells of the table line that begins with a cell."""
    (line,) = [line for line in text.splitlines() if line.startswith(f"| {first} |")]
    return [cell.strip() for cell in line.strip("|").split(" | ")]


def test_the_first_lines_say_what_a_leader_wants_to_know() -> None:
    """What is overdue comes first, in bold and with how long; then what is in hand and what was done."""
    lines = markdown(bulletin()).splitlines()
    assert lines[0] == "# 督查通报　2026年第10周"
    assert lines[2] == "2026年3月2日（周一）至3月8日（周日）"
    assert lines[6].startswith("- **逾期未办结 1 项**，最长已逾期 3 个工作日；")
    assert lines[7] == "- 期末在办 1 项：期初 0 项，新立项 2 项，销号 1 项，撤销 0 项。"
    assert "按时率 50.0%" in lines[8]


def test_lists_name_what_is_late_and_what_was_done() -> None:
    """Each line of the lists says which duty, whose, by when, and what was done about it last."""
    text = markdown(bulletin())
    assert row_of(text, "D1")[1:] == ["1", "清理背街小巷", "甲局", "", "2026-03-03", "3", "蓝色督办单 03-05"]
    closed = ["1", "清理背街小巷", "甲局", "2026-03-06", "2026-03-04 09:30", "2026-03-05 09:30", "按时"]
    assert row_of(text, "D2")[1:] == closed


def test_a_unit_waiting_for_the_office_is_shown_so() -> None:
    """Overdue with a request nobody answered: the list says that the office is waited for."""
    story = Story().row().opened("03-02", until="03-03").does("03-03", Action.DISPUTE)
    assert row_of(markdown(story.week("03-04")), "D1")[-1] == "异议待创建办答复"


@pytest.mark.parametrize(
    ("task", "shown"),
    [
        ("a|b", r"a\|b"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("第一行\n第二行", "第一行 第二行"),
        ("**重点**[链接](http://x)", r"\*\*重点\*\*\[链接\](http://x)"),
        ("长" * 200, "长" * 59 + "…"),
    ],
)
def test_words_of_a_task_are_no_markup(task: str, shown: str) -> None:
    """Whatever a table's cell held stands in one cell as plain text."""
    assert f" | {shown} | " in markdown(bulletin(task))


def test_long_lists_are_cut_and_say_so() -> None:
    """The Markdown lists the longest overdue, and says how many more the spreadsheet has."""
    story = Story().row()
    for duty in range(1, LISTED + 4):
        story.opened("03-02", duty=duty, until="03-03")
    text = markdown(story.week("03-04"))
    assert len(re.findall(r"^\| D\d+ ", text, re.M)) == LISTED
    assert "其余 3 项见同名电子表格。" in text


def test_an_empty_week_reads_well() -> None:
    """Nothing in hand, nothing done: the bulletin says so in words, not in empty tables."""
    text = markdown(Story().week("03-04"))
    assert "没有逾期未办结的事项。" in text and "本周没有销号的事项。" in text and "没有在办事项。" in text
    assert "申请与答复：无。" in text and "按时率 —" in text
    assert "|" not in text


@pytest.mark.parametrize("seal", [None, SealMark("ab12" * 16, 99)])
def test_it_says_what_it_rests_on(seal: SealMark | None) -> None:
    """The last line names the ledger's events and their seal, or says that they are not sealed."""
    last = markdown(replace(bulletin(), seal=seal)).splitlines()[-1]
    rests_on = "- 依据台账第 6 号及以前的事件（本周为第 2 至 6 号）；"
    assert last == rests_on + ("台账封存号 ab12ab12ab12（封存至第 99 号）" if seal else "台账未封存")


def test_a_running_week_says_so() -> None:
    """On Friday the reader sees at which instant the week was counted."""
    text = markdown(Story().row().opened("03-02").week("03-04", until="03-06 17:00"))
    assert text.splitlines()[2].endswith("；数据截至 2026-03-06 17:00，本周尚未结束")


def test_a_week_over_the_turn_of_a_year_names_both_years() -> None:
    """The Sunday of the last week of 2026 lies in 2027."""
    week = replace(bulletin(), week=Week.of(date(2026, 12, 31)))
    assert "2026年12月28日（周一）至2027年1月3日（周日）" in markdown(week)


def test_english_is_complete(tmp_path: Path) -> None:
    """In English nothing is left in Chinese, but for the words of the table itself."""
    told = bulletin("sweep the back streets", "Streets")
    pages = sheets(told, tmp_path / "b.xlsx", Language.EN)
    written = [str(cell) for page in pages.values() for line in page.values for cell in line if cell is not None]
    for text in (*pages, *written, markdown(told, Language.EN)):
        assert not CHINESE.search(text.replace("蓝色督办单", "")), text


def test_the_spreadsheet_is_dated_by_its_figures(tmp_path: Path) -> None:
    """It carries the instant it was counted at, and no time of day it was made at."""
    write_bulletin_xlsx(bulletin(), tmp_path / "b.xlsx", Language.ZH)
    assert b"2026-03-08T16:00:00Z" in ZipFile(tmp_path / "b.xlsx").read("docProps/core.xml")


def test_the_spreadsheet_has_its_sheets(tmp_path: Path) -> None:
    """汇总 and the lists carry the same lines as the Markdown, each list below a frozen header."""
    pages = sheets(bulletin(), tmp_path / "b.xlsx")
    assert list(pages) == ["汇总", "逾期清单", "销号清单", "检查与整改", "出处"]
    assert [list(page.values)[1][:4] for page in (pages["逾期清单"], pages["销号清单"])] == [
        ("D1", "1", "清理背街小巷", "甲局"),
        ("D2", "1", "清理背街小巷", "甲局"),
    ]
    assert [page.freeze_panes for page in pages.values()] == ["B6", "A2", "A2", None, "A2"]


def test_a_figure_is_a_link_to_the_rows_it_was_counted_from(tmp_path: Path) -> None:
    """Following the link of any figure leads to the first of its rows, and there are as many as it says (promise 7)."""
    pages = sheets(bulletin(), tmp_path / "b.xlsx")
    summary, sources = pages["汇总"], list(pages["出处"].values)
    headings = [cell.value for cell in summary[5]]
    links = [cell for line in summary.iter_rows(min_row=6) for cell in line if cell.hyperlink]
    assert len(links) > 8
    for cell in links:
        measure, unit = headings[cell.column - 1], summary.cell(cell.row, 1).value
        whose = {"甲局"} if unit == "合计" else {unit}
        mine = [line for line in sources if line[0] == measure and line[1] in whose]
        place = int(cell.hyperlink.location.rpartition("!A")[2])
        assert (sources[place - 1], len(mine)) == (mine[0], cell.value), (measure, unit)


def test_columns_that_are_zero_for_everyone_are_left_out(tmp_path: Path) -> None:
    """The summary shows what matters every week and what happened this week, and says that the rest was zero."""
    summary = sheets(bulletin(), tmp_path / "b.xlsx")["汇总"]
    headings = [cell.value for cell in summary[5]]
    assert "逾期未办结" in headings and "期初在办" in headings and "蓝色督办单" in headings
    assert "申请延期" not in headings
    assert "没有列出的指标，本周各单位均为 0。" in [line[0] for line in summary.values]


@pytest.mark.parametrize("words", ["=1+1", "@SUM(A1)", "+1", "-1", "http://example.org", "=cmd|' /C calc'!A0"])
def test_no_words_become_a_formula(words: str, tmp_path: Path) -> None:
    """A task or unit that looks like a formula or an address stays text, for good."""
    write_bulletin_xlsx(bulletin(words, words), tmp_path / "b.xlsx", Language.ZH)
    book = load_workbook(tmp_path / "b.xlsx")
    cells = [cell for page in book for line in page.iter_rows() for cell in line if cell.value == words]
    assert {(cell.data_type, cell.quotePrefix, cell.hyperlink) for cell in cells} == {("s", True, None)}
    assert len({cell.parent.title for cell in cells}) == 4


def test_a_very_long_text_is_no_lost_cell(tmp_path: Path) -> None:
    """More characters than a cell can hold are cut, not dropped."""
    told = sheets(bulletin("长" * 40000), tmp_path / "b.xlsx")["逾期清单"]
    assert told["C2"].value == "长" * 32767


def test_a_long_task_is_seen_whole(tmp_path: Path) -> None:
    """The row of a task that wraps is high enough for its lines, whatever program opens it."""
    heights = [
        sheets(bulletin("长" * length), tmp_path / "b.xlsx")["逾期清单"].row_dimensions[2].height
        for length in (10, 60, 5000)
    ]
    assert heights == [None, 45, 405]


def test_word_holds_what_the_markdown_does(tmp_path: Path) -> None:
    """Title, figures and lists stand in the document an office edits and sends on, in the fonts of official papers."""
    write_page_word(bulletin_page(bulletin(), Language.ZH), tmp_path / "b.docx")
    word = Document(str(tmp_path / "b.docx"))
    words = [paragraph.text for paragraph in word.paragraphs]
    assert words[0] == "督查通报　2026年第10周"
    assert any(text.startswith("逾期未办结 1 项，最长已逾期 3 个工作日") for text in words)
    overdue, units, _closed = word.tables
    assert [cell.text for cell in overdue.rows[1].cells][:4] == ["D1", "1", "清理背街小巷", "甲局"]
    assert units.rows[-1].cells[0].text == "合计"
    assert {section.orientation for section in word.sections} == {0, 1}  # the table of units lies on its side
    bold = next(run for paragraph in word.paragraphs for run in paragraph.runs if run.bold)
    assert (bold.text, "仿宋_GB2312" in bold._r.xml) == ("逾期未办结 1 项", True)


def test_pdf_is_for_the_archive(tmp_path: Path) -> None:
    """PDF/A says of itself that it is, under the bulletin's title; its fonts come along."""
    write_page_pdf(bulletin_page(bulletin(), Language.ZH), tmp_path / "b.pdf")
    content = (tmp_path / "b.pdf").read_bytes()
    assert content.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert "督查通报　2026年第10周".encode() in content
    assert b"NotoSerifSC" in content and b"NotoSansSC" in content


WRITERS: list[Callable[[Bulletin, Path], None]] = [
    lambda told, path: write_page_word(bulletin_page(told, Language.ZH), path),
    lambda told, path: write_page_pdf(bulletin_page(told, Language.ZH), path),
    lambda told, path: write_bulletin_xlsx(told, path, Language.ZH),
]


@pytest.mark.parametrize("write", WRITERS)
def test_the_same_bulletin_gives_the_same_bytes(write: Callable[[Bulletin, Path], None], tmp_path: Path) -> None:
    """Promise 7: whoever makes it again, at whatever time, can compare it with the printed one."""
    write(bulletin(), tmp_path / "1.xlsx")
    with time_machine.travel("2031-05-06"):
        write(bulletin(), tmp_path / "2.xlsx")
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(
    "task", ['#panic("x") $x^2$ *b* [t] @ref <label>', "制表\t符\x00\x0b\x1b后", "=cmd|'/c'!A1", "😀𠮷"]
)
def test_no_words_of_a_task_break_a_document(
    write: Callable[[Bulletin, Path], None], task: str, tmp_path: Path
) -> None:
    """A cell of somebody's table is never read as a command or markup, nor does an odd letter spoil the file."""
    write(bulletin(task), tmp_path / "b.xlsx")
    assert (tmp_path / "b.xlsx").stat().st_size > 5000


def test_an_empty_week_has_no_empty_tables(tmp_path: Path) -> None:
    """Word and PDF are made of a week in which nothing happened, too."""
    page = bulletin_page(Story().week("03-04"), Language.ZH)
    write_page_word(page, tmp_path / "b.docx")
    write_page_pdf(page, tmp_path / "b.pdf")
    assert Document(str(tmp_path / "b.docx")).tables == []
