"""The import by hand: calamine reads the cells, executemany inserts the rows that Duban leaves for the same table.

It knows the one form of the benchmark's table: no header to find, no roster to match but by exact name, no revision.
"""

import hashlib
import json
import re
import sqlite3
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from store.schema import instant_text

COLUMNS: Mapping[str, str] = {
    "obligations": "id, plan, table_version_id, row_key, item_no, task, leader, responsible, year, content,"
    " opened_through, next_opening_on",
    "obligation_units": "obligation_id, unit, part",
    "duties": "id, obligation_id, lead, occurrence, unit, title, leader, responsible, state, episode, opened_at,"
    " episode_at, due_at, provisional, ladder, policy_version, ladder_at, next_action_at",
    "events": "id, at, actor, kind, subject, data",
    "notices": "id, event_id, duty_id, recipient, kind, severity, created_at, release_at, data",
}
YEAR = 2026
_NO_WORD = re.compile(r"[\W_]+")


Rows = dict[str, list[tuple[Any, ...]]]


def import_by_hand(connection: sqlite3.Connection, table: Path, now: datetime, first_look: datetime) -> int:
    """Insert obligations, duties, events and notices in one transaction. Returns how many duties.

    All duties are looked at first at `first_look`: none is due before anybody could accept it.
    """
    sheet: Any = CalamineWorkbook.from_path(str(table)).get_sheet_by_index(0).to_python()
    (title, *_), _, *rows = sheet
    last = connection.execute("SELECT max(id) FROM events").fetchone()[0] + 1
    made: Rows = {name: [] for name in COLUMNS}
    at, look = instant_text(now), instant_text(first_look)
    for number, cells in enumerate(rows, 1):
        published, opened = last + number, last + len(rows) + number
        _obligation(made, number, cells, title, at, published)
        _duty(made, number, cells, at, look, opened)
    _write(connection, made, _version(table, title, at, last, len(rows)))
    return len(rows)


def _obligation(made: Rows, number: int, cells: Sequence[Any], title: str, at: str, event: int) -> None:
    item, category, task, standard, method, lead, support, assessor, leader, responsible, phrase, _ = cells
    deadline, _, _, opens_next = _deadline(phrase, at[:10])
    content = {
        "task": task, "category_path": [category], "standards": [standard], "methods": [method], "lead": [lead],
        "support": support.split("、"), "assessors": [assessor], "leader": leader, "responsible": responsible,
        "deadlines": [deadline], "targets": [], "source": ["任务分解表", f"C{number + 2}"],
    }  # fmt: skip
    words = _NO_WORD.sub("", task)
    key, item_no = hashlib.sha256(f"{words}#1".encode()).hexdigest()[:16], str(int(item))
    made["obligations"].append(
        (number, title, 1, key, item_no, task, leader, responsible, YEAR, _json(content), at[:10], opens_next)
    )
    parts = {"lead": [lead], "support": content["support"], "assessor": [assessor]}
    made["obligation_units"] += [(number, unit, part) for part, units in parts.items() for unit in units]
    told = {"row_key": key, "item_no": item_no, **content}
    made["events"].append((event, at, "system", "obligation.published", f"obligation:{number}", _json(told)))


def _duty(made: Rows, number: int, cells: Sequence[Any], at: str, look: str, event: int) -> None:
    _, _, task, _, _, unit, _, _, leader, responsible, phrase, _ = cells
    _, occurrence, due, _ = _deadline(phrase, at[:10])
    due_at, said = f"{due} 15:59:59.000000+00:00", f"{due}T23:59:59+08:00"
    made["duties"].append(
        (number, number, unit, occurrence, unit, task, leader, responsible, "open", 1, at, at, due_at, 0, "standard", 1,
         due_at, look)
    )  # fmt: skip
    told = {"unit": unit, "occurrence": occurrence, "obligation": number, "due_at": said, "provisional": False}
    told["policy"] = 1
    made["events"].append((event, at, "system", "duty.opened", f"duty:{number}", _json(told)))
    shown = {"label": ["新任务", "new duty"], "title": task, "unit": unit, "due_at": said, "provisional": False}
    shown["reason"] = None
    made["notices"].append((number, event, number, responsible, "opened", 1, at, at, _json(shown)))


def _version(table: Path, title: str, at: str, event: int, added: int) -> dict[str, tuple[Any, ...]]:
    sha256 = hashlib.sha256(table.read_bytes()).hexdigest()
    told = {"plan": title, "version": 1, "file": table.name, "sha256": sha256, "added": added}
    told |= {"changed": 0, "dropped": 0, "moved": 0, "unchanged": 0}
    name = "duban.table.published"
    return {
        "table_versions VALUES (1, ?, 1, ?, ?, ?, ?, ?, 'system')": (title, title, YEAR, table.name, sha256, at),
        "events VALUES (?, ?, 'system', 'table.published', 'table:1', ?)": (event, at, _json(told)),
        "signals (event_id, name, subject, at) VALUES (?, ?, 'table:1', ?)": (event, name, at),
    }


def _write(
    connection: sqlite3.Connection, made: Mapping[str, Sequence[tuple[Any, ...]]], version: Mapping[str, Sequence[Any]]
) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement, values in version.items():
        connection.execute(f"INSERT INTO {statement}", values)
    for name, columns in COLUMNS.items():
        places = ", ".join("?" * (columns.count(",") + 1))
        connection.executemany(f"INSERT INTO {name} ({columns}) VALUES ({places})", made[name])
    connection.execute("COMMIT")


@cache
def _deadline(text: str, on: str) -> tuple[dict[str, Any], str, str, str]:
    """What the content keeps, the occurrence, its last day, and the day to open the next."""
    kept = {"text": text, "kind": "by", "start": None, "due": None, "rrule": None, "trigger": None, "offset": None}
    today = date.fromisoformat(on)
    if text == "每月":
        last = _month_end(today.month)
        opens_next = last + timedelta(days=1)
        return kept | {"kind": "recurring", "rrule": "FREQ=MONTHLY"}, on[:7], str(last), str(opens_next)
    month, day = re.findall(r"(\d+)月", text)[0], re.findall(r"(\d+)日", text)
    last = date(YEAR, int(month), int(day[0])) if day else _month_end(int(month))
    return kept | {"due": str(last)}, "once", str(last), str(today + timedelta(days=400))


def _month_end(month: int) -> date:
    return date(YEAR, month, monthrange(YEAR, month)[1])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
