"""After a bad day: what the database says of each message, held against what the vendors know they took."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from store.schema import deliveries, events, messages, notices
from tasks.lanes import AT_ONCE
from tests.harness.faulty_vendors import Account, Arrival
from tests.harness.office import OfficeHarness

RATES = {"企微群": [(20, 60)], "钉钉群": [(20, 60)], "飞书群": [(100, 60), (5, 1)]}
"""So many messages in so many seconds, as the vendors publish it."""


def violations(office: OfficeHarness, account: Account, kills: Mapping[datetime, int]) -> list[str]:
    """Every promise broken in one run; `kills` counts the processes killed at each instant of the moved clock."""
    sent = [row._mapping for row in office.rows(select(messages).order_by(messages.c.id))]
    query = select(deliveries).order_by(deliveries.c.message_id, deliveries.c.attempt)
    tries = [row._mapping for row in office.rows(query)]
    return [
        *_without_outcome(office, sent),
        *_not_true(office, account, sent, tries),
        *_copies(account),
        *_in_flight(sent, tries, kills),
        *_unmoved_by_rest(tries),
        *_too_fast(account),
        *office.breaches(),
    ]


def part_number(message: Mapping[str, Any]) -> str:
    number = f"M{message['number']}"
    return number if message["parts"] == 1 else f"{number}-{message['part']}"


def _without_outcome(office: OfficeHarness, sent: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Nothing is lost: each notice in a message, each message with one outcome, each failure with who takes it on."""
    for row in office.rows(select(notices.c.id).where(notices.c.message_id.is_(None))):
        yield f"N{row.id} is in no message"
    said: dict[str, list[str]] = {}
    for row in office.rows(select(events.c.subject, events.c.kind).where(events.c.kind.like("message.%"))):
        if row.kind != "message.rerouted":
            said.setdefault(row.subject, []).append(row.kind.removeprefix("message."))
    replaced = Counter(message["replaces"] for message in sent)
    for message in sent:
        outcome, told = message["outcome"], said.get(f"message:{message['id']}", [])
        if outcome is None or told != [outcome]:
            yield f"{part_number(message)} came out as {outcome}, the ledger says {told}"
        if replaced[message["id"]] != (outcome != "accepted"):
            yield f"{part_number(message)} ({outcome}) has {replaced[message['id']]} in its place"


def _not_true(
    office: OfficeHarness, account: Account, sent: Sequence[Mapping[str, Any]], tries: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """Nothing counts as accepted that was not taken, and nothing that was taken counts as refused."""
    inbox = office.office.settings.home / "inbox"
    taken = Counter(one.number for one in account.arrivals if one.is_taken)
    taken.update(path.stem for path in inbox.rglob("*.md"))
    outcomes: dict[int, Counter[str | None]] = {}
    for one in tries:
        outcomes.setdefault(one["message_id"], Counter())[one["outcome"]] += 1
    for message in sent:
        said, number = outcomes[message["id"]], part_number(message)
        perhaps = said["accepted"] + said["unknown"] + said[None]
        if not said["accepted"] <= taken[number] <= perhaps:
            yield f"{number}: taken {taken[number]} times, said {dict(said)}"
        if (message["outcome"] == "accepted") != (said["accepted"] > 0):
            yield f"{number}: settled as {message['outcome']}, tried {dict(said)}"


def _copies(account: Account) -> Iterator[str]:
    """A second copy of what was taken says 重发 under the same number."""
    seen: set[str] = set()
    for one in account.arrivals:
        if one.number in seen and not one.is_resend:
            yield f"{one.number} came again at {one.vendor} without 重发"
        if one.is_taken:
            seen.add(one.number)


def copies(arrivals: Sequence[Arrival]) -> int:
    """How many messages were taken that had been taken before."""
    return sum(times - 1 for times in Counter(one.number for one in arrivals if one.is_taken).values())


def _in_flight(
    sent: Sequence[Mapping[str, Any]], tries: Sequence[Mapping[str, Any]], kills: Mapping[datetime, int]
) -> Iterator[str]:
    """An attempt without an end was in flight when its process was killed, and there were few of them."""
    channel = {message["id"]: message["channel"] for message in sent}
    open_ended = Counter((one["begun_at"], channel[one["message_id"]]) for one in tries if one["outcome"] is None)
    for (begun_at, name), count in open_ended.items():
        if count > AT_ONCE * kills.get(begun_at, 0):
            yield f"{count} attempts of {begun_at} at {name} never ended, {kills.get(begun_at, 0)} kills"


def _unmoved_by_rest(tries: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Whoever asked for rest, known before an attempt, is left alone."""
    rests = [one for one in tries if one["resume_at"]]
    for one in tries:
        for rest in rests:
            is_known = rest["ended_at"] < one["begun_at"] < rest["resume_at"]
            if is_known and rest["counted_as"] == one["counted_as"]:
                yield f"M{one['message_id']} knocked at {one['begun_at']}, asked to rest until {rest['resume_at']}"


def _too_fast(account: Account) -> Iterator[str]:
    for vendor, rates in RATES.items():
        times = sorted(one.at for one in account.arrivals if one.vendor == vendor)
        for most, seconds in rates:
            if any(last - first < timedelta(seconds=seconds) for first, last in _apart(times, most)):
                yield f"more than {most} in {seconds} s at {vendor}"


def _apart(times: Sequence[datetime], places: int) -> Iterable[tuple[datetime, datetime]]:
    return zip(times, times[places:], strict=False)
