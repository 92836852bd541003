"""What the channel tests share: the simulators, and one filled-in channel of each HTTP kind that points at them."""

from collections.abc import AsyncIterator

import pytest

from channels import wecom
from channels.forms import fill
from channels.kinds import ChannelConfig
from tests.harness import vendor_simulators
from tests.harness.vendor_simulators import CORP_ID, CORP_SECRET, KEY, SECRET, TOKEN, Vendors


@pytest.fixture
async def vendors() -> AsyncIterator[Vendors]:
    wecom._tokens.clear()
    async with vendor_simulators.vendors_up() as up:
        yield up


@pytest.fixture
def http_channels(vendors: Vendors) -> dict[str, ChannelConfig]:
    settings = {
        "wecom_robot": {"key": KEY},
        "wecom_app": {"corp_id": CORP_ID, "secret": CORP_SECRET, "agent_id": "1000002"},
        "dingtalk_robot": {"token": TOKEN, "secret": SECRET},
        "feishu_robot": {"token": TOKEN, "secret": SECRET},
        "webhook": {"url": "http://elsewhere.invalid/hook?room=office-7d1f", "secret": SECRET},
        "ntfy": {"topic": "duban", "token": "tk_ntfy55e2"},
        "sms": {"url": "http://elsewhere.invalid/sms", "secret": SECRET, "headers": "X-Key={secret}"},
    }
    return {kind: fill(kind, values, vendors.endpoint) for kind, values in settings.items()}
