"""What the channel tests share: the simulators, and one filled-in channel of each HTTP kind that points at them."""

from collections.abc import AsyncIterator

import pytest

from channels import wecom
from channels.kinds import ChannelConfig
from tests.harness import vendor_simulators
from tests.harness.vendor_simulators import Vendors, filled_in


@pytest.fixture
async def vendors() -> AsyncIterator[Vendors]:
    wecom._tokens.clear()
    async with vendor_simulators.vendors_up() as up:
        yield up


@pytest.fixture
def http_channels(vendors: Vendors) -> dict[str, ChannelConfig]:
    return filled_in(vendors.endpoint)
