"""The steps of delivery (投递): one message per person, sent under a lease, the answer kept."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby

from prefect import task
from prefect.cache_policies import NO_CACHE

from channels.forms import at_home, fill
from channels.kinds import ChannelConfig
from channels.limits import counted_as
from channels.message import Outgoing
from channels.outcome import Outcome, Receipt
from channels.sending import send
from channels.splitting import split
from channels.wire import keep_alive
from rules.addressing import INBOX, addresses_of
from rules.digest import Digest
from rules.retry import retry_at
from store.budgets import within_budget
from store.crashpoints import reach
from store.ledger import Writing, writing
from store.links import LONGEST_NUMBER, Links
from store.outbox import (
    BATCH,
    Attempt,
    Claimed,
    Letter,
    add_messages,
    claim,
    hold_back,
    settle,
    waiting_channels,
    waiting_notices,
)
from store.pacing import postpone
from store.rulebook import Rulebook
from store.setup import stored_channels
from store.wording import own_words
from tasks.lanes import Answered, Lanes
from tasks.office import Office
from tasks.pacing import slots
from tasks.rerouting import reroute
from tasks.wording import Wording

Clock = Callable[[], datetime]


@task(name="汇总 bundle notices", retries=3, retry_delay_seconds=5, cache_policy=NO_CACHE)
async def bundle(office: Office, now: datetime) -> int:
    """Put the notices that may go out now into one message per person. Returns how many messages that made."""
    made, again = 0, True
    channels = await forms_of(office)
    while again:
        async with office.deciding(now) as (write, book):
            await hold_back(write, book)
            waiting = await waiting_notices(write.connection, now)
            notices, office_was_told = await within_budget(write, book, waiting)
            wording = Wording(await own_words(write.connection), office.settings.language, book.calendar)
            letters = [
                _letter(office, book, channels, wording.digest(list(group)), now)
                for _, group in groupby(notices, key=lambda notice: notice.recipient)
            ]
            await add_messages(write, letters)
            await wording.tell(write)
        again = len(waiting) == BATCH or office_was_told
        made += len(letters)
    return made


def _letter(
    office: Office, book: Rulebook, channels: Mapping[str, ChannelConfig], digest: Digest, now: datetime
) -> Letter:
    """One person's notices as one message, in as many parts as their channel needs."""
    recipient = digest.recipient
    person = book.roster.people.get(recipient)
    address = addresses_of(recipient, person.contacts if person else (), channels)[0]
    parts = parts_for(office, channels[address.channel], address.target, digest, now)
    return Letter(digest, address, tuple(part.body for part in parts))


def parts_for(office: Office, form: ChannelConfig, target: str, digest: Digest, now: datetime) -> tuple[Outgoing, ...]:
    """A digest as a channel takes it, measured with the longest number and link it may get."""
    whole = Outgoing(
        f"M{LONGEST_NUMBER}",
        digest.subject,
        digest.body,
        digest.severity,
        link=office.links.link(LONGEST_NUMBER, digest.recipient, now),
        language=office.settings.language,
    )
    return split(form, target, whole)


@task(name="发送 send messages", retries=3, retry_delay_seconds=5, cache_policy=NO_CACHE)
async def send_waiting(office: Office, clock: Clock) -> Counter[str]:
    """Send every message whose time has come, each channel at its own pace. Returns the attempts by outcome."""
    async with office.store.reading() as connection:
        names = await waiting_channels(connection, clock())
    async with keep_alive():
        outcomes = await asyncio.gather(*(drain(office, clock, name) for name in names), return_exceptions=True)
    sent: Counter[str] = Counter()
    for outcome in outcomes:  # a channel that failed held up no other one
        if isinstance(outcome, BaseException):
            raise outcome
        sent += outcome
    return sent


async def drain(office: Office, clock: Clock, name: str, may_go_on: Callable[[], bool] = lambda: True) -> Counter[str]:
    """Send what waits for one channel under leases. Returns the attempts by outcome.

    Once `may_go_on` says no, nothing more is claimed; what is under way still gets its answer recorded.

    Each transaction records the answers that have come in and claims the next messages, so that little is in flight
    should the process die.
    """
    channels = await forms_of(office)
    form = channels.get(name)
    book = await office.rulebook()
    outcomes: Counter[str] = Counter()
    answered: list[Answered] = []
    async with Lanes(partial(_send, office, office.links, form, name, clock)) as lanes:
        while True:
            now = clock()
            attempts = [_attempt(claimed, receipt, now) for claimed, receipt in answered]
            async with writing(office.store, now) as write:
                if attempts:
                    counted = await settle(write, attempts)
                    await reroute(write, office, book, channels, [claimed for claimed, _ in answered], counted)
                room = lanes.room if may_go_on() else 0
                claimed = await _claim(write, office, book, name, form, room) if room else []
            outcomes.update(attempt.outcome for attempt in attempts)
            lanes.give(claimed)
            if not lanes.under_way:
                return outcomes
            answered = await lanes.answers()
            reach("after send")


async def _claim(
    write: Writing, office: Office, book: Rulebook, name: str, form: ChannelConfig | None, most: int
) -> list[Claimed]:
    """What may leave for a channel at this instant, within quiet hours and the vendor's limits."""
    lease = timedelta(seconds=office.settings.lease_s)
    await hold_back(write, book)
    if form is None:
        return await claim(write, name, name, lease, most)
    free, next_at = await slots(write, form, most)
    claimed = await claim(write, name, counted_as(form), lease, free) if free else []
    if next_at:
        await postpone(write, name, next_at)
    return claimed


async def _send(
    office: Office, links: Links, form: ChannelConfig | None, name: str, clock: Clock, claimed: Claimed
) -> Receipt:
    if form is None:
        return Receipt(Outcome.REJECTED, "no_channel", detail=f"渠道“{name}”已不存在")
    message = Outgoing(
        number=f"M{claimed.number}",
        title=claimed.subject,
        body=claimed.body,
        severity=claimed.severity,
        link=links.link(claimed.number, claimed.recipient, clock()),
        is_resend=claimed.resend,
        part=claimed.part,
        parts=claimed.parts,
        language=office.settings.language,
    )
    return await send(form, claimed.address.target, message, timeout_s=office.settings.send_timeout_s)


def _attempt(claimed: Claimed, receipt: Receipt, ended_at: datetime) -> Attempt:
    again = retry_at(receipt.outcome, claimed.attempt, claimed.resend, ended_at, receipt.retry_after_s)
    code = None if receipt.vendor_code is None else str(receipt.vendor_code)
    return Attempt(claimed.id, claimed.attempt, receipt.outcome.value, ended_at, code, receipt.detail, again)


async def forms_of(office: Office) -> dict[str, ChannelConfig]:
    """Every channel by name, the inbox among them even where the office set up none."""
    async with office.store.reading() as connection:
        stored = await stored_channels(connection, office.key)
    own = {name: fill(one.kind, {**one.settings, **one.secrets}) for name, one in stored.items()}
    return {name: at_home(form, office.settings.home) for name, form in ({INBOX: fill(INBOX, {})} | own).items()}
