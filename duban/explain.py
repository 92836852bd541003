"""`duban explain`: the rule, the facts and the instants behind a notice, a message or a duty (promise 10)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import typer

from duban.labels import actor_label, label_of, outcome_label
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
    found = re.fullmatch(r"([NMD])(\d{1,15})", unicodedata.normalize("NFKC", number).strip().upper())
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
        "  规则：第 {policy} 版 {ladder}.{step}“{zh}”，应于 {planned}；{why_zh}",
        "  rule: policy {policy}, {ladder}.{step} “{en}”, planned for {planned}: {why_en}",
    ),
    Text(
        "  事实：{unit}，时限 {due}，{state_zh}，第 {episode} 轮，空缺层级 {vacant_zh}",
        "  facts: {unit}, due {due}, {state_en}, episode {episode}, vacant rungs {vacant_en}",
    ),
)

Told = tuple[dict[str, Any], list[Text]]


async def _notice(here: Session, number: int, written: str) -> Told:
    from store.explaining import acceptances, holds, notice

    async with here.office.store.reading() as connection:
        row = await notice(connection, number)
        if row is None:
            raise NoSuchNumber(number=written)
        held_back = await holds(connection, number)
        sent = await _sent(connection, row.message_id) if row.message_id else []
        accepted = await acceptances(connection, row.message_id) if row.message_id else []
    told, because = row.data, row.event_data
    at, held = (_local(here, instant) for instant in (row.at, row.release_at))
    label = Text(*told["label"])
    happened = label_of(row.event_kind, because)
    lines = [
        Text(
            f"N{number}「{label.zh}」→ {row.recipient}：{told['title']}",
            f"N{number} “{label.en}” → {row.recipient}: {told['title']}",
        ),
        Text(
            f"  起因：台账第 {row.event_id} 条“{happened.zh}”（{row.subject}），{actor_label(row.actor).zh} 于 {at}",
            f"  because of event {row.event_id} “{happened.en}” ({row.subject}), by {row.actor} at {at}",
        ),
        *_rule(here, row.event_kind, because, told["reason"]),
        Text(f"  放行：{held}（安静时段与休息日之后）", f"  released: {held} (after quiet hours and rest days)"),
        *(_hold(here, event) for event in held_back),
        *(_journey(here, sent) if sent else [Text("  还没有装入消息。", "  in no message yet.")]),
        *(_acceptance(here, one) for one in accepted if one.id == row.duty_id),
    ]
    document = {
        "notice": number,
        "recipient": row.recipient,
        "label": label.zh,
        "event": row.event_id,
        "event_kind": row.event_kind,
        "because": because,
        "at": row.at,
        "release_at": row.release_at,
        "held": [event.data for event in held_back],
        "message": row.message_id,
        "attempts": _attempts(sent[:1]),
        "sent_instead": [_sent_json(one) for one in sent[1:]],
        **_receipts(sent[0].message if sent else None, [one for one in accepted if one.id == row.duty_id]),
    }
    return document, lines


def _hold(here: Session, event: Any) -> Text:
    unit, until = event.data["unit"], _local(here, datetime.fromisoformat(event.data["until"]))
    return Text(
        f"  {unit}本周消息预算已用完，并入 {until} 的汇总（台账第 {event.id} 条）",
        f"  {unit} had used up its week's budget of messages: joins the digest of {until} (event {event.id})",
    )


def _rule(here: Session, kind: str, facts: dict[str, Any], reason: list[str] | None) -> list[Text]:
    """For a ladder step: which step of which policy, planned when, on what facts; for a rectification, its limit."""
    if "limit" in facts:
        return [_limit(facts)]
    if kind != "duty.step":
        return []
    from rules.lifecycle import STATE_LABELS, DutyState
    from rules.roster import RUNG_LABELS, Rung

    planned, due = (_local(here, datetime.fromisoformat(facts[name])) for name in ("planned_at", "due_at"))
    vacant = [RUNG_LABELS[Rung[name]] for name in facts["vacant"]]
    known = facts | {"planned": planned, "due": due}
    for place, (name, state, why) in enumerate(
        zip(facts["label"], STATE_LABELS[DutyState(facts["state"])], reason or ("—", "—"), strict=True)
    ):
        code = Text._fields[place]
        empty = "、".join(rung[place] for rung in vacant) or "—"
        known |= {code: name, f"state_{code}": state, f"why_{code}": why, f"vacant_{code}": empty}
    return [Text(line.zh.format(**known), line.en.format(**known)) for line in _STEP_RULE]


def _limit(facts: dict[str, Any]) -> Text:
    from rules.findings import SEVERITY_LABELS
    from rules.policy import Severity

    severity, finding = SEVERITY_LABELS[Severity(facts["severity"])], facts["finding"]
    told = (facts["policy"], facts["type"], facts["limit"])
    return Text(
        f"  规则：第 {told[0]} 版整改时限，{told[1]}（{severity.zh}）限 {told[2]}；问题 F{finding}",
        f"  rule: policy {told[0]}, limit of {told[1]} ({severity.en}): {told[2]}; finding F{finding}",
    )


@dataclass(frozen=True, slots=True)
class _Sent:
    """One message on a notice's way, with every attempt at it."""

    message: Any
    tried: Sequence[Any]


async def _sent(connection: Any, number: int) -> list[_Sent]:
    """A message and whatever took its place when it failed for good, in order."""
    from store.explaining import attempts, message, sent_instead

    sent = [_Sent(await message(connection, number), await attempts(connection, number))]
    for later in await sent_instead(connection, number):
        sent += await _sent(connection, later)
    return sent


