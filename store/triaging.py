"""What the office decides about a finding (问题受理): accept, refuse, merge, hand over, answer; each with its event."""

from typing import Any

from sqlalchemy import Row, or_, select, update

from rules.findings import FROM_RESIDENTS, FindingState, Sighting, Source
from rules.language import Text
from rules.lifecycle import FINISHED, Action, DutyState
from rules.policy import Severity
from rules.privacy import without_numbers
from rules.triage import Reminders, Triage, permit_triage, refused
from store.acting import Given, act, unit_named
from store.finding_queries import locked_finding
from store.findings import relapse_for
from store.inspection_schema import findings
from store.ledger import Happening, Writing
from store.notices import NoticeDraft, add_notices
from store.rectifying import open_rectifications, where
from store.rulebook import Rulebook
from store.schema import duties
from store.withdrawing import withdraw

_MOST, _NAMED = 1000, 20

_TO_TRIAGE = Text("请受理问题", "triage this finding")
_TO_ANSWER = Text("请答复反映人", "answer whoever reported it")


async def accept_finding(
    write: Writing,
    book: Rulebook,
    number: int,
    *,
    unit: str | None = None,
    type_: str | None = None,
    severity: Severity | None = None,
) -> int:
    """立案: the finding becomes a rectification duty of its unit (or the one named here). Returns the duty's number."""
    row = await _taken(write, number, Triage.ACCEPT)
    owner = unit_named(book, unit) if unit else row.unit
    if owner is None:
        raise refused(number, Triage.ACCEPT, Text("还没有责任单位，请指定。", "it has no unit yet: name one."))
    decided: dict[str, Any] = {
        "unit": owner,
        "type": type_ or row.type,
        "severity": (severity or Severity(row.severity)).value,
    }
    if decided["type"] != row.type:
        decided |= await _relapse(write, book, row, decided["type"])
    remind_at = _next_reminder(book, row, FindingState.ACCEPTED)
    await _set(write, number, **decided, remind_at=remind_at)
    (duty,) = await open_rectifications(write, book, [{**row._mapping, **decided}])
    return duty


async def refuse_finding(write: Writing, book: Rulebook, number: int, reason: str) -> None:
    """不予立案: whoever reported it is still owed an answer."""
    row = await _taken(write, number, Triage.REFUSE, reason)
    remind_at = _next_reminder(book, row, FindingState.REFUSED)
    await _set(write, number, state=FindingState.REFUSED.value, triaged_at=write.now, remind_at=remind_at)
    await write.record("finding.refused", f"finding:{number}", reason=reason)


async def merge_finding(write: Writing, book: Rulebook, number: int, into: int) -> None:
    """并案: the finding is the same as another; a duty of its own is withdrawn. What was merged into it goes along."""
    row = await _taken(write, number, Triage.MERGE)
    other = await locked_finding(write, into)
    if into == number or other.state in (FindingState.MERGED.value, FindingState.REFUSED.value):
        raise refused(
            number,
            Triage.MERGE,
            Text(
                f"F{into} 不能作为主案：须是另一件待受理或已立案的问题。", f"F{into} must be another one that stands."
            ),
        )
    if row.duty_id:
        await _withdraw_duty(write, book, row.duty_id, Text(f"并入问题 F{into}。", f"Merged into finding F{into}."))
    moved = update(findings).where(or_(findings.c.id == number, findings.c.duplicate_of == number))
    await write.connection.execute(moved.values(duplicate_of=into))
    remind_at = _next_reminder(book, row, FindingState.MERGED)
    await _set(write, number, state=FindingState.MERGED.value, triaged_at=write.now, remind_at=remind_at)
    await write.record("finding.merged", f"finding:{number}", into=into, duty=row.duty_id)


async def hand_over_finding(write: Writing, book: Rulebook, number: int, unit: str, reason: str) -> None:
    """移交: by decision of the office another unit owns it from now on, with its rectification if there is one."""
    row = await _taken(write, number, Triage.HAND_OVER, reason)
    if row.duty_id:
        await act(write, book, row.duty_id, Action.HAND_OVER, Given(reason=reason, unit=unit))
        return
    owner = unit_named(book, unit)
    await _set(write, number, unit=owner)
    await write.record("finding.handed_over", f"finding:{number}", unit=owner, was=row.unit, reason=reason)


