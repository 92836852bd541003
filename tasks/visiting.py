"""Rounds on paper (检查表): forms written for each team, filled ones read back with their photos, all or nothing."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Row

from documents.round_form import Filled, FormRow, read_round_form, write_round_form
from rules.errors import Refusal
from rules.evidence import Exhibit
from rules.inspecting import METHOD_LABELS, Method
from rules.language import Text
from rules.lifecycle import Actor
from rules.places import Places
from rules.visits import VERDICT_LABELS, Answer, Problem, Verdict, Visit
from store.evidence import attach
from store.places import places
from store.visits import AnswersRefused, NoSuchRound, Recorded, raised_by, record_answers, round_of, visits_of
from tasks.evidence import take_in
from tasks.office import Office
from tasks.planning import check_supervisor

_ROUND = re.compile(r"R(\d{1,15})-\d{1,15}")


class NothingFilledIn(Refusal):
    """没有填写: no row of any form has a result."""

    zh = "检查表里没有填写任何结果，没有可导入的：{files}"
    en = "No row of these forms has a result, so there is nothing to import: {files}"


_NO_KEY = Text("行标识不是导出时的样子，请用导出的表填写", "this is no row key: fill in the form as it was exported")


class Taken(NamedTuple):
    """已登记: what one file (or one typed answer) brought into which round."""

    round: int
    recorded: Recorded


async def write_forms(office: Office, number: int, folder: Path, actor: Actor) -> list[Path]:
    """A form for each team of a round, with what was answered so far. NoSuchRound, NotASupervisor."""
    check_supervisor(actor)
    async with office.store.reading() as connection:
        row = await round_of(connection, number)
        known, sites = await visits_of(connection, row), await places(connection)
    teams = list(dict.fromkeys(visit.team for visit in known.values()))
    return [_write_form(office, row, known, sites, team, folder) for team in teams]


def _write_form(
    office: Office, row: Row[Any], known: Mapping[str, Visit], sites: Places, team: str, folder: Path
) -> Path:
    label, method = row.data["label"][0], METHOD_LABELS[Method(row.method)].zh
    until = f"，{office.calendar.local(row.ends_at):%m-%d %H:%M} 前完成" if row.ends_at else ""
    notes = (
        f"第 {row.id} 轮 · {method} · {team}{until}",
        "只填浅黄色的几列；没查的行空着，可以分几次导入；照片与本表放在同一文件夹。",
    )
    items = {(type_, item["code"]): item["text"] for type_, own in row.data["items"].items() for item in own}
    rows = [_row(visit, sites, code, items) for visit in known.values() if visit.team == team for code in visit.codes]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"检查表-第{row.id}轮-{team}.xlsx"
    rows.sort(key=lambda one: (int(one.row_key.rpartition("-")[2]), one.code))
    write_round_form(path, label, notes, rows, row.opened_at)
    return path


def _row(visit: Visit, sites: Places, code: str, items: Mapping[tuple[str, str], str]) -> FormRow:
    said = visit.answers.get(code)
    address = sites.sites[visit.site].address if visit.site in sites.sites else ""
    verdict = VERDICT_LABELS[Verdict(said["verdict"])].zh if said else ""
    return FormRow(
        visit.row_key, visit.site, address, code, items[visit.type, code], verdict, said["text"] if said else ""
    )


async def take_forms(office: Office, now: datetime, actor: Actor, files: Sequence[Path]) -> list[Taken]:
    """Record filled forms with their photos, one file after another, each of them whole or not at all.

    All are read before any is recorded; those with no result yet are left for later.
    """
    check_supervisor(actor)
    read = [read_round_form(file, office.settings.zone) for file in files]
    if not any(read):
        raise NothingFilledIn(files="、".join(file.name for file in files))
    return [await _take_form(office, now, actor, filled) for filled in read if filled]


async def _take_form(office: Office, now: datetime, actor: Actor, filled: Sequence[Filled]) -> Taken:
    number, first = _round_in(filled)
    try:
        return await _take(office, now, actor, filled, number)
    except NoSuchRound as why:
        raise AnswersRefused([Problem(first.at("row_key"), why.text)]) from None


async def take_answer(
    office: Office, now: datetime, actor: Actor, number: int, answer: Answer, photos: Sequence[Path] = ()
) -> Taken:
    """Record one result as the office types it in; its row key is looked up by the site."""
    check_supervisor(actor)
    async with office.store.reading() as connection:
        known = await visits_of(connection, await round_of(connection, number))
    key = next((key for key, visit in known.items() if visit.site == answer.site), "")
    typed = Answer(key, answer.site, answer.code, answer.verdict, answer.text, answer.visited_at)
    return await _take(office, now, actor, [Filled(typed, tuple(photos))], number)


async def _take(office: Office, now: datetime, actor: Actor, filled: Sequence[Filled], number: int) -> Taken:
    rules = (await office.rulebook()).policy.evidence
    photos = {path: exhibit for one in filled for path, exhibit in await _photos(office, one, rules)}
    async with office.deciding(now, actor) as (write, book):
        recorded = await record_answers(write, book, number, [one.answer for one in filled])
        known = await visits_of(write.connection, await round_of(write.connection, number))
        raised = await raised_by(write.connection, known.values())
        for one in filled:
            shown = [photos[path] for path in one.photos]
            finding = raised.get(f"{one.answer.row_key}/{one.answer.code}")
            subject = f"finding:{finding}" if finding else f"visit:{known[one.answer.row_key].id}"
            await attach(write, subject, shown)
    return Taken(number, recorded)


async def _photos(office: Office, one: Filled, rules: Any) -> list[tuple[Path, Exhibit]]:
    return list(zip(one.photos, await take_in(office, one.photos, rules), strict=True)) if one.photos else []


def _round_in(filled: Sequence[Filled]) -> tuple[int, Answer]:
    """The round most of the rows are of, with its first row; those of another are refused one by one."""
    named = [(int(found[1]), one.answer) for one in filled if (found := _ROUND.fullmatch(one.answer.row_key))]
    if not named:
        raise AnswersRefused([Problem(one.answer.at("row_key"), _NO_KEY) for one in filled])
    number = Counter(number for number, _ in named).most_common(1)[0][0]
    return number, next(answer for of, answer in named if of == number)
