"""How rounds and slots are told on the screen (检查用语): the plan, the sampling statement, what is short."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row

from rules.inspecting import LEVEL_LABELS, METHOD_LABELS, OCCASION_LABELS, Cadence, Level, Method
from rules.language import Text
from rules.sampling_statement import sampling_statement
from rules.visits import Visit
from rules.worktime import WorkCalendar

if TYPE_CHECKING:
    from store.slots import Asked


def round_lines(row: Row[Any], known: Mapping[str, Visit], calendar: WorkCalendar) -> list[Text]:
    """A round as its supervisors read it, the way it was drawn in words."""
    told, method = row.data, METHOD_LABELS[Method(row.method)]
    level = LEVEL_LABELS[Level(told["level"])]
    done = sum(visit.is_complete({}) for visit in known.values())
    until = f"{calendar.local(row.ends_at):%Y-%m-%d %H:%M}" if row.ends_at else "—"
    return [
        Text(
            f"第 {row.id} 轮 {told['label'][0]}（{method.zh}，{level.zh}检查表），{until} 前完成：{done}/{len(known)}",
            f"Round {row.id} {told['label'][1]} ({method.en}, {level.en} checklist), by {until}: {done}/{len(known)}",
        ),
        *(Text(f"  {one.zh}", f"  {one.en}") for one in sampling_statement(told, len(known))),
        *(Text(f"  {team}：{'、'.join(sites)}", f"  {team}: {', '.join(sites)}") for team, sites in _teams(known)),
    ]


def slots_json(rows: "Sequence[Asked]", now: datetime) -> list[dict[str, Any]]:
    return [{**row._asdict(), "short": is_short(row, now)} for row in rows]


def is_short(row: "Asked", now: datetime) -> bool:
    """缺次: the slot is over and what it asks for was not done, or done too late."""
    return bool(row.ends_at < now and (row.done_at is None or row.done_at > row.ends_at))


def slot_lines(
    rows: "Sequence[Asked]", cadences: Iterable[Cadence], now: datetime, calendar: WorkCalendar
) -> list[Text]:
    """By cadence: how many were asked for, done in time, still running, short; and which are short."""
    if not rows:
        return [Text("这段时间没有督查频次的要求。", "No cadence asks for anything in this time.")]
    lines: list[Text] = []
    for cadence in cadences:
        own = [row for row in rows if row.cadence == cadence.key]
        if own:
            lines += _cadence_lines(cadence, own, now, calendar)
    return lines


def _cadence_lines(cadence: Cadence, own: "list[Asked]", now: datetime, calendar: WorkCalendar) -> list[Text]:
    short = [row for row in own if is_short(row, now)]
    done = sum(row.done_at is not None and row.done_at <= row.ends_at for row in own)
    running = len(own) - done - len(short)
    occasion = OCCASION_LABELS[cadence.occasion]
    counted = Text(
        f"{cadence.label.zh}（{occasion.zh}，{cadence.key}）：应 {len(own)} 次，已 {done} 次，进行中 {running} 次，"
        f"缺 {len(short)} 次",
        f"{cadence.label.en} ({occasion.en}, {cadence.key}): {len(own)} asked for, {done} done, {running} running, "
        f"{len(short)} short",
    )
    return [counted, *(_short_line(row, calendar) for row in short)]


def _short_line(row: "Asked", calendar: WorkCalendar) -> Text:
    until = f"{calendar.local(row.ends_at):%m-%d %H:%M}"
    late = f"{calendar.local(row.done_at):%m-%d %H:%M}" if row.done_at else ""
    zh, en = (f"，{late} 补做", f", done late on {late}") if late else ("", "")
    return Text(f"  缺 {row.key}（{until} 止{zh}）", f"  short: {row.key} (until {until}{en})")


def _teams(known: Mapping[str, Visit]) -> list[tuple[str, list[str]]]:
    teams: dict[str, list[str]] = {}
    for visit in known.values():
        teams.setdefault(visit.team, []).append(visit.site)
    return list(teams.items())
