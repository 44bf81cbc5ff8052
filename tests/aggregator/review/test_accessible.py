"""Every page in real Chromium: axe finds nothing serious, the console is silent, nothing scrolls sideways."""

from collections.abc import Iterator, Sequence
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from sqlalchemy import delete

from aggregator import desk
from aggregator.proposals import Answer
from aggregator.records import RunReport
from aggregator.review.roles import Role
from aggregator.store import proposals, runs, sightings, sources
from aggregator.store.entries import View
from aggregator.store.session import Store
from aggregator.store.tables import sightings as sightings_table
from crawler.records import PollState, Source, SourceKind
from tests.aggregator.review.morning import NOW, Morning, add_person, add_session, open_morning, serving
from tests.aggregator.review.test_browser import open_context, open_page

PAGES = (
    "/c/sanctuary/desk",
    "/c/sanctuary/desk?status=accepted",
    "/c/sanctuary/desk?status=all&q=zebra",
    "/c/sanctuary/list",
    "/c/sanctuary/list?preview=markdown",
    "/c/sanctuary/proofread",
    "/c/sanctuary/coverage",
    "/c/sanctuary/history",
    "/c/sanctuary/add",
    "/c/sanctuary/edit",
    "/c/sanctuary/copies?key=outlet900.example/news/900",
    "/campaigns/new",
    "/sources",
    "/sources/proposals",
    "/runs",
    "/people",
    "/self",
    "/c/nowhere/desk",
)
SHUT_PAGES = ("/login", "/welcome?token=none")
# A page zoomed to 200 % has half the width; 320 px is 400 % of 1280 (WCAG 1.4.10).
SCREENS: dict[str, tuple[Literal["light", "dark"], ViewportSize]] = {
    "light": ("light", {"width": 1280, "height": 900}),
    "dark": ("dark", {"width": 1280, "height": 900}),
    "zoomed": ("light", {"width": 640, "height": 450}),
    "narrow": ("light", {"width": 320, "height": 700}),
}
SERIOUS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter((each) => ["serious", "critical"].includes(each.impact))
  .map((each) => each.id + ": " + each.nodes[0].html.slice(0, 200))"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BACKGROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A desk on which every page has something to show: its address, and an admin's session."""
    store = Store.create(f"sqlite:///{tmp_path_factory.mktemp('full') / 'desk.sqlite3'}")
    morning = open_morning(store, 7)
    fill(morning)
    add_person(morning.room, "Bo", Role.ADMIN)
    with serving(morning.app) as url:
        yield url, add_session(morning.room, "Bo")
    store.close()


def fill(morning: Morning) -> None:
    """Decisions, sources and runs."""
    store = morning.room.store
    found = desk.entries(store, "sanctuary", View())
    signed = desk.Signature(by="Ana", at=NOW, note="fits")
    desk.accept(store, "sanctuary", [each.article.key for each in found[:5]], signed)
    desk.reject(store, "sanctuary", [found[5].article.key], signed)
    feed = Source(id="feed 1", kind=SourceKind.FEED, url="https://outlet.example/feed", outlet="nbc-news")
    state = PollState(source_id=feed.id, polled_at=NOW, trouble="answers with a challenge page", failures=1)
    with store.writing() as c:
        sources.add(c, feed, "Ana", NOW)
        sources.save_state(c, state)
        c.execute(delete(sightings_table))
        sightings.note(c, [each.article.key for each in found[:6]], SourceKind.FEED, NOW)
        sightings.note(c, [each.article.key for each in found[2:]], SourceKind.SEARCH, NOW)
        refusal = Answer(subject="quiet:feed 1", refused=True, by="Ana", at=NOW, note="it is ours")
        proposals.answer(c, refusal)
        runs.note(c, RunReport(job="sweep", started=NOW, ended=NOW, counts={"articles": 7}, troubles=("x",)))


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_serious_findings_complaints_or_sideways_scrolling(
    browser: Browser, full: tuple[str, str], path: str
) -> None:
    url, token = full
    with open_context(browser, url, token, reduced_motion="reduce") as context:
        assert look_at(context, url + path) == []


@pytest.mark.parametrize("path", SHUT_PAGES)
def test_no_page_before_the_door_has_any_either(browser: Browser, full: tuple[str, str], path: str) -> None:
    with browser.new_context(reduced_motion="reduce") as context:
        assert look_at(context, full[0] + path) == []


def look_at(context: BrowserContext, address: str) -> list[str]:
    """What is wrong with a page on each screen, a line each."""
    return examine(*open_page(context, address))


def examine(page: Page, complaints: Sequence[str]) -> list[str]:
    """What is wrong with an open page on each screen, a line each; it is closed then."""
    page.evaluate("document.querySelectorAll('main details').forEach((each) => (each.open = true))")
    page.evaluate(AXE_SCRIPT)
    told, grounds = [], {}
    for screen, (colours, size) in SCREENS.items():
        page.emulate_media(color_scheme=colours)
        page.set_viewport_size(size)
        told += [f"{screen}: {finding}" for finding in page.evaluate(SERIOUS)]
        wide = page.evaluate(WIDER)
        told += [f"{screen}: {wide} px wider than the screen"] if wide > 0 else []
        grounds[screen] = page.evaluate(BACKGROUND)
    assert grounds["light"] != grounds["dark"], "the colours were not changed"
    told += [said for said in complaints if "40" not in said]
    page.close()
    return told
