"""The steps of inspection (检查): slots of the cadences opened with their rounds, and rounds started by hand."""

from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from rules.inspecting import OCCASION_LABELS, Cadence, Occasion
from rules.language import Text
from rules.lifecycle import Actor
from rules.places import Places
from rules.policy import Severity
from rules.rounds import RoundPlan
from rules.slots import Slot
from store.ledger import Writing
from store.notices import NoticeDraft, add_notices
from store.places import places
from store.rounds import NothingToInspect, ask_for_a_look, open_round, tell_office
from store.rulebook import Rulebook
from store.slots import open_slots
from tasks.office import Office
from tasks.planning import check_supervisor


@task(name="开启到期的检查 open due rounds", retries=3, retry_delay_seconds=5, cache_policy=NO_CACHE)
async def open_due_rounds(office: Office, now: datetime) -> list[int]:
    """Open the slots that have begun, and a round in each that asks for one and still runs. Returns their numbers."""
    async with office.deciding(now) as (write, book):
        fresh = await open_slots(write, book)
        known = await places(write.connection)
        running = [(cadence, slot) for cadence, slot in fresh if slot.ends_at >= now]
        await _remind(write, book, [pair for pair in running if pair[0].occasion is not Occasion.ROUND])
        asked = [RoundPlan.of(*pair) for pair in running if pair[0].occasion is Occasion.ROUND]
        opened = [await _open(write, book, known, plan) for plan in asked]
    return [number for number in opened if number is not None]


@task(name="开启检查轮次 open a round", cache_policy=NO_CACHE)
async def start_round(office: Office, now: datetime, plan: RoundPlan, actor: Actor) -> int | None:
    """Open one round that somebody asks for; None where one of its kind and period is there."""
    check_supervisor(actor)
    async with office.deciding(now, actor) as (write, book):
        return await open_round(write, book, await places(write.connection), plan)


async def _open(write: Writing, book: Rulebook, known: Places, plan: RoundPlan) -> int | None:
    """An office that has not registered its sites has rounds all the same: supervisors look at the units.

    Where a cadence finds no site to go to, the office is told and the slot stays undone.
    """
    if not known.sites:
        return await ask_for_a_look(write, book, plan)
    try:
        return await open_round(write, book, known, plan)
    except NothingToInspect as why:
        await tell_office(write, book, plan, why.text)
        return None


async def _remind(write: Writing, book: Rulebook, due: list[tuple[Cadence, Slot]]) -> None:
    """会商、约谈、列单 are the office's own to hold, and to mark done."""
    for cadence, slot in due:
        event = await write.record("slot.announced", f"slot:{slot.cadence}/{slot.key}", to=list(book.office))
        label = OCCASION_LABELS[cadence.occasion]
        drafts = [
            NoticeDraft(
                event_id=event,
                recipient=person,
                kind="slot",
                label=label,
                severity=Severity.ROUTINE,
                title=f"{cadence.label.zh}（{slot.key}）",
                due_at=slot.ends_at,
                reason=Text(
                    f"办完后：duban inspect done {slot.cadence} {slot.key}",
                    f"once done: duban inspect done {slot.cadence} {slot.key}",
                ),
            )
            for person in book.office
        ]
        await add_notices(write, book, drafts)
