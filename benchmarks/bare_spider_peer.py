"""The floor of `benchmarks.replay`: a bare Scrapy spider asks for a file's addresses by a proxy, no more.

No robots.txt, no feed, no pause, nothing read and nothing kept: what any crawler on Scrapy costs at least.
"""

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response


class BareSpider(Spider):
    """Asks for each address once."""

    name = "bare"
    addresses: Path
    proxy: str

    async def start(self) -> AsyncIterator[Request]:
        for address in self.addresses.read_text(encoding="utf-8").splitlines():
            yield Request(address, meta={"proxy": self.proxy}, dont_filter=True)

    def parse(self, response: Response, **_: Any) -> None:
        """Throw the page away."""


def main() -> None:
    addresses, proxy = sys.argv[1:]
    settings = {
        "LOG_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
    }
    process = CrawlerProcess(settings)
    process.crawl(BareSpider, addresses=Path(addresses), proxy=proxy)
    process.start()


if __name__ == "__main__":
    main()
