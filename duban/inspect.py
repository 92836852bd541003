"""`duban inspect …`: cadences and their slots, rounds, forms out and in. Alone it opens whatever is due."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from duban.arguments import name, number_of
from duban.cycle import SubmitOption, submitted
from duban.inspect_words import round_lines, slot_lines, slots_json
from duban.session import AsOption, FilesOption, JsonOption, NowOption, Session, instant_of, print_json, run, session
from rules.errors import Refusal
from rules.inspecting import LEVEL_LABELS, METHOD_LABELS, MOST_SITES, Inspection, Level, Method, Scope, Size
from rules.language import Text
from rules.visits import VERDICT_LABELS, Answer, Verdict

if TYPE_CHECKING:
    from tasks.visiting import Taken

app = typer.Typer(
    help="检查：频次、轮次、检查表；不带子命令即开启到期的轮次 · Inspection; alone: open what is due.",
    invoke_without_command=True,
)

Number = Annotated[int, typer.Argument(help="轮次，如 R3 · the round's number", parser=number_of("R"))]


class NoTimeAtAll(Refusal):
    """起止颠倒: the last day asked for lies before the first."""

    zh = "止于 {until}，早于起始的 {since}。请把 --from 和 --to 对调。"
    en = "It ends on {until}, before it begins on {since}: exchange --from and --to."


def _said(labels: Any) -> str:
    return "、".join(f"{one}={label.zh}" for one, label in labels.items())


@app.callback()
def inspect(
    context: typer.Context, now: NowOption = None, as_json: JsonOption = False, submit: SubmitOption = False
) -> None:
    """检查 · Inspection: cadences, rounds, forms; alone it opens the rounds that are due."""
    if context.invoked_subcommand is None:
        if submit:
            submitted("inspect", now)
        else:
            run(_open_due(now, as_json))


async def _open_due(now: str | None, as_json: bool) -> None:
    from tasks.inspecting import open_due_rounds

    async with session(now) as here:
        numbers = await open_due_rounds.fn(here.office, here.now)
        if as_json:
            print_json({"rounds": numbers})
        elif numbers:
            listed = "、".join(map(str, numbers))
            here.say(Text(f"已开启第 {listed} 轮检查。", f"Rounds {listed} are open."))
        else:
            here.say(Text("没有到期的检查轮次，已开启的照常进行。", "No round is due; those open go on."))


@app.command("open")
def open_(
    label: Annotated[str, typer.Argument(help="这一轮的名称，如 节前专项检查 · what the round is called", parser=name)],
    method: Annotated[Method, typer.Option("--method", help=_said(METHOD_LABELS))] = Method.ANNOUNCED,
    level: Annotated[Level, typer.Option("--level", help="检查表：" + _said(LEVEL_LABELS))] = Level.WEEKLY,
    area: Annotated[str | None, typer.Option("--area", help="只查这个网格 · only this area")] = None,
    site_type: Annotated[str | None, typer.Option("--type", help="只查这类点位 · only sites of this type")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="只查这个单位的点位 · only this unit's sites")] = None,
    indicator: Annotated[str | None, typer.Option("--indicator", help="只查这项指标 · only this indicator")] = None,
    sites: Annotated[
        int | None, typer.Option("--sites", min=1, max=MOST_SITES, help="抽几个点位，默认全查 · how many sites")
    ] = None,
    confidence: Annotated[
        float | None, typer.Option("--confidence", min=0.5, max=0.999, help="按置信度抽样，如 0.95 · by confidence")
    ] = None,
    margin: Annotated[float, typer.Option("--margin", min=0.01, max=0.49, help="允许误差 · margin of error")] = 0.1,
    teams: Annotated[int | None, typer.Option("--teams", min=1, max=50, help="分几组 · how many teams")] = None,
    seed: Annotated[str | None, typer.Option("--seed", help="种子，默认由台账产生 · the seed; else made")] = None,
    as_: AsOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """另开一轮检查 · Open one round as described; the same name on the same day opens it once."""
    asked = Inspection(
        label=Text(label, label),
        method=method,
        level=level,
        scope=Scope(area=area, site_type=site_type, unit=unit, indicator=indicator),
        size=Size(sites=sites, confidence=confidence, margin=margin),
        teams=teams,
    )
    run(_open(asked, seed, as_, now, as_json))


async def _open(asked: Inspection, seed: str | None, as_: str | None, now: str | None, as_json: bool) -> None:
    from tasks.inspecting import start_round
    from tasks.planning import plan_of

    async with session(now) as here:
        actor = await here.actor(as_)
        plan = plan_of(await here.office.rulebook(), asked, here.now, seed)
        number = await start_round.fn(here.office, here.now, plan, actor)
        if number is None:
            here.say(Text("今天已有同名的一轮。", "There is a round of this name today."))
        else:
            await _tell(here, number, as_json)


@app.command()
def show(number: Number, as_: AsOption = None, now: NowOption = None, as_json: JsonOption = False) -> None:
    """一轮检查：方案、抽样说明、进度 · One round: its plan, how it was drawn, how far it is."""
    run(_show(number, as_, now, as_json))


async def _show(number: int, as_: str | None, now: str | None, as_json: bool) -> None:
    from tasks.planning import check_supervisor

    async with session(now) as here:
        check_supervisor(await here.actor(as_))
        await _tell(here, number, as_json)


async def _tell(here: Session, number: int, as_json: bool) -> None:
    from store.visits import round_of, visits_of

    async with here.office.store.reading() as connection:
        row = await round_of(connection, number)
        known = await visits_of(connection, row)
    if as_json:
        done = [visit.site for visit in known.values() if visit.is_complete({})]
        print_json({"round": row.id, **{n: v for n, v in row.data.items() if n != "items"}, "done": done})
        return
    for line in round_lines(row, known, here.office.calendar):
        here.say(line)


@app.command()
def slots(
    since: Annotated[str | None, typer.Option("--from", help="从哪天起，默认本月一日 · from this day")] = None,
    until: Annotated[str | None, typer.Option("--to", help="到哪天止，默认今天 · to this day")] = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """督查频次：该做几次、做了几次、缺几次 · Slots of each cadence: asked for, done, short."""
    run(_slots(since, until, now, as_json))


async def _slots(since: str | None, until: str | None, now: str | None, as_json: bool) -> None:
    from store.slots import slots_between

    async with session(now) as here:
        today = here.office.calendar.local(here.now)
        first = instant_of(since, here.office.settings.zone) if since else today.replace(day=1, hour=0, minute=0)
        last = instant_of(until, here.office.settings.zone) + timedelta(days=1) if until else here.now
        if last <= first:
            raise NoTimeAtAll(since=since or first.date(), until=until or last.date())
        book = await here.office.rulebook()
        async with here.office.store.reading() as connection:
            rows = await slots_between(connection, book, first, last)
        if as_json:
            print_json(slots_json(rows, here.now))
            return
        for line in slot_lines(rows, book.cadences.values(), here.now, here.office.calendar):
            here.say(line)


@app.command()
def done(
    cadence: Annotated[str, typer.Argument(help="频次的 key · the cadence")],
    key: Annotated[str, typer.Argument(help="时段，如 2026-W10 · the slot")],
    as_: AsOption = None,
    now: NowOption = None,
) -> None:
    """会商、约谈、列单等已办 · What a slot asks for was done: a meeting, a talk, a list."""
    run(_done(cadence, key, as_, now))


async def _done(cadence: str, key: str, as_: str | None, now: str | None) -> None:
    from store.ledger import writing
    from store.slots import mark_done

    async with session(now) as here:
        async with writing(here.office.store, here.now, await here.actor_of_office(as_)) as write:
            fresh = await mark_done(write, cadence, key)
        here.say(Text("已登记。", "Noted.") if fresh else Text("以前登记过。", "It was noted before."))


@app.command()
def forms(
    number: Number,
    out: Annotated[Path, typer.Option("--out", file_okay=False, help="写到此文件夹 · the folder")] = Path(),
    as_: AsOption = None,
) -> None:
    """导出检查表，每组一份 · The round's forms, one spreadsheet per team."""
    run(_forms(number, out, as_))


