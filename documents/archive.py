"""Looks into an office archive (xlsx and docx are zips) before any reader does: its true size and its safety."""

import re
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NoReturn

from documents.errors import TooLarge, UnreadableFile, UnsafeFile

MEGABYTE = 1 << 20
MAX_PART = 320 * MEGABYTE
"""How large one part may unpack; 100,000 rows of 12 columns take about 100 MB."""
MAX_UNPACKED = 512 * MEGABYTE
MAX_PARTS = 5_000
_CHUNK = MEGABYTE
_XML = (".xml", ".rels")
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_PLAIN_XML = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<")


class Archive:
    """压缩包: an office archive whose parts are unpacked under a limit, whatever sizes it declares.

    `largest` bounds one part in bytes. Raises `UnreadableFile` for a broken zip, `TooLarge` and `UnsafeFile` for bombs.
    """

    def __init__(self, path: Path, largest: int | None = None) -> None:
        self.path = path
        self._largest = largest or MAX_PART
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError) as why:
            raise UnreadableFile(file=path.name, reason=why) from why
        self.names = tuple(self._zip.namelist())
        if len(self.names) > MAX_PARTS:
            raise TooLarge(file=path.name, place="内部文件数 (parts)", size=len(self.names), limit=MAX_PARTS)
        # Readers look parts up without regard to case: two of one name could show each of them another file.
        self._by_name = {name.lower(): name for name in self.names}
        if len(self._by_name) < len(self.names):
            self._refuse_as_unsafe("内部文件", "重名", "parts share a name")

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def has(self, name: str) -> bool:
        return name.lower() in self._by_name

    def check(self, *, besides: Collection[str] = ()) -> None:
        """Unpack every XML part once under the limit and refuse declarations that expand."""
        seen = {name.lower() for name in besides}
        for name in self.names:
            if name.lower().endswith(_XML) and name.lower() not in seen:
                self.part(name)

    def part(self, name: str) -> bytes:
        """The whole of one part, unpacked under the limit; upper and lower case are the same."""
        data = b"".join(self._chunks(self._by_name.get(name.lower(), name)))
        if name.lower().endswith(_XML):
            self._refuse_declarations(name, data)
        return data

    def _chunks(self, name: str) -> Iterator[bytes]:
        size = 0
        try:
            with self._zip.open(name) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self._unpacked += len(chunk)
                    self._refuse_size(name, size)
                    yield chunk
        except RuntimeError as why:  # how zipfile says that a part is encrypted
            raise UnreadableFile(file=self.path.name, reason=why) from why
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, KeyError) as why:
            raise UnreadableFile(file=self.path.name, reason=f"{name}: {why}") from why
        except Exception as why:
            if type(why).__module__ in {"zlib", "lzma", "bz2"}:
                raise UnreadableFile(file=self.path.name, reason=f"{name}: {why}") from why
            raise

    def _refuse_size(self, name: str, size: int) -> None:
        limit = f"{self._largest // MEGABYTE} MB"
        if size > self._largest or self._unpacked > MAX_UNPACKED:
            raise TooLarge(file=self.path.name, place=f"解压后 (unpacked) {name}", size=f"> {limit}", limit=limit)

    def _refuse_declarations(self, name: str, data: bytes) -> None:
        plain = _PLAIN_XML.match(data) or not data.strip()
        if not plain or any(word in data for word in _DECLARATIONS):
            self._refuse_as_unsafe(name, "含有实体声明或异常编码", "declares entities or uses an unusual encoding")

    def _refuse_as_unsafe(self, place: str, reason: str, reason_en: str) -> NoReturn:
        raise UnsafeFile(file=self.path.name, place=place, reason=reason, reason_en=reason_en)
