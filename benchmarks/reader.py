"""A process that polls a table and writes a file for each new row: `python -m benchmarks.reader DATABASE SECONDS`."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def reading(folder: Path, every_s: float) -> Iterator[Path]:
    """The database that one polls until the end of the block; its files stand beside the database."""
    folder.mkdir(parents=True)
    database = folder / "floor.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE notices (id INTEGER PRIMARY KEY, recipient TEXT)")
    with subprocess.Popen([sys.executable, "-m", "benchmarks.reader", str(database), str(every_s)]) as process:
        try:
            yield database
        finally:
            process.kill()


def _read(database: Path, every_s: float) -> None:
    last = 0
    with closing(sqlite3.connect(database)) as connection:
        while True:
            for last, recipient in connection.execute("SELECT id, recipient FROM notices WHERE id > ?", (last,)):  # noqa: B020
                folder = database.with_name(recipient)
                folder.mkdir()
                (folder / f"{last}.md").touch()
            time.sleep(every_s)


if __name__ == "__main__":
    _read(Path(sys.argv[1]), float(sys.argv[2]))
