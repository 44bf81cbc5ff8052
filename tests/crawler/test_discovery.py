# ruff: noqa: E501 - pages as they are
"""An outlet's address is enough: its feeds, news sitemaps and sections are found and measured."""

import json
import os
import signal
from collections.abc import Mapping

import pytest

from crawler.discovery import Discovery, discover
from crawler.records import SourceKind
from tests.crawler.loopback import Answer, Web
from tests.crawler.sweeping import order, rss

HOME = "http://daily.example/"


def put_outlet(web: Web) -> None:
    home = """<!doctype html><html><head><base href="http://daily.example/">
    <link rel="alternate" type="application/rss+xml" title="All" href="/all.rss">
    <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
    <link rel="alternate" type="application/feed+json" href="/news.json">
    <link rel="alternate" type="application/rss+xml" href="/broken.rss"></head><body>
    <nav><a href="/politics/">Politics</a><a href="/about/">About</a><a href="http://other.example/x/">Other</a></nav>
    <main><a href="/sports/rss.xml">RSS</a><a href="/2017/03/28/a-story-of-the-day-here.html">A story of the day</a>
    </main></body></html>"""
    headers = {
        "Content-Type": "text/html",
        "Link": '</hidden.rss>; rel="alternate"; type="application/rss+xml"',
    }
    web.put(HOME, Answer(body=home.encode(), headers=headers))
    for name in ("all", "hidden", "sports/rss"):
        items = [
            (f"{name} headline {number}", f"http://daily.example/{name}/{number}") for number in range(4)
        ]
        web.put(f"http://daily.example/{name}.{'xml' if 'rss' in name else 'rss'}", rss(*items))
    web.put(
        "http://daily.example/feed.xml",
        rss(*((f"all headline {n}", f"http://daily.example/all/{n}") for n in range(4))),
    )
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "1", "url": "/1", "title": "From JSON"}],
    }
    web.put("http://daily.example/news.json", json.dumps(feed).encode(), "application/feed+json")
    web.put("http://daily.example/broken.rss", b"<html>no</html>")
    web.put(
        "http://daily.example/robots.txt",
        b"Sitemap: http://daily.example/maps/news.xml\nUser-agent: *\nAllow: /\n",
    )
    urls = "".join(f"<url><loc>http://daily.example/map/{n}</loc></url>" for n in range(7))
    web.put("http://daily.example/maps/news.xml", f"<urlset>{urls}</urlset>".encode())
    stories = "".join(
        f"<a href='/2017/03/2{n}/the-council-votes-on-item-{n}.html'>The council votes on item {n}</a>"
        for n in range(5)
    )
    web.put("http://daily.example/politics/", f"<html><main>{stories}</main></html>".encode())


def found(discovery: Discovery) -> dict[str, tuple[SourceKind, int, str]]:
    return {
        place.url.removeprefix(HOME): (place.kind, place.leads, place.found_by) for place in discovery.places
    }


def test_declared_linked_listed_and_common_places_are_found_and_measured(web: Web) -> None:
    put_outlet(web)
    discovery = discover("http://daily.example/", order(web, []))
    assert found(discovery) == {
        "hidden.rss": (SourceKind.FEED, 4, "a Link header"),
        "all.rss": (SourceKind.FEED, 4, "declared on the front page"),
        "news.json": (SourceKind.FEED, 1, "declared on the front page"),
        "sports/rss.xml": (SourceKind.FEED, 4, "a link on the front page"),
        "maps/news.xml": (SourceKind.SITEMAP, 7, "robots.txt"),
        "politics/": (SourceKind.SECTION, 5, "the navigation of the front page"),
    }
    feed = next(place for place in discovery.places if place.url.endswith("all.rss"))
    assert feed.headlines == ("all headline 0", "all headline 1", "all headline 2")
    assert feed.newest is not None and feed.newest.isoformat() == "2017-03-28T14:00:00+00:00"
    assert all(place.kind == SourceKind.FEED for place in discovery.places[:4])


def test_nothing_is_asked_at_another_outlet(web: Web) -> None:
    put_outlet(web)
    discover("http://daily.example/", order(web, []))
    assert {line.host for line in web.log} == {"daily.example"}


def test_a_wall_is_told_and_the_rest_still_found(web: Web) -> None:
    put_outlet(web)
    web.put(HOME, Answer(status=403))
    discovery = discover("http://daily.example/", order(web, []))
    assert any("refuses us (403)" in trouble for trouble in discovery.troubles)
    assert set(found(discovery)) == {"maps/news.xml", "feed.xml"}


def test_an_outlet_inside_is_not_looked_at(web: Web) -> None:
    discovery = discover("http://127.0.0.1/", order(None, []))
    assert discovery.places == ()
    assert any("not on the public internet" in trouble for trouble in discovery.troubles)


def test_an_interrupt_is_not_told_as_nothing_found(web: Web) -> None:
    put_outlet(web)
    home = web.answers["daily.example", "/"]

    def interrupt(_: Mapping[str, str]) -> Answer:
        os.kill(os.getpid(), signal.SIGINT)
        assert isinstance(home, Answer)
        return home

    web.put(HOME, interrupt)
    with pytest.raises(KeyboardInterrupt):
        discover(HOME, order(web, []))
