"""`duban finding figures`: what leaders see of findings."""

from datetime import timedelta
from typing import Annotated

import typer

from duban.finding_words import figure_lines, figures_json
from duban.session import JsonOption, instant_of, print_json, run, session
from rules.finding_figures import Dimension, FindingTally, Period
from rules.triage import Reminders


def figures(
    since: Annotated[str, typer.Option("--since", help="起始日 · the first day")],
    until: Annotated[str, typer.Option("--until", help="截止日（含） · the last day")],
    by: Annotated[Dimension, typer.Option("--by", help="统计口径 · by what they are told apart")] = Dimension.UNIT,
    as_json: JsonOption = False,
) -> None:
    """问题与整改统计，每个数字可追到台账 · Figures of findings, each with the ledger events it was counted from."""
    run(_figures(since, until, by, as_json))


async def _figures(since: str, until: str, by: Dimension, as_json: bool) -> None:
    from store.finding_figures import finding_events, rounds_of_visits

    async with session() as here:
        zone, book = here.office.settings.zone, await here.office.rulebook()
        period = Period(instant_of(since, zone), instant_of(until, zone) + timedelta(days=1))
        async with here.office.store.reading() as connection:
            events = await finding_events(connection, period.ends)
            rounds = await rounds_of_visits(connection)
        tally = FindingTally(period, by, Reminders(book.policy, book.calendar).answer_due, rounds)
        counted = tally.count(events)
        if as_json:
            print_json({key: figures_json(counts) for key, counts in counted.items()})
        for line in () if as_json else figure_lines(counted):
            here.say(line)
