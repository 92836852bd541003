"""What systems export under .xls and .doc without being either: web pages, lists with separators, modern formats."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from documents.errors import TooLarge, WrongExtension
from documents.reading import open_document
from rules.grid import Grid, Merge

ROWS = [["序号", "工作任务", "责任单位"], ["1", "修补路面", "区住建局"], ["2", "清理河道", "区水务局"]]
PAGE = """<html><head><meta charset="utf-8"><title>导出</title><style>td {}</style></head><body>
<!-- 注释 --><h3>任务分解表</h3><script>document.write("坏")</script>
<table><thead><tr><th>序号<th>工作任务<th>责任单位</tr></thead>
<tr><td>1</td><td>修补
   <b>路面</b></td><td rowspan="2">区住建局</td></tr>
<tr><td>2<td>清理<br>河道</table><p>完</body></html>"""


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def grids(path: Path) -> tuple[Grid, ...]:
    return open_document(path).grids


@pytest.mark.parametrize("name", ["表.xls", "表.et", "表.doc", "表.wps", "表.html", "表.htm", "表.txt"])
def test_a_page_reads_as_it_looks(name: str, tmp_path: Path) -> None:
    """Its table with merged cells, its words around it; line breaks of the source are none, scripts are not run."""
    opened = open_document(written(tmp_path / name, PAGE))
    (grid,) = opened.grids
    assert [cells[:3] for cells in grid.rows] == [ROWS[0], ["1", "修补路面", "区住建局"], ["2", "清理\n河道"]]
    assert grid.merges == (Merge(1, 2, 2, 2),) and grid.filled[2][2] == "区住建局"
    assert [one.text for one in opened.paragraphs] == ["任务分解表", "完"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-8-sig"])
def test_a_page_in_every_usual_encoding(encoding: str, tmp_path: Path) -> None:
    """What the page claims about its encoding matters less than its bytes."""
    (grid,) = grids(written(tmp_path / "表.xls", PAGE.encode(encoding)))
    assert grid.rows[0] == ROWS[0]


def test_tables_in_tables_follow_their_own(tmp_path: Path) -> None:
    """Pages put tables into tables to lay them out."""
    inner = "<table><tr><td>内<td>表</table>"
    outer, nested = grids(written(tmp_path / "表.html", f"<table><tr><td>外{inner}<td colspan=2>右</table>"))
    assert outer.rows == [["外", "右", ""]] and outer.merges == (Merge(0, 1, 0, 2),)
    assert nested.rows == [["内", "表"]]


@pytest.mark.parametrize(
    "page",
    ["<tr><td colspan=9999>宽</tr>", "<tr><td colspan=200 rowspan=65000>高</tr>" * 20_000],
    ids=["wide", "covered"],
)
def test_spans_without_end_are_refused(page: str, tmp_path: Path) -> None:
    """A few bytes could claim millions of cells."""
    with pytest.raises(TooLarge, match=r"坏.*表1"):
        open_document(written(tmp_path / "坏.html", f"<table>{page}</table>"))


def test_tags_nested_without_end(tmp_path: Path) -> None:
    """The parser stops at a depth, and so does the reader."""
    opened = open_document(written(tmp_path / "表.html", "<html>" + "<div><span>" * 50_000 + "深"))
    assert not opened.grids


@pytest.mark.parametrize("separator", ["\t", ","])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_a_list_with_separators_called_a_workbook(separator: str, encoding: str, tmp_path: Path) -> None:
    """Excel opens it after a warning; here it opens at once."""
    text = "".join(separator.join(row) + "\r\n" for row in ROWS)
    (grid,) = grids(written(tmp_path / "表.xls", text.encode(encoding)))
    assert grid.rows == ROWS


def test_a_modern_workbook_called_an_old_one(tmp_path: Path) -> None:
    """Somebody changed its ending."""
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "x.xlsx")
    (grid,) = grids((tmp_path / "x.xlsx").rename(tmp_path / "表.xls"))
    assert grid.rows == ROWS


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("坏.xlsx", PAGE, ".html"),
        ("坏.docx", "{\\rtf1 x}", ".rtf"),
        ("坏.doc", "MIME-Version: 1.0\n", ".mht"),
        ("坏.doc", "只是文字", "文字"),
        ("坏.csv", PAGE, ".html"),
    ],
)
def test_what_is_inside_is_named(name: str, content: str, found: str, tmp_path: Path) -> None:
    """Where it cannot be read under its name, the clerk hears what it really is."""
    with pytest.raises(WrongExtension, match=found):
        open_document(written(tmp_path / name, content))
