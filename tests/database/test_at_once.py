"""Several processes at the same rows at the same time: overlap is harmless, on both databases."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from rules.drafting import draft
from rules.lifecycle import Action, NotAllowed
from rules.reading import TableRow, TaskTable
from rules.roster_index import RosterIndex
from store.acting import act
from store.database import open_store
from store.ledger import writing
from store.outbox import Attempt, claim, settle
from store.publishing import Published, SourceFile, publish
from store.schema import deliveries, duties, events, messages, steps
from tasks.delivering import bundle, send_waiting
from tasks.office import Office
from tasks.supervising import open_duties, take_steps
from tests.harness.office import OfficeHarness, row

LEASE = timedelta(minutes=2)


def together(office: OfficeHarness, *works: Callable[[Office], Awaitable[Any]]) -> list[Any]:
    """Each work in an office with connections of its own, all at once; what they returned, or raised."""

    async def work() -> list[Any]:
        async with AsyncExitStack() as stack:
            offices = []
            for _ in works:
                store = open_store(office.office.settings.url)
                stack.push_async_callback(store.close)
                offices.append(Office(office.office.settings, store, office.office.calendar))
            done = (one(own) for one, own in zip(works, offices, strict=True))
            return await asyncio.gather(*done, return_exceptions=True)

    return office._run(work())


def with_messages(office: OfficeHarness, count: int) -> None:
    """So many messages waiting in the outbox, one for each of so many published tables."""
    office.on("2026-03-02")
    for number in range(count):
        office.publishes(row(f"第{number}项任务", due="2026-03-31"), title=f"表{number}")
        office.bundles()


def claims(office: OfficeHarness, limit: int) -> Callable[[Office], Awaitable[list[int]]]:
    async def work(own: Office) -> list[int]:
        async with writing(own.store, office.now) as write:
            return [one.id for one in await claim(write, "inbox", "inbox", LEASE, limit)]

    return work


async def publishes(office: OfficeHarness, own: Office, *rows: TableRow) -> Published:
    """What the harness does, through connections of one's own."""
    drafted = draft(TaskTable("任务分解表", 2026, rows), RosterIndex(office.roster), {}, office.now.date())
    async with own.deciding(office.now, office.actor("创建办主任")) as (write, book):
        return await publish(write, book, "任务分解表", drafted, SourceFile("表.xlsx", ""), {})


# The outbox


def test_no_message_is_claimed_twice(anywhere: OfficeHarness) -> None:
    """Three senders at one outbox: every message has one of them."""
    with_messages(anywhere, 9)
    found = together(anywhere, *[claims(anywhere, 4)] * 3)
    claimed = [number for one in found for number in one]
    assert len(claimed) == len(set(claimed))
    rest = together(anywhere, claims(anywhere, 9))[0]
    assert sorted(claimed + rest) == sorted(m.id for m in anywhere.rows(select(messages.c.id)))


def test_a_lease_keeps_others_away_until_it_ends(anywhere: OfficeHarness) -> None:
    """A process that died holds its messages for the lease and no longer; then they go out as 重发."""
    with_messages(anywhere, 2)
    assert len(together(anywhere, claims(anywhere, 9))[0]) == 2
    assert together(anywhere, claims(anywhere, 9))[0] == []
    anywhere.now += LEASE - timedelta(seconds=1)
    assert together(anywhere, claims(anywhere, 9))[0] == []
    anywhere.now += timedelta(seconds=1)
    again = anywhere._run(claimed_again(anywhere))
    assert [(one.attempt, one.resend) for one in again] == [(2, True), (2, True)]


async def claimed_again(office: OfficeHarness) -> list[Any]:
    async with writing(office.office.store, office.now) as write:
        return await claim(write, "inbox", "inbox", LEASE, 9)


def test_two_senders_deliver_everything_once(anywhere: OfficeHarness) -> None:
    """Bundling and sending twice at once: each notice in one message, each message sent and settled once."""
    anywhere.on("2026-03-02").publishes(
        *(row(f"第{n}项任务", ("市城管局", "市教育局"), due="2026-03-31") for n in range(6))
    )
    now = anywhere.now
    together(anywhere, *[lambda own: bundle.fn(own, now)] * 3)
    sent = together(anywhere, *[lambda own: send_waiting.fn(own, lambda: now)] * 3)
    told = anywhere.rows(select(messages.c.outcome, messages.c.attempts))
    assert {tuple(one) for one in told} == {("accepted", 1)}
    assert sum(one["accepted"] for one in sent) == len(told)
    assert len(anywhere.news()) == 12


def test_an_attempt_whose_lease_ran_out_does_not_disturb_the_next(anywhere: OfficeHarness) -> None:
    """A sender so slow that another took over: its failure neither frees nor buries the message in flight."""
    with_messages(anywhere, 1)
    (slow,) = anywhere._run(claimed_again(anywhere))
    anywhere.now += LEASE
    (second,) = anywhere._run(claimed_again(anywhere))

    async def answers(*attempts: Attempt) -> None:
        async with writing(anywhere.office.store, anywhere.now) as write:
            await settle(write, attempts)

    retry = anywhere.now + timedelta(minutes=1)
    anywhere._run(answers(Attempt(slow.id, slow.attempt, "unreachable", anywhere.now, retry_at=retry)))
    anywhere.now += timedelta(seconds=90)
    assert together(anywhere, claims(anywhere, 9))[0] == []  # the second still holds its lease
    anywhere._run(answers(Attempt(slow.id, slow.attempt, "rejected", anywhere.now)))
    assert anywhere.rows(select(messages.c.outcome)) == [(None,)]
    anywhere._run(answers(Attempt(second.id, second.attempt, "accepted", anywhere.now)))
    assert anywhere.rows(select(messages.c.outcome)) == [("accepted",)]
    kept = anywhere.rows(select(deliveries.c.outcome).order_by(deliveries.c.attempt))
    assert [one.outcome for one in kept] == ["rejected", "accepted"]


