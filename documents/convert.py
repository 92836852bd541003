"""Old and foreign formats (.doc, .wps, .et, .odt, .ods): LibreOffice turns them into what is read directly."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from documents.errors import ConversionFailed, NeedsOffice, TooLarge

SECONDS = 90
MAX_BYTES = 64 << 20
INSTEAD = {".doc": ".docx", ".wps": ".docx", ".odt": ".docx", ".rtf": ".docx", ".et": ".xlsx", ".ods": ".xlsx"}
Opened = TypeVar("Opened")


def open_converted(path: Path, opener: Callable[[Path], Opened]) -> Opened:
    """Convert in a folder and with a profile of its own, under a time limit; macros never run in a conversion.

    Raises `NeedsOffice` without LibreOffice, `ConversionFailed` where it fails or takes too long.
    """
    instead = INSTEAD[path.suffix.lower()]
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise NeedsOffice(file=path.name, suffix=path.suffix, instead=instead)
    if path.stat().st_size > MAX_BYTES:
        size = f"{path.stat().st_size >> 20} MB"
        raise TooLarge(file=path.name, place="文件 (file)", size=size, limit=f"{MAX_BYTES >> 20} MB")
    with tempfile.TemporaryDirectory(prefix="duban-convert-") as folder:
        source = Path(folder, f"source{path.suffix.lower()}")
        shutil.copyfile(path, source)
        said = _run(program, source, instead[1:], path.name)
        result = source.with_suffix(instead)
        if not result.is_file():
            raise ConversionFailed(file=path.name, reason=said or "没有产生结果 (no result)", instead=instead)
        return opener(result)


def _run(program: str, source: Path, kind: str, name: str) -> str:
    profile = (source.parent / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", kind]
    process = subprocess.Popen(
        [*command, "--outdir", str(source.parent), str(source)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise ConversionFailed(file=name, reason=f"超过 {SECONDS} 秒 (took too long)", instead=f".{kind}") from None
    return said.decode("utf-8", "replace").strip().splitlines()[-1] if said.strip() else ""
