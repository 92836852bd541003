"""`duban backup` and `duban restore`: the office's data as one file, and back into an empty home."""

import errno
import os
import tarfile
import zlib
from gzip import BadGzipFile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from duban.session import run, session
from rules.errors import Refusal
from rules.language import Text

KEPT = ("channel.key", "link.key", "inbox", "evidence", "documents")
"""What is kept beside the database. Prefect's own folder is not: it is made anew."""


class HomeNotEmpty(Refusal):
    """已有数据: a backup is only restored into a home without a database."""

    zh = "{home} 已有数据库，没有恢复。请把 DUBAN_HOME 指到一个空文件夹。"
    en = "{home} holds a database already; nothing was restored. Point DUBAN_HOME at an empty folder."


class NotABackup(Refusal):
    """不是备份: the file was not written by `duban backup`, or is damaged."""

    zh = "{file} 不是督办的备份文件，或已损坏：{why}"
    en = "{file} is not a backup of Duban, or it is damaged: {why}"


def backup(file: Annotated[Path, typer.Argument(help="要写出的 .tar.gz 文件 · the .tar.gz file to write")]) -> None:
    """备份数据库、密钥、收件箱与文档 · Back everything up into one file, while Duban may be running.

    内含渠道密钥与联系方式，请妥善保管 · It holds the channels' key and contacts: keep it safe.
    """
    run(_backup(file))


async def _backup(file: Path) -> None:
    from store.copying import copy_to

    async with session() as here:
        home = here.office.settings.home
        with TemporaryDirectory(prefix="duban-backup-") as folder:
            copied = Path(folder) / "duban.db"
            await copy_to(here.office.store, copied)
            _pack(file, home, copied)
        here.say(
            Text(
                f"已备份到 {file}。内含渠道密钥与联系方式，请妥善保管；恢复：DUBAN_HOME=空文件夹 duban restore {file}",
                f"Backed up to {file}. It holds the channels' key and contacts: keep it safe. "
                f"To restore: DUBAN_HOME=EMPTY duban restore {file}",
            )
        )


def _pack(file: Path, home: Path, database: Path) -> None:
    """Written beside its name first, so that a broken backup never looks like a whole one."""
    if not file.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(file.parent))
    draft = file.with_name(f".{file.name}.part")
    with tarfile.open(draft, "w:gz") as archive:
        archive.add(database, "duban.db")
        for name in KEPT:
            if (home / name).exists():
                archive.add(home / name, name)
    draft.chmod(0o600)
    draft.replace(file)


def restore(file: Annotated[Path, typer.Argument(help="备份文件 · the backup file")]) -> None:
    """恢复到空的数据文件夹 · Restore a backup into a home folder without a database."""
    from settings import Settings

    home = Settings().home
    if (home / "duban.db").exists():
        raise HomeNotEmpty(home=home)
    home.mkdir(parents=True, exist_ok=True)
    try:
        with tarfile.open(file, "r:gz") as archive:
            if "duban.db" not in archive.getnames():
                raise NotABackup(file=file, why="duban.db")
            archive.extractall(home, filter="data")
    except (tarfile.TarError, BadGzipFile, zlib.error, EOFError) as why:
        raise NotABackup(file=file, why=why) from None
    typer.echo(str(home))
