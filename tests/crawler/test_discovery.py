# ruff: noqa: E501 - pages as they are
"""An outlet's address is enough: its feeds, news sitemaps and sections are found and measured."""

import json
import os
import signal
from collections.abc import Mapping
from dataclasses import replace

import pytest

from crawler.discovery import Discovery, discover
from crawler.discovery_words import explain
from crawler.records import SourceKind
from crawler.spiders.order import FRONT_PAGE, ROBOTS, Looked, Measured
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
    assert [line.path for line in web.log].count("/robots.txt") == 1


def test_a_wall_is_told_and_the_rest_still_found(web: Web) -> None:
    put_outlet(web)
    web.put(HOME, Answer(status=403))
    discovery = discover("http://daily.example/", order(web, []))
    assert any("refuses us (403)" in trouble for trouble in discovery.troubles)
    assert set(found(discovery)) == {"maps/news.xml", "feed.xml"}


def test_an_outlet_inside_is_not_looked_at(capfd: pytest.CaptureFixture[str]) -> None:
    discovery = discover("http://127.0.0.1/", order(None, []))
    assert discovery.places == ()
    (words,) = discovery.troubles
    assert "not on the public internet; allow an outlet of your own" in words
    assert "Traceback" not in capfd.readouterr().err


NO_FEED = "see whether its footer names one, or use its sitemap, a section page or its newsletter"


def put_home(web: Web, body: bytes = b"", robots: Answer | bytes = b"") -> None:
    web.put(HOME, b"<html><body>hello %s</body></html>" % body)
    web.put(f"{HOME}robots.txt", robots)


def test_what_answers_and_names_nothing_is_told(web: Web) -> None:
    put_home(web)
    assert discover(HOME, order(web, [])).troubles == (
        f"no feed: the front page names none, 10 of the usual addresses answered: not found (404); {NO_FEED}",
        "no sitemap: robots.txt names none, 7 of the usual addresses answered: not found (404);"
        " its feeds and section pages do as well",
        "no section page: the menus of the front page lead to none; add the address of one that you know",
    )


def test_what_is_named_and_cannot_be_read_is_told(web: Web) -> None:
    link = b"<link rel='alternate' type='application/rss+xml' href='/%s'>"
    put_home(web, link % b"a.rss" + link % b"b.rss", b"User-agent: *\nDisallow: /*.xml\n")
    web.put(f"{HOME}a.rss", b"<!doctype html><html>no</html>")
    web.put(f"{HOME}b.rss", rss(("One", f"{HOME}1")))
    feed, sitemap = discover(HOME, order(web, [])).troubles
    assert feed.startswith(
        f"the feed {HOME}a.rss cannot be read: the answer is a web page (HTML), not a feed"
    )
    assert (
        "6 of the usual addresses were not asked: robots.txt of daily.example does not let us read this"
        in sitemap
    )
    assert "1 answered: not found (404)" in sitemap


def test_what_does_not_answer_is_told_with_how(web: Web) -> None:
    put_home(web, robots=Answer(status=503))
    (words,) = discover(HOME, order(web, [])).troubles
    assert "robots.txt cannot be read (status 503); until it can be read, nothing may be asked" in words
    inside = {"allowed_networks": ("127.0.0.3/32",)}
    (words,) = discover("http://127.0.0.3:9/", order(None, [], manners=inside)).troubles
    assert words == "nothing could be asked there: the host refuses connections; try again later"


@pytest.mark.parametrize(
    ("trouble", "end"),
    [
        ("no complete answer within 20 s", "try again later"),
        ("the name of the host is not known (DNS)", "see how its address is written"),
        ("robots.txt of x.example does not let us read this", "or use its newsletter or a search"),
    ],
)
def test_the_same_silence_everywhere_is_told_once_with_a_proposal(trouble: str, end: str) -> None:
    home = Looked(what=FRONT_PAGE, trouble=trouble, answered=False)
    place = Measured(
        kind=SourceKind.FEED, url=f"{HOME}rss", found_by="", leads=0, trouble=trouble, answered=False
    )
    (words,) = explain([home, Looked(what=ROBOTS, trouble="down", answered=False), place])
    assert words.startswith(f"nothing could be asked there: {trouble}") and words.endswith(end)
    feed, *_ = explain([Looked(what=FRONT_PAGE), place, replace(place, is_guess=True)])
    assert feed.startswith("no feed could be asked for: 1 of those that the outlet names ") and feed.endswith(
        end
    )


def test_pauses_are_kept_by_a_discovery_too(web: Web) -> None:
    put_home(web)
    web.put(f"{HOME}feed/", Answer(status=429, headers={"Retry-After": "600"}))
    first = discover(HOME, order(web, []))
    (held,) = first.held
    assert held.domain == "daily.example"
    web.log.clear()
    again = discover(HOME, order(web, [], held={held.domain: held.until}))
    assert web.log == []
    assert again.troubles[0].startswith("nothing could be asked there: daily.example asked for a pause until")


def test_an_outlet_that_wants_long_pauses_does_not_keep_a_person_waiting(web: Web) -> None:
    put_home(web, robots=b"User-agent: *\nCrawl-delay: 0.4\n")
    told = discover(HOME, order(web, [], manners={"pause": 0.01, "patience": 0.8})).troubles
    assert len(web.asked()) < 10
    assert any("not everything was looked at, try again later" in words for words in told)


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
