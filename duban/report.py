"""`duban report …`: bulletins from the ledger."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from duban.session import BadInstant, JsonOption, NowOption, print_json, run, session

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
    files = run(_week(out, _day(on), now))
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


def _day(given: str | None) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise BadInstant(given=given) from None
