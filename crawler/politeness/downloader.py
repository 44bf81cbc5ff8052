"""Queues of requests by registrable domain instead of by host, so that a domain's hosts share their turns."""

from scrapy import Request
from scrapy.core.downloader import Downloader

from crawler.politeness.door import PART_OF_PAGE
from crawler.urls import registrable_domain


class DomainDownloader(Downloader):
    """Scrapy's downloader with a queue for each registrable domain; the pause is left to `turns`."""

    def get_slot_key(self, request: Request) -> str:
        """The registrable domain, also of every hop of a redirect.

        What a page asks for while it is drawn does not stand behind requests that wait for that page to end.
        """
        domain = registrable_domain(request.url)
        return f"parts of {domain}" if request.meta.get(PART_OF_PAGE) else domain
