"""Lanes (通道): what was claimed for one channel leaves a few at a time, also while answers are being recorded."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Self

from channels.outcome import Receipt
from channels.wire import LANES_PER_SERVER
from store.outbox import Claimed

AT_ONCE = 256
"""The most messages of one channel in flight: claimed, and their answers not recorded yet. Only a server that answers
all it is given within a moment gets so many.
"""

ENOUGH = AT_ONCE // 2
"""So many answers are worth a transaction; the other half keeps the lanes busy while it lasts."""

MOMENT_S = 0.05
"""How long an answer waits for others, so that one transaction records them all."""

Answered = tuple[Claimed, Receipt]
Carry = Callable[[Claimed], Awaitable[Receipt]]


class Lanes:
    """通道: as many messages on their way as one server is given at a time, the others waiting in their order.

    A context: leaving it stops what is still on its way.
    """

    def __init__(self, carry: Carry) -> None:
        self._carry = carry
        self._waiting: deque[Claimed] = deque()
        self._lanes: set[asyncio.Task[None]] = set()
        self._answered: list[Answered] = []
        self._collected = 0
        self._wanted = 1
        self._news = asyncio.Event()
        self._failure: Exception | None = None
        self.under_way = 0
        """How many were given and not collected yet."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for lane in list(self._lanes):
            lane.cancel()

    @property
    def room(self) -> int:
        """How many more may be given: what one server is sent at a time, and more where that was answered at once."""
        return max(0, min(AT_ONCE, max(LANES_PER_SERVER, 2 * self._collected)) - self.under_way)

    def give(self, claimed: Sequence[Claimed]) -> None:
        """Let these leave after those that wait already."""
        self._waiting.extend(claimed)
        self.under_way += len(claimed)
        for _ in range(min(LANES_PER_SERVER - len(self._lanes), len(self._waiting))):
            self._lanes.add(asyncio.create_task(self._run()))

    async def answers(self) -> list[Answered]:
        """Wait for the first answer and a moment for more. Returns what was answered, in the order of the messages."""
        await self._until(1)
        with suppress(TimeoutError):
            async with asyncio.timeout(MOMENT_S):
                await self._until(min(self.under_way, ENOUGH))
        answered, self._answered = sorted(self._answered, key=lambda one: one[0].id), []
        self._collected = len(answered)
        self.under_way -= len(answered)
        return answered

    async def _until(self, count: int) -> None:
        """Wait for so many answers; what a lane failed on is raised here."""
        self._wanted = count
        while len(self._answered) < count:
            if self._failure:
                raise self._failure
            self._news.clear()
            await self._news.wait()

    async def _run(self) -> None:
        try:
            while self._waiting:
                claimed = self._waiting.popleft()
                receipt = await self._carry(claimed)
                self._answered.append((claimed, receipt))
                if len(self._answered) >= self._wanted:
                    self._news.set()
        except Exception as failure:
            self._failure = failure
            self._news.set()
        finally:
            self._lanes.discard(asyncio.current_task())
