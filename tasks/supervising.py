"""The steps of the cycle (督办周期): due duties are opened, due steps taken, the office reminded of findings."""

from collections import Counter
from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from store.finding_queries import any_finding_waits
from store.opening import open_due
from store.sweeping import BATCH, sweep_batch
from store.triaging import remind_office
from tasks.office import Office


@task(name="立项 open duties", retries=3, retry_delay_seconds=5, cache_policy=NO_CACHE)
async def open_duties(office: Office, now: datetime) -> int:
    """Open the occurrences whose time has come. Returns how many duties that made."""
    async with office.deciding(now) as (write, book):
        return await open_due(write, book)


@task(name="升级 take steps", retries=3, retry_delay_seconds=5, cache_policy=NO_CACHE)
async def take_steps(office: Office, now: datetime) -> Counter[str]:
    """Take every ladder step due at `now`, a batch to a transaction. Returns how many of each were taken."""
    taken: Counter[str] = Counter()
    looked_at = BATCH
    while looked_at == BATCH:
        async with office.deciding(now) as (write, book):
            looked_at, steps = await sweep_batch(write, book, BATCH)
        taken += steps
    return taken


@task(name="提醒受理 remind of findings", retries=3, retry_delay_seconds=5, cache_policy=NO_CACHE)
async def remind_of_findings(office: Office, now: datetime) -> int:
    """Remind the office of findings that wait for triage or an answer. Returns how many."""
    async with office.store.reading() as connection:
        if not await any_finding_waits(connection, now):
            return 0
    async with office.deciding(now) as (write, book):
        return await remind_office(write, book)
