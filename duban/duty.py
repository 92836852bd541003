"""`duban duty …`: what a person may do to one duty, a command for each action of the lifecycle."""

from collections.abc import Callable
from datetime import date, datetime
from inspect import Parameter, Signature
from pathlib import Path
from typing import Annotated, Any

import typer

from duban.arguments import number_of
from duban.session import AsOption, FilesOption, JsonOption, NowOption, instant_of, print_json, run, session
from rules.language import Text
from rules.lifecycle import STATE_LABELS, TRANSITIONS, DutyState, Need, Transition, is_overdue

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
        key = await here.unit(unit)
        async with here.office.store.reading() as connection:
            rows = await unfinished(connection, key)
        if not rows:
            await here.check_unit(key)
        shown = [
            {
                "duty": row.id,
                "item_no": row.item_no,
                "unit": row.unit,
                "title": row.title,
                "state": row.state,
                "due": row.due_at,
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
            due = f"{book.calendar.local(one['due']):%Y-%m-%d %H:%M}"
            unsettled = Text("（暂定）", " (provisional)") if one["provisional"] else Text("", "")
            here.say(
                Text(
                    f"D{one['duty']}  {one['unit']}  {due}{unsettled.zh}  {state.zh}{late.zh}  {one['title']}",
                    f"D{one['duty']}  {one['unit']}  {due}{unsettled.en}  {state.en}{late.en}  {one['title']}",
                )
            )
        late_ones = sum(one["overdue"] for one in shown)
        here.say(
            Text(
                f"共 {len(shown)} 项在办，其中逾期 {late_ones} 项。",
                f"{len(shown)} duties in hand, {late_ones} overdue.",
            )
        )


_GIVEN: dict[Need, Any] = {
    Need.REASON: typer.Option("--reason", help="理由 · the reason"),
    Need.DUE: typer.Option("--due", help="新的时限（挂账：复核日） · the time limit, or day of review"),
    Need.UNIT: typer.Option("--unit", help="承接单位 · the unit that takes it"),
    Need.TITLE: typer.Option("--title", help="分办内容 · what the part is"),
    Need.PERSON: typer.Option("--person", help="复查人 · who is to re-check"),
}


def _command(rule: Transition) -> Callable[..., None]:
    """The command of one action: its help is the transition's label, its options what the transition takes.

    Where something is said, files may show it.
    """
    taken = [need for need in Need if need in rule.needs | rule.takes]
    options: dict[str, Any] = {need.value: Annotated[str, _GIVEN[need]] for need in taken}
    if Need.REASON in taken:
        options["files"] = FilesOption
    options |= {"as_": AsOption, "now": NowOption}

    def command(**given: Any) -> None:
        number, files, as_, now = (given.pop(name, None) for name in ("number", "files", "as_", "now"))
        run(_act(rule, number, given, files or [], as_, now))

    command.__doc__ = f"{rule.label.zh} · {rule.label.en.capitalize()}."
    # Typer reads the parameters off the signature: these are the transition's own.
    parameters = [Parameter("number", Parameter.KEYWORD_ONLY, annotation=Number)] + [
        Parameter(name, Parameter.KEYWORD_ONLY, default="" if name in set(taken) else None, annotation=option)
        for name, option in options.items()
    ]
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command


for _rule in TRANSITIONS:
    app.command(_rule.action.value.replace("_", "-"))(_command(_rule))


async def _act(
    rule: Transition,
    number: int,
    given: dict[str, str],
    files: list[Path],
    as_: str | None,
    now: str | None,
) -> None:
    from store.acting import Given, act
    from tasks.evidence import take_in

    async with session(now) as here:
        actor = await here.actor(as_)
        exhibits = await take_in(here.office, files, (await here.office.rulebook()).policy.evidence)
        due = _due(given.pop(Need.DUE, ""), here.office.settings.zone)
        filled = Given(**given, due=due, files=exhibits)
        async with here.office.deciding(here.now, actor) as (write, book):
            await act(write, book, number, rule.action, filled)
        here.say(Text(f"D{number} {rule.label.zh}：已办理。", f"D{number}: {rule.label.en}: done."))


def _due(given: str, zone: Any) -> date | datetime | None:
    """A date counts to its last second, a time to itself."""
    if not given:
        return None
    instant = instant_of(given, zone)
    return instant if "T" in given or ":" in given else instant.date()