# The cycle


def test_overlapping_cycles_take_every_step_once(anywhere: OfficeHarness) -> None:
    """Three cycles at the same instant: no step twice, none missing, no error (promise 1)."""
    anywhere.on("2026-03-02").publishes(*(row(f"第{n}项任务", due="2026-03-04") for n in range(20)))
    now = anywhere.on("2026-03-13").now
    found = together(anywhere, *[lambda own: take_steps.fn(own, now)] * 3)
    assert sum(one.total() for one in found) == len(anywhere.rows(select(steps)))
    assert all(anywhere.steps(duty) == anywhere.steps(1) for duty in range(2, 21))
    assert [step for _, step in anywhere.steps(1)][-1] == "yellow"
    assert together(anywhere, lambda own: take_steps.fn(own, now))[0].total() == 0


def test_overlapping_cycles_open_every_duty_once(anywhere: OfficeHarness) -> None:
    """Two cycles find the same occurrences to open: one opens them, the other nothing, neither fails."""
    anywhere.on("2026-03-02").publishes(*(row(f"第{n}项任务", every="FREQ=WEEKLY") for n in range(20)))
    now = anywhere.on("2026-03-09").now
    found = together(anywhere, *[lambda own: open_duties.fn(own, now)] * 3)
    assert sorted(found) == [0, 0, 20]
    assert anywhere.rows(select(func.count()).select_from(duties))[0][0] == 40


def test_the_cycle_and_a_person_at_the_same_duty(anywhere: OfficeHarness) -> None:
    """Whoever comes first, the row is consistent: a step before the report, or none after it."""
    anywhere.on("2026-03-02").publishes(row(due="2026-03-04"))
    anywhere.does("城管员", "accept")
    now = anywhere.on("2026-03-13").now
    worker = anywhere.actor("城管员")

    async def reports(own: Office) -> None:
        async with own.deciding(now, worker) as (write, book):
            await act(write, book, 1, Action.REPORT)

    found = together(anywhere, reports, lambda own: take_steps.fn(own, now))
    assert not [one for one in found if isinstance(one, Exception)]
    together(anywhere, lambda own: take_steps.fn(own, now))
    history = select(events.c.kind).where(events.c.subject == "duty:1").order_by(events.c.id)
    kinds = [event.kind for event in anywhere.rows(history)]
    assert kinds[-1] == "duty.report"
    assert kinds.count("duty.step") == len(anywhere.steps()) in (0, 4)  # reminder, overdue, blue, yellow
    assert anywhere.duty().state == "reported"


# People


def test_two_people_at_one_duty_are_heard_one_after_the_other(anywhere: OfficeHarness) -> None:
    """Two supervisors close and return the same report at once: one decision stands, the other is refused."""
    anywhere.on("2026-03-02").publishes(row(due="2026-03-31"))
    anywhere.does("城管员", "report")

    def decides(person: str, action: Action) -> Callable[[Office], Awaitable[None]]:
        async def work(own: Office) -> None:
            async with own.deciding(anywhere.now, anywhere.actor(person)) as (write, book):
                await act(write, book, 1, action)

        return work

    found = together(anywhere, decides("督查员甲", Action.CLOSE), decides("督查员乙", Action.CLOSE))
    assert sorted(type(one) for one in found if one) == [NotAllowed]
    assert anywhere.duty().state == "closed"
    closed = anywhere.rows(select(events.c.id).where(events.c.kind == "duty.close"))
    assert len(closed) == 1


def test_a_revision_and_a_person_at_the_same_duty(anywhere: OfficeHarness) -> None:
    """A unit reports while the office drops its row: reported or withdrawn, but never half of both."""
    anywhere.on("2026-03-02").publishes(row(due="2026-03-31"), row("规范校门口", "市教育局", due="2026-03-31"))
    worker = anywhere.actor("城管员")

    async def reports(own: Office) -> None:
        async with own.deciding(anywhere.now, worker) as (write, book):
            await act(write, book, 1, Action.REPORT)

    async def drops(own: Office) -> None:
        await publishes(anywhere, own, row("规范校门口", "市教育局", due="2026-03-31"))

    found = together(anywhere, reports, drops)
    assert all(one is None or isinstance(one, NotAllowed) for one in found[:1])
    duty = anywhere.duty()
    assert (duty.state, duty.next_action_at) == ("withdrawn", None)


def test_publishing_the_same_table_twice_at_once(anywhere: OfficeHarness) -> None:
    """Two clicks on 发布: one version, each duty once; the second finds nothing to change."""
    anywhere.on("2026-03-02")
    found = together(anywhere, *[lambda own: publishes(anywhere, own, row(due="2026-03-31"))] * 2)
    assert sorted(one.version or 0 for one in found) == [0, 1]
    assert anywhere.rows(select(func.count()).select_from(duties))[0][0] == 1
