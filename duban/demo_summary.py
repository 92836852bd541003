"""What the demo shows at its end: duties by state, the leaders' notices with their reasons, the bulletin's path."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from rules.language import Text
from rules.lifecycle import STATE_LABELS, DutyState
from store.duties import count_by_state
from store.inspection_schema import findings, rounds
from store.schema import duties, events, messages, notices
from store.sealing import last_seal
from tasks.office import Office

_SHOWN = 6


async def summary(office: Office, now: datetime, home: Path) -> list[str]:
    """The lines of the summary, in the office's language."""
    return [
        "",
        *await _states(office, now),
        *await _inspected(office),
        *await _told(office),
        *await _leaders(office),
        *await _places(office, home),
    ]


async def _states(office: Office, now: datetime) -> list[str]:
    language = office.settings.language
    async with office.store.reading() as connection:
        counts = await count_by_state(connection, now)
    named = [f"{label.said_in(language)} {counts[state]}" for state, label in STATE_LABELS.items() if state in counts]
    late = "其中逾期未办结" if language == "zh" else "overdue and open"
    return [f"{'责任事项' if language == 'zh' else 'Duties'}：{'，'.join(named)}；{late} {counts['overdue']}"]


async def _inspected(office: Office) -> list[str]:
    closed = select(func.count()).select_from(findings.join(duties, duties.c.id == findings.c.duty_id))
    async with office.store.reading() as connection:
        held = await connection.scalar(select(func.count()).where(rounds.c.finished_at.is_not(None)))
        found = await connection.scalar(select(func.count()).select_from(findings))
        solved = await connection.scalar(closed.where(duties.c.state == DutyState.CLOSED.value))
        back = await connection.scalar(select(func.count()).where(findings.c.relapse_of.is_not(None)))
    if office.settings.language == "zh":
        return [f"检查 {held} 轮，发现问题 {found} 件，已整改销号 {solved} 件，回潮 {back} 件"]
    return [f"{held} rounds, {found} findings, {solved} rectified and closed, {back} relapses"]


async def _told(office: Office) -> list[str]:
    async with office.store.reading() as connection:
        said = await connection.scalar(select(func.count()).select_from(notices))
        sent = await connection.scalar(select(func.count()).where(messages.c.outcome == "accepted"))
        people = await connection.scalar(select(func.count(messages.c.recipient.distinct())))
    if office.settings.language == "zh":
        return [f"通知 {said} 条，汇总成 {sent} 条消息，送给 {people} 人"]
    return [f"{said} notices in {sent} messages to {people} people"]


async def _leaders(office: Office) -> list[str]:
    """The gravest of what leaders were told, each with the step's reason."""
    language = office.settings.language
    query = (
        select(notices, events.c.data.label("facts"))
        .join(events, events.c.id == notices.c.event_id)
        .where(events.c.kind == "duty.step", notices.c.kind.in_(["yellow", "red", "accept_order", "explain", "talk"]))
        .order_by(notices.c.severity.desc(), notices.c.id)
        .limit(_SHOWN)
    )
    async with office.store.reading() as connection:
        rows = (await connection.execute(query)).all()
    lines = ["", "领导听到了什么，为什么：" if language == "zh" else "What leaders heard, and why:"]
    for row in rows:
        label = Text(*row.data["label"]).said_in(language)
        due = office.calendar.local(datetime.fromisoformat(row.facts["due_at"]))
        why = f"时限 {due:%m-%d}，{row.facts['unit']}" if language == "zh" else f"due {due:%m-%d}, {row.facts['unit']}"
        lines.append(f"  N{row.id} → {row.recipient}  {label}：{row.data['title'][:28]}（{why}）")
    return lines


async def _places(office: Office, home: Path) -> list[str]:
    bulletins = sorted((home / "documents").glob("*.md"))
    async with office.store.reading() as connection:
        seal = await last_seal(connection)
    sealed = f"{seal.hash[:16]}…（{seal.last_event}）" if seal else "—"
    if office.settings.language == "zh":
        sealed += " 送达回执先后不一，每次演示的封存值可以不同"
        heads = ("督查通报", "各人的消息", "台账封存", "再看看")
    else:
        sealed += " (runs may differ: the order in which deliveries were answered is sealed too)"
        heads = ("Bulletins", "Messages", "Ledger sealed", "Look further")
    look = f"DUBAN_HOME={home} duban explain N1 · duban finding list · duban site matrix"
    values = (str(bulletins[-1]) if bulletins else "—", f"{home / 'inbox'}/", sealed, look)
    return ["", *(f"{head}：{value}" for head, value in zip(heads, values, strict=True))]
