"""Queues of requests by registrable domain instead of by host, so that a domain's hosts share their turns."""

from scrapy import Request
from scrapy.core.downloader import Downloader

from crawler.urls import registrable_domain


class DomainDownloader(Downloader):
    """Scrapy's downloader with a queue for each registrable domain; the pause is left to `turns`."""

    def get_slot_key(self, request: Request) -> str:
        """The registrable domain, also of every hop of a redirect."""
        return registrable_domain(request.url)
