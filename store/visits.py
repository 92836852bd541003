"""Recording visits (点位检查): answers into a round's visits, failures into findings; the last one ends the round."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rules.errors import Refusal
from rules.findings import FindingDraft, Source
from rules.policy import Severity
from rules.privacy import without_numbers
from rules.visits import Answer, Problem, Verdict, Visit, changed, problems
from store.findings import record_findings
from store.inspection_schema import findings, rounds, slots, visits
from store.ledger import Happening, Writing
from store.rulebook import Rulebook
from store.slots import mark_done


class NoSuchRound(Refusal):
    """没有这一轮: the number names no round that has sites."""

    zh = "没有第 {round} 轮检查，或者这一轮没有抽取点位。"
    en = "There is no round {round}, or it visits no sites."


class AnswersRefused(Refusal):
    """结果未导入: what stands against the answers, all of it; nothing was recorded."""

    zh = "检查结果有 {count} 处问题，没有导入：\n{listed}"
    en = "There are {count} problems with the results; nothing was recorded:\n{listed_en}"

    def __init__(self, found: Sequence[Problem]) -> None:
        super().__init__(
            count=len(found),
            listed="\n".join(f"{one.where}：{one.message.zh}" for one in found),
            listed_en="\n".join(f"{one.where}: {one.message.en}" for one in found),
        )


class Recorded(NamedTuple):
    """登记结果: how many answers said something new, the findings they raised, and whether that ended the round."""

    answers: int
    findings: Sequence[int]
    finished: bool


async def record_answers(write: Writing, book: Rulebook, number: int, answers: Sequence[Answer]) -> Recorded:
    """Record results of a round; the same again changes nothing. AnswersRefused lists all that stands against them."""
    row = await _locked(write, number)
    known = await visits_of(write.connection, row)
    raised = await raised_by(write.connection, known.values())
    if found := list(problems(answers, known, raised, write.now)):
        raise AnswersRefused(found)
    fresh = changed(answers, known)
    await _save(write, known, fresh)
    drafts = _drafts(write, book, row, known, fresh)
    numbers = await record_findings(write, book, [draft for draft in drafts if draft.source_key not in raised])
    complete = all(visit.is_complete({one.code: one for one in fresh.get(key, ())}) for key, visit in known.items())
    finished = complete and row.finished_at is None
    if finished:
        await _finish(write, row, len(known))
    return Recorded(sum(map(len, fresh.values())), numbers, finished)


async def visits_of(connection: AsyncConnection, row: Row[Any]) -> dict[str, Visit]:
    """The visits of a round by row key, with the codes of their frozen checklists."""
    codes = {type_: frozenset(item["code"] for item in items) for type_, items in row.data["items"].items()}
    found = await connection.execute(select(visits).where(visits.c.round_id == row.id).order_by(visits.c.id))
    return {one.row_key: _visit(one, codes) for one in found}


def _visit(row: Row[Any], codes: Mapping[str, frozenset[str]]) -> Visit:
    type_, answers = row.data["type"], row.data["answers"]
    return Visit(row.id, row.row_key, row.site, row.team, type_, codes[type_], answers)


async def round_of(connection: AsyncConnection, number: int) -> Row[Any]:
    """A round that visits sites. NoSuchRound for another number."""
    row = (await connection.execute(select(rounds).where(rounds.c.id == number))).first()
    if row is None or "items" not in row.data:
        raise NoSuchRound(round=number)
    return row


async def _locked(write: Writing, number: int) -> Row[Any]:
    await write.connection.execute(select(rounds.c.id).where(rounds.c.id == number).with_for_update())
    return await round_of(write.connection, number)


async def raised_by(connection: AsyncConnection, known: Iterable[Visit]) -> dict[str, int]:
    """The findings that visits have raised, by \"row key/code\"."""
    ids = [visit.id for visit in known]
    query = select(findings.c.source_key, findings.c.id).where(findings.c.visit_id.in_(ids))
    return {row.source_key: row.id for row in await connection.execute(query)}


async def _save(write: Writing, known: Mapping[str, Visit], fresh: Mapping[str, Sequence[Answer]]) -> None:
    if not fresh:
        return
    rows = {row.id: row for row in await _rows(write.connection, [known[key].id for key in fresh])}
    values = []
    for key, own in fresh.items():
        row = rows[known[key].id]
        answers = row.data["answers"] | {one.code: one.kept for one in own}
        visited = min((one.visited_at for one in own if one.visited_at), default=row.visited_at or write.now)
        values.append({"of": row.id, "at": visited, "kept": {**row.data, "answers": answers}})
    saved = update(visits).where(visits.c.id == bindparam("of"))
    saved = saved.values(
        visited_at=bindparam("at"), data=bindparam("kept"), recorded_at=write.now, recorded_by=write.actor.key
    )
    await write.connection.execute(saved, values)
    await write.record_all(
        Happening("visit.recorded", f"visit:{known[key].id}", {"site": known[key].site, "answers": _told(own)})
        for key, own in fresh.items()
    )


async def _rows(connection: AsyncConnection, ids: Sequence[int]) -> Sequence[Row[Any]]:
    return (await connection.execute(select(visits).where(visits.c.id.in_(ids)))).all()


def _told(answers: Sequence[Answer]) -> dict[str, list[str]]:
    return {one.code: [one.verdict.value, without_numbers(one.text)] for one in answers}


def _drafts(
    write: Writing, book: Rulebook, row: Row[Any], known: Mapping[str, Visit], fresh: Mapping[str, Sequence[Answer]]
) -> list[FindingDraft]:
    """A finding for each item that fails, by the checklist as it was when the round was opened."""
    items = {(type_, item["code"]): item for type_, own in row.data["items"].items() for item in own}
    return [
        FindingDraft(
            source=Source.ROUND,
            found_at=one.visited_at or write.now,
            text=one.text,
            type=items[known[key].type, one.code]["finding_type"],
            severity=Severity(items[known[key].type, one.code]["severity"]),
            site=one.site,
            item=one.code,
            finder=known[key].team if known[key].team in book.roster.people else write.actor.key,
            method=row.method,
            visit=known[key].id,
            source_key=f"{key}/{one.code}",
        )
        for key, own in fresh.items()
        for one in own
        if one.verdict is Verdict.FAIL
    ]


async def _finish(write: Writing, row: Row[Any], sites: int) -> None:
    """The round is done: what was concealed may be known, and its slot is done."""
    ended = update(rounds).where(rounds.c.id == row.id).values(finished_at=write.now, revealed_at=write.now)
    await write.connection.execute(ended)
    await write.record("round.finished", f"round:{row.id}", sites=sites, method=row.method)
    slot = select(slots.c.key).where(slots.c.cadence == row.kind, slots.c.key == row.period)
    if await write.connection.scalar(slot) is not None:
        await mark_done(write, row.kind, row.period)
