"""Channels that are files: the inbox and the paper slip."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.forms import fill
from channels.inbox import safe_name
from channels.message import Outgoing
from channels.outcome import Outcome
from channels.sending import send

MESSAGE = Outgoing("DB-12", "催办", "- **催办** 清理占道经营")


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


async def test_one_file_per_message_and_a_resend_adds_none(tmp_path: Path) -> None:
    """The same number is the same file; the second time it says so."""
    inbox = fill("inbox", {"folder": str(tmp_path)})
    assert (await send(inbox, "分管副市长", MESSAGE)).outcome is Outcome.ACCEPTED
    assert files(tmp_path) == ["分管副市长/DB-12.md"]
    text = (tmp_path / "分管副市长/DB-12.md").read_text("utf-8")
    assert "催办" in text and "DB-12" in text and "重发" not in text
    await send(inbox, "分管副市长", Outgoing("DB-12", "催办", "- 清理", is_resend=True))
    assert files(tmp_path) == ["分管副市长/DB-12.md"]
    assert "重发" in (tmp_path / "分管副市长/DB-12.md").read_text("utf-8")


@pytest.mark.parametrize("target", ["../../etc", "/etc/passwd", "..", ".hidden", "a/b", "CON", "x\0y", "名" * 300])
async def test_no_recipient_leads_out_of_the_folder(target: str, tmp_path: Path) -> None:
    """A name is a name, whatever it looks like to a file system."""
    folder = tmp_path / "inbox"
    receipt = await send(fill("inbox", {"folder": str(folder)}), target, MESSAGE)
    assert receipt.outcome is Outcome.ACCEPTED
    assert [Path(file).name for file in files(tmp_path)] == ["DB-12.md"]
    assert [file.count("/") for file in files(tmp_path)] == [2]
    assert files(tmp_path)[0].startswith("inbox/")


@given(st.text(max_size=80), st.text(max_size=80))
def test_different_names_stay_different(one: str, other: str) -> None:
    """Two recipients never share a folder."""
    assert (safe_name(one) == safe_name(other)) == (one == other)
    assert "/" not in safe_name(one) and not safe_name(one).startswith(".") and safe_name(one)


async def test_a_folder_that_cannot_be_written_is_unreachable(tmp_path: Path) -> None:
    """A full or forbidden disk is said, with the place, and nothing is left half-written."""
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    receipt = await send(fill("inbox", {"folder": str(blocked)}), "张三", MESSAGE)
    assert receipt.outcome is Outcome.UNREACHABLE
    assert str(blocked) in receipt.detail
    assert files(tmp_path) == ["file"]


@pytest.mark.parametrize("kind", ["inbox", "paper"])
async def test_nobody_is_no_recipient(kind: str, tmp_path: Path) -> None:
    """A file for nobody would never be read."""
    receipt = await send(fill(kind, {"folder": str(tmp_path)}), "  ", MESSAGE)
    assert (receipt.outcome, receipt.vendor_code) == (Outcome.REJECTED, "bad_target")


async def test_a_paper_slip_can_be_printed_and_signed(tmp_path: Path) -> None:
    """One page per message and recipient, with the places to sign; other people's words stay words."""
    paper = fill("paper", {"folder": str(tmp_path)})
    receipt = await send(paper, "张三<局长>", Outgoing("DB-13", "督办单", "- 清理<script>"))
    assert receipt.outcome is Outcome.ACCEPTED
    (page,) = files(tmp_path)
    text = (tmp_path / page).read_text("utf-8")
    for part in ("送：张三&lt;局长&gt;", "签收人", "送达人", "DB-13", "清理&lt;script&gt;"):
        assert part in text
    assert "http" not in text
