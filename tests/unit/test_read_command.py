"""`duban read deadlines`: JSON Lines in, one answer a line out, and a clear word about a line that is none."""

import io
import json
import sys

import pytest

from duban.main import run

Capture = pytest.CaptureFixture[bytes]


def answers(monkeypatch: pytest.MonkeyPatch, capsysbinary: Capture, given: bytes) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["duban", "read", "deadlines"])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
    with pytest.raises(SystemExit) as ended:
        run()
    out, err = capsysbinary.readouterr()
    return int(ended.value.code or 0), out.decode(), err.decode()


def test_one_answer_a_line(monkeypatch: pytest.MonkeyPatch, capsysbinary: Capture) -> None:
    """Evaluation relies on the shape of an answer and on one answer for each line."""
    given = '{"text": "4月8日18:00前", "on": "2026-03-02"}\n\n{"text": "9月前", "on": "2026-03-02", "context": null}\n'
    code, out, _ = answers(monkeypatch, capsysbinary, given.encode())
    first, second = map(json.loads, out.splitlines())
    assert code == 0
    assert first == {
        "readings": [
            {"text": "4月8日18:00前", "kind": "by", "start": None, "due": "2026-04-08T18:00", "rrule": None,
             "trigger": None, "offset": None, "sure": True}
        ],
        "questions": [],
    }  # fmt: skip
    assert second["readings"][0]["sure"] is False
    assert second["questions"][0]["field"] == "deadlines"


@pytest.mark.parametrize(
    "bad", [b"6", b"{", b"\xff\xfe", b'{"text": 6}', b'{"text": "6", "on": "2026-02-30"}', b"[" * 9999]
)
def test_a_bad_line_is_named(monkeypatch: pytest.MonkeyPatch, capsysbinary: Capture, bad: bytes) -> None:
    """A line that is no question ends the command with its number and exit code 1, never with a traceback."""
    code, _, err = answers(monkeypatch, capsysbinary, b'{"text": "6", "on": null}\n' + bad + b"\n")
    assert code == 1
    assert "2" in err
    assert "Traceback" not in err
