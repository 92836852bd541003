"""`duban supervise`, `deliver`, `audit`: the engine's passes, started by hand."""

from typing import Annotated, Any

import typer

from duban.labels import counted, outcome_labels, step_labels
from duban.session import JsonOption, NowOption, Session, acting_at, print_json, run, session
from rules.language import Text

_SHOWN = 30
"""Broken promises listed on the screen; --json lists all of them."""

SubmitOption = Annotated[
    bool, typer.Option("--submit", help="交给正在运行的 Prefect 执行 · hand it to the running Prefect server")
]


def supervise(now: NowOption = None, as_json: JsonOption = False, submit: SubmitOption = False) -> None:
    """执行一次督办周期 · One cycle: open what is due, take the steps that are due; prints counts by kind."""
    if submit:
        submitted("supervise", now)
    else:
        run(_supervise(now, as_json))


async def _supervise(now: str | None, as_json: bool) -> None:
    from tasks.heart import beat_heart
    from tasks.supervising import open_duties, remind_of_findings, take_steps

    async with session(now) as here:
        opened = await open_duties.fn(here.office, here.now)
        taken = await take_steps.fn(here.office, here.now)
        waiting = await remind_of_findings.fn(here.office, here.now)
        await beat_heart.fn(here.office, here.now, "cycle")
        listed = counted(taken, step_labels((await here.office.rulebook()).policies.values()))
    _report(
        here,
        as_json,
        {"opened": opened, "steps": dict(sorted(taken.items())), "findings_waiting": waiting},
        Text(
            f"立项 {opened} 项，升级 {taken.total()} 步：{listed.zh}；提醒待受理、待答复问题 {waiting} 件",
            f"{opened} duties opened, {taken.total()} steps taken: {listed.en}; {waiting} findings wait for the office",
        ),
    )


def deliver(now: NowOption = None, as_json: JsonOption = False, submit: SubmitOption = False) -> None:
    """投递现在可以发出的消息 · Send what may go out now; prints attempts by outcome."""
    if submit:
        submitted("deliver", now)
    else:
        run(_deliver(now, as_json))


async def _deliver(now: str | None, as_json: bool) -> None:
    from tasks.delivering import bundle, send_waiting
    from tasks.heart import beat_heart

    async with session(now) as here:
        made = await bundle.fn(here.office, here.now)
        sent = await send_waiting.fn(here.office, here.clock)
        await beat_heart.fn(here.office, here.now, "delivery")
    listed = counted(sent, outcome_labels())
    _report(
        here,
        as_json,
        {"messages": made, "attempts": dict(sorted(sent.items()))},
        Text(f"汇总成 {made} 条消息；送达结果：{listed.zh}", f"{made} messages; attempts: {listed.en}"),
    )


def audit(now: NowOption = None, as_json: JsonOption = False) -> None:
    """自查承诺 1-3，封存台账 · Check promises 1-3 against the data and seal the ledger; exit 1 where one is broken."""
    if run(_audit(now, as_json)):
        raise typer.Exit(1)


async def _audit(now: str | None, as_json: bool) -> int:
    from tasks.auditing import check_promises, seal_ledger
    from tasks.heart import beat_heart

    async with session(now) as here:
        broken = await check_promises.fn(here.office, here.now)
        sealed = await seal_ledger.fn(here.office, here.now)
        if not broken:
            await beat_heart.fn(here.office, here.now, "audit")
    told = [{"promise": one.promise, "subject": one.subject, "message": one.message.zh} for one in broken]
    lines = [
        Text(
            f"✗ 承诺 {one.promise}  {one.subject}  {one.message.zh}",
            f"✗ promise {one.promise}  {one.subject}  {one.message.en}",
        )
        for one in broken[:_SHOWN]
    ]
    summary = Text(
        f"未兑现 {len(broken)} 处；新封存 {sealed} 条台账。", f"{len(broken)} broken; {sealed} events sealed."
    )
    _report(here, as_json, {"broken": told, "sealed": sealed}, *lines, summary)
    return len(broken)


def _report(here: Session, as_json: bool, document: dict[str, Any], *lines: Text) -> None:
    if as_json:
        print_json(document)
    else:
        for line in lines:
            here.say(line)


def submitted(flow: str, now: str | None) -> None:
    """Hand a flow to the running server and say so."""
    from duban.submit import submit
    from settings import Settings

    at = {} if now is None else {"now": acting_at(now, Settings()).isoformat()}
    typer.echo(submit(flow, at))
