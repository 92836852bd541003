"""What `duban up` sets up on its Prefect server, over the server's HTTP API."""

import json
from pathlib import Path
from typing import Any

import httpx

POOL = "duban"
AUTOMATIONS = Path(__file__).with_name("automations.json")
TIMEOUT_S = 30.0

_GONE = "上次停机时中断，由下一次运行补做 · cut off when Duban stopped; the next run does its work"


async def answers(url: str) -> bool:
    """Whether the server is up."""
    try:
        async with httpx.AsyncClient(trust_env=False, timeout=2.0) as client:
            return (await client.get(f"{url}/health")).is_success
    except httpx.HTTPError:
        return False


async def set_up(url: str) -> None:
    """Pool and automations as ours; runs of an earlier life marked as crashed, so that their slots are free again."""
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=TIMEOUT_S) as server:
        await _make_pool(server)
        await _mark_gone(server)
        await _keep_automations(server)


async def _make_pool(server: httpx.AsyncClient) -> None:
    answer = await server.post("/work_pools/", json={"name": POOL, "type": "process"})
    if answer.status_code != httpx.codes.CONFLICT:
        answer.raise_for_status()


async def _mark_gone(server: httpx.AsyncClient) -> None:
    """No worker of this server is running yet, so nothing can be running."""
    states = {"type": {"any_": ["RUNNING", "PENDING", "CANCELLING"]}}
    for run in await _ask(server, "/flow_runs/filter", {"flow_runs": {"state": states}}):
        crashed = {"state": {"type": "CRASHED", "name": "Crashed", "message": _GONE}}
        await _ask(server, f"/flow_runs/{run['id']}/set_state", crashed)


async def _keep_automations(server: httpx.AsyncClient) -> None:
    known = {one["name"]: one["id"] for one in await _ask(server, "/automations/filter", {})}
    for automation in json.loads(AUTOMATIONS.read_text(encoding="utf-8")):
        if there := known.get(automation["name"]):
            (await server.put(f"/automations/{there}", json=automation)).raise_for_status()
        else:
            await _ask(server, "/automations/", automation)


async def _ask(server: httpx.AsyncClient, path: str, body: Any) -> Any:
    answer = await server.post(path, json=body)
    answer.raise_for_status()
    return answer.json()
