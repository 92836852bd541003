"""The promise of this room as a law: whatever comes back, accepted means that the vendor's own code said so."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.carrier import HttpCarrier
from channels.carriers import CARRIERS
from channels.forms import fill
from channels.outcome import Outcome
from channels.wire import Answer

FORMS = {
    "wecom_robot": fill("wecom_robot", {"key": "k"}),
    "dingtalk_robot": fill("dingtalk_robot", {"token": "t"}),
    "feishu_robot": fill("feishu_robot", {"token": "t"}),
    "ntfy": fill("ntfy", {"topic": "t"}),
    "sms": fill("sms", {"url": "http://sms.example.org"}),
}
values = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 3), st.sampled_from([45009, 130101, 9499, 11232]), st.floats(), st.text()
)
names = st.sampled_from(["errcode", "errmsg", "code", "msg", "StatusCode", "id", "status", "wait", "punish", "data"])
bodies = st.one_of(
    st.binary(max_size=40),
    st.recursive(
        values, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5), max_leaves=8
    ).map(lambda said: json.dumps(said).encode()),
)
headers = st.dictionaries(st.sampled_from(["Retry-After", "Date"]), st.text(max_size=20))


def is_zero(said: Any, name: str) -> bool:
    return isinstance(said, dict) and type(said.get(name)) is int and said[name] == 0


def vendor_said_yes(kind: str, body: bytes) -> bool:
    try:
        said = json.loads(body)
    except ValueError:
        return False
    if kind == "feishu_robot":
        return is_zero(said, "code") or is_zero(said, "StatusCode")
    if kind == "ntfy":
        return isinstance(said, dict) and bool(said.get("id"))
    if kind == "sms":
        return isinstance(said, dict) and str(said.get("code")) == "0"
    return is_zero(said, "errcode")


@pytest.mark.parametrize("kind", FORMS)
@given(st.integers(200, 599), headers, bodies)
def test_accepted_only_by_the_vendors_own_code(kind: str, status: int, headers: dict[str, str], body: bytes) -> None:
    """No page, status or half an answer makes a message accepted, and no answer breaks the reading."""
    carrier = CARRIERS[kind]
    assert isinstance(carrier, HttpCarrier)
    receipt = carrier.read(FORMS[kind], Answer(status, headers, body), now=1_800_000_000)
    if receipt.outcome is Outcome.ACCEPTED:
        assert 200 <= status < 300
        assert vendor_said_yes(kind, body)
    assert receipt.detail
    assert (receipt.retry_after_s is not None) == (receipt.outcome is Outcome.THROTTLED)
    assert receipt.retry_after_s is None or 0 < receipt.retry_after_s <= 86_400
