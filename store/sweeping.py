"""The cycle (督办周期): takes the steps that are due, once each, with their events and notices in one transaction."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update

from rules.escalation import Addressee, Decision, DueStep, addressees
from rules.language import Text
from rules.policy import Step
from rules.reasons import reason_of
from rules.roster import RUNG_LABELS
from store.crashpoints import reach
from store.duties import clock_of, due_for_action, taken_by
from store.ledger import Happening, Writing
from store.notices import NoticeDraft, add_notices
from store.rulebook import Rulebook
from store.schema import duties, steps

BATCH = 5000

Taken = tuple[dict[str, Any], DueStep, tuple[Addressee, ...]]


async def sweep_batch(write: Writing, book: Rulebook, limit: int = BATCH) -> tuple[int, Counter[str]]:
    """Decide the duties that are due for a look. Returns how many there were, and the steps taken by kind."""
    due = await due_for_action(write.connection, write.now, limit)
    decisions = [(duty, _decide(book, duty, write.now)) for duty in due]
    reach("after decide")
    steps_taken = [
        (duty, step, addressees(step.step.to, book.chain_of(duty), book.office, _rechecker(book, duty)))
        for duty, decision in decisions
        for step in decision.steps
    ]
    await _take(write, book, steps_taken)
    await _look_again(write, decisions)
    return len(due), Counter(step.step.key for _, step, _ in steps_taken)


def _rechecker(book: Rulebook, duty: dict[str, Any]) -> str | None:
    """Whom the lot fell on; the office hears in the place of one who has left."""
    return duty["rechecker"] if duty["rechecker"] in book.roster.people else None


def _decide(book: Rulebook, duty: dict[str, Any], now: datetime) -> Decision:
    clock = clock_of(duty, taken_by(duty))
    return book.escalation(duty["policy_version"]).decide(clock, duty["ladder"], now)


async def _take(write: Writing, book: Rulebook, taken: Sequence[Taken]) -> None:
    events = await write.record_all(_happening(*one) for one in taken)
    await write.add(
        steps,
        [
            {
                "duty_id": duty["id"],
                "episode": duty["episode"],
                "step": due.key,
                "planned_at": due.planned_at,
                "taken_at": write.now,
                "told": due.told,
                "event_id": event,
            }
            for (duty, due, _), event in zip(taken, events, strict=True)
        ],
    )
    await add_notices(
        write,
        book,
        [
            NoticeDraft(
                event_id=event,
                recipient=one.person,
                kind=due.step.key,
                label=due.step.label,
                severity=due.step.severity,
                title=duty["title"],
                duty_id=duty["id"],
                unit=duty["unit"],
                due_at=duty["due_at"],
                provisional=duty["provisional"],
                reason=_reason(due.step, one),
            )
            for (duty, due, people), event in zip(taken, events, strict=True)
            if due.told
            for one in people
        ],
    )


def _happening(duty: dict[str, Any], due: DueStep, people: tuple[Addressee, ...]) -> Happening:
    """The event of one step: the rule, the facts and the instants that led to it (promise 10)."""
    return Happening(
        "duty.step",
        f"duty:{duty['id']}",
        due.step.facts
        | {
            "told": due.told,
            "to": [one.person for one in people],
            "vacant": sorted({one.stands_in_for.name for one in people if one.stands_in_for}),
            "planned_at": due.planned_at,
            "policy": duty["policy_version"],
            "ladder": duty["ladder"],
            "state": duty["state"],
            "episode": duty["episode"],
            "due_at": duty["due_at"],
            "unit": duty["unit"],
        },
    )


def _reason(step: Step, one: Addressee) -> Text:
    """Why the step comes, and, where the person stands in for a vacant rung, why it comes to them."""
    why = reason_of(step)
    if one.stands_in_for is None:
        return why
    rung = RUNG_LABELS[one.stands_in_for]
    return Text(f"{why.zh}；{rung.zh}空缺，由您代为督办", f"{why.en}; the {rung.en} is vacant, you stand in")


async def _look_again(write: Writing, decisions: Sequence[tuple[dict[str, Any], Decision]]) -> None:
    """Steps fall due on the same mornings, so there are few instants to set."""
    looks: dict[datetime | None, list[int]] = {}
    for duty, decision in decisions:
        looks.setdefault(decision.next_action_at, []).append(duty["id"])
    for instant, ids in looks.items():
        await write.connection.execute(update(duties).where(duties.c.id.in_(ids)).values(next_action_at=instant))
