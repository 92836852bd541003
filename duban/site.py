"""`duban site …`: places and their people, from and to a spreadsheet, and who answers for what on a day."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from duban.session import (
    AsOption,
    FileArgument,
    JsonOption,
    NowOption,
    Session,
    instant_of,
    print_json,
    run,
    say,
    session,
)
from rules.language import Text

if TYPE_CHECKING:
    from rules.places import Places

app = typer.Typer(
    help="点位：小区、市场、道路…的检查标准和责任人 · Sites: what is inspected, who answers for it.",
    no_args_is_help=True,
)
OutArgument = Annotated[Path, typer.Argument(help="要写出的 .xlsx 文件 · the .xlsx file to write", dir_okay=False)]


@app.command()
def template(file: OutArgument) -> None:
    """写出空白点位名册 · Write the empty form of places with its instructions."""
    from documents.place_file import write_places_template

    write_places_template(file)
    say(
        Text(
            f"已写出 {file}。填好网格、点位、检查标准后：duban site import {file}",
            f"{file} is written. Once it is filled in: duban site import {file}",
        )
    )


@app.command("import")
def import_(file: FileArgument, as_: AsOption = None, now: NowOption = None) -> None:
    """导入点位名册，可重复导入 · Import the places; holders change as of today, history stays."""
    run(_import(file, as_, now))


async def _import(file: Path, as_: str | None, now: str | None) -> None:
    from documents.place_file import read_places
    from tasks.intake import import_places

    async with session(now, begins=True) as here:
        actor = await here.actor_of_office(as_)
        index = (await here.office.rulebook()).index
        places, warnings = read_places(file, index, _today(here))
        changed = await import_places.fn(here.office, places, here.now, actor)
        for warning in warnings:
            here.say(Text(f"提示 {warning.text.zh}", f"Note {warning.text.en}"))
        here.say(_summary(places, changed))


def _summary(places: "Places", changed: Counter[str]) -> Text:
    kinds = Counter[str]()
    for kind, count in changed.items():
        kinds[kind if kind.startswith("assignment.") else kind.partition(".")[2]] += count
    begun, ended = kinds["assignment.begun"], kinds["assignment.ended"] + kinds["assignment.dropped"]
    return Text(
        f"点位名册：{len(places.areas)} 个网格，{len(places.sites)} 个点位，{len(places.standards)} 个检查项；"
        f"新增 {kinds['added']}，变更 {kinds['changed']}，停用 {kinds['retired']}；责任人上任 {begun}，卸任 {ended}。",
        f"Places: {len(places.areas)} areas, {len(places.sites)} sites, {len(places.standards)} items; "
        f"{kinds['added']} new, {kinds['changed']} changed, {kinds['retired']} retired; "
        f"{begun} holders begin, {ended} end.",
    )


@app.command()
def export(file: OutArgument, now: NowOption = None) -> None:
    """导出点位名册，改好可再导入 · Write the places as of today, to be edited and imported again."""
    run(_export(file, now))


async def _export(file: Path, now: str | None) -> None:
    from documents.place_file import write_places

    async with session(now) as here:
        write_places(await _places(here), _today(here), file)
        here.say(
            Text(
                f"已写出 {file}。改好后：duban site import {file}",
                f"{file} is written. Once it is changed: duban site import {file}",
            )
        )


@app.command("list")
def list_(now: NowOption = None, as_json: JsonOption = False) -> None:
    """点位一览 · The sites, with type, area and the unit that answers for them today."""
    run(_list(now, as_json))


async def _list(now: str | None, as_json: bool) -> None:
    from dataclasses import asdict

    from rules.places import Part

    async with session(now) as here:
        places, today = await _places(here), _today(here)
        sites = [places.sites[key] for key in sorted(places.sites)]
        units = {site.key: places.holders(site.key, Part.UNIT, today) for site in sites}
        if as_json:
            print_json([asdict(site) | {"units": units[site.key]} for site in sites])
            return
        for site in sites:
            unit, area = "、".join(units[site.key]), site.area or "—"
            here.say(
                Text(
                    f"{site.key}（{site.type}） {area} {site.address}  责任单位：{unit or '空缺'}",
                    f"{site.key} ({site.type}) {area} {site.address}  unit: {unit or 'vacant'}",
                )
            )
        here.say(Text(f"共 {len(sites)} 个点位。", f"{len(sites)} sites."))


@app.command()
def matrix(
    on: Annotated[str | None, typer.Option("--on", help="哪一天，默认今天 · on this day, else today")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="写成 .xlsx · write it as .xlsx", dir_okay=False)] = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """责任矩阵：各网格、点位由谁负责，哪里空缺 · Who answers for what on a day, and what nobody holds."""
    run(_matrix(on, out, now, as_json))


async def _matrix(on: str | None, out: Path | None, now: str | None, as_json: bool) -> None:
    from duban.site_words import matrix_json, matrix_lines
    from rules.place_matrix import matrix as matrix_of

    async with session(now) as here:
        day = instant_of(on, here.office.settings.zone).date() if on else _today(here)
        roster = (await here.office.rulebook()).roster
        # Who left the roster since still held on earlier days.
        known = {*roster.units, *roster.people} if day >= _today(here) else None
        found = matrix_of(await _places(here), day, known)
        if out:
            from documents.matrix_xlsx import write_matrix_xlsx

            write_matrix_xlsx(found, out, here.language)
        if as_json:
            print_json(matrix_json(found))
            return
        for line in [Text(str(out), str(out))] if out else matrix_lines(found):
            here.say(line)


def _today(here: Session) -> date:
    return here.office.calendar.local(here.now).date()


async def _places(here: Session) -> Any:
    from store.places import places

    async with here.office.store.reading() as connection:
        return await places(connection)
