"""robots.txt as RFC 9309 wants it: asked once a host, 4xx allows everything, unreachable means not now.

Scrapy's own middleware takes a robots.txt that cannot be fetched for a yes; the RFC takes it
for a no (2.3.1.4). The request itself goes through the gate like any other.
"""

import asyncio
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.politeness.door import PART_OF_PAGE
from crawler.politeness.errors import Disallowed, NotNow, TooLong
from crawler.politeness.manners import Manners
from crawler.politeness.robots_answer import RobotsAnswer
from crawler.politeness.turns import STEP, Step
from crawler.urls import registrable_domain

LONGEST_FILE = 500 * 1024  # RFC 9309, 2.5: at least this much is parsed
# A group is named by the product alone (RFC 9309, 2.2.1); who adds a version means us all the same.
_VERSION = re.compile(r"^([ \t]*user-agent[ \t]*:[ \t]*[a-z_-]+)/[^\s#]*", re.IGNORECASE | re.MULTILINE)
IS_ROBOTS = "is_robots"
NEEDS_NO_LEAVE = "needs_no_leave"  # an interface offered to programs (a hub); RFC 9309 is for crawling


class RobotsMiddleware:
    """Lets through what the host's robots.txt allows; keeps its Crawl-delay."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._manners: Manners = crawler.settings["MANNERS"]
        self._rules: dict[str, asyncio.Task[Protego]] = {}

    @classmethod
    def from_crawler(cls, crawler: Any) -> "RobotsMiddleware":
        """Built by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise Disallowed or NotNow; robots.txt itself needs no leave.

        A host that does not answer at all fails its pages as it failed robots.txt.
        """
        free = request.meta.get(IS_ROBOTS) or request.meta.get(NEEDS_NO_LEAVE)
        if free or not self._manners.obey_robots:
            return
        rules = await self._rules_for(request)
        if not rules.can_fetch(request.url, self._manners.product):
            raise Disallowed(f"robots.txt of {urlsplit(request.url).netloc} does not let us read this")

    async def _rules_for(self, request: Request) -> Protego:
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            # The robots.txt of a page's part is asked for within the turn that the page has.
            within = {name: request.meta[name] for name in (PART_OF_PAGE,) if name in request.meta}
            self._rules[origin] = asyncio.ensure_future(self._fetch_rules(origin, within))
        return await asyncio.shield(self._rules[origin])

    async def _fetch_rules(self, origin: str, within: Mapping[str, object]) -> Protego:
        spider = self._crawler.spider
        answer: RobotsAnswer | None = spider.order.robots.get(origin)
        if answer is None or not answer.is_fresh(spider.now()):
            answer = await self._ask(origin, within)
            spider.tell(answer)
        rules = Protego.parse(_VERSION.sub(r"\1", answer.text))
        delay = rules.crawl_delay(self._manners.product)
        if delay:
            spider.turns.slow_down(registrable_domain(origin), float(delay))
        return rules

    async def _ask(self, origin: str, within: Mapping[str, object]) -> RobotsAnswer:
        request = Request(
            f"{origin}/robots.txt",
            priority=100,
            callback=NO_CALLBACK,
            meta={IS_ROBOTS: True, STEP: Step.LEAVE, **within},
            dont_filter=True,
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except (TooLong, IgnoreRequest) as error:
            raise NotNow(f"{origin}/robots.txt cannot be read ({error})") from error
        return _take_answer(origin, response, self._crawler.spider.now())


def _take_answer(origin: str, response: Response, now: datetime) -> RobotsAnswer:
    """4xx means that everything is allowed; 5xx and 429 that nothing is, for now."""
    if response.status >= 500 or response.status == 429:
        raise NotNow(f"{origin}/robots.txt cannot be read (status {response.status})")
    found = 200 <= response.status < 300
    text = response.body[:LONGEST_FILE].decode("utf-8", "replace") if found else ""
    return RobotsAnswer(origin=origin, status=response.status, text=text.removeprefix("\ufeff"), at=now)
