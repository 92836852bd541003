"""The form of a round (检查表): a spreadsheet per team, a row for each item at each site, read back when filled in."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from documents.form_errors import CellProblem, CellsRefused
from documents.form_layout import Column, Layout
from documents.form_sheets import Entry, entries_of, open_sheets
from rules.language import Text
from rules.visits import VERDICT_LABELS, Answer

_WORDS = {label.zh: verdict for verdict, label in VERDICT_LABELS.items()}
_HEADER = 3
_PHOTOS = re.compile(r"[、，,;；\s]+")
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

FORM = Layout(
    "检查表",
    (
        Column("行标识", "row_key", "请勿改动", 10),
        Column("点位", "site", "请勿改动", 22),
        Column("地址", "address", "", 24),
        Column("检查项", "code", "请勿改动", 8),
        Column("检查内容", "item", "", 44),
        Column("结果", "verdict", "选择：合格、不合格、不适用", 9, list(_WORDS)),
        Column("问题描述", "text", "不合格必填：具体位置和问题", 40),
        Column("检查时间", "visited_at", "如 2026-03-04 09:30，空着即导入时间", 18),
        Column("照片", "photos", "照片文件名，多个用顿号隔开；照片与本表放在同一文件夹", 22),
    ),
)
_KEPT = ("row_key", "site", "address", "code", "item")


class FormRefused(CellsRefused):
    """检查表不能导入."""

    zh = "检查表“{file}”不能导入，有 {count} 处要改正：\n{listed_zh}"
    en = "The form “{file}” cannot be imported; {count} to correct:\n{listed_en}"


@dataclass(frozen=True, slots=True)
class FormRow:
    """检查表的一行: what is to be looked at, and what was answered so far."""

    row_key: str
    site: str
    address: str
    code: str
    item: str
    verdict: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """填好的一项: the answer, and the photos that lie beside the form."""

    answer: Answer
    photos: tuple[Path, ...]


def write_round_form(path: Path, title: str, notes: Sequence[str], rows: Iterable[FormRow], made_at: datetime) -> None:
    """检查表 of one team; what was answered already stands in it."""
    with Workbook(path, _OPTIONS) as book:
        book.set_properties({"title": title, "author": "督办", "created": made_at.astimezone(UTC)})
        kept = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1, "locked": True})
        free = book.add_format(
            {"num_format": "@", "text_wrap": True, "valign": "top", "border": 1, "locked": False, "bg_color": "#FFF8DC"}
        )
        sheet = book.add_worksheet(FORM.name)
        last = _write_rows(sheet, rows, kept, free)
        _write_head(book, sheet, title, notes)
        _set_up(sheet, max(last, _HEADER + 1))


def _write_head(book: Workbook, sheet: Worksheet, title: str, notes: Sequence[str]) -> None:
    sheet.write_string(0, 1, title, book.add_format({"bold": True, "font_size": 16, "font_name": "黑体"}))
    for row, note in enumerate(notes[: _HEADER - 1], start=1):
        sheet.write_string(row, 1, note, book.add_format({"font_color": "#595959"}))
    head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "align": "center", "valign": "vcenter"})
    for place, column in enumerate(FORM.columns):
        sheet.write_string(_HEADER, place, column.name, head)
        if column.note:
            sheet.write_comment(_HEADER, place, column.note, {"author": "督办"})


def _write_rows(sheet: Worksheet, rows: Iterable[FormRow], kept: object, free: object) -> int:
    last = _HEADER
    for last, row in enumerate(rows, start=_HEADER + 1):
        for place, column in enumerate(FORM.columns):
            look = kept if column.field in _KEPT else free
            sheet.write_string(last, place, getattr(row, column.field, ""), look)
    return last


def _set_up(sheet: Worksheet, last: int) -> None:
    for place, column in enumerate(FORM.columns):
        sheet.set_column(place, place, column.width, None, {"hidden": column.field == "row_key"})
        if column.choices:
            sheet.data_validation(_HEADER + 1, place, last, place, {
                "validate": "list", "source": column.choices, "error_title": "结果", "error_message": column.note,
            })  # fmt: skip
    sheet.freeze_panes(_HEADER + 1, 2)
    sheet.autofilter(_HEADER, 0, last, len(FORM.columns) - 1)
    sheet.protect("", {"autofilter": True, "sort": True, "format_rows": True, "format_columns": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def read_round_form(path: Path, zone: tzinfo) -> list[Filled]:
    """The answers of a filled form; rows without a result are left for later. FormRefused lists all problems."""
    entries = list(entries_of(open_sheets(path), FORM))
    found = [one for one in entries if isinstance(one, CellProblem)]
    filled = []
    for entry in entries:
        if isinstance(entry, Entry) and entry.cells["verdict"]:
            found += _problems(entry, path.parent, zone)
            filled.append(entry)
    if found:
        raise FormRefused(path.name, found)
    return [_filled(entry, path, zone) for entry in filled]


def _problems(entry: Entry, folder: Path, zone: tzinfo) -> Iterator[CellProblem]:
    if entry.cells["verdict"] not in _WORDS:
        words = "、".join(_WORDS)
        yield entry.problem("verdict", Text(f"只能填：{words}", f"write one of {words}"))
    if entry.cells["visited_at"] and _moment(entry.cells["visited_at"], zone) is None:
        written = entry.cells["visited_at"]
        yield entry.problem("visited_at", Text(
            f"看不懂时间“{written}”，请写成 2026-03-04 09:30", f"“{written}” is no time; write 2026-03-04 09:30",
        ))  # fmt: skip
    for name in _names(entry):
        if Path(name).name != name or not (folder / name).is_file():
            yield entry.problem("photos", Text(
                f"没有照片“{name}”，请把它放在检查表的同一文件夹", f"there is no photo “{name}” beside the form",
            ))  # fmt: skip


def _filled(entry: Entry, path: Path, zone: tzinfo) -> Filled:
    cells = entry.cells
    answer = Answer(
        row_key=cells["row_key"],
        site=cells["site"],
        code=cells["code"],
        verdict=_WORDS[cells["verdict"]],
        text=cells["text"],
        visited_at=_moment(cells["visited_at"], zone),
        cells={name: f"{path.name} {FORM.name}!{entry.cell(name)}" for name in cells},
    )
    return Filled(answer, tuple(path.parent / name for name in _names(entry)))


def _names(entry: Entry) -> list[str]:
    return [name for name in _PHOTOS.split(entry.cells["photos"]) if name]


def _moment(written: str, zone: tzinfo) -> datetime | None:
    """An instant as Excel or a person writes it; None where it is none."""
    if not written:
        return None
    try:
        instant = datetime.fromisoformat(written.replace("/", "-").replace("：", ":").strip())
    except ValueError:
        return None
    return instant.replace(tzinfo=instant.tzinfo or zone)
