"""Keeps Ctrl-C, which a terminal sends to every process, to the one that can do something about it.

A process inherits which signals are blocked: one that is started under `kept_from_children` never hears of
it, not even in its first second, in which it would die with a traceback.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


@contextmanager
def kept_from_children() -> Iterator[None]:
    """What is started in here is not interrupted; we ourselves are, once it is started."""
    resource_tracker.ensure_running()  # once it starts, it unblocks interrupts itself
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
