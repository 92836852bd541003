"""`duban duty …`: what a person may do to one duty, a command for each action of the lifecycle."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from duban.arguments import number_of
from duban.session import AsOption, FilesOption, JsonOption, NowOption, instant_of, print_json, run, session
from rules.language import Text
from rules.lifecycle import STATE_LABELS, TRANSITIONS, DutyState, Transition, is_overdue

app = typer.Typer(help="责任事项：查看与办理 · Duties: look at them, act on them.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(help="编号，如 D3 · the duty's number", parser=number_of("D"))]


@app.command("list")
def list_(
    unit: Annotated[str | None, typer.Option("--unit", help="只看某单位 · only this unit")] = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出在办事项 · List what is not finished, by unit and time limit."""
    run(_list(unit, now, as_json))


async def _list(unit: str | None, now: str | None, as_json: bool) -> None:
    from store.duties import unfinished

    async with session(now) as here:
        book = await here.office.rulebook()
        key = (book.index.match_unit(unit).found or unit) if unit else None
        async with here.office.store.reading() as connection:
            rows = await unfinished(connection, key)
        shown = [
            {
                "duty": row.id,
                "item_no": row.item_no,
                "unit": row.unit,
                "title": row.title,
                "state": row.state,
                "due": f"{book.calendar.local(row.due_at):%Y-%m-%d %H:%M}",
                "provisional": row.provisional,
                "overdue": is_overdue(DutyState(row.state), row.due_at, here.now),
            }
            for row in rows
        ]
        if as_json:
            print_json(shown)
            return
        for one in shown:
            state = STATE_LABELS[DutyState(one["state"])]
            late = Text("（逾期）", " (overdue)") if one["overdue"] else Text("", "")
            here.say(
                Text(
                    f"D{one['duty']}  {one['unit']}  {one['due']}  {state.zh}{late.zh}  {one['title']}",
                    f"D{one['duty']}  {one['unit']}  {one['due']}  {state.en}{late.en}  {one['title']}",
                )
            )


def _command(rule: Transition) -> Callable[..., None]:
    """The command of one action; its help is the transition's label."""

    def command(
        number: Number,
        reason: Annotated[str, typer.Option("--reason", help="理由 · the reason")] = "",
        due: Annotated[
            str | None,
            typer.Option("--due", help="新的时限（挂账：复核日） · the time limit, or day of review"),
        ] = None,
        unit: Annotated[str, typer.Option("--unit", help="承接单位 · the unit that takes it")] = "",
        title: Annotated[str, typer.Option("--title", help="分办内容 · what the part is")] = "",
        person: Annotated[str, typer.Option("--person", help="复查人 · who is to re-check")] = "",
        files: FilesOption = None,
        as_: AsOption = None,
        now: NowOption = None,
    ) -> None:
        given = {"reason": reason, "unit": unit, "title": title, "person": person}
        run(_act(rule, number, given, due, files or [], as_, now))

    command.__doc__ = f"{rule.label.zh} · {rule.label.en.capitalize()}."
    return command


for _rule in TRANSITIONS:
    app.command(_rule.action.value.replace("_", "-"))(_command(_rule))


async def _act(
    rule: Transition,
    number: int,
    given: dict[str, Any],
    due: str | None,
    files: list[Path],
    as_: str | None,
    now: str | None,
) -> None:
    from store.acting import Given, act
    from tasks.evidence import take_in

    async with session(now) as here:
        actor = await here.actor(as_)
        exhibits = await take_in(here.office, files, (await here.office.rulebook()).policy.evidence)
        filled = Given(**given, due=_due(due, here.office.settings.zone), files=exhibits)
        async with here.office.deciding(here.now, actor) as (write, book):
            await act(write, book, number, rule.action, filled)
        here.say(Text(f"D{number} {rule.label.zh}：已办理。", f"D{number}: {rule.label.en}: done."))


def _due(given: str | None, zone: Any) -> date | datetime | None:
    """A date counts to its last second, a time to itself."""
    if not given:
        return None
    instant = instant_of(given, zone)
    return instant if "T" in given or ":" in given else instant.date()
