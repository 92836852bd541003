"""`python -m benchmarks [NAME…] [--json] [--rounds N]`: Duban beside the same job done by hand, in the same run."""

import asyncio
import json
from functools import partial
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from benchmarks.measure import Figures
from benchmarks.suite import SUITE, compare_sizes, run
from duban.progress import stages

NOTE = """看比值，不看秒数：两边在同一次运行里做同一件事。
Ratios count, not seconds: both did the same job in the same run."""


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    names: Annotated[list[str] | None, typer.Argument(help="、".join(SUITE))] = None,
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON · one JSON document")] = False,
    rounds: Annotated[int | None, typer.Option(min=1, help="每项几轮 · rounds of each")] = None,
) -> None:
    """测速：同一件事，督办与手写 SQL 各做一遍 · Duban beside the same job in hand-written SQL."""
    unknown = sorted(set(names or ()) - set(SUITE))
    if unknown:
        raise typer.BadParameter(f"{'、'.join(unknown)}？可选 · choose from: {'、'.join(SUITE)}")
    found = asyncio.run(_measure([name for name in SUITE if not names or name in names], rounds))
    compare_sizes(found)
    if as_json:
        typer.echo(json.dumps(found, indent=2))
    else:
        _show(found)


async def _measure(names: list[str], rounds: int | None) -> dict[str, Figures]:
    found = {}
    with stages(sum((rounds or SUITE[name].rounds) + 2 for name in names)) as advance:
        for name in names:
            advance(name)
            found[name] = await run(name, rounds, partial(advance, name))
    return found


def _show(found: dict[str, Figures]) -> None:
    table = Table("", "", Column("", justify="right"), title="benchmarks", caption=NOTE, min_width=70)
    for name, figures in found.items():
        for place, (key, value) in enumerate(figures.items()):
            table.add_row("" if place else name, key, f"{value:,.2f}")
        table.add_section()
    Console().print(table)


if __name__ == "__main__":
    app()
