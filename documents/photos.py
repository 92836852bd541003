"""Photos (照片): decoded and encoded anew, so that only the picture is kept; when and where is read first."""

import io
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

import pi_heif  # type: ignore[import-untyped]
from PIL import ExifTags, Image, ImageOps

from documents.errors import UnreadableFile, UnsafeFile

pi_heif.register_heif_opener()

MAX_PIXELS = 80_000_000
"""Beyond any phone's ordinary photo; a bomb of a few kilobytes unpacks to far more."""
QUALITY = 88
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Photo:
    """照片: the new encoding, and what the old one told. `taken_where` is "latitude,longitude" in degrees."""

    data: bytes
    media_type: str
    taken_at: datetime | None
    taken_where: str | None


def reencoded(data: bytes, name: str, zone: tzinfo) -> Photo:
    """The picture upright and by itself, as JPEG (a PNG stays one). `zone` is that of a time without an offset.

    UnsafeFile for a picture of too many pixels, UnreadableFile for one that cannot be decoded.
    """
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _too_many_pixels(name)
            taken_at, taken_where = _taken(image, zone)
            png = image.format == "PNG"
            upright = ImageOps.exif_transpose(image).convert("RGBA" if png and image.has_transparency_data else "RGB")
    except UnsafeFile:
        raise
    except _BOMB:
        raise _too_many_pixels(name) from None
    except Exception as why:  # a broken file makes decoders trip over anything
        raise UnreadableFile(file=name, reason=type(why).__name__) from why
    return Photo(_encoded(upright, png), "image/png" if png else "image/jpeg", taken_at, taken_where)


def _too_many_pixels(name: str) -> UnsafeFile:
    return UnsafeFile(
        file=name,
        place="图片 (picture)",
        reason=f"像素超过 {MAX_PIXELS // 1_000_000} 百万",
        reason_en=f"has more than {MAX_PIXELS // 1_000_000} million pixels",
    )


def _encoded(image: Image.Image, png: bool) -> bytes:
    """The pixels alone: whatever else the old file held (comments, profiles, EXIF) does not come along."""
    image.info.clear()
    stream = io.BytesIO()
    if png:
        image.save(stream, "PNG")
    else:
        image.save(stream, "JPEG", quality=QUALITY)
    return stream.getvalue()


def _taken(image: Image.Image, zone: tzinfo) -> tuple[datetime | None, str | None]:
    """When and where, as the camera wrote it; what cannot be read is not known."""
    exif: Any = {}
    with suppress(Exception):
        exif = image.getexif()
    at, where = None, None
    with suppress(Exception):
        at = _time(exif.get_ifd(ExifTags.IFD.Exif), zone)
    with suppress(Exception):
        where = _place(exif.get_ifd(ExifTags.IFD.GPSInfo))
    return at, where


def _time(told: Any, zone: tzinfo) -> datetime:
    day, clock = str(told[ExifTags.Base.DateTimeOriginal]).strip("\0 ").split()
    offset = told.get(ExifTags.Base.OffsetTimeOriginal, "")
    at = datetime.fromisoformat(f"{day.replace(':', '-')}T{clock}{offset}")
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _place(told: Any) -> str:
    latitude = _degrees(told[ExifTags.GPS.GPSLatitude], told[ExifTags.GPS.GPSLatitudeRef])
    longitude = _degrees(told[ExifTags.GPS.GPSLongitude], told[ExifTags.GPS.GPSLongitudeRef])
    return f"{latitude:.6f},{longitude:.6f}"


def _degrees(parts: Any, side: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if side in ("S", "W") else value
