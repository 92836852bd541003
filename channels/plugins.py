"""The seam to Apprise: each kind as a subclass of its native plugin, registered under a schema of Duban's own.

The native plugins believe any HTTP 200, follow redirects and sleep between messages; so what sends is overridden: it
hands the errand in the context variable to the carrier, and the receipt comes back in the errand.
"""

from contextvars import ContextVar
from functools import cache, lru_cache
from typing import Any

from apprise import AppriseAsset
from apprise.manager_plugins import NotificationManager
from apprise.plugins.base import NotifyBase

from channels.carrier import Carrier, Errand
from channels.carriers import CARRIERS
from channels.kinds import Form

in_hand: ContextVar[Errand[Any]] = ContextVar("duban_errand")


class _Door:
    """What a plugin does once it is Duban's."""

    carrier: Carrier[Any]

    async def async_notify(self, *args: Any, body: str, **kwargs: Any) -> bool:
        """Apprise's asynchronous door to one service, without its thread pool."""
        errand = in_hand.get()
        errand.receipt = await self.carrier.carry(errand, body)
        return errand.receipt.outcome == "accepted"

    def send(self, *args: Any, **kwargs: Any) -> bool:
        """The blocking door stays shut: behind it is the native plugin, which would report success for any HTTP 200."""
        return False


def schema_of(kind: str) -> str:
    return f"duban_{kind}"


@cache
def load_plugins() -> dict[str, type[NotifyBase]]:
    """The allow list: Duban's plugins by kind. Apprise's own stay as they are for whoever else uses them.

    Apprise reads all its plugins the first time, which takes most of a second: call this where a start may take long.
    """
    manager = NotificationManager()  # type: ignore[no-untyped-call]
    plugins = {kind: _plugin(kind, carrier, manager) for kind, carrier in CARRIERS.items()}
    for kind, plugin in plugins.items():
        manager.add(plugin, schema_of(kind), force=True)  # type: ignore[no-untyped-call]
    return plugins


def _plugin(kind: str, carrier: Carrier[Any], manager: NotificationManager) -> type[NotifyBase]:
    native = manager[carrier.native] if carrier.native else NotifyBase
    own = {
        "carrier": carrier,
        "protocol": schema_of(kind),
        "secure_protocol": None,
        "request_rate_per_sec": 0,
        "template_tokens": _loosened(native.template_tokens),
    }
    return type(f"Duban{native.__name__}", (_Door, native), own)


def _loosened(tokens: dict[str, Any]) -> dict[str, Any]:
    """Apprise logs credentials that don't match its patterns; the form has checked them already."""
    return {name: {**token, "regex": (r".", "s")} for name, token in tokens.items()}


@lru_cache(maxsize=256)
def plugin_for(form: Form) -> NotifyBase:
    """The plugin of one channel. Apprise's own collecting object would only add what is not wanted here: many services
    behind one result, tags, retries; and 75 µs a message.
    """
    asset = AppriseAsset(app_id="Duban", http_redirects=False, default_service_retry=0)
    made = load_plugins()[form.kind]
    return made(asset=asset, schema=schema_of(form.kind), **CARRIERS[form.kind].arguments(form))
