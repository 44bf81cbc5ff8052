"""All paths at once: feeds, a search that hides its links, our own press page; each is credited."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

from aggregator import desk, runs
from crawler.clock import read_clock
from demo.expected import Entry, expected
from demo.press import Press
from demo.sites import Answer, Site, html
from tests.whole.commands import CAMPAIGN, make_desk
from tests.whole.handful import handful_press, outlet_tables

WATCHED = ("commondreams.example", "nbcnews.example")
# On the air, but in no file of ours: only the search and the press page point to it.
UNWATCHED = "nextcity.example"
SEARCH = "http://news.google.com/rss/search?q=sanctuary"
PRESS_PAGE = "http://ourselves.example/in-the-news"


def of(host: str) -> Entry:
    """The first piece of the thirteen that this outlet had."""
    return next(entry for entry in expected().listed if host in entry.url)


def search_results() -> Site:
    """Two results as Google News gives them: links that hold nothing, the outlet and its site beside them."""
    items = "".join(
        f"<item><title>{escape(entry.headline)} - {entry.outlet}</title>"
        f"<link>http://news.google.com/rss/articles/CBMi{number}QVVfeXFMTE0?oc=5</link>"
        f"<pubDate>{entry.date:%a, %d %b %Y} 16:00:00 GMT</pubDate><source url='http://{host}'>{entry.outlet}</source></item>"
        for number, host in enumerate(("nbcnews.example", UNWATCHED))
        for entry in [of(host)]
    )
    site = Site("news.google.com")
    feed = f"<rss version='2.0'><channel><title>sanctuary</title>{items}</channel></rss>"
    site.put(
        "/rss/search",
        Answer(headers=(("Content-Type", "application/rss+xml; charset=utf-8"),), body=feed.encode()),
    )
    return site


def press_page() -> Site:
    """Our own page: two pieces of coverage elsewhere, and a link to ourselves."""
    lines = "".join(
        f'<p><a href="{entry.url}">{escape(entry.headline)}</a></p>'
        f"<p>{entry.outlet}, {entry.date.month}.{entry.date.day}.{entry.date.year}</p>"
        for entry in (of(UNWATCHED), of("commondreams.example"))
    )
    site = Site("ourselves.example")
    site.put("/in-the-news", html(f"<main>{lines}<p><a href='/about-us'>All about our work</a></p></main>"))
    return site


@pytest.fixture
def swept(tmp_path: Path) -> Iterator[tuple[runs.House, Press]]:
    """A house that watches two outlets, a search and our press page, after a sweep."""
    press = handful_press((*WATCHED, UNWATCHED))
    press.add(search_results())
    press.add(press_page())
    with press.serving():
        ours = make_desk(tmp_path, press.proxy_url, outlet_tables(WATCHED))
        file = ours.config / "settings.toml"
        watch = f'\n[watch]\npress_pages = ["{PRESS_PAGE}"]\nsearches = ["{SEARCH}"]\n'
        file.write_text(file.read_text(encoding="utf-8") + watch, encoding="utf-8")
        house = ours.house()
        report = runs.sweep(house, read_clock())
        assert (report.counts["hidden"], report.counts["resolved"]) == (2, 2), report
        yield house, press
    house.store.close()


def test_each_path_is_credited_and_no_hidden_link_is_ever_asked_for(swept: tuple[runs.House, Press]) -> None:
    house, press = swept
    asked = {visit.path.partition("?")[0] for visit in press.log.visits("news.google.com")}
    assert asked <= {"/robots.txt", "/rss/search"}
    told = runs.coverage(house, CAMPAIGN)
    paths = {each.path: each for each in told.paths}
    assert {path: (each.stories, each.only) for path, each in paths.items() if path != "feed"} == {
        "search": (2, 0),
        "press_page": (2, 0),
    }
    assert paths["feed"].stories >= 2
    assert told.estimate.twice == 3
    entries = desk.entries(house.store, CAMPAIGN)
    assert entries and not any("google" in entry.article.url for entry in entries)
    why = runs.why(house, "http://news.google.com/rss/articles/CBMi0QVVfeXFMTE0?oc=5", read_clock())
    assert any("resolved: the outlet's own page with this headline" in answer.word for answer in why)
    watch_what_was_found_by_search(house)


def watch_what_was_found_by_search(house: runs.House) -> None:
    """Next City was found by search and press page only: proposed, refused, reconsidered, watched."""
    ana = desk.Signature(by="ana", at=read_clock())
    [proposed] = runs.proposals(house, ana.at).watch
    assert (proposed.place.site, dict(proposed.paths)) == (UNWATCHED, {"searches": 1, "press pages": 1})
    assert runs.refuse(house, UNWATCHED, ana) == f"watch:{UNWATCHED}"
    assert runs.proposals(house, ana.at).watch == ()
    runs.reconsider(house, UNWATCHED, ana)
    chosen, found = runs.watch(house, UNWATCHED, ana)
    assert [source.url for source in chosen] == [found.places[0].url]
    assert UNWATCHED in chosen[0].url
    assert runs.proposals(house, ana.at).watch == ()