async def _forms(number: int, out: Path, as_: str | None) -> None:
    from tasks.visiting import write_forms

    async with session() as here:
        for path in await write_forms(here.office, number, out, await here.actor(as_)):
            typer.echo(path)


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="填好的检查表 · filled forms")],
    as_: AsOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """导入填好的检查表，可重复导入 · Read filled forms back; the same again changes nothing."""
    run(_import(files, as_, now, as_json))


async def _import(files: list[Path], as_: str | None, now: str | None, as_json: bool) -> None:
    from tasks.visiting import take_forms

    async with session(now) as here:
        taken = await take_forms(here.office, here.now, await here.actor(as_), files)
        _tell_taken(here, taken, as_json)


@app.command()
def record(
    number: Number,
    site: Annotated[str, typer.Argument(help="点位 · the site")],
    item: Annotated[str, typer.Argument(help="检查项编号 · the item's code")],
    verdict: Annotated[Verdict, typer.Argument(help=_said(VERDICT_LABELS))],
    text: Annotated[str, typer.Option("--text", help="问题描述，不合格必填 · what is wrong")] = "",
    files: FilesOption = None,
    as_: AsOption = None,
    now: NowOption = None,
) -> None:
    """逐项登记检查结果 · Type in one result."""
    run(_record(number, Answer("", site, item, verdict, text), files or [], as_, now))


async def _record(number: int, answer: Answer, files: list[Path], as_: str | None, now: str | None) -> None:
    from tasks.visiting import take_answer

    async with session(now) as here:
        taken = await take_answer(here.office, here.now, await here.actor(as_), number, answer, files)
        _tell_taken(here, [taken], as_json=False)


def _tell_taken(here: Session, taken: "Sequence[Taken]", as_json: bool) -> None:
    if as_json:
        print_json([{"round": one.round, **one.recorded._asdict()} for one in taken])
        return
    for one in taken:
        answers, findings, finished = one.recorded
        raised = "、".join(f"F{number}" for number in findings) or "—"
        ended = Text("，本轮完成", ", the round is done") if finished else Text("", "")
        here.say(
            Text(
                f"第 {one.round} 轮：登记 {answers} 项，新问题 {raised}{ended.zh}。",
                f"Round {one.round}: {answers} results, new findings {raised}{ended.en}.",
            )
        )
