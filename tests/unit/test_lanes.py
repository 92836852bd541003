"""How much of a channel is on its way at once, and that no answer gets lost while others are recorded."""

import asyncio
from collections.abc import Iterable

import pytest

from channels.outcome import Outcome, Receipt
from channels.wire import LANES_PER_SERVER
from rules.addressing import Address
from rules.policy import Severity
from store.outbox import Claimed
from tasks.lanes import AT_ONCE, ENOUGH, Lanes

TAKEN = Receipt(Outcome.ACCEPTED)


def claimed(numbers: Iterable[int]) -> list[Claimed]:
    to = Address("接口", "x")
    return [Claimed(number, number, 1, 1, "某人", to, Severity.ROUTINE, "", "", 1, resend=False) for number in numbers]


class Server:
    """Answers when told to; knows who waits."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.asked: list[int] = []

    async def carry(self, one: Claimed) -> Receipt:
        self.asked.append(one.id)
        await self.open.wait()
        return TAKEN


async def test_one_server_is_asked_by_so_many_at_a_time_in_their_order() -> None:
    """Whatever is given, a server that has not answered yet has no more than its lanes to answer."""
    server = Server()
    async with Lanes(server.carry) as lanes:
        lanes.give(claimed(range(100)))
        await asyncio.sleep(0)
        assert server.asked == list(range(LANES_PER_SERVER))
        server.open.set()
        answers = [one for _ in range(2) if lanes.under_way for one in await lanes.answers()]
    assert [one.id for one, _ in answers] == server.asked == list(range(100))
    assert lanes.under_way == 0


async def test_a_slow_server_is_claimed_for_little_and_a_quick_one_for_more() -> None:
    """What a crash could leave unrecorded stays small unless everything is answered at once; never above the most."""

    async def at_once(_: Claimed) -> Receipt:
        return TAKEN

    async with Lanes(Server().carry) as slow:
        assert slow.room == LANES_PER_SERVER
        slow.give(claimed(range(slow.room)))
        assert slow.room == 0
    async with Lanes(at_once) as quick:
        rooms = []
        for _ in range(8):
            rooms.append(quick.room)
            quick.give(claimed(range(quick.room)))
            await quick.answers()
    assert rooms[:3] == [LANES_PER_SERVER, 2 * LANES_PER_SERVER, 4 * LANES_PER_SERVER]
    assert max(rooms) <= AT_ONCE


async def test_answers_are_handed_over_while_others_are_still_on_their_way() -> None:
    """One stuck request holds up no record of the others; and of many, half is enough to go and record them."""
    stuck = Server()

    async def carry(one: Claimed) -> Receipt:
        return await stuck.carry(one) if one.id == 0 else TAKEN

    async with Lanes(carry) as lanes:
        lanes.give(claimed(range(AT_ONCE)))
        answered = await lanes.answers()
        assert ENOUGH <= len(answered) < AT_ONCE
        while lanes.under_way > 1:
            answered += await lanes.answers()
        assert sorted(one.id for one, _ in answered) == list(range(1, AT_ONCE))
        stuck.open.set()
        assert [one.id for one, _ in await lanes.answers()] == [0]


async def test_an_answer_that_comes_while_others_are_collected_is_not_lost() -> None:
    """A message carried since before the last collection still counts as under way until its answer is collected."""
    gates = {number: asyncio.Event() for number in range(3)}

    async def carry(one: Claimed) -> Receipt:
        await gates[one.id].wait()
        return TAKEN

    async with Lanes(carry) as lanes:
        lanes.give(claimed(gates))
        found = []
        for number, gate in gates.items():
            gate.set()
            found.append([one.id for one, _ in await lanes.answers()])
            assert lanes.under_way == 2 - number
    assert found == [[0], [1], [2]]


async def test_what_a_lane_fails_on_is_not_waited_for() -> None:
    """A fault of ours comes out as itself, instead of a wait without end."""

    async def carry(_: Claimed) -> Receipt:
        raise LookupError("ours")

    async with Lanes(carry) as lanes:
        lanes.give(claimed([1]))
        await asyncio.sleep(0)
        with pytest.raises(LookupError, match="ours"):
            await lanes.answers()


async def test_leaving_stops_what_is_on_its_way() -> None:
    """Nothing goes on sending after the block, as after a Ctrl-C."""
    server = Server()
    async with Lanes(server.carry) as lanes:
        lanes.give(claimed(range(40)))
        await asyncio.sleep(0)
    server.open.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert len(server.asked) == LANES_PER_SERVER
