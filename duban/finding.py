"""`duban finding …`: problems from every source into one queue, and what the office decides about them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from duban.arguments import number_of
from duban.finding_words import described, listed
from duban.session import (
    AsOption,
    FileArgument,
    FilesOption,
    JsonOption,
    NowOption,
    Session,
    instant_of,
    print_json,
    run,
    session,
)
from rules.findings import SEVERITY_LABELS, SOURCE_LABELS, FindingDraft, FindingState, Source
from rules.language import Text
from rules.policy import Severity

app = typer.Typer(
    help="问题：登记、受理、并案、移交、答复 · Findings: record, triage, merge, hand over, answer.",
    no_args_is_help=True,
)

Number = Annotated[int, typer.Argument(help="问题编号，如 F3 · the finding's number", parser=number_of("F"))]
Reason = Annotated[str, typer.Option("--reason", help="理由 · the reason")]
UnitOption = Annotated[str | None, typer.Option("--unit", help="责任单位 · the unit that owns it")]
SourceOption = Annotated[
    Source,
    typer.Option("--source", help="来源：" + "、".join(f"{s}={SOURCE_LABELS[s].zh}" for s in Source) + " · the source"),
]
SeverityOption = Annotated[
    int | None,
    typer.Option(
        "--severity",
        min=1,
        max=3,
        help="、".join(f"{int(s)}={SEVERITY_LABELS[s].zh}" for s in Severity) + " · severity",
    ),
]


@app.command()
def record(
    type_: Annotated[str, typer.Option("--type", help="问题类型，按它定时限 · its type, which sets the time limit")],
    text: Annotated[str, typer.Option("--text", help="问题描述 · what is wrong")],
    site: Annotated[str | None, typer.Option("--site", help="点位名称 · a registered site")] = None,
    place: Annotated[str, typer.Option("--place", help="地点文字，点位未登记时写 · the place in words")] = "",
    severity: SeverityOption = None,
    unit: UnitOption = None,
    source: SourceOption = Source.DAILY,
    finder: Annotated[str | None, typer.Option("--finder", help="发现人，默认办理人 · who found it")] = None,
    found_at: Annotated[str | None, typer.Option("--found-at", help="发现时刻，默认现在 · when")] = None,
    case: Annotated[str | None, typer.Option("--case", help="来源方的案件编号 · the source's case number")] = None,
    files: FilesOption = None,
    as_: AsOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """登记一个问题 · Record one finding; where its owner is known it becomes a duty at once."""
    told = {"type": type_, "text": text, "site": site, "place": place, "unit": unit, "source_key": case}
    run(_record(told, source, severity, finder, found_at, files or [], as_, now, as_json))


async def _record(
    told: dict[str, Any],
    source: Source,
    severity: int | None,
    finder: str | None,
    found_at: str | None,
    files: list[Path],
    as_: str | None,
    now: str | None,
    as_json: bool,
) -> None:
    from tasks.recording import record_one

    async with session(now) as here:
        draft = FindingDraft(
            source=source,
            found_at=instant_of(found_at, here.office.settings.zone) if found_at else here.now,
            severity=Severity(severity or Severity.IMPORTANT),
            finder=finder,
            **told,
        )
        number = await record_one(here.office, here.now, await here.actor(as_), draft, files)
        await tell(here, number, as_json)


@app.command("import")
def import_(
    file: FileArgument, source: SourceOption, as_: AsOption = None, now: NowOption = None, as_json: JsonOption = False
) -> None:
    """导入案件清单（CSV、Excel），可重复导入 · Import a list of cases; importing the same again changes nothing."""
    run(_import(file, source, as_, now, as_json))


async def _import(file: Path, source: Source, as_: str | None, now: str | None, as_json: bool) -> None:
    from documents.cases import read_cases
    from tasks.recording import record_cases

    async with session(now) as here:
        actor = await here.actor_of_office(as_)
        drafts = read_cases(file, source, here.now, here.office.settings.zone)
        fresh = await record_cases(here.office, here.now, actor, drafts)
        if as_json:
            print_json({"file": file.name, "cases": len(drafts), "new": fresh})
            return
        here.say(
            Text(
                f"{file.name}：{len(drafts)} 件，新登记 {fresh} 件，以前登记过 {len(drafts) - fresh} 件。",
                f"{file.name}: {len(drafts)} cases, {fresh} of them new, {len(drafts) - fresh} known before.",
            )
        )


@app.command("list")
def list_(
    state: Annotated[FindingState | None, typer.Option("--state", help="只看某状态 · only this state")] = None,
    unit: UnitOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出未了结的问题 · The queue: what is not settled yet, or everything in one state."""
    run(_list(state, unit, now, as_json))


async def _list(state: FindingState | None, unit: str | None, now: str | None, as_json: bool) -> None:
    from store.finding_queries import listing

    async with session(now) as here:
        key = await here.unit(unit)
        async with here.office.store.reading() as connection:
            rows = await listing(connection, state, key)
        if not rows:
            await here.check_unit(key)
        if as_json:
            print_json([dict(row._mapping) for row in rows])
            return
        for row in rows:
            here.say(listed(row, here.office.calendar))
        here.say(Text(f"共 {len(rows)} 件问题。", f"{len(rows)} findings."))


@app.command()
def show(number: Number, as_json: JsonOption = False) -> None:
    """查看一个问题及其经过 · One finding with its story."""
    run(_show(number, as_json))


async def _show(number: int, as_json: bool) -> None:
    from store.evidence import shown_for
    from store.explaining import history
    from store.finding_queries import finding, merged_into

    async with session() as here:
        async with here.office.store.reading() as connection:
            row = await finding(connection, number)
            merged = await merged_into(connection, number)
            files = await shown_for(connection, f"finding:{number}")
            events = await history(connection, f"finding:{number}")
        if as_json:
            document = dict(row._mapping) | {"merged": list(merged)}
            document |= {"evidence": [dict(file._mapping) for file in files]}
            print_json(document | {"events": [dict(event._mapping) for event in events]})
        else:
            for line in described(row, merged, files, events, here.office.calendar):
                here.say(line)


async def tell(here: Session, number: int, as_json: bool) -> None:
    """Where a finding stands now."""
    from store.finding_queries import finding

    async with here.office.store.reading() as connection:
        row = await finding(connection, number)
    if as_json:
        print_json(dict(row._mapping))
    else:
        here.say(listed(row, here.office.calendar))
