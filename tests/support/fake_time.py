"""Monotonic time that passes only when a test says so, for what waits on a clock."""

import asyncio
from dataclasses import dataclass, field


@dataclass
class FakeTime:
    """Hand `now` in as the clock and `sleep` as the way to wait."""

    seconds: float = 1000.0
    late: float = 0.0
    """How much later than asked every sleeper wakes, in seconds."""
    _sleepers: list[tuple[float, asyncio.Future[None]]] = field(default_factory=list)

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        """Wait until the test has moved time on so far."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.seconds + seconds + self.late, future))
        await future

    @property
    def awaited(self) -> bool:
        """Whether anything waits for time to pass."""
        return any(not future.done() for _, future in self._sleepers)

    async def advance(self, seconds: float) -> None:
        """Let so much time pass, waking every sleeper at its own moment, one after the other."""
        target = self.seconds + seconds
        await self._settle()
        while due := [sleeper for sleeper in self._waiting() if sleeper[0] <= target + 1e-9]:
            moment, future = min(due, key=lambda sleeper: sleeper[0])
            self.seconds = max(self.seconds, moment)
            future.set_result(None)
            await self._settle()
        self.seconds = max(self.seconds, target)

    async def leap(self, seconds: float) -> None:
        """Let time pass in which nothing could run: everybody wakes at its end."""
        self.seconds += seconds
        await self.advance(0.0)

    def _waiting(self) -> list[tuple[float, asyncio.Future[None]]]:
        self._sleepers = [sleeper for sleeper in self._sleepers if not sleeper[1].done()]
        return self._sleepers

    async def _settle(self) -> None:
        """Let whoever was woken run until it sleeps again."""
        for _ in range(12):
            await asyncio.sleep(0)
