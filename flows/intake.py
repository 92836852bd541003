"""The flow of intake (导入与发布): from an office file to published obligations, or to a list of questions."""

from pathlib import Path
from typing import Annotated, Any

from prefect import flow

from documents.questions import read_answers, write_questions
from flows.edge import Now, instant, office_here, run_log, shown, step
from rules.drafting import Answers, Draft, of_no_row, settled
from tasks.actors import office_in
from tasks.intake import compare_table, draft_table, publish_table, read_file

File = Annotated[
    Path,
    shown("表格文件", "任务分解表在运行本流程的机器上的完整路径 · the table's full path on the machine that runs this"),
]
Plan = Annotated[str | None, shown("所属计划", "修订哪个计划，空着即表题 · the plan it revises; its title by default")]
Year = Annotated[
    int | None, shown("年度", "计划年度，空着即从表中读出 · the plan year; else as in the table", ge=2000, le=2100)
]
AnswerFile = Annotated[
    Path | None, shown("答复清单", "填好的待确认清单 .xlsx 的完整路径 · the filled list of questions, its full path")
]
Person = Annotated[
    str | None,
    shown("办理人", "名册中的姓名或职务，空着即创建办唯一人员 · who publishes, by name or title in the roster"),
]


@flow(name="intake")
async def intake(
    file: File, plan: Plan = None, year: Year = None, answers: AnswerFile = None, by: Person = None, now: Now = None
) -> dict[str, Any]:
    """导入与发布：读表、对照名册、一次列出全部待确认；没有待确认才发布，修订即比对后更新。同一张表再发布无害。

    Intake: reads a task table, matches it with the roster, and publishes it when no question is open. Open questions
    fail the run and are listed in a file of the home folder, to be filled in and given as answers. Publishing again is
    harmless. Returns the plan, its version (None where nothing changed), duties opened, and how many rows changed how.
    """
    async with office_here() as office:
        at = instant(now, office)
        actor = office_in(await office.rulebook(), by)
        given = read_answers(answers) if answers else {}
        imported = await step(read_file, office, file, at, plan, year)
        drafted = await step(draft_table, office, imported, given, at)
        if unused := of_no_row(imported.table, given):
            run_log().warning("%d 条答复对不上表里的任何一行 · answers belong to no row of this table", len(unused))
        _list_questions(office.settings.home / "questions", file, drafted, given)
        revision = await step(compare_table, office, imported, drafted)
        published = await step(publish_table, office, imported, drafted, given, at, actor)
    run_log().info("《%s》第 %s 版，立项 %d · published, opened", imported.plan, published.version, published.opened)
    changes = {name: len(getattr(revision, name)) for name in ("added", "changed", "dropped", "moved")}
    return {"plan": imported.plan, "version": published.version, "opened": published.opened, **changes}


def _list_questions(folder: Path, file: Path, drafted: Draft, given: Answers) -> None:
    """Write the open questions where the office finds them and fills them in."""
    if drafted.questions:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{file.stem}-待确认.xlsx"
        write_questions(path, drafted.questions, settled(drafted, given))
        run_log().warning("%d 个问题待确认，清单：%s · questions are open, listed there", len(drafted.questions), path)
