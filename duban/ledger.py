"""`duban ledger …`: check the chain, take the ledger out."""

from pathlib import Path
from typing import Annotated

import typer

from duban.session import JsonOption, print_json, run, session
from rules.language import Text

app = typer.Typer(help="台账：校验与导出 · The ledger: verify and export.", no_args_is_help=True)


_WHOLE = Text(
    "✓ 台账完整：{seals} 次封存，{events} 条，另有 {rest} 条待封存；封存值 {head}",
    "✓ The ledger is whole: {seals} seals, {events} events, {rest} not yet sealed; head {head}",
)


@app.command()
def verify(as_json: JsonOption = False) -> None:
    """校验台账的哈希链 · Recompute the hash chain; exit 1 where the ledger differs from what was sealed."""
    if not run(_verify(as_json)):
        raise typer.Exit(1)


async def _verify(as_json: bool) -> bool:
    from store.sealing import verify

    async with session() as here:
        async with here.office.store.reading() as connection:
            verdict = await verify(connection)
        if as_json:
            print_json(
                {
                    "whole": verdict.broken is None,
                    "broken": verdict.broken,
                    "seals": verdict.seals,
                    "events": verdict.events,
                    "unsealed": verdict.unsealed,
                    "head": verdict.head,
                }
            )
        elif verdict.broken:
            here.say(
                Text(f"✗ 台账与封存不符：{verdict.broken}", f"✗ The ledger differs from its seals: {verdict.broken}")
            )
        else:
            counts = {"seals": verdict.seals, "events": verdict.events, "rest": verdict.unsealed, "head": verdict.head}
            here.say(Text(*(line.format(**counts) for line in _WHOLE)))
        return verdict.broken is None


@app.command()
def export(
    file: Annotated[Path | None, typer.Argument(help="写到此文件，默认标准输出 · to this file, else stdout")] = None,
) -> None:
    """导出台账，每行一条 JSON · Every event as a line of JSON; hashing the lines gives the seals."""
    run(_export(file))


async def _export(file: Path | None) -> None:
    import sys

    from store.sealing import export

    async with session() as here, here.office.store.reading() as connection:
        out = file.open("wb") if file else sys.stdout.buffer
        try:
            async for line in export(connection):
                out.write(line + b"\n")
        finally:
            out.flush()
            if file:
                out.close()
