"""Import (tidy workbook → published duties) beside calamine and a hand-written bulk insert of the same rows."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

from xlsxwriter import Workbook

from benchmarks.import_floor import import_by_hand
from benchmarks.measure import Figures, Job, Tick, paired
from benchmarks.world import LEADER, NOW, UNITS, build, floor_database, fresh
from rules.lifecycle import SYSTEM
from settings import Settings
from tasks.intake import draft_table, publish_table, read_file
from tasks.office import open_office

TITLE = "2026年任务分解表"
HEADER = (
    "序号", "测评项目", "工作任务", "测评标准", "测评方法", "牵头单位", "配合单位", "考核单位", "责任领导", "责任人",
    "完成时限", "备注",
)  # fmt: skip
SUBJECTS = ("背街小巷", "农贸市场", "老旧小区", "主次干道", "公共厕所", "建筑工地", "河道沿岸", "学校周边")
FIRST_LOOK = NOW.replace(hour=1, minute=0) + timedelta(days=2)  # two working days on, at 9:00 in Shanghai
ASSESSOR = UNITS[-1]
DEADLINES = ("6月底前", "2026年9月30日前", "11月20日前", "每月", "12月底前", "10月15日前")


async def measure(folder: Path, rounds: int, tick: Tick, *, rows: int) -> Figures:
    """A table of so many rows, from the file to duties and their notices."""
    table, pristine = folder / "table.xlsx", await build(folder / "pristine")
    write_table(table, rows)
    return (await paired(lambda: ours(pristine, table), lambda: floor(pristine, table), rounds, tick)).figures()


def write_table(path: Path, rows: int) -> None:
    with Workbook(path) as book:
        sheet = book.add_worksheet("任务分解表")
        sheet.write(0, 0, TITLE)
        sheet.write_row(1, 0, HEADER)
        for number in range(1, rows + 1):
            sheet.write_row(number + 1, 0, _cells(number))


def _cells(number: int) -> Sequence[str | int]:
    subject = SUBJECTS[number % len(SUBJECTS)]
    lead, *support = (UNITS[(number + apart) % len(UNITS)] for apart in (0, 1, 7))
    return (
        number,
        f"{subject}整治",
        f"整治第{number}处{subject}，清理乱堆乱放",
        f"{subject}整洁有序，无积存垃圾",
        "实地考察",
        lead,
        "、".join(support),
        ASSESSOR,
        LEADER,
        f"{lead}科员",
        DEADLINES[number % len(DEADLINES)],
        f"第{number % 12 + 1}网格",
    )


@asynccontextmanager
async def ours(pristine: Settings, table: Path) -> AsyncIterator[Job]:
    async with open_office(fresh(pristine)) as office:

        async def job() -> None:
            imported = await read_file.fn(office, table, NOW)
            drafted = await draft_table.fn(office, imported, {}, NOW)
            published = await publish_table.fn(office, imported, drafted, {}, NOW, SYSTEM)
            assert published.opened == len(imported.table.rows), published.opened

        yield job


@asynccontextmanager
async def floor(pristine: Settings, table: Path) -> AsyncIterator[Job]:
    with closing(floor_database(pristine)) as connection:

        async def job() -> None:
            assert import_by_hand(connection, table, NOW, FIRST_LOOK)

        yield job
