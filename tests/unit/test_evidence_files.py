"""Evidence files from anywhere: photos come in without their secrets, hostile files do not come in at all."""

import base64
import io
import struct
import zipfile
import zlib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pi_heif
import pytest
from PIL import ExifTags, Image, PngImagePlugin

from documents.errors import (
    EmptyFile,
    EvidenceLost,
    EvidenceTooLarge,
    MissingFile,
    NoEvidence,
    UnreadableFile,
    UnsafeFile,
)
from documents.exhibits import SUFFIXES, Incoming, examined
from documents.shelf import Shelf
from rules.errors import Refusal
from rules.policy import EvidenceRules

SHANGHAI = ZoneInfo("Asia/Shanghai")
HERE = "SECRET-CAMERA"


def photo(format_: str = "JPEG", **more: object) -> bytes:
    """A small picture with a camera's EXIF: its maker, a time, a place, and that it lies on its side."""
    image = Image.linear_gradient("L").resize((40, 30)).convert("RGB")
    exif = image.getexif()
    exif[ExifTags.Base.Make] = HERE
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:03:03 10:20:30"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (31.0, 18.0, 0.0), 3: "W", 4: (120.0, 30.0, 36.0)})
    stream = io.BytesIO()
    image.save(stream, format_, exif=exif, **more)
    return stream.getvalue()


def take(path: Path, data: bytes, name: str = "现场.jpg", **rules: object) -> Incoming:
    (path / name).write_bytes(data)
    return examined(path / name, EvidenceRules.model_validate(rules), SHANGHAI)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_encoded_anew_without_its_exif(tmp_path: Path, format_: str) -> None:
    """Upright, the maker's name gone, and neither time nor place kept unless the policy asks."""
    kept = take(tmp_path, photo(format_))
    with Image.open(io.BytesIO(kept.data)) as image:
        assert image.size == (30, 40)
        assert not image.getexif() and image.format == ("PNG" if format_ == "PNG" else "JPEG")
    assert HERE.encode() not in kept.data
    assert (kept.taken_at, kept.taken_where) == (None, None)


def test_time_and_place_are_read_before_they_are_stripped(tmp_path: Path) -> None:
    """A policy that asks for them gets them beside the picture, never inside it."""
    kept = take(tmp_path, photo(), keep_time=True, keep_place=True)
    assert kept.taken_at == datetime(2026, 3, 3, 10, 20, 30, tzinfo=SHANGHAI)
    assert kept.taken_where == "31.300000,-120.510000"
    assert HERE.encode() not in kept.data


def test_what_hangs_behind_a_picture_does_not_come_along(tmp_path: Path) -> None:
    """A script, a comment, a text chunk: only pixels are kept, and the same pixels are the same file."""
    script = b"<script>alert(1)</script>"
    kept = take(tmp_path, photo(comment=script) + script)
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", script.decode(), zip=False)
    assert script not in kept.data + take(tmp_path, photo("PNG", pnginfo=text)).data
    assert kept.sha256 == take(tmp_path, photo(comment=b"another")).sha256


# A red picture of 64 by 48 pixels as telephones keep them.
HEIC = zlib.decompress(
    base64.b85decode(
        "c-muNV30{GsVvAy%}izhg51nBLl8SRGck>Ufw49>wIq=N0u(b+a*CjAhJwuG5(YG&l$nzcHpIn&fe{FSfN>#&1_CJ{R?f`KO9S&jqM|@"
        "fDif5KQI>27V)7MamgK^f{LL&VDge@VGYgXQfpi&AnKL6ZNN56Bk=zG{KYxGxU|`^9P5|nVaA4$N{Qn=MfElEM8HD6^F*zgxCAFLw8PQ"
        "}GC^WK8d-Y`5&K(>X1`0qSW)Q)km;_YL=E8We_&_Jn65-_hoT9wsoC=^QF9TZxP)H=RxF8kkGY2TvNX|(tfU-f3H-OS0!1VwB{|_J<hy"
        "@BVD>6ZX%p4pXKuRLBAQu+Mz;I)2WMXD*0flF7N+Kwb#WWb#OE$dsT)O}N{m1fOzpekVZ0j<+JOF!VRp|"
    )
)


