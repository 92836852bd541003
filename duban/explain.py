"""`duban explain`: the rule, the facts and the instants behind a notice, a message or a duty (promise 10)."""

import re
from datetime import datetime
from typing import Annotated, Any

import typer

from duban.session import JsonOption, Session, print_json, run, session
from rules.errors import Refusal
from rules.language import Text


class NoSuchNumber(Refusal):
    """没有这个编号: the number names no notice, message or duty."""

    zh = "没有编号 {number}。编号写作 N12（通知）、M12（消息）或 D12（责任事项）。"
    en = "There is no {number}. Numbers are N12 (notice), M12 (message) or D12 (duty)."


def explain(
    number: Annotated[str, typer.Argument(help="编号：N12 通知，M12 消息，D12 责任事项 · a notice, message or duty")],
    as_json: JsonOption = False,
) -> None:
    """说明依据 · Why: the rule, the facts and the instants that led to it."""
    run(_explain(number, as_json))


async def _explain(number: str, as_json: bool) -> None:
    found = re.fullmatch(r"([NMD])(\d{1,15})", number.strip().upper())
    if not found:
        raise NoSuchNumber(number=number)
    async with session() as here:
        tell = {"N": _notice, "M": _message, "D": _duty}[found[1]]
        document, lines = await tell(here, int(found[2]), number)
    if as_json:
        print_json(document)
    else:
        for line in lines:
            here.say(line)


_STEP_RULE = (
    Text(
        "  规则：第 {policy} 版 {ladder} 的“{zh}”，自 {anchor} 起 {offset}，应于 {planned}",
        "  rule: policy {policy}, ladder {ladder}, step “{en}”: {offset} from {anchor}, planned for {planned}",
    ),
    Text(
        "  事实：{unit}，时限 {due}，状态 {state}，第 {episode} 轮，空缺层级 {vacant}",
        "  facts: {unit}, due {due}, state {state}, episode {episode}, vacant rungs {vacant}",
    ),
)

Told = tuple[dict[str, Any], list[Text]]


async def _notice(here: Session, number: int, written: str) -> Told:
    from store.explaining import attempts, notice

    async with here.office.store.reading() as connection:
        row = await notice(connection, number)
        if row is None:
            raise NoSuchNumber(number=written)
        tried = await attempts(connection, row.message_id) if row.message_id else []
    told, because = row.data, row.event_data
    at, held = (_local(here, instant) for instant in (row.at, row.release_at))
    label = Text(*told["label"])
    lines = [
        Text(
            f"N{number}「{label.zh}」→ {row.recipient}：{told['title']}",
            f"N{number} “{label.en}” → {row.recipient}: {told['title']}",
        ),
        Text(
            f"  起因：台账第 {row.event_id} 条 {row.event_kind}（{row.subject}），{row.actor} 于 {at}",
            f"  because of event {row.event_id} {row.event_kind} ({row.subject}), by {row.actor} at {at}",
        ),
        *_rule(here, row.event_kind, because),
        Text(f"  放行：{held}（安静时段与休息日之后）", f"  released: {held} (after quiet hours and rest days)"),
        *_journey(here, row.message_id, tried),
    ]
    document = {
        "notice": number,
        "recipient": row.recipient,
        "label": label.zh,
        "event": row.event_id,
        "event_kind": row.event_kind,
        "because": because,
        "at": at,
        "release_at": held,
        "message": row.message_id,
        "attempts": [dict(one._mapping) for one in tried],
    }
    return document, lines


def _rule(here: Session, kind: str, facts: dict[str, Any]) -> list[Text]:
    """For a ladder step: which step of which policy, planned when, on what facts."""
    if kind != "duty.step":
        return []
    planned, due = (_local(here, datetime.fromisoformat(facts[name])) for name in ("planned_at", "due_at"))
    known = facts | {"zh": facts["label"][0], "en": facts["label"][1], "planned": planned, "due": due}
    known["vacant"] = "、".join(facts["vacant"]) or "—"
    return [Text(line.zh.format(**known), line.en.format(**known)) for line in _STEP_RULE]


def _journey(here: Session, message: int | None, tried: Any) -> list[Text]:
    if message is None:
        return [Text("  还没有装入消息。", "  in no message yet.")]
    lines = [Text(f"  装入消息 M{message}", f"  in message M{message}")]
    for one in tried:
        outcome = one.outcome or Text("未有结果", "no outcome").said_in(here.language)
        begun = _local(here, one.begun_at)
        lines.append(
            Text(
                f"    第 {one.attempt} 次 {begun}：{outcome} {one.detail or ''}",
                f"    attempt {one.attempt} {begun}: {outcome} {one.detail or ''}",
            )
        )
    return lines


async def _message(here: Session, number: int, written: str) -> Told:
    from store.explaining import attempts, message, notices_in

    async with here.office.store.reading() as connection:
        row = await message(connection, number)
        if row is None:
            raise NoSuchNumber(number=written)
        tried, carried = await attempts(connection, number), await notices_in(connection, number)
    numbers = " ".join(f"N{one}" for one in carried)
    lines = [
        Text(
            f"M{number} → {row.recipient}（渠道 {row.channel}）：{row.subject}",
            f"M{number} → {row.recipient} (channel {row.channel}): {row.subject}",
        ),
        Text(f"  汇总自 {numbers}", f"  carries {numbers}"),
        *_journey(here, number, tried)[1:],
    ]
    document = {
        "message": number,
        "recipient": row.recipient,
        "channel": row.channel,
        "notices": list(carried),
        "outcome": row.outcome,
        "attempts": [dict(one._mapping) for one in tried],
    }
    return document, lines


async def _duty(here: Session, number: int, written: str) -> Told:
    from store.explaining import duty, history

    async with here.office.store.reading() as connection:
        row = await duty(connection, number)
        if row is None:
            raise NoSuchNumber(number=written)
        events = await history(connection, f"duty:{number}")
    source = row.content["source"] if row.content else None
    origin = f"《{row.plan}》{row.item_no or ''} {'!'.join(part for part in source if part)}" if source else ""
    due = _local(here, row.due_at)
    lines = [
        Text(f"D{number} {row.unit}：{row.title}", f"D{number} {row.unit}: {row.title}"),
        Text(f"  出处 {origin}；时限 {due}；状态 {row.state}", f"  from {origin}; due {due}; state {row.state}"),
        *(
            Text(
                *(
                    f"  {_local(here, event.at)}  {event.actor}  {_label(event)[place]}（{event.id}）"
                    for place in (0, 1)
                )
            )
            for event in events
        ),
    ]
    document = {
        "duty": number,
        "unit": row.unit,
        "title": row.title,
        "due": due,
        "state": row.state,
        "source": source,
        "events": [dict(event._mapping) for event in events],
    }
    return document, lines


def _label(event: Any) -> Text:
    from rules.lifecycle import TRANSITIONS

    if event.kind == "duty.step":
        told = Text("", "") if event.data["told"] else Text("（并入后一步，未另发）", " (collapsed into a later step)")
        return Text(event.data["label"][0] + told.zh, event.data["label"][1] + told.en)
    labels = {f"duty.{rule.action}": rule.label for rule in TRANSITIONS}
    return labels.get(event.kind, Text(event.kind, event.kind))


def _local(here: Session, instant: datetime) -> str:
    return f"{here.office.calendar.local(instant):%Y-%m-%d %H:%M}"
