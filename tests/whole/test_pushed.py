"""The whole walk of news that come to us: a hub is asked, verifies and tells; an alert comes by mail."""

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
from tests.crawler.imap import PASSWORD, USER, MailServer
from tests.crawler.loopback import Answer, Web
from tests.crawler.readers.mails import google, mail
from tests.crawler.sweeping import article, rss
from tests.whole.commands import Desk, make_desk

FEED = "http://daily.example/feed"
OUTLETS = f'[daily]\nname = "The Daily"\ndomains = ["daily.example"]\nfeeds = ["{FEED}"]\n'
LINKS = '<atom:link rel="hub" href="http://hub.example/"/><atom:link rel="self" href="http://daily.example/feed"/>'
TICK = timedelta(minutes=2)


class Walk:
    """An outlet with a hub, a mailbox with an alert, and a house whose review page is open at an address."""

    def __init__(self, house: runs.House, web: Web, server: MailServer, address: str) -> None:
        self.house, self.web, self.server, self.address = house, web, server, address
        self.hub = Hub().join(web)

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
        items.append(("Sanctuary cities join forces", "http://daily.example/story/77"))
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
        told = {each.subject: each.word for each in runs.health(self.house, read_clock())}
        return told[FEED]


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    with Web().serving() as web:
        desk = make_desk(tmp_path, web.proxy, OUTLETS)
        with MailServer(folder=tmp_path).serving() as server:
            house = name_mailbox(desk, server).house()
            with serving(make_app(make_room(house, read_clock))) as url:
                yield Walk(house, web, server, url)
            house.store.close()


def name_mailbox(desk: Desk, server: MailServer) -> Desk:
    """The mailbox in the settings, its password in the environment, and an alert in it."""
    link = google("http://daily.example/story/77")
    server.mails[1] = mail(f'<p><a href="{link}">Sanctuary cities join forces in New York</a></p>')
    with (desk.config / "settings.toml").open("a", encoding="utf-8") as settings:
        settings.write(
            f'[mailbox.alerts]\nhost = "127.0.0.1"\nport = {server.port}\nuser = "{USER}"\n'
            f'ca_file = "{server.ca_file}"\n'
        )
    secret = {"INTHENEWS_MAILBOX_ALERTS_PASSWORD": PASSWORD}
    return replace(desk, environment={**desk.environment, **secret})


def test_a_source_that_a_hub_pushes_is_found_asked_verified_told_of_and_swept(walk: Walk) -> None:
    now = read_clock()
    walk.publish(1)
    walk.sweep(now)
    assert walk.knows(0)
    assert walk.knows(77)  # which only the alert told of
    assert walk.hub.asked == []  # nobody said where a hub may reach us

    doctor = {each.subject: each.word for each in runs.examine(walk.house, now)}
    assert doctor["hubs"].startswith("hubs of 1 source could tell us")
    assert doctor["mailbox alerts"].startswith("imaps://alerts%40campaign.example@127.0.0.1:")
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
    walk.server.commands.clear()
    walk.sweep(now + timedelta(minutes=40))  # the mailbox is due by then, the feed for its notice only
    assert walk.knows(1)
    assert [each for each in walk.server.commands if "FETCH" in each] == []
    assert any("UID SEARCH UID 2:*" in each for each in walk.server.commands)
    assert not walk.is_due(now + TICK)
    assert "pushed by hub.example until" in walk.health()
    doctor = {each.subject: each.word for each in runs.examine(walk.house, now)}
    assert doctor["hubs"] == "1 subscription alive, 0 refused or given up"
    assert len(walk.hub.asked) == 1

    runs.pause_source(walk.house, FEED, by="Ana", now=now)
    subscribe(walk.house, now)
    assert walk.hub.asked[-1]["hub.mode"] == "unsubscribe"
    assert walk.hub.verified == [200, 200]
    assert walk.stage() is None


def test_where_a_source_names_several_hubs_the_next_is_asked_when_one_fails(walk: Walk) -> None:
    walk.open_to_hubs()
    refusing, silent = walk.hub, Hub(url="http://silent.example/", verifies=False).join(walk.web)
    telling = Hub(url="http://telling.example/").join(walk.web)
    refusing.refusal = Answer(status=403, body=b"not for you")
    now = read_clock()
    hubs = (refusing.url, silent.url, telling.url)
    with walk.house.store.writing() as c:
        push = Push(hub=hubs[0], others=hubs[1:], topic=FEED)
        sources.save_state(c, PollState(source_id=walk.house.sources[0].id, polled_at=now, push=push))
    assert subscribe(walk.house, now) == ("http://hub.example/: the hub answers 403: not for you",)
    assert subscribe(walk.house, now + TICK) == ()  # the next one at once
    assert subscribe(walk.house, now + 2 * TICK) == ()  # which has its time to confirm
    assert [len(hub.asked) for hub in (refusing, silent, telling)] == [1, 1, 0]
    assert subscribe(walk.house, now + timedelta(hours=2)) == ()
    assert walk.stage() is Stage.ALIVE
    assert telling.verified == [200]
    assert "to be pushed by telling.example until" in walk.health()
    known = {
        hub.asked[0][name] for hub in (refusing, silent, telling) for name in ("hub.secret", "hub.callback")
    }
    assert len(known) == 6, "no hub knows what another one knows"
    assert silent.verify(silent.asked[0]) == 404, "too late"
    with walk.house.store.writing() as c:
        alive = subscriptions.by_source(c, walk.house.sources[0].id)
        assert alive is not None
        subscriptions.save(
            c, replace(alive, hub=silent.url, stage=Stage.OVER)
        )  # a hub may refuse at any time
    subscribe(walk.house, now + timedelta(hours=3))
    assert len(telling.asked) == 2


def test_a_hub_that_refuses_is_told_of_asked_again_and_given_up(walk: Walk) -> None:
    walk.open_to_hubs()
    walk.hub.refusal = Answer(status=503, body=b"closed for repairs")
    now = read_clock()
    inside = "http://127.0.0.1:1/hub"
    with walk.house.store.writing() as c:
        for source, hub in zip(walk.house.sources, (walk.hub.url, inside), strict=True):
            offer = Push(hub=hub, topic=FEED)
            sources.save_state(c, PollState(source_id=source.id, polled_at=now, push=offer))
    assert sorted(subscribe(walk.house, now)) == [
        f"{inside}: {inside!r} leads to 127.0.0.1, which is not on the public internet",
        "http://hub.example/: the hub answers 503: closed for repairs",
    ]
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
