"""Worker processes that read untrusted pages under a deadline and a memory cap, and may be killed for it.

One element with 80,000 attributes keeps a parser busy for a minute; here it costs its deadline, a new
worker, and nobody else's time. What is read is left to the functions given to `run`.
"""

import asyncio
import gc
import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple

from pebble import ProcessExpired, ProcessPool

from crawler.errors import CrawlerError
from crawler.interrupts import kept_from_children

T = TypeVar("T")
Given = TypeVarTuple("Given")

_PATIENCE = 2
"""A deadline counts the worker's own seconds on the processor, so that no page is lost because the
machine was busy; so many times as much by the clock on the wall is the end all the same."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoilt:
    """The work could not be done; the worker is new again. `reason` is a sentence for people."""

    reason: str


class Workers:
    """A few processes, each given `standing` once, which every function gets as its first argument.

    They start with the first work: a sweep whose sources all say that nothing is new needs none.
    """

    def __init__(
        self, count: int, seconds: float, extra_bytes: int, standing: object, preload: tuple[str, ...] = ()
    ) -> None:
        self._seconds = seconds
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([*preload, __name__])
        self._pool = ProcessPool(
            max_workers=count,
            initializer=_settle_in,
            initargs=(standing, extra_bytes, os.getpid()),
            context=context,
        )
        self._starting = threading.Lock()
        self._is_closed = False
        self._started: asyncio.Future[None] | None = None

    def start_soon(self) -> None:
        """Start them now, beside whatever else goes on: it is known that there will be work."""
        threading.Thread(target=self._start, daemon=True, name="starting workers").start()

    def _start(self) -> None:
        """Start them, which takes a second; not once they have been closed."""
        with self._starting:
            if not self._is_closed:
                with kept_from_children():
                    _ = self._pool.active  # asking starts a pool

    async def run(self, function: Callable[[Any, *Given], T], *arguments: *Given) -> T | Spoilt:
        """The function's answer, or Spoilt; a CrawlerError is raised as it is."""
        if self._started is None:
            self._started = asyncio.ensure_future(asyncio.to_thread(self._start))
        await asyncio.shield(self._started)
        task = (self._seconds, function, *arguments)
        future = self._pool.schedule(_work, args=task, timeout=_PATIENCE * self._seconds)
        try:
            answer: T = await asyncio.wrap_future(future)
        except CrawlerError:
            raise
        except TimeoutError:
            return Spoilt(reason=f"reading it takes longer than {self._seconds:g} s")
        except MemoryError:
            return Spoilt(reason="reading it takes more memory than we allow")
        except ProcessExpired as error:
            if error.exitcode == -signal.SIGPROF:
                return Spoilt(reason=f"reading it takes longer than {self._seconds:g} s")
            return Spoilt(reason=f"reading it ended the worker (exit code {error.exitcode})")
        except CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - the guarded loop: one bad page never stops a sweep
            return Spoilt(reason=f"reading it failed ({type(error).__name__}: {error})")
        return answer

    def close(self) -> None:
        """End the workers, whatever they are doing."""
        with self._starting:
            self._is_closed = True
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


_standing: list[object] = []


def _settle_in(standing: object, extra_bytes: int, owner: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the sweep's affair
    _standing[:] = [standing]
    # What was loaded before stays; a page's own trees hold no cycles, so collecting seldom is enough.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    _cap_memory(extra_bytes)
    threading.Thread(target=_leave_with, args=(owner,), daemon=True).start()


def _cap_memory(extra_bytes: int) -> None:
    """Libraries reserve address space that they do not use, so the cap counts from what is there."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return  # no Linux: the deadline alone must do
    now = int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + extra_bytes, now + extra_bytes))


def _leave_with(owner: int) -> None:
    """A worker whose sweep was killed ends by itself."""
    while True:
        try:
            os.kill(owner, 0)
        except OSError:
            os._exit(0)
        time.sleep(2)


def _work(seconds: float, function: Callable[..., T], *arguments: object) -> T:
    signal.setitimer(signal.ITIMER_PROF, seconds)  # nobody handles SIGPROF: it ends the worker
    try:
        return function(_standing[0], *arguments)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
