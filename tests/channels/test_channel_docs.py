"""docs/channels.md holds what the code does: every field of every form, every vendor code, every limit."""

from pathlib import Path

import pytest

from channels import dingtalk, feishu, wecom
from channels.carriers import CARRIERS
from channels.forms import KINDS
from channels.limits import limits_of
from channels.outcome import Outcome
from channels.verdicts import Verdict, from_status
from channels.wire import Answer

PAGE = (Path(__file__).parents[2] / "docs" / "channels.md").read_text("utf-8")


def field_rows(kind: str) -> list[str]:
    rows = []
    for name, field in KINDS[kind].model_fields.items():
        star = "\\*" if field.is_required() else ""
        purpose = f"（{field.description}）" if field.description else ""
        rows.append(f"| `{kind}` | `{name}`{star} | {field.title}{purpose} |")
    return rows[1:]


def code_row(vendor: str, code: int, verdict: Verdict) -> str:
    pause = f"{verdict.retry_after_s:g} s" if verdict.retry_after_s else ""
    return f"| {vendor} | {code} | {verdict.meaning} | `{verdict.outcome}` | {pause} |"


def limit_row(kind: str) -> str:
    carrier, limits = CARRIERS[kind], limits_of(kind)
    rates = "，".join(f"{rate.messages} 条/{rate.seconds:g} 秒" for rate in limits.rates)
    avoided = (
        "，避开 " + "、".join(f":{minute:02}" for minute in sorted(limits.busy_minutes)) if limits.busy_minutes else ""
    )
    return f"| `{kind}` | {rates}{avoided} | {carrier.most_bytes or ''} |"


STATUSES = {
    "200–299": range(200, 300),
    "300–399": range(300, 400),
    "408": [408],
    "425, 429": [425, 429],
    "400–499": [s for s in range(400, 500) if s not in (408, 425, 429)],
    "504": [504],
    "500–599": [s for s in range(500, 600) if s != 504],
}


def status_row(name: str) -> str:
    outcomes = {from_status(Answer(status), 0).outcome for status in STATUSES[name]}
    (outcome,) = outcomes
    return f"| {name} | `{outcome}` |"


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_documented(kind: str) -> None:
    """Who fills in a channel finds each of its fields, with what it is for."""
    assert [row for row in field_rows(kind) if row not in PAGE] == []
    assert (KINDS[kind].__doc__ or "").split(".")[0].split("\n")[0] in PAGE
    assert f"| `{kind}` | {KINDS[kind].target_title} |" in PAGE


def test_every_vendor_code_is_documented() -> None:
    """Each known code with its outcome and pause, as the code has it."""
    tables = {"企业微信": wecom.CODES, "钉钉": dingtalk.CODES, "飞书": feishu.CODES}
    rows = [code_row(vendor, code, verdict) for vendor, codes in tables.items() for code, verdict in codes.items()]
    assert [row for row in rows if row not in PAGE] == []


def test_every_http_status_is_documented() -> None:
    """A status means one outcome, and the page says which."""
    assert [status_row(name) for name in STATUSES if status_row(name) not in PAGE] == []


def test_every_limit_is_documented() -> None:
    """Rates and sizes as the code holds them."""
    assert [limit_row(kind) for kind in KINDS if limit_row(kind) not in PAGE] == []


def test_every_outcome_is_explained() -> None:
    """The five words a reader meets in `duban channel test`."""
    assert [outcome for outcome in Outcome if f"| `{outcome}` |" not in PAGE] == []
