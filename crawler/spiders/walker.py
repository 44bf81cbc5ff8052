"""What every spider of ours has: manners that last, and a way to stop that finishes the item in hand."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

from scrapy import Spider, signals

from crawler.politeness.holds import Holds
from crawler.politeness.rendering import Renderer
from crawler.politeness.turns import Turns
from crawler.records import Page
from crawler.spiders.order import SweepOrder
from crawler.spiders.patience import Patience


class Walker(Spider):
    """A spider behind the gate, which asks it for `turns`, `holds`, `now` and `tell`."""

    def __init__(self, order: SweepOrder, holds: Holds, tell: Callable[[Any], None]) -> None:
        super().__init__()
        self.tell = tell
        self.order = order
        self.now = order.clock
        self.holds = holds
        self.turns = Turns(order.manners, holds, order.clock)
        self.failure: BaseException | None = None
        self.stopping = False
        self.rested = False
        self.has_begun = False
        self.renderer: Renderer

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> "Walker":
        """Built by Scrapy. A failure of ours (the sink's, say) ends the walk: it must not go on unkept."""
        spider: Walker = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.fail, signal=signals.spider_error)
        spider.renderer = Renderer(crawler)
        crawler.signals.connect(spider.renderer.close, signal=signals.spider_closed)
        patience = Patience(crawler, spider.turns, spider.has_to_go_on, spider.rest)
        crawler.signals.connect(patience.begin, signal=signals.spider_opened, weak=False)
        crawler.signals.connect(patience.end, signal=signals.spider_closed, weak=False)
        return spider

    async def draw(self, page: Page) -> Page:
        """The page after its scripts ran; raises what `Renderer.draw` raises."""
        return await self.renderer.draw(page)

    async def start(self) -> AsyncIterator[Any]:
        """All that is asked for from the beginning, as Scrapy wants it."""
        async for request in self.begin():
            yield request
        self.has_begun = True

    def begin(self) -> AsyncIterator[Any]:
        """What there is to ask for when nothing was answered yet."""
        raise NotImplementedError

    def has_to_go_on(self) -> bool:
        """Whether there are requests yet to be begun, or a look that must come to its end."""
        return not self.has_begun or self.is_amid_look()

    def is_amid_look(self) -> bool:
        """Whether a look of several requests has begun and is not at its end."""
        return False

    def rest(self) -> None:
        """Go home before everything is done: what is left would only be waited for."""
        if not self.stopping:
            self.rested = True
            self.stop()

    def fail(self, failure: Any) -> None:
        """Remember what broke, and stop; what is under way now will break for the same reason."""
        self.failure = self.failure or failure.value
        logging.disable(logging.ERROR)  # Scrapy has told of the first, with all of its stack
        self.stop()

    def stop(self) -> None:
        """Finish what is under way and go home; what waits in line is left for the next time."""
        if not self.stopping:
            self.stopping = True
            self.turns.close()
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="stopped"))
