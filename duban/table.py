"""`duban table …`: a task table from file to published obligations."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from duban.progress import watched
from duban.session import (
    APPLIED,
    NOT_APPLIED,
    AsOption,
    FileArgument,
    JsonOption,
    NowOption,
    Session,
    print_json,
    run,
    session,
)
from rules.language import Text

if TYPE_CHECKING:
    from rules.drafting import Answers, Draft, OpenQuestion
    from rules.revision import Revision
    from tasks.intake import Imported

app = typer.Typer(
    help="任务分解表：比对、发布 · Task tables: what a revision changes, and publishing.", no_args_is_help=True
)

SHOWN = 20
"""Questions, or changes of one kind, listed on the screen; --json lists all of them."""

PlanOption = Annotated[
    str | None, typer.Option("--plan", help="所属计划名（默认表题） · the plan it revises; its title by default")
]
YearOption = Annotated[int | None, typer.Option("--year", min=1949, max=2200, help="计划年度 · the plan year")]
AnswersOption = Annotated[
    Path | None, typer.Option("--answers", help="填好的待确认清单 .xlsx · the filled list of questions")
]
QuestionsOption = Annotated[
    Path | None, typer.Option("--questions", help="把待确认问题写到此 .xlsx · write open questions to this file")
]
AskOption = Annotated[bool, typer.Option("--ask/--no-ask", help="在终端逐个提问 · ask in the terminal")]


@app.command()
def publish(
    file: FileArgument,
    plan: PlanOption = None,
    year: YearOption = None,
    answers: AnswersOption = None,
    questions: QuestionsOption = None,
    ask: AskOption = False,
    as_: AsOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """发布任务分解表 · Publish a table once every question is answered; publishing it again changes nothing."""
    run(_publish(file, plan, year, answers, questions, ask, as_, now, as_json))


async def _publish(
    file: Path,
    plan: str | None,
    year: int | None,
    answers: Path | None,
    questions: Path | None,
    ask: bool,
    as_: str | None,
    now: str | None,
    as_json: bool,
) -> None:
    from documents.questions import read_answers, write_questions
    from rules.drafting import settled
    from tasks.intake import QuestionsOpen, draft_table, publish_table, read_file

    given = dict(read_answers(answers)) if answers else {}
    async with session(now) as here:
        actor = await here.actor_of_office(as_)
        with watched() as headway:
            imported = await read_file.fn(here.office, file, here.now, plan, year, headway)
            drafted = await draft_table.fn(here.office, imported, given, here.now, headway)
        _say_unused(here, imported, given)
        while ask and (new := _ask(here, drafted)):
            given |= new
            drafted = await draft_table.fn(here.office, imported, given, here.now)
        if drafted.questions:
            if questions:
                write_questions(questions, drafted.questions, settled(drafted, given))
            _show_questions(here, drafted, questions, as_json)
            raise QuestionsOpen(drafted.questions)
        with watched() as headway:
            published = await publish_table.fn(here.office, imported, drafted, given, here.now, actor, headway)
        _show_revision(here, imported, published.revision, as_json, published.version, published.opened)
        if published.version is None and not as_json:
            here.say(Text("与现行版本相同，没有发布新版本。", "The same as the version in force: nothing published."))


@app.command()
def diff(
    file: FileArgument,
    plan: PlanOption = None,
    year: YearOption = None,
    answers: AnswersOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """比对修订 · What publishing this version would add, change and drop; nothing is written."""
    run(_diff(file, plan, year, answers, now, as_json))


async def _diff(
    file: Path, plan: str | None, year: int | None, answers: Path | None, now: str | None, as_json: bool
) -> None:
    from documents.questions import read_answers
    from tasks.intake import compare_table, draft_table, read_file

    given = read_answers(answers) if answers else {}
    async with session(now) as here:
        imported = await read_file.fn(here.office, file, here.now, plan, year)
        drafted = await draft_table.fn(here.office, imported, given, here.now)
        _say_unused(here, imported, given)
        revision = await compare_table.fn(here.office, imported, drafted)
        _show_revision(here, imported, revision, as_json, None, 0)
        if drafted.questions and not as_json:
            here.say(
                Text(f"另有 {len(drafted.questions)} 个问题待确认。", f"{len(drafted.questions)} questions are open.")
            )


@app.command()
def coverage(
    file: FileArgument,
    plan: PlanOption = None,
    year: YearOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """四有四定：每行是否有人、有领导、有时限、有方法、有标准 · What each row has, and which lack something."""
    run(_coverage(file, plan, year, now, as_json))


async def _coverage(file: Path, plan: str | None, year: int | None, now: str | None, as_json: bool) -> None:
    from rules.chain import chain_of
    from rules.coverage import MARK_LABELS, Mark, coverage
    from rules.obligation import content_of
    from tasks.intake import draft_table, read_file

    async with session(now) as here:
        roster = (await here.office.rulebook()).roster
        imported = await read_file.fn(here.office, file, here.now, plan, year)
        drafted = await draft_table.fn(here.office, imported, {}, here.now)
        rows = [(one.row.item_no, content_of(one)) for one in drafted.obligations]
        found = coverage(rows, lambda unit, leader, responsible: chain_of(roster, unit, leader, responsible))
        if as_json:
            gaps = [
                {"item_no": gap.item_no, "task": gap.task, "source": gap.source, "lacks": list(gap.lacks)}
                for gap in found.gaps
            ]
            print_json({"rows": found.rows, "having": dict(found.having), "gaps": gaps})
            return
        for mark in Mark:
            label = MARK_LABELS[mark]
            here.say(
                Text(
                    f"有{label.zh}：{found.having[mark]}/{found.rows}", f"{label.en}: {found.having[mark]}/{found.rows}"
                )
            )
        for gap in found.gaps:
            lacks = [MARK_LABELS[mark] for mark in gap.lacks]
            here.say(
                Text(
                    f"{gap.source} {gap.item_no or ''} {gap.task[:30]}：缺 {'、'.join(label.zh for label in lacks)}",
                    f"{gap.source} {gap.item_no or ''} {gap.task[:30]}: lacks {', '.join(label.en for label in lacks)}",
                )
            )


@app.command("roll-over")
def roll_over(
    old: Annotated[str, typer.Argument(help="上一年度计划名 · last year's plan")],
    new: Annotated[str, typer.Argument(help="新一年度计划名（已发布） · this year's plan, published already")],
    apply: Annotated[
        bool, typer.Option("--apply", help="照此执行；不加只看影响 · apply it; without, only show")
    ] = False,
    as_: AsOption = None,
    now: NowOption = None,
) -> None:
    """跨年结转 · Roll over: the old plan opens nothing more, its unfinished duties go on until closed."""
    run(_roll_over(old, new, apply, as_, now))


async def _roll_over(old: str, new: str, apply: bool, as_: str | None, now: str | None) -> None:
    from store.rolling import foresee_roll_over, roll_over

    async with session(now) as here:
        actor = await here.actor_of_office(as_)
        async with here.office.store.reading() as connection:
            effect = await foresee_roll_over(connection, old, new)
        here.say(
            Text(
                f"《{old}》{effect.ended} 项任务停止立项，其中 {effect.continued} 项在《{new}》中继续；"
                f"{len(effect.carried)} 项在办结转。",
                f"“{old}”: {effect.ended} obligations end, {effect.continued} of them go on in “{new}”; "
                f"{len(effect.carried)} unfinished duties are carried on.",
            )
        )
        if apply:
            async with here.office.deciding(here.now, actor) as (write, _):
                await roll_over(write, old, new)
            here.say(APPLIED)
        else:
            here.say(NOT_APPLIED)


def _say_unused(here: Session, imported: "Imported", given: "Answers") -> None:
    """Answers to rows that this table does not have; on stderr, where they disturb no JSON."""
    from rules.drafting import of_no_row

    if unused := of_no_row(imported.table, given):
        first = "；".join(unused[:3])
        said = Text(
            f"有 {len(unused)} 条答复对不上表里的任何一行，没有用上（{first}）。"
            "请核对清单是不是这张表的；任务改过字的，算另一行。",
            f"{len(unused)} answers belong to no row of this table and were not used ({first}). "
            "Check that the list is this table's; a row that was reworded counts as another.",
        )
        typer.echo(said.said_in(here.language), err=True)


def _ask(here: Session, drafted: "Draft") -> dict[tuple[str, str], str]:
    """Ask every open question in the terminal; an empty answer leaves it open."""
    from rules.drafting import joined

    given = {}
    for number, one in enumerate(drafted.questions, start=1):
        typer.echo(f"\n[{number}/{len(drafted.questions)}] {_asked(here, one)}")
        for place, choice in enumerate(one.question.choices, start=1):
            typer.echo(f"  {place}. {choice}")
        answer = typer.prompt("答复 · answer", default="", show_default=False).strip()
        if answer.isdecimal() and 0 < int(answer) <= len(one.question.choices):
            answer = one.question.choices[int(answer) - 1]
        if answer:
            given[(one.row_key, one.field)] = joined(one.answered, answer)
    return given


def _asked(here: Session, one: "OpenQuestion") -> str:
    """The question with its cell and what was understood."""
    message, understood = one.question.message, one.question.understood
    told = not understood or understood in message.zh
    as_read = Text("", "") if told else Text(f"（理解为：{understood}）", f" (understood as: {understood})")
    return f"{_where(one)} {Text(message.zh + as_read.zh, message.en + as_read.en).said_in(here.language)}"


def _show_questions(here: Session, drafted: "Draft", file: Path | None, as_json: bool) -> None:
    if as_json:
        print_json({"published": False, "questions": [_question(one) for one in drafted.questions]})
        return
    for one in drafted.questions[:SHOWN]:
        choices = "；".join(one.question.choices)
        offered = Text(f" 可选：{choices}", f" Choices: {choices}") if choices else Text("", "")
        typer.echo(f"？ {_asked(here, one)}{offered.said_in(here.language)}")
    more = len(drafted.questions) - SHOWN
    if more > 0:
        here.say(Text(f"…… 另有 {more} 个，全部在清单里。", f"… and {more} more; the list holds them all."))
    hint = str(file) if file else "--questions 清单.xlsx"
    here.say(
        Text(
            f"答复后用 --answers 再次发布（清单：{hint}）。", f"Answer and publish again with --answers (list: {hint})."
        )
    )


def _question(one: "OpenQuestion") -> dict[str, Any]:
    return {
        "row": one.row_key,
        "field": one.field,
        "source": _where(one),
        "message": one.question.message.zh,
        "understood": one.question.understood,
        "choices": list(one.question.choices),
    }


def _where(one: "OpenQuestion") -> str:
    source = one.question.source or (one.row.source if one.row else None)
    return f"{source.sheet}!{source.cell}" if source and source.sheet else source.cell if source else ""


def _show_revision(
    here: Session, imported: "Imported", revision: "Revision", as_json: bool, version: int | None, opened: int
) -> None:
    counts = {
        "added": len(revision.added),
        "changed": len(revision.changed),
        "dropped": len(revision.dropped),
        "moved": len(revision.moved),
        "unchanged": revision.unchanged,
    }
    if as_json:
        changes = [
            {"task": change.new.task, "fields": {name: list(pair) for name, pair in change.fields.items()}}
            for change in revision.changed
        ]
        print_json(
            {
                "published": version is not None,
                "plan": imported.plan,
                "version": version,
                "opened": opened,
                **counts,
                "changes": changes,
                "added_tasks": [entry.task for entry in revision.added],
                "dropped_tasks": [entry.task for entry in revision.dropped],
            }
        )
        return
    _show_changes(here, revision)
    here.say(
        Text(
            "新增 {added}，修改 {changed}，删除 {dropped}，移位 {moved}，未变 {unchanged}。".format(**counts),
            "{added} added, {changed} changed, {dropped} dropped, {moved} moved, {unchanged} unchanged.".format(
                **counts
            ),
        )
    )
    if version:
        here.say(
            Text(
                f"《{imported.plan}》第 {version} 版已发布，立项 {opened} 项。",
                f"“{imported.plan}” version {version} is published, {opened} duties opened.",
            )
        )


def _show_changes(here: Session, revision: "Revision") -> None:
    from rules.revision import FIELD_LABELS

    if revision.unchanged or revision.changed or revision.dropped:
        for entry in revision.added[:SHOWN]:
            typer.echo(f"+ {entry.item_no or ''} {entry.task}")
    for entry in revision.dropped[:SHOWN]:
        typer.echo(f"- {entry.item_no or ''} {entry.task}")
    for change in revision.changed[:SHOWN]:
        typer.echo(f"~ {change.new.item_no or ''} {change.new.task}")
        for name, (old, new) in change.fields.items():
            label = FIELD_LABELS[name].said_in(here.language)
            typer.echo(f"    {label}: {_brief(old)} → {_brief(new)}")


def _brief(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(one["text"] if isinstance(one, dict) else str(one) for one in value) or "—"
    return str(value) if value else "—"
