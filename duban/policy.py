"""`duban policy …` and `duban calendar …`: what the office may set, with its effect shown before it is applied."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.session import APPLIED, NOT_APPLIED, AsOption, FileArgument, NowOption, run, session
from rules.errors import Refusal
from rules.faults import faults
from rules.language import Text

if TYPE_CHECKING:
    from rules.policy import Policy

app = typer.Typer(help="督办规则：查看、采用 · The policy: show and adopt.", no_args_is_help=True)
calendar_app = typer.Typer(help="工作日历：本单位年度安排 · The office's own year table.", no_args_is_help=True)

ApplyOption = Annotated[
    bool, typer.Option("--apply", help="照此执行；不加只看影响 · apply it; without, only show the effect")
]


class BadPolicy(Refusal):
    """规则有误: the policy file does not hold a usable policy."""

    zh = "{file} 不是可用的督办规则：{why.zh}"
    en = "{file} is not a usable policy: {why.en}"


@app.command()
def show(
    file: Annotated[Path | None, typer.Argument(help="写到此文件，默认屏幕 · to this file, else the screen")] = None,
) -> None:
    """显示现行规则 · Show the policy in force as JSON, to be edited and adopted."""
    text = run(_policy_in_force())
    if file:
        file.write_text(text + "\n", encoding="utf-8")
    else:
        typer.echo(text)


async def _policy_in_force() -> str:
    async with session() as here:
        return (await here.office.rulebook()).policy.model_dump_json(indent=2)


@app.command()
def adopt(file: FileArgument, apply: ApplyOption = False, as_: AsOption = None, now: NowOption = None) -> None:
    """采用新规则 · Adopt a policy for duties opened from now on; those open keep theirs."""
    run(_adopt(_read_policy(file), apply, as_, now))


def _read_policy(file: Path) -> "Policy":
    from pydantic import ValidationError

    from rules.policy import Policy

    try:
        return Policy.model_validate_json(file.read_bytes())
    except ValidationError as why:
        raise BadPolicy(file=file.name, why=faults(why.errors(include_url=False))) from None


async def _adopt(policy: "Policy", apply: bool, as_: str | None, now: str | None) -> None:
    from rules.policy_changes import changes
    from store.duties import unfinished
    from store.rulebook import adopt_policy

    async with session(now) as here:
        actor = await here.actor_of_office(as_)
        in_force = (await here.office.rulebook()).policy
        if policy == in_force:
            here.say(Text("与现行规则相同，没有改动。", "The same as the policy in force: nothing to change."))
            return
        for change in changes(in_force, policy):
            typer.echo(f"{change.place}: {change.was} → {change.will_be}")
        async with here.office.store.reading() as connection:
            kept = len(await unfinished(connection))
        here.say(
            Text(
                f"在办 {kept} 项沿用立项时的规则；此后立项的用新规则。",
                f"{kept} unfinished duties keep the policy they were opened under; later ones get the new one.",
            )
        )
        if apply:
            async with here.office.deciding(here.now, actor) as (write, _):
                version = await adopt_policy(write, policy)
            here.say(Text(f"第 {version} 版规则已采用。", f"Policy version {version} is adopted."))
        else:
            here.say(NOT_APPLIED)


@calendar_app.command("import")
def import_(file: FileArgument, apply: ApplyOption = False, as_: AsOption = None, now: NowOption = None) -> None:
    """导入年度安排（CSV 或 xlsx）并重算督办时点 · Lay a year table over the calendar; shows what it moves first."""
    run(_import(file, apply, as_, now))


async def _import(file: Path, apply: bool, as_: str | None, now: str | None) -> None:
    from documents.year_table import read_year_table
    from store.directory import new_days
    from store.rescheduling import moved_by, set_year_table

    days = read_year_table(file)
    async with session(now) as here:
        actor = await here.actor_of_office(as_)
        async with here.office.store.reading() as connection:
            days = await new_days(connection, days)
            moves = await moved_by(connection, here.office.calendar, days)
        if not days:
            here.say(Text("与现有的年度安排相同，没有改动。", "The same as the year table in force; nothing changed."))
            return
        local = here.office.calendar.local
        for move in moves[:20]:
            was, will = (f"{local(at):%Y-%m-%d %H:%M}" if at else "—" for at in (move.was, move.will_be))
            typer.echo(f"D{move.duty}  {was} → {will}")
        here.say(
            Text(
                f"新的安排 {len(days)} 天；{len(moves)} 项的下一督办时点或“暂定”标记会变。",
                f"{len(days)} days are new; the next step (or provisional mark) of {len(moves)} duties moves.",
            )
        )
        if apply:
            async with here.office.deciding(here.now, actor) as (write, _):
                await set_year_table(write, here.office.calendar, days)
            here.say(APPLIED)
        else:
            here.say(NOT_APPLIED)
