"""Import (tidy workbook → published duties) beside calamine and a hand-written bulk insert of the same rows."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import NamedTuple

from xlsxwriter import Workbook

from benchmarks.import_floor import import_by_hand
from benchmarks.measure import Figures, Job, Pair, Spent, Tick, median, paired, spent_on
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


async def measure_alone(folder: Path, rounds: int, tick: Tick, *, rows: int) -> Figures:
    """The same in processes of their own, from a cold start; also the most memory that Duban's held."""
    table, pristine = folder / "table.xlsx", await build(folder / "pristine")
    write_table(table, rows)
    found: dict[str, list[Alone]] = {contender: [] for contender in CONTENDERS}
    for _ in range(rounds):
        for contender, runs in found.items():
            runs.append(_alone(contender, pristine, table))
        tick()
    pair = Pair(*(median([run.spent for run in runs]) for runs in found.values()))
    return pair.figures() | {"ours_peak_mb": max(run.peak_mb for run in found["ours"])}


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


class Alone(NamedTuple):
    """What one run in its own process took; its memory counts from that of the process which started it."""

    spent: Spent
    peak_mb: float


def _alone(contender: str, pristine: Settings, table: Path) -> Alone:
    command = [sys.executable, "-m", "benchmarks.importing", contender, str(pristine.home), str(table)]
    spent, peak_mb = json.loads(subprocess.check_output(command))
    return Alone(Spent(*spent), peak_mb)


async def run_alone(contender: str, home: Path, table: Path) -> Alone:
    async with CONTENDERS[contender](Settings(home=home, _env_file=None), table) as job:
        spent = await spent_on(job)
    return Alone(spent, round(getrusage(RUSAGE_SELF).ru_maxrss / 1024, 1))


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


CONTENDERS: Mapping[str, Callable[[Settings, Path], AbstractAsyncContextManager[Job]]] = {"ours": ours, "floor": floor}

if __name__ == "__main__":
    contender, home, table = sys.argv[1:]
    sys.stdout.write(json.dumps(asyncio.run(run_alone(contender, Path(home), Path(table)))))
