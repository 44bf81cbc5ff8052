"""Draws pages that are empty until their scripts have run, as one more step behind the gate.

The page was asked for like any other, through every check, and is asked for only once; here its
scripts run. Who needs that is left to the spiders, the browser to `chromium`, its requests to `parts`.
"""

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Any

from crawler.drawn import as_drawn
from crawler.politeness.chromium_settings import why_no_browser
from crawler.politeness.errors import NoBrowser, TooLong
from crawler.politeness.manners import Manners
from crawler.politeness.turns import Step
from crawler.records import Page
from crawler.urls import registrable_domain

if TYPE_CHECKING:  # an optional extra: it is loaded with the first page that needs it
    from crawler.politeness.chromium import Chromium

_PATIENCE = 4
"""A page's limit counts its own seconds on the processor; so many times as much by the clock on the wall."""
_BOM = "\ufeff"  # says UTF-8 whatever headers and meta tags say


class Renderer:
    """Draws pages one after the other; `crawler` is Scrapy's, with the gate's settings."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._manners: Manners = crawler.settings["MANNERS"]
        self._one_at_a_time = asyncio.Lock()
        self._chromium: Chromium | None = None

    async def draw(self, page: Page) -> Page:
        """The page with the body that its scripts make of it; status and headers stay.

        Raises NoBrowser, NotDrawn, TooLong, and NotNow when the sweep is being stopped.
        """
        missing = why_no_browser(self._manners)
        if missing:
            raise NoBrowser(missing)
        spider = self._crawler.spider
        domain = registrable_domain(page.final_url)
        async with spider.turns.turn(domain, Step.GOES_ON), self._one_at_a_time:
            return await self._draw(page, await self._open())

    async def close(self) -> None:
        """End the browser, if there is one."""
        if self._chromium:
            await self._chromium.close()

    async def _open(self) -> "Chromium":
        if self._chromium is None:
            from crawler.politeness.chromium import Chromium

            self._chromium = Chromium(self._crawler)
        await self._chromium.open()
        return self._chromium

    async def _draw(self, page: Page, chromium: "Chromium") -> Page:
        from crawler.politeness.parts import Parts

        seconds = _PATIENCE * self._manners.render_seconds
        parts = Parts(page, self._crawler, monotonic() + seconds, chromium.kill_page)

        async def answer_all(drawn: Any, _: object) -> None:
            await drawn.route("**", parts.answer)

        try:
            async with asyncio.timeout(seconds):
                response = await chromium.draw(page.final_url, answer_all)
        except TimeoutError as error:
            raise TooLong(f"its scripts and what they ask for do not end within {seconds:g} s") from error
        finally:
            parts.close()
        body = (_BOM + response.text.lstrip(_BOM)).encode("utf-8", "replace")
        return as_drawn(page, body, f"Chromium {chromium.browser.version}")
