"""The flow of the weekly bulletin (督查通报)."""

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

from prefect import flow

from flows.edge import Now, instant, office_here, run_log, show, shown, step
from tasks.reporting import write_week

On = Annotated[
    date | None,
    shown("周", "这一天所在的周；空着即办理时刻半天前所在的周 · the week of this day; empty: of half a day ago"),
]
# So that Friday's run writes the week that is ending, and Monday morning's the one that has ended.
HALF_A_DAY = timedelta(hours=12)

Out = Annotated[
    Path | None, shown("存放文件夹", "空着即数据文件夹下的 documents · empty: documents in the home folder")
]


@flow(name="report")
async def report(on: On = None, out: Out = None, now: Now = None) -> list[str]:
    """通报：从台账编发一周的督查通报，Markdown、docx、pdf、xlsx 各一份。同一周再编，内容一字不差。

    Report: writes a week's bulletin from the ledger, as Markdown, docx, PDF and xlsx. The same week gives the same
    bytes again. Returns the files' paths.
    """
    async with office_here() as office:
        at = instant(now, office)
        folder = out or office.settings.home / "documents"
        files = await step(write_week, office, on or office.calendar.local(at - HALF_A_DAY).date(), folder, at)
        await show("bulletin", files[0].read_text(encoding="utf-8"))
    run_log().info("通报 · bulletin: %s", "，".join(map(str, files)))
    return [str(file) for file in files]
