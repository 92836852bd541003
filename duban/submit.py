"""`--submit`: handing a flow to the running Prefect server."""

import os
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx

from duban.prefect_api import PrefectServer
from rules.errors import Refusal
from settings import Settings


class NoServer(Refusal):
    """没有 Prefect 服务: nothing answers where the Prefect server should be."""

    zh = "{url} 没有应答（{why}）。请先运行 duban up，或用 PREFECT_API_URL 指明服务地址；也可去掉 --submit 直接执行。"
    en = "Nothing answers at {url} ({why}). Start duban up, or set PREFECT_API_URL; or run without --submit."


class NotTaken(Refusal):
    """没有受理: the Prefect server answered, and did not take the run."""

    zh = "Prefect 没有受理“{flow}”：{why}。若尚未部署，请运行 duban up，或 prefect deploy --all。"
    en = "Prefect did not take “{flow}”: {why}. If it is not deployed yet, run duban up, or prefect deploy --all."


def submit(flow: str, parameters: Mapping[str, Any]) -> str:
    """Have the running server run the flow's deployment soon. Returns the run's id."""
    return submit_to(os.environ.get("PREFECT_API_URL") or embedded_api(Settings()), flow, parameters)


def embedded_api(settings: Settings) -> str:
    """Where the Prefect server of `duban up` answers."""
    return f"http://127.0.0.1:{settings.prefect_port}/api"


def submit_to(url: str, flow: str, parameters: Mapping[str, Any]) -> str:
    """The same on the server at `url`."""
    asked = {"parameters": dict(parameters), "idempotency_key": str(uuid4())}
    try:
        with PrefectServer(url) as server:
            deployment = server.get(f"/deployments/name/{flow}/duban")
            return str(server.post(f"/deployments/{deployment['id']}/create_flow_run", asked)["id"])
    except httpx.HTTPStatusError as why:
        raise NotTaken(flow=flow, why=f"HTTP {why.response.status_code} {why.response.text[:200]}") from why
    except httpx.HTTPError as why:
        raise NoServer(url=url, why=why or type(why).__name__) from why
