"""`python -m tests.harness.faults --runs 200 --seed 1`: delivery killed at random instants, on the vendors' bad days.

Each run is one office with its own seed (printed where a run fails: `--runs 1 --seed N` does it again, as far as a kill
at a random instant can be done again). The clock is moved, never waited for. Exit code 1 where a promise was broken.
"""

import asyncio
import logging
import multiprocessing
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from channels.forms import fill
from channels.kinds import ChannelConfig
from rules.policy import Severity
from rules.roster import Contact
from settings import Settings
from store.schema import deliveries, messages, notices
from tasks.delivering import bundle, send_waiting
from tasks.office import open_office
from tests.harness.crash import PROCESSES
from tests.harness.fault_checks import copies, violations
from tests.harness.faulty_vendors import Account, BadDay
from tests.harness.office import OfficeHarness
from tests.harness.vendor_simulators import KEY, SECRET, TOKEN, in_a_thread

TARGETS = {"企微群": "@all", "钉钉群": "", "飞书群": "", "接口": "desk", "邮件": "someone@example.org", "断网": ""}
PEOPLE = ("城管员", "城管局长", "教育员", "教育局长", "分管副市长", "市长", "组长", "督查员甲")
SEND_TIMEOUT_S = 0.15
LEASE_S = 120
PAUSES_S = (0, 1, 30, 61, LEASE_S, LEASE_S + 1, 300, 660)
MOST_PASSES = 300


@dataclass
class Tally:
    """合计: what happened in one run or in all of them."""

    counts: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.counts += other.counts
        self.broken += other.broken


def bad_day(seed: int, vendors: BadDay, home: Path, rounds: int) -> Tally:
    """One run: rounds of messages to many people and processes killed while they deliver, then peace until all is
    settled.
    """
    draw = random.Random(seed)
    office = OfficeHarness(home, lease_s=LEASE_S, send_timeout_s=SEND_TIMEOUT_S).on("2026-03-03", "10:01")
    account = Account(seed, office.now)
    vendors.begin(account)
    try:
        _set_up(office, vendors, draw)
        kills: Counter[datetime] = Counter()
        for _ in range(rounds):
            _talk(office, draw)
            kills[office.now] += _deliver_until_killed(office, account, draw)
            vendors.hear_all()
            office.now = account.now = office.now + timedelta(seconds=draw.choice(PAUSES_S))
        passes = _settle(office, account, vendors)
        broken = [f"seed {seed}: {one}" for one in violations(office, account, kills)]
        return Tally(_counts(office, account, kills.total(), passes), broken)
    finally:
        office.close()


def _set_up(office: OfficeHarness, vendors: BadDay, draw: random.Random) -> None:
    """Every channel there is, one of them dead; each person has one to three, the office its inbox alone."""
    for name, form in _channels(vendors).items():
        office.adds_channel(name, form)
    for_each = {person: draw.sample(list(TARGETS), draw.randint(1, 3)) for person in PEOPLE}
    office.reaches({person: [Contact(name, TARGETS[name]) for name in names] for person, names in for_each.items()})


def _channels(vendors: BadDay) -> dict[str, ChannelConfig]:
    return {
        "企微群": fill("wecom_robot", {"key": KEY}, vendors.endpoint),
        "钉钉群": fill("dingtalk_robot", {"token": TOKEN, "secret": SECRET}, vendors.endpoint),
        "飞书群": fill("feishu_robot", {"token": TOKEN, "secret": SECRET}, vendors.endpoint),
        "接口": fill("webhook", {"url": f"{vendors.endpoint}/hook"}),
        "邮件": fill("email", {"sender": "duban@example.org"}, vendors.smtp),
        "断网": fill("webhook", {"url": "http://127.0.0.1:1/hook"}),
    }


def _talk(office: OfficeHarness, draw: random.Random) -> None:
    """A few messages for everybody."""
    for wave in range(draw.randint(2, 5)):
        people = draw.sample(PEOPLE, draw.randint(3, len(PEOPLE)))
        office.tells(f"第 {wave} 件", *people, severity=draw.choice(list(Severity)))
        office.bundles()


def _deliver_until_killed(office: OfficeHarness, account: Account, draw: random.Random) -> int:
    """One or two processes deliver at once, and each meets its kill -9. Returns how many did not live to the end."""
    what = (office.office.settings, office.now)
    work = [PROCESSES.Process(target=deliver, args=what) for _ in range(draw.choice((1, 1, 2)))]
    for process in work:
        process.start()
    for process in work:
        _wait(process, account, draw)
        if process.is_alive():
            os.kill(process.pid or 0, signal.SIGKILL)
    return sum(_was_killed(process) for process in work)


