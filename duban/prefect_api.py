"""The HTTP API of a Prefect server, as far as Duban calls it; Prefect itself takes seconds to import."""

import os
import time
from types import TracebackType
from typing import Any, Self

import httpx

TIMEOUT_S = 30.0
PAUSES_S = (0.5, 1.0, 2.0, 4.0)


class PrefectServer:
    """Prefect 服务 at an address ending in /api. Raises httpx.HTTPError where it is out of reach or says no."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=url, trust_env=False, timeout=TIMEOUT_S, auth=_credential())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def answers(self) -> bool:
        """Whether the server is up."""
        try:
            return self._client.get("/health", timeout=2.0).is_success
        except httpx.HTTPError:
            return False

    def get(self, path: str) -> Any:
        return self._call("GET", path).json()

    def post(self, path: str, body: Any) -> Any:
        return self._call("POST", path, body).json()

    def put(self, path: str, body: Any) -> None:
        self._call("PUT", path, body)

    def _call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """One request; again after a while where the server's database was busy, which it says with 503."""
        answer = self._client.request(method, path, json=body)
        for pause in PAUSES_S:
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            time.sleep(pause)
            answer = self._client.request(method, path, json=body)
        return answer.raise_for_status()


def _credential() -> tuple[str, str] | None:
    """The server's user and password where it asks for them (PREFECT_API_AUTH_STRING, "user:password")."""
    user, _, password = os.environ.get("PREFECT_API_AUTH_STRING", "").partition(":")
    return (user, password) if user else None
