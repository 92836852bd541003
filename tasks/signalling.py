"""The step that tells Prefect what happened (信号): after commit, from the outbox, as often as its server takes it."""

import logging
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import httpx
from prefect import task
from prefect.cache_policies import NO_CACHE
from sqlalchemy import Row

from store.ledger import writing
from store.signals import forget_signals, waiting_signals
from tasks.office import Office

log = logging.getLogger("duban")

BATCH = 100
"""Signals handed over in one request."""

TIMEOUT_S = 5.0


@task(name="转告 relay signals", cache_policy=NO_CACHE)
async def relay_signals(office: Office, api_url: str | None, now: datetime) -> int | None:
    """Hand waiting domain events to the Prefect server at `api_url`; those it does not take go on waiting.

    `now` must be the wall clock's: Prefect judges by the events' own times how long a run has been silent. Returns how
    many were taken, None where the server is away. Without a server (no `api_url`) nothing is done.
    """
    taken = 0
    while api_url and (waiting := await _waiting(office)):
        if not await _hand_over(api_url, [_event(row, now) for row in waiting]):
            return None
        async with writing(office.store, now) as write:
            await forget_signals(write, [(row.event_id, row.name) for row in waiting])
        taken += len(waiting)
    return taken


async def _waiting(office: Office) -> list[Row[Any]]:
    async with office.store.reading() as connection:
        return list(await waiting_signals(connection, BATCH))


async def _hand_over(api_url: str, events: list[dict[str, Any]]) -> bool:
    try:
        # Reading the certificates takes long; the embedded server needs none.
        verify = api_url.startswith("https:")
        async with httpx.AsyncClient(trust_env=False, timeout=TIMEOUT_S, verify=verify) as client:
            answer = await client.post(f"{api_url}/events", json=events)
            answer.raise_for_status()
    except httpx.HTTPError as why:
        log.info("%d 个事件待转告 Prefect：%s · events wait for Prefect", len(events), why or type(why).__name__)
        return False
    return True


def _event(row: Row[Any], now: datetime) -> dict[str, Any]:
    """The signal as Prefect's API takes it: "table:3" is the resource "duban.table.3".

    Its id follows from the signal, so that one handed over twice counts once.
    """
    resource = "duban." + row.subject.replace(":", ".")
    return {
        "id": str(uuid5(NAMESPACE_URL, f"{row.name}/{row.event_id}/{row.at.isoformat()}")),
        "event": row.name,
        "occurred": now.isoformat(),
        "resource": {"prefect.resource.id": resource},
        "payload": {"ledger_event": row.event_id, "at": row.at.isoformat()},
    }
