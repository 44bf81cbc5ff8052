"""Runs one spider in the process that calls it, once: Scrapy's reactor cannot be started twice.

Whoever asked for it is told of everything, and may stop it, through the ends of a pipe; which process
that is, `child` and `here` say.
"""

import gc
import logging
import threading
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from crawler.spiders.order import SweepOrder

if TYPE_CHECKING:
    from crawler.workers import Workers


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
    """How it ended: stopped before it was done (interrupted: by Ctrl-C), or broken by what.

    It `rested` where all that was left to do was to wait for outlets that want long pauses.
    """

    stopped: bool = False
    rested: bool = False
    interrupted: bool = False
    broken: str | None = None


class Pipe(Protocol):
    """The end of a pipe that the spider has."""

    def send(self, told: object) -> None:
        """Tell whoever listens; raises OSError where nobody does any more."""

    def recv(self) -> object:
        """Wait until we are told to stop; raises EOFError or OSError where nobody listens any more."""


def crawl(errand: Errand, pipe: Pipe) -> Ended:
    """Run the spider; whatever breaks is told."""
    try:
        return _crawl(errand, pipe)
    except Exception as error:  # noqa: BLE001 - the guarded loop of the job
        traceback.print_exc()
        return Ended(broken=f"{type(error).__name__}: {error}")


def _crawl(errand: Errand, pipe: Pipe) -> Ended:
    order = errand.order
    workers = _open_workers(order) if errand.reads else None
    _import_on_short_stack("scrapy.core.downloader.contextfactory")
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.utils.misc import load_object

    from crawler.politeness.settings import gate_settings

    # Scrapy lets every library write every line, and throws them away only when they are written.
    logging.disable(logging.WARNING)
    given = {"workers": workers} if workers else {}
    process = AsyncCrawlerProcess(gate_settings(order.manners, order.look_up))
    crawler = process.create_crawler(load_object(errand.spider))
    try:
        walk = process.crawl(crawler, order=order, tell=_teller(pipe, crawler), **given, **errand.more)
        _watch(order, pipe, crawler)
        gc.freeze()  # what is loaded stays: looking through it again and again takes a tenth of our time
        process.start(install_signal_handlers=False)
    finally:
        if workers:
            workers.close()
    spider: Any = crawler.spider
    failure = (spider.failure if spider else None) or walk.exception()
    broken = f"{type(failure).__name__}: {failure}" if failure else None
    stopped = spider is not None and spider.stopping and not spider.rested
    return Ended(stopped=stopped, rested=spider is not None and spider.rested, broken=broken)


def _import_on_short_stack(module: str) -> None:
    """Scrapy looks up the source of every frame below each name that it deprecates: a fifth of our start."""
    thread = threading.Thread(target=import_module, args=(module,))
    thread.start()
    thread.join()


def _open_workers(order: SweepOrder) -> "Workers":
    from crawler.workers import Workers

    manners = order.manners
    workers = Workers(
        manners.workers,
        manners.worker_seconds,
        manners.worker_bytes,
        order.outlets,
        preload=("crawler.spiders.warm",),
    )
    # A source that is new will be read, and without sources there are pages to be read.
    if not order.sources or any(state.polled_at is None for _, state in order.sources):
        workers.start_soon()
    return workers


def _teller(pipe: Pipe, crawler: Any) -> Callable[[object], None]:
    def tell(event: object) -> None:
        try:
            pipe.send(event)
        except OSError:
            crawler.spider.stop()

    return tell


def _watch(order: SweepOrder, pipe: Pipe, crawler: Any) -> None:
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
