"""Makes the workbooks of the sample (示例): `python -m duban.sample.make [FOLDER]`."""

import csv
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from documents.place_file import write_places
from documents.roster_form import write_roster
from duban.sample import FOLDER, PLACES, REVISED_TABLE, ROSTER, TABLE
from duban.sample.neighbourhood import SINCE, neighbourhood
from duban.sample.organisation import organisation

TITLE = "青禾街道2026年文明城市创建工作任务分解表"
CREATED = datetime(2026, 2, 26, tzinfo=UTC)
CATEGORY = "测评项目"
WIDTHS = (6, 14, 40, 30, 16, 18, 24, 18, 18)

Row = Mapping[str, str]

CHANGES = {
    "更换主次干道": {"完成时限": "3月27日前"},
    "划定非机动车停放区": {"牵头单位": "城市管理办公室", "配合单位": "综合行政执法队、派出所"},
    "动员党员和居民注册志愿者": {"测评标准": "注册志愿者占常住人口比例不低于15%"},
}
DROPPED = "督促沿街电子屏"
ADDED = {
    "改造提升生活垃圾": {
        "工作任务": "整治飞线和低垂线缆，分批规整入管", "测评标准": "整治点位不少于30处",
        "测评方法": "实地考察", "牵头单位": "城市管理办公室", "配合单位": "各社区",
        "责任领导": "街道办事处副主任", "完成时限": "7月底前",
    },
    "开展学雷锋": {
        "工作任务": "建立志愿服务供需清单，公布服务菜单", "测评标准": "每个社区不少于10项",
        "测评方法": "材料审核", "牵头单位": "新时代文明实践所", "配合单位": "各社区",
        "责任领导": "宣传委员", "完成时限": "4月20日前",
    },
}  # fmt: skip
"""The revision: tasks changed, dropped, and added after others, each known by how its text begins."""


def make(folder: Path) -> None:
    """Write the four workbooks; the same sources give the same bytes."""
    with (FOLDER / "table.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    _write_table(folder / TABLE.name, rows)
    _write_table(folder / REVISED_TABLE.name, _revised(rows))
    write_roster(organisation(), folder / ROSTER.name)
    write_places(neighbourhood(), SINCE, folder / PLACES.name)


def _revised(rows: Sequence[Row]) -> Sequence[Row]:
    revised: list[Row] = []
    for row in rows:
        task = row["工作任务"]
        if not task.startswith(DROPPED):
            revised.append({**row, **_about(task, CHANGES)})
        if added := _about(task, ADDED):
            revised.append({CATEGORY: row[CATEGORY], **added})
    return revised


def _about(task: str, notes: Mapping[str, Row]) -> Row:
    return next((note for beginning, note in notes.items() if task.startswith(beginning)), {})


def _write_table(path: Path, rows: Sequence[Row]) -> None:
    columns = ("序号", *rows[0])
    with Workbook(path) as book:
        book.set_properties({"title": TITLE, "created": CREATED})
        looks = _Looks(book)
        sheet = book.add_worksheet("任务分解表")
        _lay_out(sheet)
        sheet.merge_range(0, 0, 0, len(columns) - 1, TITLE, looks.title)
        sheet.write_row(1, 0, columns, looks.header)
        for number, row in enumerate(rows, 1):
            sheet.write_number(number + 1, 0, number, looks.text)
            for place, column in enumerate(columns[1:], 1):
                _write_cell(sheet, number + 1, place, row[column], looks)
        _merge_categories(sheet, rows, looks)


class _Looks:
    def __init__(self, book: Workbook) -> None:
        cell = {"border": 1, "text_wrap": True, "valign": "vcenter"}
        self.title = book.add_format({"bold": True, "font_size": 18, "align": "center", "valign": "vcenter"})
        self.header = book.add_format({"bold": True, "border": 1, "align": "center", "bg_color": "#F2F2F2"})
        self.text = book.add_format(cell)
        self.day = book.add_format({**cell, "num_format": 'yyyy"年"m"月"d"日"', "align": "left"})


def _lay_out(sheet: Worksheet) -> None:
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    sheet.set_row(0, 36)
    sheet.freeze_panes(2, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)


def _write_cell(sheet: Worksheet, row: int, place: int, text: str, looks: _Looks) -> None:
    """Text, or a real date where the source gives one in ISO form, as both occur in offices' tables."""
    try:
        sheet.write_datetime(row, place, date.fromisoformat(text), looks.day)
    except ValueError:
        sheet.write_string(row, place, text, looks.text)


def _merge_categories(sheet: Worksheet, rows: Sequence[Row], looks: _Looks) -> None:
    first = 2
    for category, members in groupby(rows, key=lambda row: row[CATEGORY]):
        last = first + len(list(members)) - 1
        sheet.merge_range(first, 1, last, 1, category, looks.text)
        first = last + 1


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
