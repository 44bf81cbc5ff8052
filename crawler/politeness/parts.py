"""What a page asks for while it is drawn: each request is answered through the door, or not at all.

Chromium has no network (`chromium_settings`). The page itself is given as it came; scripts, styles
and data are asked for like anything else: robots.txt, public addresses, sizes and redirects included.
"""

import asyncio
import zlib
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any

from playwright.async_api import Error, Route
from playwright.async_api import Request as Asked
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.errors import Refused
from crawler.politeness.door import PART_OF_PAGE, SECONDS_LEFT
from crawler.politeness.manners import Manners
from crawler.records import Page

MOST_PARTS = 150  # that are answered; the others are not there for the page
MOST_REQUESTS = 500  # a page that asks more often is given up: it would keep us from our other pages

# How a request can end without an answer (see `spiders.troubles`): to a page, a part that is not there.
_FAILED = (
    Refused, IgnoreRequest, CannotResolveHostError, DownloadConnectionRefusedError, DownloadFailedError,
    ResponseDataLossError, OSError, ValueError, zlib.error,
)  # fmt: skip
_KINDS = {"script", "stylesheet", "xhr", "fetch"}
# A page may run its scripts and ask for data. No frames, pictures, pop-ups, dialogs, downloads, sockets.
_POLICY = (
    "sandbox allow-scripts allow-same-origin; connect-src http: https:; img-src 'none'; media-src 'none';"
    " font-src 'none'; object-src 'none'; frame-src 'none'; form-action 'none'; manifest-src 'none';"
    " webrtc 'block'"
)
# What is ours to say, and what no longer holds of an answer that is unpacked.
_NOT_PASSED_ON = {
    "accept-encoding", "connection", "content-encoding", "content-length", "cookie", "host", "keep-alive",
    "link", "proxy-authenticate", "refresh", "set-cookie", "transfer-encoding", "upgrade", "user-agent",
}  # fmt: skip


class Parts:
    """Answers the requests of one page for as long as it is being drawn."""

    def __init__(self, page: Page, crawler: Any, until: float, on_excess: Callable[[str], None]) -> None:
        self._page = page
        self._crawler = crawler
        self._until = until
        self._on_excess = on_excess
        self._manners: Manners = crawler.settings["MANNERS"]
        self._given = False
        self._asked = self._answered = 0
        self._bytes_left = self._manners.render_bytes
        self._under_way: set[asyncio.Task[Any]] = set()

    async def answer(self, route: Route) -> None:
        """Answer one request of the page; nothing is ever let through to a network."""
        task = asyncio.current_task()
        assert task
        self._under_way.add(task)
        self._asked += 1
        try:
            if self._asked > MOST_REQUESTS:
                self._on_excess(f"its scripts ask for more than {MOST_REQUESTS} things")
                await route.abort()
            else:
                await self._answer(route)
        except Error:
            pass  # the page was closed meanwhile: nobody waits for this answer
        finally:
            self._under_way.discard(task)

    def close(self) -> None:
        """The page is drawn, or given up: what it still waits for is not asked any longer."""
        for task in self._under_way:
            task.cancel()

    async def _answer(self, route: Route) -> None:
        if route.request.is_navigation_request():
            # No content: the page stays where it is (an error would take its place).
            await (route.fulfill(status=204) if self._given else self._give_page(route))
            return
        try:
            response = await self._ask(route.request) if self._may_ask(route.request) else None
        except _FAILED:
            response = None
        await (self._give(route, response) if response else route.abort("failed"))

    async def _give_page(self, route: Route) -> None:
        """The page as it came, under rules of ours: a second policy can only forbid more."""
        self._given = True
        headers = _pass_on(dict(self._page.headers))
        policies = (headers.pop("content-security-policy", ""), _POLICY)
        headers["content-security-policy"] = ", ".join(filter(None, policies))
        await route.fulfill(status=self._page.status, headers=headers, body=self._page.body)

    def _may_ask(self, asked: Asked) -> bool:
        """A reader who presses no button: no other methods than GET, and not for ever."""
        if asked.resource_type not in _KINDS or asked.method != "GET" or self._answered >= MOST_PARTS:
            return False
        self._answered += 1
        return self._bytes_left > 0 and monotonic() < self._until

    async def _ask(self, asked: Asked) -> Response:
        request = Request(
            asked.url,
            headers=_pass_on(asked.headers),
            callback=NO_CALLBACK,
            meta={
                PART_OF_PAGE: True,
                SECONDS_LEFT: self._until - monotonic(),
                "download_maxsize": min(self._manners.page_bytes, self._bytes_left),
            },
            dont_filter=True,
        )
        response: Response = await self._crawler.engine.download_async(request)
        self._bytes_left -= len(response.body)
        return response

    async def _give(self, route: Route, response: Response) -> None:
        told = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        await route.fulfill(status=response.status, headers=_pass_on(told), body=response.body)


def _pass_on(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in headers.items()
        if name not in _NOT_PASSED_ON and not name.startswith((":", "sec-", "proxy-"))
    }
