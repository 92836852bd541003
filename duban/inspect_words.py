"""How rounds and slots are told on the screen (检查用语): the plan, the sampling statement, what is short."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from rules.inspecting import LEVEL_LABELS, METHOD_LABELS, OCCASION_LABELS, Cadence, Level, Method
from rules.language import Text
from rules.visits import Visit
from rules.worktime import WorkCalendar


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
        *sampling_statement(told, len(known)),
        *(Text(f"  {team}：{'、'.join(sites)}", f"  {team}: {', '.join(sites)}") for team, sites in _teams(known)),
    ]


def sampling_statement(told: Mapping[str, Any], drawn: int) -> list[Text]:
    """抽样说明: the population, the strata, the seed, and what the size allows to be said."""
    size, strata = told["size"], told["strata"]
    lines = [
        Text(
            f"  总体 {told['population']} 个点位，按责任单位和点位类型分 {len(strata)} 层，等距抽取 {drawn} 个；"
            "每个点位抽中的机会相同，各层按比例",
            f"  {drawn} of {told['population']} sites, at even steps through {len(strata)} strata of unit and type: "
            "each as likely as any other, strata in proportion",
        ),
        Text(
            f"  种子 {told['seed']}：点位次序由种子和名称的 SHA-256 决定，任何人可以复算",
            f"  seed {told['seed']}: the order is SHA-256 of seed and name, anyone can redo it",
        ),
    ]
    if told["revisited"]:
        sites = "、".join(told["revisited"])
        lines.append(
            Text(
                f"  其中回访 {len(told['revisited'])} 个（近期有问题销号）：{sites}",
                f"  {len(told['revisited'])} of them re-visited, findings there were closed lately: {sites}",
            )
        )
    if "confidence" in size:
        share, margin = size["confidence"], size["margin"]
        lines.append(
            Text(
                f"  置信度 {share:.1%}，允许误差 ±{margin:.1%}（按问题点位占比最不利的一半估计，有限总体修正）",
                f"  confidence {share:.1%}, margin ±{margin:.1%} (for a share at worst one half, finite population)",
            )
        )
    lines += [
        Text(f"    {unit or '—'}·{type_}：{total} 抽 {taken}", f"    {unit or '—'} · {type_}: {taken} of {total}")
        for unit, type_, total, taken in strata
    ]
    return lines


def slots_json(rows: Sequence[Row[Any]], now: datetime) -> list[dict[str, Any]]:
    return [{**row._mapping, "short": is_short(row, now)} for row in rows]


def is_short(row: Row[Any], now: datetime) -> bool:
    """缺次: the slot is over and what it asks for was not done, or done too late."""
    return bool(row.ends_at < now and (row.done_at is None or row.done_at > row.ends_at))


def slot_lines(
    rows: Sequence[Row[Any]], cadences: Sequence[Cadence], now: datetime, calendar: WorkCalendar
) -> list[Text]:
    """By cadence: how many were asked for, done in time, still running, short; and which are short."""
    lines = []
    for cadence in cadences:
        own = [row for row in rows if row.cadence == cadence.key]
        if own:
            lines += _cadence_lines(cadence, own, now, calendar)
    return lines


def _cadence_lines(cadence: Cadence, own: list[Row[Any]], now: datetime, calendar: WorkCalendar) -> list[Text]:
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


def _short_line(row: Row[Any], calendar: WorkCalendar) -> Text:
    until = f"{calendar.local(row.ends_at):%m-%d %H:%M}"
    late = f"{calendar.local(row.done_at):%m-%d %H:%M}" if row.done_at else ""
    zh, en = (f"，{late} 补做", f", done late on {late}") if late else ("", "")
    return Text(f"  缺 {row.key}（{until} 止{zh}）", f"  short: {row.key} (until {until}{en})")


def _teams(known: Mapping[str, Visit]) -> list[tuple[str, list[str]]]:
    teams: dict[str, list[str]] = {}
    for visit in known.values():
        teams.setdefault(visit.team, []).append(visit.site)
    return list(teams.items())
