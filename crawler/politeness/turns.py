"""One request at a time for each registrable domain, and a pause after each, whatever is asked for there.

Scrapy's own delay counts from the start of a request and lets two slow connections arrive closer
together; here the pause begins when an answer has ended, so that the outlet never sees less of it.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

from crawler.politeness.errors import NotNow

GRACE = 3.0
"""Seconds that an answer under way is given when the sweep is stopped."""

_STOPPING = "the sweep is being stopped"


class Turns:
    """Who may go when; `pause` is in seconds."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._longer: dict[str, float] = {}
        self._ended: dict[str, float] = {}
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._closed = asyncio.Event()
        self._under_way: set[asyncio.Timeout] = set()

    def slow_down(self, domain: str, seconds: float) -> None:
        """Keep a Crawl-delay; the pause of a domain only ever grows. A press without pauses has none."""
        if self._pause:
            self._longer[domain] = max(seconds, self._longer.get(domain, self._pause))

    def close(self) -> None:
        """Send everybody home who still waits; who is being answered has GRACE seconds left."""
        self._closed.set()
        last = asyncio.get_running_loop().time() + GRACE
        for each in self._under_way:
            each.reschedule(last)

    @asynccontextmanager
    async def turn(self, domain: str) -> AsyncIterator[None]:
        """Wait for this domain's turn and hold it; raises NotNow when the sweep is being stopped."""
        async with self._locks[domain]:
            await self._wait_out(domain)
            try:
                async with self._until_closed():
                    yield
            finally:
                self._ended[domain] = monotonic()

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

    async def _wait_out(self, domain: str) -> None:
        pause = self._longer.get(domain, self._pause)
        left = self._ended.get(domain, -pause) + pause - monotonic()
        while left > 0 and not self._closed.is_set():
            try:
                await asyncio.wait_for(self._closed.wait(), left)
            except TimeoutError:
                left = self._ended[domain] + pause - monotonic()
        if self._closed.is_set():
            raise NotNow(_STOPPING)
