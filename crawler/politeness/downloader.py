"""Requests in line by registrable domain instead of by host, and one of each domain at a time.

So a domain's hosts share their turns, and a domain that has to be waited for takes nobody's place. The
pause is left to `turns`.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from scrapy import Request, Spider
from scrapy.core.downloader import Downloader
from scrapy.pqueues import DownloaderAwarePriorityQueue
from twisted.internet.defer import Deferred

from crawler.politeness.door import PART_OF_PAGE
from crawler.urls import registrable_domain


class DomainDownloader(Downloader):
    """Scrapy's downloader with a queue for each registrable domain, which knows how many of each it has."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self.in_line: Counter[str] = Counter()

    def get_slot_key(self, request: Request) -> str:
        """The registrable domain, also of every hop of a redirect.

        What a page asks for while it is drawn does not stand behind requests that wait for that page to end.
        """
        domain = registrable_domain(request.url)
        return f"parts of {domain}" if request.meta.get(PART_OF_PAGE) else domain

    def fetch(self, request: Request, spider: Spider | None = None) -> "Deferred[Any]":
        """Take a request on, from its first middleware to its answer."""
        domain = self.get_slot_key(request)
        self.in_line[domain] += 1
        return super().fetch(request).addBoth(self._let_go, domain)

    def _let_go(self, answer: Any, domain: str) -> Any:
        self.in_line[domain] -= 1
        if not self.in_line[domain]:
            del self.in_line[domain]
        return answer

    def needs_backout(self) -> bool:
        """Whether enough is under way; who only waits for a turn is not."""
        waiting: int = self.crawler.spider.turns.waiting  # type: ignore[union-attr]
        return len(self.active) - waiting >= self.total_concurrency


class DomainQueue(DownloaderAwarePriorityQueue):
    """Scrapy's queue of what is to be asked, which hands out nothing of a domain that is being asked."""

    def __init__(self, crawler: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(crawler, *args, **kwargs)
        self._downloader_interface = self  # type: ignore[assignment]  # it has what is asked of one
        self._downloader: DomainDownloader = crawler.engine.downloader

    def pop(self) -> Request | None:
        """The next request, None where all wait for one of their own domain."""
        busy = self._downloader.in_line
        return None if all(domain in busy for domain in self.pqueues) else super().pop()

    def stats(self, domains: Iterable[str]) -> list[tuple[int, str]]:
        """How many of each domain are in line: Scrapy takes from the least."""
        return [(self._downloader.in_line[domain], domain) for domain in domains]

    def get_slot_key(self, request: Request) -> str:
        """In which line this request stands."""
        return self._downloader.get_slot_key(request)
