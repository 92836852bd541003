"""Laws of opening files that hold for any bytes under any name."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.old_months import months_in
from documents.reading import open_document
from rules.errors import Refusal
from tests.unit.old_workbook import old_workbook

ENDINGS = [".xlsx", ".xls", ".et", ".xlsm", ".docx", ".doc", ".wps", ".rtf", ".odt", ".ods", ".csv", ".txt", ".html"]
HEADS = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1 ", b"<html><table><tr><td>", b"\xff\xfe"]
MARKUP = st.lists(
    st.sampled_from(["<table>", "<tr>", "<td colspan=3>", "<td rowspan=2>", "</td>", "</table>", "<p>", "<br>", "\n"])
    | st.text(max_size=8),
    max_size=30,
).map(lambda parts: "".join(parts).encode("utf-8", "replace"))
WORD = st.lists(
    st.sampled_from(["<w:p>", "</w:p>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:r>"])
    | st.sampled_from(["</w:r>", "<w:t>文</w:t>", '<w:gridSpan w:val="9"/>', "<w:del/>", "<w:txbxContent/>"]),
    max_size=20,
).map("".join)

OLD_BOOK = old_workbook([(date(2026, 6, 1), "yyyy/m")] * 3)
LOST_BYTES = st.dictionaries(st.integers(0, 1800) | st.integers(0, len(OLD_BOOK) - 1), st.integers(0, 255), max_size=6)


def opens_or_refuses(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        first = open_document(path)
    except Refusal as refused:
        assert path.name in refused.text.zh and path.name in refused.text.en
    else:
        assert first == open_document(path)


@pytest.fixture(autouse=True)
def _no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


@given(ending=st.sampled_from(ENDINGS), head=st.sampled_from(HEADS), rest=st.binary(max_size=300) | MARKUP)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_open_or_are_refused_by_name(ending: str, head: bytes, rest: bytes, tmp_path: Path) -> None:
    """No file makes the reader fail with anything but a refusal that names it, and the same file opens the same."""
    opens_or_refuses(tmp_path / f"表{ending}", head + rest)


@given(body=WORD)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_body_of_a_word_document(body: str, tmp_path: Path) -> None:
    """However its elements are mixed up."""
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>')
    opens_or_refuses(tmp_path / "表.docx", packed.getvalue())


@given(lost=LOST_BYTES, end=st.integers(0, len(OLD_BOOK)))
def test_the_months_of_a_damaged_old_workbook(lost: dict[int, int], end: int) -> None:
    """Looking for months neither fails nor goes on for ever, wherever the file is damaged."""
    damaged = bytearray(OLD_BOOK)
    for place, byte in lost.items():
        damaged[place] = byte
    assert sum(map(len, months_in(bytes(damaged[:end])).values())) <= len(OLD_BOOK)
