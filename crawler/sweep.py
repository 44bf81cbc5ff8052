"""Runs one sweep in a child process: due sources -> leads -> pages -> articles -> sink.

The child exists because Scrapy's reactor cannot be started twice. Progress comes back through a pipe;
when the pipe breaks, the child stops by itself. What is kept is kept by the sink, item by item, so
that a killed sweep loses nothing. When to sweep is left to others.
"""

import multiprocessing
import signal
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any

from crawler.records import PollOutcome
from crawler.spiders.order import LeadFollowed, Progress, Sink, SourcePolled, SweepOrder

__all__ = [
    "LeadFollowed",
    "Progress",
    "Sink",
    "SourcePolled",
    "SweepOrder",
    "SweepReport",
    "Trouble",
    "run_sweep",
]

_WELL = (PollOutcome.NEW, PollOutcome.UNCHANGED)
_STOP = "stop"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trouble:
    """A source that could not be read, and why."""

    source_id: str
    url: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SweepReport:
    """How a sweep went.

    `counts` has the keys sources, leads, new_leads, pages, and "poll: <outcome>" and
    "find: <outcome>" for each outcome that occurred. `ended` says whether it was "done",
    "stopped" (by us or by the clock) or "broken"; `broken` tells then what broke.
    """

    started_at: datetime
    ended_at: datetime
    ended: str
    counts: Mapping[str, int]
    troubles: tuple[Trouble, ...] = ()
    broken: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ended:
    stopped: bool
    broken: str | None


def run_sweep(
    order: SweepOrder,
    sink: Sink,
    on_progress: Callable[[Progress], None] = lambda _: None,
    stopping: threading.Event | None = None,
) -> SweepReport:
    """Sweep, and tell how it went; an interrupt (Ctrl-C, or `stopping`) finishes the item in hand first."""
    started_at = order.clock()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_sweep_in_child, args=(order, sink, theirs), name="sweep")
    child.start()
    theirs.close()
    tally = _Tally(on_progress)
    try:
        _listen(ours, child, tally, stopping or threading.Event())
    finally:
        ours.close()  # a child that is still there stops when its pipe breaks
        child.join()
    return tally.report(started_at, order.clock(), child.exitcode)


def _listen(pipe: Connection, child: Any, tally: "_Tally", stopping: threading.Event) -> None:
    """Take in what the child tells until it hangs up; an interrupt is passed on to it once."""
    asked = False
    while True:
        try:
            if stopping.is_set() and not asked:
                asked = _ask_to_stop(pipe)
            if pipe.poll(0.2):
                tally.take(pipe.recv())
            elif not child.is_alive() and not pipe.poll():
                return
        except KeyboardInterrupt:
            if asked:
                child.terminate()
            asked = _ask_to_stop(pipe)
        except (EOFError, ConnectionResetError):
            return


def _ask_to_stop(pipe: Connection) -> bool:
    with suppress(OSError):  # it is gone already; the next reading says so
        pipe.send(_STOP)
    return True


class _Tally:
    """Counts what is told."""

    def __init__(self, on_progress: Callable[[Progress], None]) -> None:
        self._on_progress = on_progress
        self._counts: Counter[str] = Counter(sources=0, leads=0, new_leads=0, pages=0)
        self._troubles: list[Trouble] = []
        self._ended: _Ended | None = None

    def take(self, event: Progress | _Ended) -> None:
        """One event from the child."""
        if isinstance(event, _Ended):
            self._ended = event
            return
        if isinstance(event, SourcePolled):
            self._counts.update(sources=1, leads=event.leads, new_leads=event.new)
            self._counts[f"poll: {event.outcome}"] += 1
            if event.outcome not in _WELL:
                words = event.trouble or event.outcome
                self._troubles.append(Trouble(source_id=event.source_id, url=event.url, words=words))
        else:
            self._counts["pages"] += 1
            self._counts[f"find: {event.outcome}"] += 1
        self._on_progress(event)

    def report(self, started_at: datetime, ended_at: datetime, exitcode: int | None) -> SweepReport:
        """The closing report; a child that went without a word was killed."""
        broken = (
            self._ended.broken if self._ended else f"the sweep's process was ended (exit code {exitcode})"
        )
        stopped = self._ended is not None and self._ended.stopped
        return SweepReport(
            started_at=started_at,
            ended_at=ended_at,
            ended="broken" if broken else "stopped" if stopped else "done",
            counts=dict(self._counts),
            troubles=tuple(self._troubles),
            broken=broken,
        )


def _sweep_in_child(order: SweepOrder, sink: Sink, pipe: Connection) -> None:
    """The child's one job, guarded: whatever breaks is told to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which asks us to stop
    try:
        ended = _crawl(order, sink, pipe)
    except Exception as error:  # noqa: BLE001 - the guarded loop of the job
        traceback.print_exc()
        ended = _Ended(stopped=False, broken=f"{type(error).__name__}: {error}")
    with suppress(OSError):  # nobody listens any more
        pipe.send(ended)


def _crawl(order: SweepOrder, sink: Sink, pipe: Connection) -> _Ended:
    from scrapy.crawler import AsyncCrawlerProcess

    from crawler.politeness.settings import gate_settings
    from crawler.spiders.sweeper import Sweeper
    from crawler.workers import Workers

    manners = order.manners
    workers = Workers(
        manners.workers,
        manners.worker_seconds,
        manners.worker_bytes,
        order.outlets,
        preload=("crawler.spiders.warm",),
    )
    process = AsyncCrawlerProcess(gate_settings(manners, order.look_up))
    crawler = process.create_crawler(Sweeper)
    try:
        process.crawl(crawler, order=order, sink=sink, tell=_teller(pipe, crawler), workers=workers)
        _watch(order, pipe, crawler)
        process.start(install_signal_handlers=False)
    finally:
        workers.close()
    return _tell_end(crawler.spider)


def _tell_end(spider: Any) -> _Ended:
    if spider is None:
        return _Ended(stopped=False, broken="the sweep could not be started; see the log")
    failure = spider.failure
    return _Ended(stopped=spider.stopping, broken=f"{type(failure).__name__}: {failure}" if failure else None)


def _teller(pipe: Connection, crawler: Any) -> Callable[[Progress], None]:
    def tell(event: Progress) -> None:
        try:
            pipe.send(event)
        except OSError:
            crawler.spider.stop()

    return tell


def _watch(order: SweepOrder, pipe: Connection, crawler: Any) -> None:
    """Stop when we are told to, when nobody listens any more, or when the time is up."""
    from twisted.internet import reactor

    def stop() -> None:
        if crawler.crawling:
            crawler.spider.stop()

    def wait_for_word() -> None:
        with suppress(EOFError, OSError):  # the parent is gone
            pipe.recv()
        reactor.callFromThread(stop)

    reactor.callLater(order.longest.total_seconds(), stop)  # type: ignore[arg-type]
    threading.Thread(target=wait_for_word, daemon=True, name="parent").start()
