"""Sends every request through the proxy of the settings, where there is one.

Proxies of the environment are left to Scrapy's own middleware.
"""

from typing import Any

from scrapy import Request
from scrapy.exceptions import NotConfigured

from crawler.politeness.manners import Manners


class ProxyMiddleware:
    """Names the administrator's proxy on each request, every hop of a redirect included."""

    def __init__(self, proxy: str) -> None:
        self._proxy = proxy

    @classmethod
    def from_crawler(cls, crawler: Any) -> "ProxyMiddleware":
        """Built by Scrapy; switched off where the settings name no proxy."""
        manners: Manners = crawler.settings["MANNERS"]
        if not manners.proxy:
            raise NotConfigured
        return cls(manners.proxy)

    def process_request(self, request: Request) -> None:
        """The proxy goes before what the environment says."""
        request.meta["proxy"] = self._proxy
