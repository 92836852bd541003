"""What `duban up` makes sure of on its Prefect server before a worker starts: pool, automations, no run left over."""

import json
from pathlib import Path

import httpx

from duban.prefect_api import PrefectServer

POOL = "duban"
AUTOMATIONS = Path(__file__).with_name("automations.json")

_GONE = "上次停机时中断，由下一次运行补做 · cut off when Duban stopped; the next run does its work"


def set_up(url: str) -> None:
    """Pool and automations as ours; runs of an earlier life marked as crashed, so that their slots are free again."""
    with PrefectServer(url) as server:
        _make_pool(server)
        _mark_gone(server)
        _keep_automations(server)


def _make_pool(server: PrefectServer) -> None:
    try:
        server.post("/work_pools/", {"name": POOL, "type": "process"})
    except httpx.HTTPStatusError as why:
        if why.response.status_code != httpx.codes.CONFLICT:
            raise


def _mark_gone(server: PrefectServer) -> None:
    """No worker of this server is running yet, so nothing can be running."""
    states = {"type": {"any_": ["RUNNING", "PENDING", "CANCELLING"]}}
    crashed = {"state": {"type": "CRASHED", "name": "Crashed", "message": _GONE}}
    for run in server.post("/flow_runs/filter", {"flow_runs": {"state": states}}):
        server.post(f"/flow_runs/{run['id']}/set_state", crashed)


def _keep_automations(server: PrefectServer) -> None:
    known = {one["name"]: one["id"] for one in server.post("/automations/filter", {})}
    for automation in json.loads(AUTOMATIONS.read_text(encoding="utf-8")):
        if there := known.get(automation["name"]):
            server.put(f"/automations/{there}", automation)
        else:
            server.post("/automations/", automation)
