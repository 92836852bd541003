"""The steps of the audit (自查与封存): promises checked against the data, the ledger sealed."""

from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from store.auditing import Breach, breaches
from store.sealing import seal
from tasks.office import Office


@task(name="自查 check the promises", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE)
async def check_promises(office: Office, now: datetime) -> list[Breach]:
    """What is not as promised at `now`; nothing is written."""
    book = await office.rulebook()
    async with office.store.reading() as connection:
        return await breaches(connection, book, now)


@task(name="封存台账 seal the ledger", retries=3, retry_delay_seconds=5, cache_policy=NO_CACHE)
async def seal_ledger(office: Office, now: datetime) -> int:
    """Seal what is new in the ledger. Returns how many events that was."""
    return await seal(office.store, now)
