"""The step of inspection (检查): opening this week's round."""

from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from store.rounds import open_weekly_round
from tasks.office import Office


@task(name="开启检查轮次 open the weekly round", retries=3, retry_delay_seconds=5, cache_policy=NO_CACHE)
async def open_round(office: Office, now: datetime) -> int | None:
    """Open this week's round and ask the supervisors. Returns its number, or None where it was open already."""
    async with office.deciding(now) as (write, book):
        return await open_weekly_round(write, book)
