"""Old and foreign formats (.doc, .wps, .rtf, .odt, .ods): LibreOffice turns them into what is read directly."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from documents.archive import Archive
from documents.errors import ConversionFailed, NeedsOffice, TooLarge
from rules.errors import Refusal

SECONDS = 90
MAX_BYTES = 64 << 20
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
# A document may ask for pictures, sections and cells from elsewhere: nothing is run, fetched or brought up to date.
_HARMLESS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Calc/Content/Update", "Link", "1"),
)
_LIMITED = 'ulimit -v 4194304; ulimit -f 1048576; exec "$@"'
"""At most 4 GB of memory and files of half a gigabyte, whatever the document makes LibreOffice do."""
Opened = TypeVar("Opened")


def open_converted(path: Path, instead: str, opener: Callable[[Path], Opened]) -> Opened:
    """What `opener` finds in the file once converted to the format `instead` (.docx, .xlsx).

    Each conversion has a folder and a profile of its own, so that it meets neither a running LibreOffice nor another
    conversion. Raises `NeedsOffice` without LibreOffice, `ConversionFailed` where it fails or takes too long.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise NeedsOffice(file=path.name, suffix=path.suffix, instead=instead)
    _check(path)
    with tempfile.TemporaryDirectory(prefix="duban-convert-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"source{path.suffix.lower()}")
        shutil.copyfile(path, source)
        said = _run(program, source, instead, path.name)
        result = source.with_suffix(instead)
        if not result.is_file():
            raise ConversionFailed(file=path.name, reason=said or "没有产生结果 (no result)", instead=instead)
        try:
            return opener(result)
        except Refusal as why:
            raise type(why)(**{**why.facts, "file": path.name}) from why


def _check(path: Path) -> None:
    if path.stat().st_size > MAX_BYTES:
        size = f"{path.stat().st_size >> 20} MB"
        raise TooLarge(file=path.name, place="文件 (file)", size=size, limit=f"{MAX_BYTES >> 20} MB")
    if zipfile.is_zipfile(path):
        with Archive(path) as archive:
            archive.check()


def _run(program: str, source: Path, instead: str, name: str) -> str:
    """Convert into the source's folder; what LibreOffice said last."""
    folder = source.parent
    command = [program, f"-env:UserInstallation={_profile(folder).as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", instead[1:], "--outdir", str(folder), str(source)]
    process = subprocess.Popen(
        ["/bin/sh", "-c", _LIMITED, "sh", *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "HOME": str(folder), "TMPDIR": str(folder)},
    )
    try:
        said, _ = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise ConversionFailed(file=name, reason=f"超过 {SECONDS} 秒 (took too long)", instead=instead) from None
    finally:
        _end(process)
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""


def _profile(folder: Path) -> Path:
    """A fresh user profile that switches off macros, links and everything fetched from elsewhere."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _HARMLESS)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), encoding="utf-8")
    return profile


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice and what it started, unless it has ended by itself."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdout:
        process.stdout.close()
