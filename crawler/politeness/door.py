"""The door: the one place from which requests leave for the web, and where each is checked last.

Feeds, pages, robots.txt and every hop of a redirect come through here, after they have waited
their turn: the address, the outlet's wish for a pause, the time left and the size of the headers.
robots.txt is left to `robots`, the resolved address to `resolver`.
"""

from contextlib import nullcontext
from time import monotonic
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError, DownloadTimeoutError
from scrapy.http import Response
from twisted.python.failure import Failure
from twisted.web._newclient import BODY, DONE

from crawler.errors import Refused
from crawler.politeness.addresses import check_url, read_networks
from crawler.politeness.errors import TooLong
from crawler.politeness.manners import Manners
from crawler.politeness.turns import STEP, Step
from crawler.urls import registrable_domain

SECONDS_LEFT = "seconds_left"
PART_OF_PAGE = "part_of_page"
"""Set on what a page asks for while it is drawn: the page has taken the turn, its parts need none."""


class Door(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler behind our checks."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._manners: Manners = crawler.settings["MANNERS"]
        self._allowed = read_networks(self._manners.allowed_networks)
        self._spider = crawler.spider
        self._pool.maxPersistentPerHost = self._manners.requests_at_once  # one host may be a proxy
        self._pool._factory = _short_headed(self._manners.header_bytes)

    async def download_request(self, request: Request) -> Response:
        """Ask, or raise Refused; other failures are Scrapy's own exceptions."""
        check_url(request.url, self._allowed)
        domain = registrable_domain(request.url)
        part = request.meta.get(PART_OF_PAGE)
        async with nullcontext() if part else self._spider.turns.turn(domain, _step_of(request)):
            if part:
                self._spider.holds.check(domain, self._spider.now())
            response = await self._ask_in_time(request)
            retry_after = response.headers.get("Retry-After")
            asked = retry_after.decode("latin-1") if retry_after else None
            self._spider.holds.heed(domain, response.status, asked, self._spider.now())
        return _as_bytes(response)

    async def _ask_in_time(self, request: Request) -> Response:
        """The seconds are those of the whole way, redirects included, without the waiting in line."""
        left = request.meta.get(SECONDS_LEFT, self._manners.request_seconds)
        request.meta["download_timeout"] = max(left, 0.001)
        began = monotonic()
        try:
            return await super().download_request(request)
        except DownloadTimeoutError as error:
            raise TooLong(f"no complete answer within {self._manners.request_seconds:g} s") from error
        except DownloadCancelledError as error:
            raise TooLong("the answer is larger than we take") from error
        except CannotResolveHostError as error:
            raise self._told(request, error) from error
        finally:
            request.meta[SECONDS_LEFT] = left - (monotonic() - began)

    def _told(self, request: Request, error: CannotResolveHostError) -> Exception:
        from twisted.internet import reactor

        host = request.url.split("/")[2].rpartition("@")[2].partition(":")[0]
        reason = reactor.nameResolver.why_refused(host)
        return Refused(f"{host} leads to {reason}") if reason else error


def _step_of(request: Request) -> Step:
    step: Step = request.meta.get(STEP, Step.VISIT)
    is_hop = step is Step.VISIT and request.meta.get("redirect_times")
    return Step.GOES_ON if is_hop else step


def _as_bytes(response: Response) -> Response:
    """The answer without Scrapy's guess of its encoding, which costs more than all else it does to it."""
    return Response(**{name: getattr(response, name) for name in Response.attributes})


def _short_headed(limit: int) -> type[_LenientHTTP11ClientFactory]:
    """Connections that are cut when an answer's headers do not end within `limit` bytes."""

    class ShortHeadedProtocol(_LenientHTTP11ClientProtocol):
        _seen = 0

        def request(self, request: Any) -> Any:
            self._seen = 0
            return super().request(request)

        def dataReceived(self, data: bytes) -> None:
            super().dataReceived(data)  # type: ignore[no-untyped-call]
            if self._parser is not None and self._parser.state not in (BODY, DONE):
                self._seen += len(data)
                if self._seen > limit:
                    words = f"the headers do not end within {limit} bytes"
                    self._giveUp(Failure(TooLong(words)))  # type: ignore[no-untyped-call]

    class ShortHeadedFactory(_LenientHTTP11ClientFactory):
        def buildProtocol(self, addr: Any) -> ShortHeadedProtocol:
            return ShortHeadedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]

    return ShortHeadedFactory
