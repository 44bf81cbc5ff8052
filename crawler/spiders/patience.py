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

    `crawler` is Scrapy's; `has_to_go_on` says whether there is more to do than what is waited for.
    """

    def __init__(
        self, crawler: Any, turns: Turns, has_to_go_on: Callable[[], bool], rest: Callable[[], None]
    ) -> None:
        self._crawler = crawler
        self._seconds: float = crawler.settings["MANNERS"].patience
        self._turns = turns
        self._has_to_go_on = has_to_go_on
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
        """Sources still to be begun, a look that has found nothing yet, or answers being read."""
        return self._has_to_go_on() or not self._crawler.engine.scraper.slot.is_idle()
