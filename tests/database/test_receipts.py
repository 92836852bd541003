"""Receipts, budgets, beats and trials, asked of both databases."""

from sqlalchemy import select

from rules.bulletin import Bulletin, Week
from rules.measures import HELD, MESSAGES
from rules.policy import Budget
from rules.weekly import compose_bulletin
from store.database import Store
from store.ledger import writing
from store.reporting import week_ledger
from store.schema import events, messages
from store.setup import last_trials, record_trial
from store.wording import own_words, reset_words, set_words
from tasks.heart import beat_heart
from tests.harness.office import OfficeHarness, row
from tests.harness.pages import Phone


def test_a_page_is_opened_and_a_button_pressed(anywhere: OfficeHarness) -> None:
    """The page's queries and its one transaction, and that a second click finds it done."""
    anywhere.on("2026-03-02").publishes(row(due="2026-03-10"))
    anywhere.cycle()
    anywhere.awaits(beat_heart.fn(anywhere.office, anywhere.now, "cycle"))
    phone = Phone(anywhere)
    link = phone.link_of("城管员")
    seen = phone.seen(link, 1)
    assert phone.asks("POST", f"{link}/opened").status_code == 204
    assert [phone.presses(link, 1, "accept", seen).status_code for _ in range(2)] == [303, 303]
    (message,) = anywhere.rows(select(messages))
    assert (message.opened_at, anywhere.duty().accepted_at) == (anywhere.now, anywhere.now)
    assert phone.opens("/health").json()["beats"]["cycle"]["fresh"]


def test_a_budget_holds_and_the_bulletin_counts_it(anywhere: OfficeHarness) -> None:
    """One message a week: the second waits, and the figure leads to the event that says so."""
    anywhere.adopts(lambda policy: {"budget": Budget(messages=1, reports=1)})
    for day in ("2026-03-02", "2026-03-03"):
        anywhere.on(day).publishes(row(due="2026-06-30"), title=day)
        anywhere.cycle()
    anywhere.on("2026-03-03", "12:00")
    (unit,) = anywhere.awaits(_bulletin(anywhere)).units
    (held,) = anywhere.rows(select(events.c.id).where(events.c.kind == "notice.held"))
    assert (unit.of(MESSAGES).value, unit.of(HELD).events) == (1, (held.id,))
    told = anywhere.rows(select(events.c.kind).where(events.c.subject.like("budget:%")).order_by(events.c.kind))
    assert [one.kind for one in told] == ["budget.messages", "budget.reports"]


async def _bulletin(office: OfficeHarness) -> Bulletin:
    async with office.office.store.reading() as connection:
        week = Week.of(office.now.date())
        return compose_bulletin(await week_ledger(connection, office.office.calendar, week, office.now))


def test_trials_and_templates_are_kept(anywhere: OfficeHarness) -> None:
    """The last trial of a channel and when one last worked; a template set twice and reset."""
    anywhere.awaits(_try(anywhere.office.store, anywhere))


async def _try(store: Store, office: OfficeHarness) -> None:
    first = office.now
    for outcome in ("accepted", "unreachable"):
        async with writing(store, office.now) as write:
            await record_trial(write, "接口", outcome, None, "")
            await set_words(write, "line", outcome)
        office.on(f"{office.now:%Y-%m-%d}", "11:00")
    async with store.reading() as connection:
        trial = (await last_trials(connection, ["接口", "没试过"]))["接口"]
        assert (trial.outcome, trial.at, trial.worked_at) == ("unreachable", office.now, first)
        assert await own_words(connection) == {"line": "unreachable"}
    async with writing(store, office.now) as write:
        assert [await reset_words(write, "line") for _ in range(2)] == [True, False]
