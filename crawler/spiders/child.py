"""Runs a spider in a child process, because Scrapy's reactor cannot be started twice, and listens to it.

What the spider tells comes back through a pipe; a word the other way, or a broken pipe, stops it.
An interrupt reaches the parent only, which passes it on, so that the item in hand is finished.
"""

import gc
import logging
import multiprocessing
import signal
import threading
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from crawler.spiders.order import SweepOrder

if TYPE_CHECKING:
    from crawler.workers import Workers

_STOP = "stop"


@dataclass(frozen=True, kw_only=True, slots=True)
class Errand:
    """A spider to run, by its dotted name, and what it is given beside order and tell.

    `reads` says whether it needs workers, which take a second to be there.
    """

    spider: str
    order: SweepOrder
    reads: bool = True
    more: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """How it ended: stopped before it was done (interrupted: by Ctrl-C), or broken by what."""

    stopped: bool = False
    interrupted: bool = False
    broken: str | None = None


def run_errand(errand: Errand, take: Callable[[Any], None], stopping: threading.Event | None = None) -> Ended:
    """Run it; `take` gets everything the spider tells, in this process."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_run_in_child, args=(errand, theirs), name=errand.spider)
    child.start()
    theirs.close()
    try:
        ended = _listen(ours, child, take, stopping or threading.Event())
    finally:
        ours.close()  # a child that is still there stops when its pipe breaks
        child.join()
    return ended or Ended(broken=f"the process was ended from outside (exit code {child.exitcode})")


def _listen(
    pipe: Connection, child: Any, take: Callable[[Any], None], stopping: threading.Event
) -> Ended | None:
    """Take in what the child tells until it hangs up; a first interrupt asks it to stop, a second ends it."""
    asked = interrupted = False
    while True:
        try:
            if stopping.is_set() and not asked:
                asked = _ask_to_stop(pipe)
            if pipe.poll(0.2):
                told = pipe.recv()
                if isinstance(told, Ended):
                    return replace(told, interrupted=interrupted)
                take(told)
            elif not child.is_alive() and not pipe.poll():
                return None
        except KeyboardInterrupt:
            if asked:
                child.terminate()
            asked = interrupted = _ask_to_stop(pipe)
        except (EOFError, ConnectionResetError):
            return None


def _ask_to_stop(pipe: Connection) -> bool:
    with suppress(OSError):  # it is gone already; the next reading says so
        pipe.send(_STOP)
    return True


def _run_in_child(errand: Errand, pipe: Connection) -> None:
    """The child's one job, guarded: whatever breaks is told to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which asks us to stop
    try:
        ended = _crawl(errand, pipe)
    except Exception as error:  # noqa: BLE001 - the guarded loop of the job
        traceback.print_exc()
        ended = Ended(broken=f"{type(error).__name__}: {error}")
    with suppress(OSError):  # nobody listens any more
        pipe.send(ended)


def _crawl(errand: Errand, pipe: Connection) -> Ended:
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.utils.misc import load_object

    from crawler.politeness.settings import gate_settings

    order = errand.order
    workers = _open_workers(order) if errand.reads else None
    given = {"workers": workers} if workers else {}
    process = AsyncCrawlerProcess(gate_settings(order.manners, order.look_up))
    # Scrapy lets every library write every line, and throws them away only when they are written.
    for name in (None, "scrapy", "twisted"):
        logging.getLogger(name).setLevel(logging.ERROR)
    crawler = process.create_crawler(load_object(errand.spider))
    try:
        walk = process.crawl(crawler, order=order, tell=_teller(pipe, crawler), **given, **errand.more)
        _watch(order, pipe, crawler)
        gc.freeze()  # what is loaded by now stays: to look through it again and again takes a tenth of our time
        process.start(install_signal_handlers=False)
    finally:
        if workers:
            workers.close()
    spider: Any = crawler.spider
    failure = (spider.failure if spider else None) or walk.exception()
    broken = f"{type(failure).__name__}: {failure}" if failure else None
    return Ended(stopped=spider is not None and spider.stopping, broken=broken)


def _open_workers(order: SweepOrder) -> "Workers":
    from crawler.workers import Workers

    manners = order.manners
    return Workers(
        manners.workers,
        manners.worker_seconds,
        manners.worker_bytes,
        order.outlets,
        preload=("crawler.spiders.warm",),
    )


def _teller(pipe: Connection, crawler: Any) -> Callable[[object], None]:
    def tell(event: object) -> None:
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
