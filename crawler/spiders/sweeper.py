"""The spider of a sweep: due sources first, then the pages of leads nobody has read yet."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.http import Response

from crawler.errors import Refused
from crawler.politeness.holds import Holds
from crawler.politeness.turns import Turns
from crawler.records import Lead, Poll
from crawler.spiders.finds import Follower
from crawler.spiders.order import Progress, Sink, SweepOrder
from crawler.spiders.polls import Poller, Walk
from crawler.workers import Workers


class Sweeper(Spider):
    """Asks, and keeps what comes back at once; `stopping` drops what was not asked yet."""

    name = "sweeper"

    def __init__(
        self, order: SweepOrder, sink: Sink, tell: Callable[[Progress], None], workers: Workers
    ) -> None:
        super().__init__()
        self.now = order.clock
        self.holds = Holds(sink.held(), order.manners.longest_hold, sink.hold)
        self.turns = Turns(order.manners.pause)
        self.failure: BaseException | None = None
        self.stopping = False
        self._order = order
        self._sink = sink
        self._tell = tell
        self._poller = Poller(order, sink, workers)
        self._follower = Follower(order, sink, workers)

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> "Sweeper":
        """Built by Scrapy. A failure of ours (the sink's, say) ends the sweep: it must not go on unkept."""
        spider: Sweeper = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.fail, signal=signals.spider_error)
        return spider

    def fail(self, failure: Any) -> None:
        """Remember what broke, and stop."""
        self.failure = self.failure or failure.value
        self.stop()

    def stop(self) -> None:
        """Finish what is under way and go home; what waits in line is left for the next sweep."""
        if not self.stopping:
            self.stopping = True
            self.turns.close()
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="stopped"))

    async def start(self) -> AsyncIterator[Request]:
        """All due sources, then leads that wait from earlier sweeps."""
        for source, before in self._order.sources:
            async for request in self._begin_poll(Walk(source=source, before=before)):
                yield request
        async for request in self._follow(self._sink.waiting(self._order.most_pages)):
            yield request

    async def _begin_poll(self, walk: Walk) -> AsyncIterator[Request]:
        try:
            step: Request | Poll = self._poller.begin(walk)
        except Refused as error:
            step = self._poller.miss(error, walk, walk.source.url)
        async for request in self._next(step):
            yield request

    def _to_poll(self, request: Request) -> Request:
        return request.replace(callback=self.take_answer, errback=self.miss_answer)

    async def take_answer(self, response: Response, walk: Walk) -> AsyncIterator[Request]:
        """A source answered."""
        async for request in self._next(await self._poller.take(response, walk)):
            yield request

    async def miss_answer(self, failure: Any) -> AsyncIterator[Request]:
        """A source did not answer."""
        if not self.stopping:
            walk = failure.request.cb_kwargs["walk"]
            async for request in self._next(self._poller.miss(failure.value, walk, failure.request.url)):
                yield request

    async def _next(self, step: Request | Poll) -> AsyncIterator[Request]:
        if isinstance(step, Request):
            yield self._to_poll(step)
            return
        unseen, event = self._poller.keep(step)
        self._tell(event)
        async for request in self._follow(unseen):
            yield request

    async def _follow(self, leads: Iterable[Lead]) -> AsyncIterator[Request]:
        for lead in leads:
            try:
                request = self._follower.begin(lead)
            except Refused as error:
                self._tell(self._follower.keep(await self._follower.miss(error, lead)))
                continue
            if request is not None:
                yield request.replace(callback=self.take_page, errback=self.miss_page)

    async def take_page(self, response: Response, lead: Lead) -> None:
        """A lead's page came."""
        find = await self._follower.take(response, lead)
        self._tell(self._follower.keep(find))

    async def miss_page(self, failure: Any) -> None:
        """A lead's page did not come; while stopping, its lead simply waits on."""
        if not self.stopping:
            lead = failure.request.cb_kwargs["lead"]
            self._tell(self._follower.keep(await self._follower.miss(failure.value, lead)))
