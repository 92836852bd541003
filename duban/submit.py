"""`--submit`: handing a flow to the running Prefect server over its HTTP API, without importing Prefect."""

import os
from collections.abc import Mapping
from typing import Any

import httpx

from rules.errors import Refusal
from settings import Settings

TIMEOUT_S = 10.0


class NoServer(Refusal):
    """没有 Prefect 服务: nothing answers where the Prefect server should be."""

    zh = "{url} 没有应答（{why}）。请先运行 duban up，或用 PREFECT_API_URL 指明服务地址；也可去掉 --submit 直接执行。"
    en = "Nothing answers at {url} ({why}). Start duban up, or set PREFECT_API_URL; or run without --submit."


class NotTaken(Refusal):
    """没有受理: the Prefect server answered, and did not take the run."""

    zh = "Prefect 没有受理“{flow}”：{why}。若尚未部署，请运行 duban up，或 prefect deploy --all。"
    en = "Prefect did not take “{flow}”: {why}. If it is not deployed yet, run duban up, or prefect deploy --all."


def api_url(settings: Settings) -> str:
    """Where the Prefect server answers: PREFECT_API_URL, else the embedded one on this machine."""
    return os.environ.get("PREFECT_API_URL") or f"http://127.0.0.1:{settings.prefect_port}/api"


def submit(flow: str, parameters: Mapping[str, Any]) -> str:
    """Have the server run the flow's deployment soon. Returns the run's id."""
    url = api_url(Settings())
    try:
        with httpx.Client(base_url=url, trust_env=False, timeout=TIMEOUT_S, auth=_credential()) as server:
            deployment = _answer(flow, server.get(f"/deployments/name/{flow}/duban"))
            asked = server.post(f"/deployments/{deployment['id']}/create_flow_run", json={"parameters": parameters})
            return str(_answer(flow, asked)["id"])
    except httpx.HTTPError as why:
        raise NoServer(url=url, why=why or type(why).__name__) from why


def _answer(flow: str, answer: httpx.Response) -> Any:
    if answer.is_error:
        raise NotTaken(flow=flow, why=f"HTTP {answer.status_code} {answer.text[:200]}")
    return answer.json()


def _credential() -> tuple[str, str] | None:
    """The server's user and password, where it asks for them (PREFECT_API_AUTH_STRING, "user:password")."""
    user, _, password = os.environ.get("PREFECT_API_AUTH_STRING", "").partition(":")
    return (user, password) if user else None
