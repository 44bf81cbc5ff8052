"""The spider of a sweep: due sources first, then the pages of leads nobody has read yet."""

from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawler.errors import Hidden, Refused
from crawler.politeness.holds import Holds
from crawler.records import Lead, Poll, SourceKind
from crawler.spiders.finds import Follower
from crawler.spiders.order import Progress, Sink, SourcePolled, SweepOrder
from crawler.spiders.polls import Poller
from crawler.spiders.postman import Postman
from crawler.spiders.walker import Walker
from crawler.spiders.walks import Walk
from crawler.workers import Workers


class Sweeper(Walker):
    """Asks, and keeps what comes back at once."""

    name = "sweeper"

    def __init__(
        self, order: SweepOrder, sink: Sink, tell: Callable[[Progress], None], workers: Workers
    ) -> None:
        super().__init__(order, Holds(sink.held(), order.manners.longest_hold, sink.hold), tell)
        self._sink = sink
        self._poller = Poller(order, workers, self.draw)
        self._postman = Postman(order, workers)
        self._follower = Follower(order, sink, workers, self.draw)

    def is_amid_look(self) -> bool:
        """Whether a source's index is being asked for, and nothing was found yet."""
        return self._poller.is_amid_look

    async def begin(self) -> AsyncIterator[Request]:
        """All due sources, the web before the mail; then leads that wait from earlier sweeps."""
        mailboxes = [each for each in self.order.sources if each[0].kind is SourceKind.NEWSLETTER]
        for source, before in self.order.sources:
            if source.kind is not SourceKind.NEWSLETTER:
                async for request in self._begin_poll(Walk(source=source, before=before)):
                    yield request
        for source, before in mailboxes:
            if not self.stopping:
                async for request in self._next(await self._postman.look(source, before)):
                    yield request
        async for request in self._follow(self._sink.waiting(self.order.most_pages)):
            yield request

    async def _begin_poll(self, walk: Walk) -> AsyncIterator[Request]:
        try:
            step: Request | Poll = self._poller.begin(walk)
        except Refused as error:
            step = self._poller.miss(error, walk, walk.url)
        async for request in self._next(step):
            yield request

    def _to_poll(self, request: Request) -> Request:
        return request.replace(callback=self.take_answer, errback=self.miss_answer)

    async def take_answer(self, response: Response, walk: Walk) -> AsyncIterator[Request]:
        """A source answered."""
        async for request in self._next(await self._poller.take(response, walk)):
            yield request

    async def miss_answer(self, failure: Any) -> AsyncIterator[Request]:
        """A source did not answer; while stopping, what its look has found already is kept."""
        walk = failure.request.cb_kwargs["walk"]
        step: Request | Poll | None
        if self.stopping:
            step = self._poller.stop(walk)
        else:
            step = self._poller.miss(failure.value, walk, failure.request.url)
        if step is not None:
            async for request in self._next(step):
                yield request

    async def _next(self, step: Request | Poll) -> AsyncIterator[Request]:
        if isinstance(step, Request):
            yield self._to_poll(step)
            return
        unseen = self._sink.keep_poll(step)
        self.tell(
            SourcePolled(
                source_id=step.source.id,
                url=step.source.url,
                outcome=step.outcome,
                leads=len(step.leads),
                new=len(unseen),
                trouble=step.state.trouble,
            )
        )
        async for request in self._follow(unseen):
            yield request

    async def _follow(self, leads: Iterable[Lead]) -> AsyncIterator[Request]:
        for lead in leads:
            try:
                request = self._follower.begin(lead)
            except (Refused, Hidden) as error:
                self.tell(self._follower.keep(await self._follower.miss(error, lead)))
                continue
            if request is not None:
                yield self._to_page(request)

    def _to_page(self, request: Request) -> Request:
        return request.replace(callback=self.take_page, errback=self.miss_page)

    async def take_page(self, response: Response, lead: Lead) -> AsyncIterator[Request]:
        """A lead's page came."""
        step = await self._follower.take(response, lead)
        if isinstance(step, Request):
            yield self._to_page(step)
        else:
            self.tell(self._follower.keep(step))

    async def miss_page(self, failure: Any) -> None:
        """A lead's page did not come; while stopping, its lead simply waits on."""
        if not self.stopping:
            lead = failure.request.cb_kwargs["lead"]
            self.tell(self._follower.keep(await self._follower.miss(failure.value, lead)))
