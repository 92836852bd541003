"""kill -9 at every named point: the next run does the rest; no step twice, no notice lost, no message unmarked.

The points: "after decide" (steps decided, nothing written), "before commit", "after commit", "after send" (sent, the
answer not yet recorded).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from rules.lifecycle import Action, Actor
from settings import Settings
from store.acting import act
from store.schema import deliveries, duties, events, messages, notices, steps
from tasks.delivering import bundle, send_waiting
from tasks.office import open_office
from tasks.supervising import open_duties, take_steps
from tests.harness.crash import dies
from tests.harness.office import OfficeHarness, row

LEASE = timedelta(minutes=2)
WORKER = Actor("城管员", "市城管局")
STEPS = ["reminder_1", "accept_reminder", "overdue", "blue", "accept_urge", "yellow"]
"""What a duty due on 4 March and never accepted has had by the 11th."""


async def cycle(settings: Settings, now: datetime) -> None:
    """One pass of everything, as a process of its own would do it."""
    async with open_office(settings) as office:
        await open_duties.fn(office, now)
        await take_steps.fn(office, now)
        await bundle.fn(office, now)
        await send_waiting.fn(office, lambda: now)


async def reports(settings: Settings, now: datetime) -> None:
    async with open_office(settings) as office, office.deciding(now, WORKER) as (write, book):
        await act(write, book, 1, Action.REPORT)


def killed(office: OfficeHarness, point: str, work: object = cycle, passes: int = 0) -> None:
    """The work of this instant, in a process that does not survive the point."""
    assert dies(point, work, office.office.settings, office.now, passes=passes)  # type: ignore[arg-type]


def next_run(office: OfficeHarness) -> None:
    """The next cycle, once the dead process's lease has ended."""
    office.now += LEASE
    office.cycle()


@pytest.fixture
def late(anywhere: OfficeHarness) -> Iterator[OfficeHarness]:
    """Two silent duties five working days overdue, and a weekly one about to open: a cycle with much to do."""
    anywhere.on("2026-03-02").publishes(
        row("第一项任务", due="2026-03-04"),
        row("第二项任务", "市教育局", due="2026-03-04"),
        row("第三项任务", every="FREQ=WEEKLY"),
    )
    anywhere.cycle()
    anywhere.news()
    anywhere.on("2026-03-11")
    yield anywhere
    assert anywhere.breaches() == []


def all_done(office: OfficeHarness) -> None:
    """What one undisturbed cycle leaves behind."""
    assert [step for _, step in office.steps(1)] == STEPS
    assert [step for _, step in office.steps(2)] == STEPS
    assert office.rows(select(func.count()).select_from(duties))[0][0] == 4
    assert office.rows(select(notices.c.id).where(notices.c.message_id.is_(None))) == []
    told = select(events.c.id).where(events.c.kind == "duty.step")
    assert len(office.rows(told)) == len(office.rows(select(steps.c.event_id)))
    assert {m.outcome for m in office.rows(select(messages.c.outcome))} == {"accepted"}


def letters(office: OfficeHarness) -> dict[str, str]:
    """The inbox as it lies on the disk: each letter's words by "person/number"."""
    inbox = office.office.settings.home / "inbox"
    return {str(path.relative_to(inbox).with_suffix("")): path.read_text("utf-8") for path in inbox.rglob("*.md")}


def resent(office: OfficeHarness) -> set[str]:
    return {name for name, words in letters(office).items() if "重发" in words}


def unrecorded(office: OfficeHarness) -> set[str]:
    """Messages begun and not settled, by the names their letters have or would have."""
    sent = messages.join(deliveries, messages.c.id == deliveries.c.message_id)
    query = select(messages.c.recipient, messages.c.number).select_from(sent).where(deliveries.c.outcome.is_(None))
    return {f"{one.recipient}/M{one.number}" for one in office.rows(query)}


def attempts(office: OfficeHarness, message: int) -> list[str | None]:
    query = select(deliveries.c.outcome).where(deliveries.c.message_id == message).order_by(deliveries.c.attempt)
    return [one.outcome for one in office.rows(query)]


# The cycle


def test_a_cycle_survives_a_kill_after_decide(late: OfficeHarness) -> None:
    """Steps were decided and nothing written: the next run decides and writes them."""
    killed(late, "after decide")
    assert [step for _, step in late.steps(1)] == []
    next_run(late)
    all_done(late)
    assert resent(late) == set()


