"""Runs a spider in this very process, for a command that runs only one and then ends.

That spares loading everything twice. An interrupt lets the item in hand be finished, a second one does not.
"""

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from queue import SimpleQueue
from typing import Any

from crawler.spiders.crawling import Ended, Errand, crawl


class _Ear:
    """Both ends of the pipe that would lead to a parent."""

    def __init__(self, take: Callable[[Any], None]) -> None:
        self.send = take
        self.interrupts = 0
        self._words: SimpleQueue[str] = SimpleQueue()

    def recv(self) -> str:
        return self._words.get()

    def hear(self, *_: object) -> None:
        """An interrupt came."""
        self.interrupts += 1
        self._words.put("stop")
        if self.interrupts > 1:
            raise KeyboardInterrupt


def run_here(errand: Errand, take: Callable[[Any], None]) -> Ended:
    """Run it in the main thread; `take` gets everything the spider tells."""
    ear = _Ear(take)
    with _heard_by(ear), _logged_again():
        ended = crawl(errand, ear)
    return replace(ended, interrupted=ear.interrupts > 0)


@contextmanager
def _heard_by(ear: _Ear) -> Iterator[None]:
    before = signal.signal(signal.SIGINT, ear.hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _logged_again() -> Iterator[None]:
    """A spider silences the whole process; what comes after it is logged as before."""
    before = logging.root.manager.disable
    try:
        yield
    finally:
        logging.disable(before)
