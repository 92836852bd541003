"""`duban rehearse`: who would be told what until a day, if nobody did anything meanwhile."""

from datetime import date, datetime
from typing import Annotated

import typer

from duban.session import JsonOption, NowOption, print_json, run, session
from rules.language import Text


def rehearse(
    until: Annotated[datetime, typer.Option("--until", formats=["%Y-%m-%d"], help="预演到哪一天 · the last day")],
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """预演：在副本上拨快时钟，不发送 · The same engine on a copy with a moved clock: who would get what, when."""
    run(_rehearse(until.date(), now, as_json))


async def _rehearse(until: date, now: str | None, as_json: bool) -> None:
    from tasks.rehearsing import rehearse

    async with session(now) as here:
        foreseen = await rehearse(here.office, here.now, until)
    if as_json:
        print_json(
            [
                {"at": one.at, "recipient": one.recipient, "label": one.label.zh, "duty": one.duty, "title": one.title}
                for one in foreseen
            ]
        )
        return
    for one in foreseen:
        number = f"D{one.duty} " if one.duty else ""
        here.say(
            Text(
                f"{one.at:%Y-%m-%d %H:%M}  {one.recipient}  {one.label.zh}  {number}{one.title}",
                f"{one.at:%Y-%m-%d %H:%M}  {one.recipient}  {one.label.en}  {number}{one.title}",
            )
        )
    here.say(Text(f"共 {len(foreseen)} 条通知，没有发送。", f"{len(foreseen)} notices; nothing was sent."))
