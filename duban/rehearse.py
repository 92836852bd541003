"""`duban rehearse`: who would be told what until a day, if nobody did anything meanwhile."""

from datetime import date, timedelta
from typing import Annotated

import typer

from duban.errors import WrongUsage
from duban.session import JsonOption, NowOption, day_of, print_json, run, session
from rules.language import Text

FURTHEST = timedelta(days=731)
"""Two years: beyond, plans and calendars say nothing, and every day takes a cycle."""


class OutOfSight(WrongUsage):
    """看不到那么远: a rehearsal goes from today to two years ahead."""

    zh = "预演只能到 {first} 至 {last} 之间的一天，{given} 不在其中。请改 --until。"
    en = "A rehearsal goes to a day from {first} to {last}; {given} is none of these. Change --until."


def rehearse(
    until: Annotated[str, typer.Option("--until", help="预演到哪一天，两年以内 · the last day, within two years")],
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """预演：在副本上拨快时钟，不发送 · The same engine on a copy with a moved clock: who would get what, when."""
    run(_rehearse(day_of(until), now, as_json))


async def _rehearse(until: date, now: str | None, as_json: bool) -> None:
    from tasks.rehearsing import rehearse

    async with session(now) as here:
        today = here.office.calendar.local(here.now).date()
        if not today <= until <= today + FURTHEST:
            raise OutOfSight(given=until, first=today, last=today + FURTHEST)
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