def test_heic_photos_of_telephones_are_read(tmp_path: Path) -> None:
    """Decoded and kept as JPEG; the decoder comes without an encoder, and so without its GPL."""
    kept = take(tmp_path, HEIC, "IMG_0001.HEIC")
    with Image.open(io.BytesIO(kept.data)) as image:
        red, green, blue = image.getpixel((32, 24))  # type: ignore[misc]
        assert (image.format, image.size, red > 150 > green + blue) == ("JPEG", (64, 48), True)
    assert "x265" not in str(pi_heif.libheif_info())


def office_file(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.7\n%%EOF", "application/pdf"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "video/mp4"),
        (office_file("[Content_Types].xml", "word/document.xml"), "docx"),
        (office_file("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    ],
)
def test_documents_and_films_are_kept_as_they_are(tmp_path: Path, data: bytes, media_type: str) -> None:
    """Told by their content, whatever they are called; written out later under a name that fits."""
    kept = take(tmp_path, data, "是什么.exe")
    assert (kept.data, media_type in kept.media_type or SUFFIXES[kept.media_type] == f".{media_type}") == (data, True)


def bomb() -> bytes:
    """A PNG of 60,000 by 60,000 pixels in a few bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("空.jpg", b"", EmptyFile),
        ("程序.jpg", b"MZ\x90\0" + b"\0" * 100, NoEvidence),
        ("网页.jpg", b"<html><script>alert(1)</script>", NoEvidence),
        ("矢量.jpg", b"<svg onload='alert(1)'/>", NoEvidence),
        ("动图.jpg", b"GIF89a" + b"\0" * 50, NoEvidence),
        ("脚本.pdf", b"#!/bin/sh\nrm -rf /", NoEvidence),
        ("压缩.docx", office_file("a.txt"), NoEvidence),
        ("宏.docx", office_file("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), UnsafeFile),
        ("断.jpg", photo()[:300], UnreadableFile),
        ("断.docx", b"PK\x03\x04" + b"\0" * 30, UnreadableFile),
        ("乱.jpg", b"\xff\xd8\xff\xe1" + bytes(range(256)) * 4, UnreadableFile),
        ("乱.heic", b"\0\0\0\x18ftypheic" + bytes(range(256)), UnreadableFile),
        ("炸弹.png", bomb(), UnsafeFile),
    ],
)
def test_hostile_files_are_refused_by_name(tmp_path: Path, name: str, data: bytes, refusal: type[Refusal]) -> None:
    """Each with its own reason, in both languages, naming the file."""
    with pytest.raises(refusal) as caught:
        take(tmp_path, data, name)
    assert name in caught.value.text.zh and name in caught.value.text.en


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A photo of 200 MB (a sparse one) and a film over the policy's limit: not a byte beyond the head is read."""
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    for name, head in (("照片.jpg", photo()), ("录像.mp4", b"\0\0\0\x18ftypisom")):
        with (tmp_path / name).open("wb") as stream:
            stream.write(head)
            stream.truncate(200 << 20)
        with pytest.raises(EvidenceTooLarge, match="200 MB"):
            examined(tmp_path / name, EvidenceRules(), SHANGHAI)
    with pytest.raises(MissingFile):
        examined(tmp_path / "没有.jpg", EvidenceRules(), SHANGHAI)


# The shelf


def test_the_same_content_is_the_same_file(tmp_path: Path) -> None:
    """Kept once under its hash, and given back byte by byte."""
    shelf = Shelf(tmp_path / "evidence")
    name = shelf.put(b"photo")
    assert shelf.put(b"photo") == name and shelf.get(name) == b"photo"
    assert [path.name for path in (tmp_path / "evidence").rglob("*") if path.is_file()] == [name]


def test_a_file_that_was_touched_is_not_passed_off(tmp_path: Path) -> None:
    """Changed or removed behind our back: refused, naming its hash."""
    shelf = Shelf(tmp_path)
    name = shelf.put(b"photo")
    (tmp_path / name[:2] / name).chmod(0o640)
    (tmp_path / name[:2] / name).write_bytes(b"other")
    with pytest.raises(EvidenceLost, match=name):
        shelf.get(name)
    with pytest.raises(EvidenceLost):
        shelf.get("0" * 64)


def test_a_write_that_fails_leaves_nothing_under_the_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Power gone half-way: whoever finds a file finds all of it."""
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        Shelf(tmp_path).put(b"photo")
    assert not any(path.is_file() for path in tmp_path.rglob("*"))
