"""Watches whether a walk does anything but wait for outlets that ask for long pauses, and then ends it.

A sweep that waits keeps all other sources from being looked at. What is left is left as it is: leads
wait, sources stay due, and the pauses are remembered (`politeness.turns`), so that a later sweep goes on.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from crawler.politeness.turns import Turns

_LOOKED_AT_EVERY = 0.25  # seconds


class Patience:
    """Counts the seconds of a walk in which there was nothing to do; calls `rest` before they are too many.

    `crawler` is Scrapy's; `is_amid_look` says whether a look has begun that must come to its end.
    """

    def __init__(
        self, crawler: Any, turns: Turns, is_amid_look: Callable[[], bool], rest: Callable[[], None]
    ) -> None:
        self._crawler = crawler
        self._seconds: float = crawler.settings["MANNERS"].patience
        self._turns = turns
        self._is_amid_look = is_amid_look
        self._rest = rest
        self._watching: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin to watch."""
        self._watching = asyncio.ensure_future(self._watch())

    def end(self) -> None:
        """The walk is over."""
        if self._watching:
            self._watching.cancel()

    async def _watch(self) -> None:
        waited = 0.0
        while True:
            await asyncio.sleep(_LOOKED_AT_EVERY)
            left = self._turns.idle_for()
            if left is None or self._has_work():
                continue
            waited += _LOOKED_AT_EVERY
            if waited + left > self._seconds:
                self._rest()
                return

    def _has_work(self) -> bool:
        """Sources still to be begun, answers being read, or a look of several requests."""
        engine = self._crawler.engine
        is_reading = engine._start is not None or not engine.scraper.slot.is_idle()
        return is_reading or self._is_amid_look()
