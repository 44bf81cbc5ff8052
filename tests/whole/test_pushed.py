"""The whole walk of a pushed source: its hub is asked, verifies and tells; the sweep brings the article."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from aggregator import runs
from aggregator.cli.room import make_room
from aggregator.review.app import make_app
from aggregator.runs.pushing import subscribe
from aggregator.store import articles, sources, subscriptions
from crawler.clock import read_clock
from crawler.pushes import Push
from crawler.records import PollState
from crawler.websub import MOST_TRIES, Stage
from tests.aggregator.review.morning import serving
from tests.crawler.hub import Hub
from tests.crawler.loopback import Answer, Web
from tests.crawler.sweeping import article, rss
from tests.whole.commands import make_desk

FEED = "http://daily.example/feed"
OUTLETS = f'[daily]\nname = "The Daily"\ndomains = ["daily.example"]\nfeeds = ["{FEED}"]\n'
LINKS = '<atom:link rel="hub" href="http://hub.example/"/><atom:link rel="self" href="http://daily.example/feed"/>'
TICK = timedelta(minutes=2)


class Walk:
    """An outlet with a hub, and a house whose review page is open at an address."""

    def __init__(self, house: runs.House, web: Web, hub: Hub, address: str) -> None:
        self.house, self.web, self.hub, self.address = house, web, hub, address

    def open_to_hubs(self) -> None:
        """Say in the settings where hubs reach us."""
        settings = replace(self.house.settings, websub_callback=self.address)
        self.house = replace(self.house, settings=settings)

    def publish(self, count: int) -> None:
        """So many pieces in the feed."""
        items = [(f"Headline {number}", f"http://daily.example/story/{number}") for number in range(count)]
        today = format_datetime(read_clock()).encode()
        feed = rss(*items, channel=LINKS).replace(b"Tue, 28 Mar 2017 10:00:00 -0400", today)
        self.web.put(FEED, feed.replace(b"<rss ", b'<rss xmlns:atom="http://www.w3.org/2005/Atom" '))
        for headline, url in items:
            self.web.put(url, article(headline))

    def sweep(self, now: datetime) -> None:
        report = runs.sweep(self.house, now)
        assert not report.counts["broken"], report.troubles

    def stage(self) -> Stage | None:
        with self.house.store.reading() as c:
            found = subscriptions.by_source(c, self.house.sources[0].id)
            return found.stage if found else None

    def is_due(self, now: datetime) -> bool:
        with self.house.store.reading() as c:
            return bool(sources.due(c, now))

    def knows(self, number: int) -> bool:
        with self.house.store.reading() as c:
            return bool(articles.known_as(c, f"http://daily.example/story/{number}"))

    def health(self) -> str:
        return runs.health(self.house, read_clock())[0].word


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    with Web().serving() as web:
        desk = make_desk(tmp_path, web.proxy, OUTLETS)
        house = desk.house()
        with serving(make_app(make_room(house, read_clock))) as url:
            yield Walk(house, web, Hub().join(web), url)
        house.store.close()


def test_a_source_that_a_hub_pushes_is_found_asked_verified_told_of_and_swept(walk: Walk) -> None:
    now = read_clock()
    walk.publish(1)
    walk.sweep(now)
    assert walk.knows(0)
    assert walk.hub.asked == []  # nobody said where a hub may reach us

    walk.open_to_hubs()
    walk.sweep(now)  # nothing is due, but a hub is to be asked
    assert walk.hub.verified == [200]
    assert walk.hub.asked[0]["hub.topic"] == FEED
    assert walk.hub.asked[0]["hub.callback"].startswith(f"{walk.house.settings.websub_callback}/websub/")
    assert walk.stage() is Stage.ALIVE
    assert "hub.example" in walk.health() and "has told of nothing yet" in walk.health()
    assert [line.path for line in walk.web.log if line.host == "hub.example"] == ["/"]  # and no robots.txt

    walk.publish(2)
    assert not walk.is_due(now + TICK)
    assert walk.hub.distribute(b"<forged/>", secret="guessed") == 202
    assert not walk.is_due(now + TICK)
    assert walk.hub.distribute(b"<feed/>") == 202
    assert walk.is_due(now + TICK)
    walk.sweep(now + TICK)
    assert walk.knows(1)
    assert not walk.is_due(now + TICK)
    assert "pushed by hub.example until" in walk.health()
    assert len(walk.hub.asked) == 1

    runs.pause_source(walk.house, FEED, by="Ana", now=now)
    subscribe(walk.house, now)
    assert walk.hub.asked[-1]["hub.mode"] == "unsubscribe"
    assert walk.hub.verified == [200, 200]
    assert walk.stage() is None


def test_a_hub_that_refuses_is_told_of_asked_again_and_given_up(walk: Walk) -> None:
    walk.open_to_hubs()
    walk.hub.refusal = Answer(status=503, body=b"closed for repairs")
    now = read_clock()
    with walk.house.store.writing() as c:
        offer = Push(hub=walk.hub.url, topic=FEED)
        sources.save_state(c, PollState(source_id=walk.house.sources[0].id, polled_at=now, push=offer))
    assert subscribe(walk.house, now) == ("http://hub.example/: the hub answers 503: closed for repairs",)
    assert "not pushed by hub.example: the hub answers 503" in walk.health()
    assert subscribe(walk.house, now) == ()
    assert len(walk.hub.asked) == 1
    with walk.house.store.writing() as c:
        found = subscriptions.by_source(c, walk.house.sources[0].id)
        assert found is not None
        subscriptions.save(c, replace(found, tries=MOST_TRIES))
    subscribe(walk.house, now + timedelta(days=3))
    assert len(walk.hub.asked) == 1
    assert "given up after 6 tries: the hub answers 503" in walk.health()
