"""One request at a time for each registrable domain, and a pause after each, whatever is asked for there.

Scrapy's own delay counts from the start of a request and lets two slow connections arrive closer
together; here the pause begins when an answer has ended, so that the outlet never sees less of it.
Who would have to wait too long is sent home; when a whole sweep has waited enough, `spiders.patience` says.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from time import monotonic

from crawler.politeness.errors import NotNow
from crawler.politeness.holds import Holds
from crawler.politeness.manners import Manners

GRACE = 3.0
"""Seconds that an answer under way is given when the sweep is stopped."""

STEP = "step"
"""The name under which a request says in its meta which Step it is."""

_STOPPING = "the sweep is being stopped"


class Step(Enum):
    """What a request is within a visit; it matters where a Crawl-delay is longer than our patience.

    LEAVE is robots.txt itself, which would never let us in if it counted. What GOES_ON with a look that
    has found nothing yet (a hop of a redirect, the first part of an index, the drawing of a page) waits as
    long as our patience: the look would have to begin again the next time, and never come to an end.
    """

    VISIT = "visit"
    LEAVE = "leave"
    GOES_ON = "goes on"


@dataclass(frozen=True, slots=True)
class _Wait:
    until: float
    is_asked_for: bool
    goes_on: bool


class Turns:
    """Who may go when. Pauses that outlets ask for are told to `holds`, which remembers them."""

    def __init__(self, manners: Manners, holds: Holds, now: Callable[[], datetime]) -> None:
        self._pause = manners.pause
        self._patience = manners.patience
        self._longest = manners.longest_hold
        self._holds = holds
        self._now = now
        self._longer: dict[str, float] = {}
        self._ended: dict[str, float] = {}
        self._free: dict[str, float] = {}
        self._put_off: Counter[str] = Counter()
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._closed = asyncio.Event()
        self._under_way: set[asyncio.Timeout] = set()
        self._waiting: dict[str, _Wait] = {}

    @property
    def waiting(self) -> int:
        """How many domains are waited for."""
        return len(self._waiting)

    def slow_down(self, domain: str, seconds: float) -> None:
        """Keep a Crawl-delay; the pause of a domain only ever grows. A press without pauses has none."""
        if not self._pause:
            return
        pause = max(self._longer.get(domain, self._pause), min(seconds, self._longest.total_seconds()))
        self._longer[domain] = pause
        if domain in self._ended and pause <= self._patience:
            self._free[domain] = max(self._free[domain], self._ended[domain] + pause)

    def close(self) -> None:
        """Send everybody home who still waits; who is being answered has GRACE seconds left."""
        self._closed.set()
        last = asyncio.get_running_loop().time() + GRACE
        for each in self._under_way:
            each.reschedule(last)

    def idle_for(self) -> float | None:
        """Seconds until the next turn, where all there is to do is to wait out what outlets ask for."""
        waits = self._waiting.values()
        if self._under_way or not waits or any(not each.is_asked_for or each.goes_on for each in waits):
            return None
        return min(each.until for each in waits) - monotonic()

    @asynccontextmanager
    async def turn(self, domain: str, step: Step = Step.VISIT) -> AsyncIterator[None]:
        """Wait for this domain's turn and hold it.

        Raises NotNow when the sweep is being stopped, or where the outlet wants us to wait too long.
        """
        async with self._locks[domain]:
            await self._wait_out(domain, step)
            self._begin_pause(domain, step)  # already now: a sweep may be killed while it is answered
            try:
                async with self._until_closed():
                    yield
            finally:
                self._begin_pause(domain, step)

    def _begin_pause(self, domain: str, step: Step) -> None:
        pause = self._longer.get(domain, self._pause)
        if step is Step.LEAVE and pause > self._patience:
            pause = self._pause
        self._ended[domain] = monotonic()
        self._free[domain] = self._ended[domain] + pause
        if pause > self._pause:
            self._holds.remember(domain, self._now() + timedelta(seconds=pause))

    @asynccontextmanager
    async def _until_closed(self) -> AsyncIterator[None]:
        """Without a limit of its own; what goes on longer than GRACE after the closing is cancelled."""
        try:
            async with asyncio.timeout(None) as limit:
                self._under_way.add(limit)
                try:
                    yield
                finally:
                    self._under_way.discard(limit)
        except TimeoutError as error:
            raise NotNow(_STOPPING) from error

    async def _wait_out(self, domain: str, step: Step) -> None:
        wait = self._next_turn(domain, step)
        if wait.is_asked_for and wait.until - monotonic() > self._patience:
            raise self._send_home(domain, wait.until - monotonic())
        self._waiting[domain] = wait
        try:
            while (left := wait.until - monotonic()) > 0 and not self._closed.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._closed.wait(), left)
        finally:
            del self._waiting[domain]
        if self._closed.is_set():
            raise NotNow(_STOPPING)

    def _next_turn(self, domain: str, step: Step) -> _Wait:
        now = monotonic()
        free = self._free.get(domain, now)
        if step is Step.GOES_ON:
            free = min(free, now + max(self._patience, self._pause))
        held = self._holds.left(domain, self._now())
        asked_for = held > 0 or self._longer.get(domain, 0.0) > self._pause
        return _Wait(max(free, now + held), asked_for, step is Step.GOES_ON)

    def _send_home(self, domain: str, left: float) -> NotNow:
        """With a time to come again, each a pause later than the one before, so that everybody has a turn."""
        now = self._now()
        first = now + timedelta(seconds=left)
        later = self._put_off[domain] * self._longer.get(domain, self._pause)
        self._put_off[domain] += 1
        until = min(first + timedelta(seconds=later), max(first, now + self._longest))
        return NotNow(f"{domain} asked for a pause until {first:%Y-%m-%d %H:%M:%S} UTC", until)
