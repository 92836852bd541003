"""Evidence files (佐证材料) as they come in: told by content, held to a size, photos encoded anew, none executed."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from hashlib import sha256
from pathlib import Path

from documents.archive import Archive
from documents.errors import EmptyFile, EvidenceTooLarge, MissingFile, NoEvidence, NotAFile, UnsafeFile
from documents.kinds import ZIP, Kind, kind_of
from documents.photos import reencoded
from rules.policy import EvidenceRules

_HEAD = 64
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OFFICE = {Kind.DOCX: _DOCX, Kind.XLSX: _XLSX}
_PHOTO, _MP4, _PDF = "image", "video/mp4", "application/pdf"
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_MP4_BRANDS = frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV"})

SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    _PDF: ".pdf",
    _MP4: ".mp4",
    _DOCX: ".docx",
    _XLSX: ".xlsx",
}
"""What a kept file is called when it is written out: by what it is, not by what somebody called it."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """待存材料: what is to be kept of a file."""

    name: str
    data: bytes
    media_type: str
    taken_at: datetime | None = None
    taken_where: str | None = None

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


def examined(path: Path, rules: EvidenceRules, zone: tzinfo) -> Incoming:
    """What is kept of a file: a photo encoded anew, without its EXIF; a document or film as it is.

    Refused before it is read: what is missing, empty, too large or of another kind. Time and place of a photo are
    given only where the rules keep them.
    """
    if not path.is_file():
        raise NotAFile(file=path) if path.exists() else MissingFile(file=path)
    if not path.stat().st_size:
        raise EmptyFile(file=path.name)
    kind = _kind(path)
    _check_size(path, rules.photo_mb if kind == _PHOTO else rules.file_mb)
    data = path.read_bytes()
    if kind != _PHOTO:
        return Incoming(path.name, data, kind)
    photo = reencoded(data, path.name, zone)
    taken_at = photo.taken_at if rules.keep_time else None
    return Incoming(path.name, photo.data, photo.media_type, taken_at, photo.taken_where if rules.keep_place else None)


def _check_size(path: Path, limit_mb: int) -> None:
    size = path.stat().st_size
    if size > limit_mb << 20:
        raise EvidenceTooLarge(file=path.name, size=f"{size / (1 << 20):.0f} MB", limit=f"{limit_mb} MB")


def _kind(path: Path) -> str:
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    brand = head[8:12] if head[4:8] == b"ftyp" else b""
    if (
        head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")
        or brand in _HEIF_BRANDS
    ):
        return _PHOTO
    if brand in _MP4_BRANDS:
        return _MP4
    if head.startswith(b"%PDF-"):
        return _PDF
    return _office(path) if head.startswith(ZIP) else _nothing(path)


def _office(path: Path) -> str:
    found = kind_of(path)
    with Archive(path) as archive:
        if any(name.lower().endswith("vbaproject.bin") for name in archive.names):
            raise UnsafeFile(file=path.name, place="文件 (file)", reason="带有宏", reason_en="contains macros")
    return _OFFICE[found] if isinstance(found, Kind) and found in _OFFICE else _nothing(path)


def _nothing(path: Path) -> str:
    raise NoEvidence(file=path.name)