async def answer_finding(write: Writing, number: int, words: str) -> None:
    """答复反映人, for this finding and those merged into it."""
    row = await _taken(write, number, Triage.ANSWER, words)
    together = or_(findings.c.id == number, findings.c.duplicate_of == number)
    owed = findings.c.source.in_([source.value for source in FROM_RESIDENTS])
    query = select(findings.c.id).where(together, owed).order_by(findings.c.id)
    answered = (await write.connection.scalars(query)).all()
    if not answered:
        raise refused(number, Triage.ANSWER, Text("不是群众反映的，无人可答复。", "nobody outside reported it."))
    # One that is still to be triaged goes on being asked for.
    done = update(findings).where(findings.c.id.in_(answered))
    await write.connection.execute(done.values(answered_at=write.now, satisfied=None))
    triaged = done.where(findings.c.state != FindingState.NEW.value)
    await write.connection.execute(triaged.values(remind_at=None))
    told = {"words": without_numbers(words), "together_with": row.id}
    await write.record_all(Happening("finding.answered", f"finding:{one}", told) for one in answered)


async def note_rating(write: Writing, number: int, satisfied: bool | None, solved: bool | None = None) -> None:
    """回访: whether whoever reported it is satisfied and calls it solved; None where that was not asked."""
    row = await _taken(write, number, Triage.ANSWER)
    if row.answered_at is None:
        raise refused(number, Triage.ANSWER, Text("还没有答复。", "it has not been answered yet."))
    if satisfied is not None:
        await _set(write, number, satisfied=satisfied)
    await write.record("finding.rated", f"finding:{number}", satisfied=satisfied, solved=solved)


async def remind_office(write: Writing, book: Rulebook) -> int:
    """Remind the office of findings that wait for triage or an answer: one notice a kind. Returns how many wait.

    Of more than a thousand at once the longest waiting are named now, the others by the next cycle.
    """
    due = select(findings).where(findings.c.remind_at <= write.now).order_by(findings.c.id).limit(_MOST)
    rows = (await write.connection.execute(due.with_for_update(skip_locked=True))).all()
    again = Reminders(book.policy, book.calendar).again(write.now)
    moved = update(findings).where(findings.c.id.in_([row.id for row in rows]))
    await write.connection.execute(moved.values(remind_at=again))
    new = [row for row in rows if row.state == FindingState.NEW.value]
    await _remind(write, book, _TO_TRIAGE, "triage", new)
    await _remind(write, book, _TO_ANSWER, "answer", [row for row in rows if row not in new])
    return len(rows)


async def _remind(write: Writing, book: Rulebook, label: Text, kind: str, rows: list[Row[Any]]) -> None:
    if not rows:
        return
    events = await write.record_all(Happening("finding.reminded", f"finding:{row.id}", {"of": kind}) for row in rows)
    title = f"F{rows[0].id} {where(rows[0]._mapping)}·{rows[0].type}"
    numbers = " ".join(f"F{row.id}" for row in rows[:_NAMED]) + (" …" if len(rows) > _NAMED else "")
    reason = Text(f"共 {len(rows)} 件：{numbers}", f"{len(rows)} in all: {numbers}")
    await add_notices(
        write,
        book,
        [
            NoticeDraft(events[0], person, f"finding_{kind}", label, Severity.IMPORTANT, title, reason=reason)
            for person in book.office
        ],
    )


async def _taken(write: Writing, number: int, action: Triage, *needed: str) -> Row[Any]:
    """The finding, locked, where this actor may do this to it now."""
    row = await locked_finding(write, number)
    permit_triage(number, FindingState(row.state), action, write.actor)
    if not all(words.strip() for words in needed):
        raise refused(number, action, Text("还需要填写理由或答复内容。", "it needs words: a reason, an answer."))
    return row


async def _relapse(write: Writing, book: Rulebook, row: Row[Any], type_: str) -> dict[str, Any]:
    """What a corrected type means for a relapse."""
    new = Sighting(row.id, row.found_at, type_, row.text, row.site, row.place)
    earlier = await relapse_for(write, book, new)
    return {"relapse_of": earlier, "weight": book.policy.findings.relapse_weight if earlier else 1}


def _next_reminder(book: Rulebook, row: Row[Any], state: FindingState) -> Any:
    reminders = Reminders(book.policy, book.calendar)
    return reminders.first(state, Source(row.source), row.recorded_at, answered=row.answered_at is not None)


async def _set(write: Writing, number: int, **values: Any) -> None:
    await write.connection.execute(update(findings).where(findings.c.id == number).values(**values))


async def _withdraw_duty(write: Writing, book: Rulebook, number: int, why: Text) -> None:
    unfinished = duties.c.state.not_in([state.value for state in DutyState if state in FINISHED])
    query = select(duties).where(duties.c.id == number, unfinished).with_for_update()
    await withdraw(write, book, (await write.connection.execute(query)).all(), why)
