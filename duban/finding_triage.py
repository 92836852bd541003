"""`duban finding accept|refuse|merge|hand-over|answer`: what the office decides about a finding."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import typer

from duban.arguments import number_of
from duban.finding import Number, SeverityOption, UnitOption, tell
from duban.session import AsOption, JsonOption, NowOption, run, session
from rules.policy import Severity

Reason = Annotated[str, typer.Option("--reason", help="理由 · the reason")]


def accept(
    number: Number,
    unit: UnitOption = None,
    type_: Annotated[str | None, typer.Option("--type", help="改定类型 · another type")] = None,
    severity: SeverityOption = None,
    as_: AsOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """立案，转为整改事项 · Accept: it becomes a rectification duty of its unit."""
    from store.triaging import accept_finding

    async def decide(write: Any, book: Any) -> None:
        decided = Severity(severity) if severity else None
        await accept_finding(write, book, number, unit=unit, type_=type_, severity=decided)

    run(_decide(number, as_, now, as_json, decide))


def refuse(
    number: Number, reason: Reason, as_: AsOption = None, now: NowOption = None, as_json: JsonOption = False
) -> None:
    """不予立案 · Refuse, with a reason; whoever reported it is still owed an answer."""
    from store.triaging import refuse_finding

    run(_decide(number, as_, now, as_json, lambda write, book: refuse_finding(write, book, number, reason)))


def merge(
    number: Number,
    into: Annotated[
        int, typer.Option("--into", help="并入哪个问题，如 F3 · the finding it is the same as", parser=number_of("F"))
    ],
    as_: AsOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """并案：与另一问题相同 · Merge into the finding it is the same as; a duty of its own is withdrawn."""
    from store.triaging import merge_finding

    run(_decide(number, as_, now, as_json, lambda write, book: merge_finding(write, book, number, into)))


def hand_over(
    number: Number,
    unit: Annotated[str, typer.Option("--unit", help="承接单位 · the unit that takes it")],
    reason: Reason,
    as_: AsOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """移交其他单位（首接负责，移交须由创建办决定） · Hand over to another unit, by the office's decision."""
    from store.triaging import hand_over_finding

    run(_decide(number, as_, now, as_json, lambda write, book: hand_over_finding(write, book, number, unit, reason)))


def answer(
    number: Number,
    text: Annotated[str | None, typer.Option("--text", help="答复内容 · what was answered")] = None,
    satisfied: Annotated[
        bool | None, typer.Option("--satisfied/--not-satisfied", help="反映人是否满意 · what they said of it")
    ] = None,
    solved: Annotated[
        bool | None, typer.Option("--solved/--not-solved", help="反映人是否认为已解决 · whether they call it solved")
    ] = None,
    as_: AsOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """答复反映人，或登记回访结果 · Note the answer given to whoever reported it, or what they said of it."""
    from store.triaging import answer_finding, note_rating

    rated = satisfied is not None or solved is not None
    if text is None and not rated:
        raise typer.BadParameter("--text / --satisfied / --solved")

    async def decide(write: Any, _: Any) -> None:
        if text is not None:
            await answer_finding(write, number, text)
        if rated:
            await note_rating(write, number, satisfied, solved)

    run(_decide(number, as_, now, as_json, decide))


async def _decide(
    number: int, as_: str | None, now: str | None, as_json: bool, decision: Callable[[Any, Any], Awaitable[Any]]
) -> None:
    async with session(now) as here:
        actor = await here.actor(as_)
        async with here.office.deciding(here.now, actor) as (write, book):
            await decision(write, book)
        await tell(here, number, as_json)
