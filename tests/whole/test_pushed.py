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
from crawler.websub import MOST_TRIES, Stage, Subscription
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
    """An outlet with a hub, and a house whose review page the hub can reach."""

    def __init__(self, house: runs.House, web: Web, hub: Hub) -> None:
        self.house, self.web, self.hub = house, web, hub

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

    def subscription(self) -> Subscription | None:
        with self.house.store.reading() as c:
            return subscriptions.by_source(c, self.house.sources[0].id)

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
            settings = replace(house.settings, websub_callback=url)
            yield Walk(replace(house, settings=settings), web, Hub().join(web))
        house.store.close()


def test_a_source_that_a_hub_pushes_is_found_asked_verified_told_of_and_swept(walk: Walk) -> None:
    now = read_clock()
    walk.publish(1)
    walk.sweep(now)
    assert walk.knows(0)
    assert walk.hub.verified == [200]
    assert walk.hub.asked[0]["hub.topic"] == FEED
    assert walk.hub.asked[0]["hub.callback"].startswith(f"{walk.house.settings.websub_callback}/websub/")
    found = walk.subscription()
    assert found is not None and found.stage is Stage.ALIVE and found.trouble is None
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

    subscribe(walk.house, now + timedelta(days=8))
    assert [each["hub.callback"] for each in walk.hub.asked] == [walk.hub.asked[0]["hub.callback"]] * 2
    assert walk.hub.verified == [200, 200]


def test_a_hub_that_refuses_is_told_of_and_asked_again_until_it_is_given_up(walk: Walk) -> None:
    walk.hub.refusal = Answer(status=503, body=b"closed for repairs")
    walk.publish(1)
    now = read_clock()
    walk.sweep(now)
    found = walk.subscription()
    assert found is not None and found.trouble == "the hub answers 503: closed for repairs"
    assert "not pushed by hub.example: the hub answers 503" in walk.health()
    assert subscribe(walk.house, now) == ()
    assert len(walk.hub.asked) == 1
    with walk.house.store.writing() as c:
        subscriptions.save(c, replace(found, tries=MOST_TRIES))
    subscribe(walk.house, now + timedelta(days=3))
    assert len(walk.hub.asked) == 1
    assert "given up after 6 tries" in walk.health()
    walk.hub.refusal = None
    subscribe(walk.house, now + timedelta(days=60))
    assert walk.hub.verified == [200]


def test_a_source_that_is_paused_is_ended_at_its_hub(walk: Walk) -> None:
    walk.publish(1)
    now = read_clock()
    walk.sweep(now)
    runs.pause_source(walk.house, FEED, by="Ana", now=now)
    subscribe(walk.house, now)
    assert [each["hub.mode"] for each in walk.hub.asked] == ["subscribe", "unsubscribe"]
    assert walk.hub.verified == [200, 200]
    assert walk.subscription() is None


def test_nothing_is_asked_without_a_public_address(walk: Walk) -> None:
    walk.publish(1)
    quiet = Walk(
        replace(walk.house, settings=replace(walk.house.settings, websub_callback=None)), walk.web, walk.hub
    )
    quiet.sweep(read_clock())
    assert quiet.knows(0)
    assert walk.hub.asked == []