def _wait(process: BaseProcess, account: Account, draw: random.Random) -> None:
    """Until any instant after the start, or, mostly, any instant after a few more messages have arrived."""
    if draw.random() < 0.2:
        process.join(draw.uniform(0, 0.3))
        return
    arrivals = len(account.arrivals) + draw.randint(1, 8)
    while process.is_alive() and not account.wait_for(arrivals, give_up_s=0.02):
        pass
    process.join(draw.uniform(0, 0.01))


def _was_killed(process: BaseProcess) -> bool:
    process.join(timeout=60)
    assert process.exitcode in (0, -signal.SIGKILL), f"it ended by itself with exit code {process.exitcode}"
    return process.exitcode != 0


def deliver(settings: Settings, now: datetime) -> None:
    """What a delivering process does, at one instant of the moved clock."""

    async def work() -> None:
        async with open_office(settings) as office:
            await bundle.fn(office, now)
            await send_waiting.fn(office, lambda: now)

    asyncio.run(work())


def _settle(office: OfficeHarness, account: Account, vendors: BadDay) -> int:
    """Deliver in peace, moving the clock to where there is something to do, until everything has its outcome."""
    for done in range(MOST_PASSES):
        office.delivers()
        at = _next_instant(office)
        if at is None:
            return done
        vendors.hear_all()
        office.now = account.now = max(at.astimezone(office.now.tzinfo), office.now)
    return MOST_PASSES


def _next_instant(office: OfficeHarness) -> datetime | None:
    waiting = select(func.min(notices.c.release_at)).where(notices.c.message_id.is_(None))
    free_at = func.max(messages.c.next_attempt_at, func.coalesce(messages.c.leased_until, messages.c.next_attempt_at))
    unsettled = select(func.min(free_at, type_=messages.c.next_attempt_at.type)).where(messages.c.outcome.is_(None))
    return min((at for query in (waiting, unsettled) for (at,) in office.rows(query) if at), default=None)


def _counts(office: OfficeHarness, account: Account, kills: int, passes: int) -> Counter[str]:
    counts = Counter({"runs": 1, "kills": kills, "passes in peace": passes})
    counts["messages"] = office.rows(select(func.count()).select_from(messages))[0][0]
    for row in office.rows(select(deliveries.c.outcome)):
        counts[f"attempts: {row.outcome or 'in flight at a kill'}"] += 1
    for row in office.rows(select(messages.c.outcome)):
        counts[f"messages: {row.outcome}"] += 1
    for one in account.arrivals:
        counts[f"vendors: {one.fault}"] += 1
        counts["arrived marked 重发"] += one.is_resend
    counts["taken twice"] = copies(account.arrivals)
    return counts


def bad_days(seeds: Iterable[int], folder: Path, rounds: int = 3) -> Tally:
    """A run for each seed, one after the other."""
    total, vendors = Tally(), BadDay()
    with in_a_thread(vendors.up()):
        for seed in seeds:
            total.add(bad_day(seed, vendors, folder / str(seed), rounds))
    return total


def one_bad_day(seed: int) -> Tally:
    """A run in a process and a folder of its own; logs would only tell of the faults that were asked for."""
    logging.disable()
    with TemporaryDirectory(prefix="duban-faults-") as folder:
        return bad_days([seed], Path(folder))


def main(
    runs: Annotated[int, typer.Option(min=1, help="几轮 · how many runs")] = 200,
    seed: Annotated[int, typer.Option(help="第一轮的种子 · seed of the first")] = 1,
    jobs: Annotated[int, typer.Option(min=1, help="几轮同时 · how many at a time")] = 3,
) -> None:
    """投递的故障演练 · Kills and faults against delivery."""
    console, began, total = Console(), time.monotonic(), Tally()
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        for one in pool.map(one_bad_day, range(seed, seed + runs)):
            console.print(*one.broken, sep="\n", end="\n" if one.broken else "")
            total.add(one)
    table = Table("", "", title=f"faults, seeds {seed}-{seed + runs - 1}")
    for name, count in sorted(total.counts.items()):
        table.add_row(name, f"{count:,}")
    table.add_row("broken promises", f"{len(total.broken):,}")
    table.add_row("seconds", f"{time.monotonic() - began:.0f}")
    console.print(table)
    sys.exit(1 if total.broken else 0)


if __name__ == "__main__":
    typer.run(main)
