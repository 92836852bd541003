"""The shelf (证据柜): kept files in a folder, each under the SHA-256 of its content, written whole or not at all."""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from documents.errors import EvidenceLost


@dataclass(frozen=True, slots=True)
class Shelf:
    """证据柜: what is put on it stays as it is; the same content again is the same file."""

    folder: Path

    def put(self, data: bytes) -> str:
        """Keep these bytes and return their SHA-256; whoever finds a file under it finds all of it."""
        name = sha256(data).hexdigest()
        path = self._path(name)
        if path.exists():
            return name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{name}.{os.getpid()}")
        try:
            with draft.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            draft.chmod(0o440)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        return name

    def get(self, name: str) -> bytes:
        """The bytes kept under a SHA-256. EvidenceLost where they are gone or no longer the same."""
        path = self._path(name)
        data = path.read_bytes() if path.is_file() else b""
        if sha256(data).hexdigest() != name:
            raise EvidenceLost(sha256=name, folder=self.folder)
        return data

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name