def _journey(here: Session, sent: Sequence[_Sent]) -> list[Text]:
    lines = []
    for one in sent:
        number, to, channel = one.message.number, one.message.recipient, one.message.channel
        way = Text("改投", "sent instead") if one.message.replaces else Text("装入", "in")
        lines.append(
            Text(
                f"  {way.zh}消息 M{number} → {to}（渠道 {channel}）",
                f"  {way.en} message M{number} → {to} (channel {channel})",
            )
        )
        lines += [_attempt(here, tried) for tried in one.tried]
        if one.message.opened_at:
            at = _local(here, one.message.opened_at)
            lines.append(Text(f"    {at}：已打开", f"    {at}: opened"))
    return lines


def _attempt(here: Session, tried: Any) -> Text:
    outcome, begun, detail = outcome_label(tried.outcome), _local(here, tried.begun_at), tried.detail or ""
    return Text(
        f"    第 {tried.attempt} 次 {begun}：{outcome.zh} {detail}",
        f"    attempt {tried.attempt} {begun}: {outcome.en} {detail}",
    )


def _acceptance(here: Session, duty: Any) -> Text:
    if duty.accepted_at is None:
        return Text(f"  D{duty.id}：单位尚未签收", f"  D{duty.id}: not accepted by the unit yet")
    at = _local(here, duty.accepted_at)
    return Text(f"  D{duty.id}：单位已于 {at} 签收", f"  D{duty.id}: accepted by the unit at {at}")


def _receipts(message: Any, accepted: Sequence[Any]) -> dict[str, Any]:
    """回执: when it was delivered, opened, and accepted by the unit; null for what has not happened."""
    delivered = message.settled_at if message and message.outcome == "accepted" else None
    opened = message.opened_at if message else None
    return {
        "delivered_at": delivered,
        "opened_at": opened,
        "accepted_at": {f"D{one.id}": one.accepted_at for one in accepted},
    }


def _sent_json(one: _Sent) -> dict[str, Any]:
    to = {"recipient": one.message.recipient, "channel": one.message.channel, "outcome": one.message.outcome}
    told = {"message": one.message.number, **to, "attempts": _attempts([one])}
    return told | {name: at for name, at in _receipts(one.message, ()).items() if name != "accepted_at"}


def _attempts(sent: Sequence[_Sent]) -> list[dict[str, Any]]:
    return [dict(tried._mapping) for one in sent for tried in one.tried]


async def _message(here: Session, number: int, written: str) -> Told:
    from store.explaining import acceptances, first_sent, message, notices_in

    async with here.office.store.reading() as connection:
        row = await message(connection, number)
        if row is None:
            raise NoSuchNumber(number=written)
        first, sent = await first_sent(connection, number), await _sent(connection, number)
        carried, accepted = await notices_in(connection, first), await acceptances(connection, first)
    numbers = " ".join(f"N{one}" for one in carried)
    place = Text(f"，代替 M{first}", f", in the place of M{first}") if first != row.number else Text("", "")
    lines = [
        Text(
            f"M{number} → {row.recipient}（渠道 {row.channel}）：{row.subject}",
            f"M{number} → {row.recipient} (channel {row.channel}): {row.subject}",
        ),
        Text(f"  汇总自 {numbers}{place.zh}", f"  carries {numbers}{place.en}"),
        *_journey(here, sent)[1:],
        *(_acceptance(here, one) for one in accepted),
    ]
    document = {
        "message": number,
        "recipient": row.recipient,
        "channel": row.channel,
        "notices": list(carried),
        "outcome": row.outcome,
        "attempts": _attempts(sent[:1]),
        "sent_instead": [_sent_json(one) for one in sent[1:]],
        **_receipts(row, accepted),
    }
    return document, lines


async def _duty(here: Session, number: int, written: str) -> Told:
    from rules.lifecycle import STATE_LABELS, DutyState
    from store.explaining import duty, history

    async with here.office.store.reading() as connection:
        row = await duty(connection, number)
        if row is None:
            raise NoSuchNumber(number=written)
        events = await history(connection, f"duty:{number}")
    source = row.content["source"] if row.content else None
    origin = f"《{row.plan}》{row.item_no or ''} {'!'.join(part for part in source if part)}" if source else ""
    origin = origin or row.occurrence.replace("finding:", "F")
    due, state = _local(here, row.due_at), STATE_LABELS[DutyState(row.state)]
    lines = [
        Text(f"D{number} {row.unit}：{row.title}", f"D{number} {row.unit}: {row.title}"),
        Text(f"  出处 {origin}；时限 {due}；{state.zh}", f"  from {origin}; due {due}; {state.en}"),
        *(_event(here, event) for event in events),
    ]
    document = {
        "duty": number,
        "unit": row.unit,
        "title": row.title,
        "due": row.due_at,
        "state": row.state,
        "source": source,
        "events": [dict(event._mapping) for event in events],
    }
    return document, lines


def _event(here: Session, event: Any) -> Text:
    at, who, what = _local(here, event.at), actor_label(event.actor), label_of(event.kind, event.data)
    if event.kind == "recheck.drawn":
        what = _lot(event.data)
    return Text(f"  {at}  {who.zh}  {what.zh}（{event.id}）", f"  {at}  {who.en}  {what.en} ({event.id})")


def _lot(facts: dict[str, Any]) -> Text:
    """A draw, so that anyone can redo it: whom the lot fell on, among whom, by which seed."""
    drawn, seed, among = facts["drawn"], facts["seed"], "、".join(facts["candidates"]) or "—"
    return Text(
        f"抽取复查人：{drawn or '无人可抽'}；候选 {among}；种子 {seed}",
        f"re-checker drawn: {drawn or 'nobody'}; among {among}; seed {seed}",
    )


def _local(here: Session, instant: datetime) -> str:
    return f"{here.office.calendar.local(instant):%Y-%m-%d %H:%M}"
