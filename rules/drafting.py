"""From a table as read to obligations as they would be published (拟稿): names matched, groups expanded, doubts asked.

Every question is raised at once. An answer is 确认 (as understood), 删除 (drop the row), 无 (nobody), 等待触发 (no date
yet), or new text for the field, which is then read in place of the cell. Where that text raises a question too, an
answer to it stands before the text: 确认：1月底前.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from rules.deadlines import read_deadlines
from rules.doubts import CONFIRMED, DROPPED, WAIT, describe, doubt_about
from rules.headway import UNSEEN, Headway
from rules.language import Text
from rules.reading import Deadline, Question, Source, TableRow, TaskTable
from rules.roster_index import RosterIndex

NOBODY = "无"

Answers = Mapping[tuple[str, str], str]
"""What the office answered, by (row key, field). Questions about the whole table stand under the key ""."""


class Answer(NamedTuple):
    """答复: a word that settles the question as it was understood, and the text to read in place of the cell."""

    word: str = ""
    text: str = ""


_WORDS = frozenset({CONFIRMED, WAIT, NOBODY})
_UNANSWERED = Answer()
_MATCHING = Text("对照名册", "matching the roster")


def answer_in(written: str) -> Answer:
    """What an answer holds as it is written: a word, a text, or a word about a text (确认：1月底前)."""
    if not written:
        return _UNANSWERED
    word, _, text = written.partition("：")
    return Answer(word, text) if word in _WORDS else Answer(text=written)


def joined(earlier: str, written: str) -> str:
    """An answer to what became of an earlier answer: a word alone settles that answer's text, not the cell's."""
    text = answer_in(earlier).text
    return f"{written}：{text}" if text and written in _WORDS - {NOBODY} else written


InForce = Mapping[str, frozenset[date | datetime]]
"""The time limits published before, by row key: that one of them has passed since is no doubt about the table."""


@dataclass(frozen=True, slots=True)
class ObligationDraft:
    """任务项（拟）: a row ready to be published. Units and people are roster keys."""

    row_key: str
    row: TableRow
    lead: tuple[str, ...]
    support: tuple[str, ...]
    assessors: tuple[str, ...]
    leader: str | None
    responsible: str | None
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """未答的问题: a question with the row it belongs to (None: the whole table), and what was answered so far."""

    row_key: str
    row: TableRow | None
    question: Question
    answered: str = ""

    @property
    def field(self) -> str:
        return self.question.field or "row"


@dataclass(frozen=True, slots=True)
class Draft:
    """拟稿: obligations, and the questions that stand between them and publication."""

    table: TaskTable
    year: int
    obligations: tuple[ObligationDraft, ...]
    questions: tuple[OpenQuestion, ...]


def draft(
    table: TaskTable,
    roster: RosterIndex,
    answers: Answers,
    on: date,
    in_force: InForce | None = None,
    headway: Headway = UNSEEN,
) -> Draft:
    """Match every row against the roster; what the office has not answered yet comes back as questions."""
    headway.enter(_MATCHING, len(table.rows))
    year = table.reference_year or on.year
    in_force = in_force or {}
    dropped = {key for (key, _), answer in answers.items() if answer == DROPPED}
    obligations: list[ObligationDraft] = []
    questions = [
        OpenQuestion("", None, question)
        for question in table.questions
        if answers.get(("", question.field or "row")) != CONFIRMED
    ]
    first_at: dict[str, TableRow] = {}
    for row, key in zip(headway.over(table.rows), row_keys(table.rows), strict=True):
        if key in dropped:
            continue
        drafter = _RowDrafter(key, row, answers, roster, on, year, in_force.get(key, frozenset()))
        drafter.ask_about_twin(first_at.setdefault(_words(row), row))
        obligations.append(drafter.obligation())
        questions += drafter.questions
    return Draft(table, year, tuple(obligations), tuple(questions))


def settled(drafted: Draft, given: Answers) -> tuple[OpenQuestion, ...]:
    """已答复: what these answers have settled, so that a list of what is left to ask can hold them too."""
    still_open = {(one.row_key, one.field) for one in drafted.questions}
    rows = dict(zip(row_keys(drafted.table.rows), drafted.table.rows, strict=True))
    return tuple(
        OpenQuestion(
            key, rows.get(key), Question(field, _said(key, rows), source=_source(rows.get(key), field)), answer
        )
        for (key, field), answer in given.items()
        if (key, field) not in still_open
    )


def _said(key: str, rows: Mapping[str, TableRow]) -> Text:
    return _ANSWERED if not key or key in rows else _OF_NO_ROW


_ANSWERED = Text("已答复，可以改。", "Answered; it may be changed.")
_OF_NO_ROW = Text("表里没有这一行，这条答复没有用上。", "The table has no such row; this answer was not used.")


def of_no_row(table: TaskTable, given: Answers) -> tuple[str, ...]:
    """对不上的答复: the answers to rows that the table does not have, as those of another table or of rows reworded."""
    keys = {"", *row_keys(table.rows)}
    return tuple(answer for (key, _), answer in given.items() if key not in keys)


def _source(row: TableRow | None, field: str) -> Source | None:
    return row.sources.get(field, row.source) if row else None


def row_keys(rows: Sequence[TableRow]) -> list[str]:
    """A stable name for each row, from its words alone, so that it survives renumbering; repeated words are counted."""
    met: Counter[str] = Counter()
    keys = []
    for row in rows:
        words = re.sub(r"[\W_]+", "", row.task)
        met[words] += 1
        digest = hashlib.sha256(f"{words}#{met[words]}".encode()).hexdigest()
        keys.append(digest[:16])
    return keys


def _words(row: TableRow) -> str:
    """What makes two rows the same duty for the same people: the whole of it, not the number."""
    return "|".join((row.task, *row.category_path, *row.standards, *row.lead_units, *(d.text for d in row.deadlines)))


class _RowDrafter:
    """Drafts one row, collecting its open questions on the way."""

    def __init__(
        self,
        key: str,
        row: TableRow,
        answers: Answers,
        roster: RosterIndex,
        on: date,
        year: int,
        in_force: frozenset[date | datetime],
    ) -> None:
        self._key, self._row, self._answers = key, row, answers
        self._roster, self._on, self._year, self._in_force = roster, on, year, in_force
        self.questions: list[OpenQuestion] = []

    def answer(self, field: str) -> str:
        return self._answers.get((self._key, field), "")

    def obligation(self) -> ObligationDraft:
        for question in self._row.questions:
            if not self._settles(question):
                answered = self.answer(question.field or "row")
                self.questions.append(OpenQuestion(self._key, self._row, question, answered))
        leader = self._person("leader", self._row.leader)
        responsible = self._person("responsible", self._row.responsible)
        lead = self._units("lead_units", self._row.lead_units)
        self._ask_about_owners(lead, leader, responsible)
        return ObligationDraft(
            row_key=self._key,
            row=replace(self._row, task=answer_in(self.answer("task")).text or self._row.task),
            lead=lead,
            support=self._units("support_units", self._row.support_units),
            assessors=self._units("assessing_units", self._row.assessing_units),
            leader=leader,
            responsible=responsible,
            deadlines=self._deadlines(),
        )

    def _settles(self, question: Question) -> bool:
        """Whether an answer was given; what nobody wrote (the task of a row) cannot be confirmed."""
        answer = answer_in(self.answer(question.field or "row"))
        if question.field == "task" and not answer.text:
            return answer.word == CONFIRMED and question.understood is not None
        return answer != _UNANSWERED

    def ask_about_twin(self, first: TableRow) -> None:
        if first is self._row or self.answer("row") == CONFIRMED:
            return
        where = first.source.cell
        self._ask(
            "row",
            Text(f"与 {where} 的一行完全相同，是否重复？", f"The same as the row at {where}: a duplicate?"),
            (DROPPED, CONFIRMED),
        )

    def _ask(self, field: str, message: Text, choices: tuple[str, ...], understood: str | None = None) -> None:
        asked_already = any(open_.field == field for open_ in self.questions)
        if not asked_already:
            question = Question(field, message, choices, understood, _source(self._row, field))
            self.questions.append(OpenQuestion(self._key, self._row, question, self.answer(field)))

    def _units(self, field: str, written: tuple[str, ...]) -> tuple[str, ...]:
        answer = answer_in(self.answer(field))
        if answer.word == NOBODY:
            return ()
        names = split_names(answer.text) if answer.text else written
        found: dict[str, None] = {}
        for name in names:
            members = self._roster.expand_group(name)
            if members is not None:
                found.update(dict.fromkeys(members))
                continue
            match = self._roster.match_unit(name)
            if match.found:
                found[match.found] = None
            else:
                self._ask(
                    field,
                    Text(f"名册里没有“{name}”。", f"“{name}” is not in the roster."),
                    (*match.near, NOBODY),
                    understood=name,
                )
        return tuple(found)

    def _person(self, field: str, written: str | None) -> str | None:
        answer = answer_in(self.answer(field))
        name = answer.text or written
        if not name or answer.word == NOBODY:
            return None
        unit = self._row.lead_units[0] if self._row.lead_units else None
        match = self._roster.match_person(name, self._roster.match_unit(unit).found if unit else None)
        if not match.found:
            self._ask(
                field,
                Text(f"名册里认不出“{name}”。", f"“{name}” cannot be told from the roster."),
                (*match.near, NOBODY),
                understood=name,
            )
        return match.found

    def _ask_about_owners(self, lead: tuple[str, ...], leader: str | None, responsible: str | None) -> None:
        """No duty without an accountable person (有人负责)."""
        if not lead:
            self._ask("lead_units", Text("没有牵头或责任单位。", "No unit leads this."), ())
        for unit in lead:
            if not self._roster.chain_of(unit, leader, responsible):
                self._ask(
                    "lead_units",
                    Text(
                        f"“{unit}”在名册里没有任何负责人，请先补充名册。",
                        f"Nobody in the roster answers for “{unit}”; complete the roster.",
                    ),
                    (),
                )

    def _deadlines(self) -> tuple[Deadline, ...]:
        answer = answer_in(self.answer("deadlines"))
        deadlines = self._row.deadlines
        if answer.text:
            deadlines = read_deadlines(answer.text, self._on, year=self._year).readings
        doubt = doubt_about(deadlines, self._on, self._in_force)
        if doubt and answer.word not in doubt.settled_by:
            self._ask(
                "deadlines",
                doubt.message,
                (*doubt.choices, f"{self._year}年12月31日前"),
                understood="；".join(describe(deadline) for deadline in deadlines) or None,
            )
        return deadlines


def split_names(answer: str) -> tuple[str, ...]:
    """The names in an answer, separated as people separate them."""
    return tuple(name for name in re.split(r"[、，,；;\s]+", answer.strip()) if name)