def test_a_cycle_survives_a_kill_before_commit(late: OfficeHarness) -> None:
    """Steps, events and notices were written and not committed: none of them is there, the next run writes them."""
    before = late.rows(select(func.count()).select_from(events))
    killed(late, "before commit", passes=1)  # the first commit is that of the opening
    assert late.steps(1) == []
    opened = len(late.rows(select(events.c.id).where(events.c.kind == "duty.opened"))) - 3
    assert late.rows(select(func.count()).select_from(events))[0][0] == before[0][0] + opened
    next_run(late)
    all_done(late)
    assert resent(late) == set()


def test_a_cycle_survives_a_kill_after_commit(late: OfficeHarness) -> None:
    """Steps and notices are in, nothing was sent: the next run sends them once and takes no step again."""
    killed(late, "after commit", passes=1)
    assert len(late.steps(1)) == 6
    assert len(late.rows(select(notices.c.id).where(notices.c.message_id.is_(None)))) > 5
    next_run(late)
    all_done(late)
    assert resent(late) == set()


# Delivery


def test_a_message_survives_a_kill_after_send(late: OfficeHarness) -> None:
    """Sent, and the process died before it could note the answer: only these go out again, marked, same number."""
    before = letters(late)
    killed(late, "after send")
    sent, in_flight = letters(late).keys() - before.keys(), unrecorded(late)
    assert sent
    assert sent <= in_flight
    assert resent(late) == set()
    late.cycle()  # the lease still runs: nobody may touch them
    assert resent(late) == set()
    next_run(late)
    all_done(late)
    assert resent(late) == in_flight
    assert letters(late).keys() == before.keys() | in_flight
    for name in in_flight:
        assert attempts(late, int(name.rpartition("M")[2])) == [None, "accepted"]
        assert f"督办编号 {name.rpartition('/')[2]}（重发" in letters(late)[name]


def test_a_message_survives_a_kill_between_claim_and_sending(late: OfficeHarness) -> None:
    """Claimed and not sent: nobody can know that afterwards, so it goes out once, marked as possibly the second."""
    before = letters(late)
    killed(late, "after commit", passes=3)  # opening, steps, bundle, claim
    assert letters(late) == before
    next_run(late)
    all_done(late)
    assert resent(late) == letters(late).keys() - before.keys()


def test_a_settled_message_survives_a_kill_after_commit(late: OfficeHarness) -> None:
    """The answer was recorded: this message does not go out again, whatever happens to those still under way."""
    before = letters(late)
    killed(late, "after commit", passes=4)
    in_flight = unrecorded(late)
    settled = letters(late).keys() - before.keys() - in_flight
    assert settled
    next_run(late)
    all_done(late)
    assert resent(late) == in_flight


# People and tables


def test_a_report_survives_a_kill_before_commit(late: OfficeHarness) -> None:
    """The unit's report did not arrive: the duty is as before, and it can simply be sent again."""
    killed(late, "before commit", reports)
    assert late.duty().state == "open"
    late.does("城管员", "report")
    late.cycle()
    assert late.duty().state == "reported"


def test_a_report_survives_a_kill_after_commit(late: OfficeHarness) -> None:
    """The report is in although nobody was told so: the office hears of it with the next delivery."""
    killed(late, "after commit", reports)
    assert late.duty().state == "reported"
    late.cycle()
    late.inbox("创建办主任").expects("申报办结", times=1)


# Every point, every time it is passed.

POINTS = [("after decide", 1), ("before commit", 5), ("after commit", 5), ("after send", 1)]


@pytest.mark.parametrize(("point", "passes"), [(point, passes) for point, times in POINTS for passes in range(times)])
def test_wherever_a_process_dies_the_next_does_the_rest(office: OfficeHarness, point: str, passes: int) -> None:
    """A matrix of kills on the embedded database: the end is always the same, and every letter arrives."""
    office.on("2026-03-02").publishes(row("第一项任务", due="2026-03-04"), row("第三项任务", every="FREQ=WEEKLY"))
    office.cycle()
    office.on("2026-03-11")
    killed(office, point, passes=passes)
    next_run(office)
    assert [step for _, step in office.steps(1)] == STEPS
    assert office.rows(select(func.count()).select_from(duties))[0][0] == 3
    told = {n.message_id for n in office.rows(select(notices.c.message_id))}
    assert None not in told
    assert len(letters(office)) == len(told)
    assert {m.outcome for m in office.rows(select(messages.c.outcome))} == {"accepted"}
    assert office.breaches() == []
