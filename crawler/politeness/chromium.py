"""Chromium, by scrapy-playwright: one browser for the sweep, a new memory for every page, and an end to all.

A process of it that grows too large is killed, and so is a
browser that does not close a page; the next page starts another.
"""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

from playwright.async_api import Error, Page
from playwright.async_api import TimeoutError as NotQuiet
from scrapy import Request, Spider
from scrapy.http import TextResponse
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.politeness.chromium_settings import context_settings
from crawler.politeness.errors import NoBrowser, NotDrawn, TooLong
from crawler.politeness.manners import Manners

_LOOKED_AT_EVERY = 0.25  # seconds
# Parts of the time for a page: to be there in full, and then to ask for the last of its data.
_PATIENCE: Mapping[Literal["domcontentloaded", "networkidle"], float] = {
    "domcontentloaded": 0.5,
    "networkidle": 0.25,
}
_CLOSED_WITHIN = 3.0  # seconds
# The length of the page is asked in a world of our own, where the page's scripts cannot answer for it.
_LENGTH = "document.documentElement ? document.documentElement.outerHTML.length : 0"

Prepare = Callable[[Page, Request], Awaitable[None]]


@dataclass(frozen=True)
class _Process:
    """One process of the browser, and its seconds on the processor so far."""

    id: int
    kind: str
    seconds: float

    @property
    def draws(self) -> bool:
        """Whether the scripts of pages run in it."""
        return self.kind == "renderer"

    @property
    def held(self) -> int:
        """Bytes of memory of its own; 0 where the system does not tell."""
        try:
            _, resident, shared, *_ = Path(f"/proc/{self.id}/statm").read_text(encoding="ascii").split()
        except OSError:
            return 0
        return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")

    def kill(self) -> None:
        """End it at once."""
        with suppress(ProcessLookupError):
            os.kill(self.id, signal.SIGKILL)


class Chromium(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # it tells no types
    """scrapy-playwright's handler, asked directly: who may go when is settled before."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._manners: Manners = crawler.settings["MANNERS"]
        self._known: list[_Process] = []
        self._killed: str | None = None
        self.config.target_closed_max_retries = 0  # a page that broke the browser gets no second one

    async def open(self) -> None:
        """Have a browser ready: the first one, or another where the last one had to go."""
        if not hasattr(self, "browser_provider"):
            await self._launch()
        try:
            await self._maybe_launch_browser()
        except Error as error:
            raise NoBrowser(f"its pages need a browser, which does not start: {_in_short(error)}") from error

    async def draw(self, url: str, prepare: Prepare) -> TextResponse:
        """The page at this address after its scripts ran; `prepare` says how its requests are answered.

        Raises NotDrawn, TooLong, and TimeoutError where the caller's patience ends; the page is gone
        in any case.
        """
        name = uuid4().hex
        request = Request(
            url,
            meta={
                "playwright": True,
                "playwright_context": name,
                "playwright_context_kwargs": context_settings(self._manners),
                "playwright_page_init_callback": prepare,
                "playwright_page_goto_kwargs": {"wait_until": "commit"},
            },
        )
        self._killed = None
        watch = asyncio.ensure_future(self._watch())
        try:
            response = await self.download_request(request)
        except Error as error:
            if self._killed:
                raise TooLong(self._killed) from error
            raise NotDrawn(f"the browser could not draw it: {_in_short(error)}") from error
        finally:
            watch.cancel()
            await self._close_context(name)
        if self._killed:
            raise TooLong(self._killed)
        if not isinstance(response, TextResponse):
            raise NotDrawn("the browser took it for a download, not for a page")
        return response

    async def _apply_page_methods(self, page: Page, request: Request, spider: Spider) -> None:
        """Wait for the page to fall quiet, and refuse it if it has grown too large to be taken over."""
        for state, share in _PATIENCE.items():
            with suppress(NotQuiet):  # a page that never falls quiet is taken as it is
                await page.wait_for_load_state(state, timeout=1000 * share * self._manners.render_seconds)
        length = await _measure(page)
        if length > self._manners.page_bytes:
            raise TooLong("its scripts make the page larger than we take")

    def kill_page(self, why: str) -> None:
        """End the page that is being drawn, at once and whatever it does; the first reason is told."""
        self._killed = self._killed or why
        for process in self._known:
            if process.draws:
                process.kill()

    async def _watch(self) -> None:
        """Kill what grows too large or works too long while a page is being drawn."""
        self._known = await self._processes()
        before = {process.id: process.seconds for process in self._known}
        limit = self._manners.render_seconds
        while True:
            for process in self._known:
                if self._killed:
                    self.kill_page(self._killed)
                elif process.draws and process.seconds - before.get(process.id, 0.0) > limit:
                    self.kill_page(f"its scripts do not end within {limit:g} s")
                elif process.held > self._manners.browser_bytes:
                    self.kill_page("its scripts take more memory than we allow")
                    process.kill()
            await asyncio.sleep(_LOOKED_AT_EVERY)
            self._known = await self._processes()

    async def _processes(self) -> list["_Process"]:
        browser = getattr(self, "browser", None)
        if browser is None:
            return []
        with suppress(Error):  # it ended just now
            session = await browser.new_browser_cdp_session()
            told = await session.send("SystemInfo.getProcessInfo")
            await session.detach()
            return [_Process(each["id"], each["type"], each["cpuTime"]) for each in told["processInfo"]]
        return []

    async def _close_context(self, name: str) -> None:
        wrapper = self.context_wrappers.get(name)
        if wrapper is None:
            return
        try:
            with suppress(Error):
                await asyncio.wait_for(wrapper.context.close(), _CLOSED_WITHIN)
        except TimeoutError:
            for process in await asyncio.wait_for(self._processes(), _CLOSED_WITHIN):
                process.kill()


async def _measure(page: Page) -> int:
    session = await page.context.new_cdp_session(page)
    tree = await session.send("Page.getFrameTree")
    world = await session.send("Page.createIsolatedWorld", {"frameId": tree["frameTree"]["frame"]["id"]})
    told = await session.send(
        "Runtime.evaluate", {"expression": _LENGTH, "contextId": world["executionContextId"]}
    )
    return int(told["result"].get("value") or 0)


def _in_short(error: Error) -> str:
    return error.message.partition("\n")[0].removeprefix("Page.goto: ")
