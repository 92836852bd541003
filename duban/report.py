"""`duban report …`: bulletins from the ledger."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from duban.arguments import number_of
from duban.session import AsOption, JsonOption, NowOption, day_of, print_json, run, session

app = typer.Typer(help="督查通报 · Bulletins for leaders.", no_args_is_help=True)

OnOption = Annotated[
    str | None,
    typer.Option(
        "--on", help="要通报的那一周里的任意一天，默认今天 · any day of the week to report on; today by default"
    ),
]
OutOption = Annotated[
    Path, typer.Option("--out", file_okay=False, help="写到此文件夹 · the folder to write to, made if need be")
]


@app.command()
def week(out: OutOption, on: OnOption = None, now: NowOption = None, as_json: JsonOption = False) -> None:
    """编写一周的督查通报 · Write a week's bulletin (Markdown, docx, pdf, xlsx); the same week gives the same bytes."""
    _tell(run(_week(out, None if on is None else day_of(on), now)), as_json)


@app.command("round")
def round_(
    number: Annotated[int, typer.Argument(help="轮次，如 R3 · the round's number", parser=number_of("R"))],
    out: OutOption,
    as_: AsOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """编写一轮检查的报告 · Write a finished round's report (Markdown, docx, pdf, xlsx)."""
    _tell(run(_round(number, out, as_, now)), as_json)


async def _round(number: int, out: Path, as_: str | None, now: str | None) -> tuple[Path, ...]:
    from tasks.round_reporting import write_round

    async with session(now) as here:
        return await write_round(here.office, number, out, here.now, await here.actor(as_))


def _tell(files: tuple[Path, ...], as_json: bool) -> None:
    if as_json:
        print_json({"files": [str(file) for file in files]})
    else:
        for file in files:
            typer.echo(file)


async def _week(out: Path, on: date | None, now: str | None) -> tuple[Path, ...]:
    from tasks.reporting import write_week

    async with session(now) as here:
        today = here.office.calendar.local(here.now).date()
        return await write_week.fn(here.office, on or today, out, here.now)
