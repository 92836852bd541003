"""`duban evidence show`: a kept file written out, for those who may see it."""

from pathlib import Path
from typing import Annotated

import typer

from duban.session import AsOption, run, session
from rules.errors import Refusal
from rules.language import Text

app = typer.Typer(help="佐证材料 · Evidence.", no_args_is_help=True)


class NoSuchEvidence(Refusal):
    """没有可看的材料: it is not there, or not for this person to see."""

    zh = "没有您可以查看的材料 {sha256}。"
    en = "There is no file {sha256} that you may see."


@app.command()
def show(
    sha256: Annotated[str, typer.Argument(help="材料的 SHA-256 · the file's SHA-256")],
    out: Annotated[
        Path, typer.Option("--out", file_okay=False, help="写到此文件夹 · the folder, made if need be")
    ] = Path(),
    as_: AsOption = None,
) -> None:
    """写出一份材料 · Write a file out; refused to whoever may not see it."""
    run(_show(sha256.lower(), out, as_))


async def _show(sha256: str, out: Path, as_: str | None) -> None:
    from documents.exhibits import SUFFIXES
    from store.evidence import seen_by
    from tasks.evidence import shelf

    async with session() as here:
        actor = await here.actor(as_)
        async with here.office.store.reading() as connection:
            row = await seen_by(connection, actor, sha256)
        if row is None:
            raise NoSuchEvidence(sha256=sha256)
        path = out / f"{sha256[:12]}{SUFFIXES[row.media_type]}"
        _write(path, shelf(here.office).get(sha256))
        here.say(Text(f"{path}（原名 {row.name}）", f"{path} (called {row.name})"))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
