"""A morning at the desk for the tests: a store with a campaign, entries of every kind, and people."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import uvicorn
from fastapi import FastAPI

from aggregator.records import Campaign, ListForm, Pack
from aggregator.review import people
from aggregator.review.app import make_app
from aggregator.review.roles import Role
from aggregator.review.room import Fetched, Offered, Room, Trial
from aggregator.store import campaigns
from aggregator.store import people as people_store
from aggregator.store.session import Store
from crawler.records import Article, Evidence, Moment, Rival, Source
from tests.aggregator.samples import JUDGES, make_article, take_in

NOW = datetime(2017, 3, 29, 8, 0, tzinfo=UTC)
PASSWORD = "four random words do well"
CAMPAIGN = Campaign(
    slug="sanctuary",
    name="Seeking Sanctuary",
    pack=Pack(names=("sanctuary",), context=("deportation",)),
    own_domains=("localprogress.example",),
    form=ListForm(title="Seeking Sanctuary Convening in the News", carriers=True),
)
PIECES = (
    ("‘We Cannot Hide’: Sanctuary Cities Join Forces in First Meeting of Its Kind", "NBC News", "en"),
    ("City Leaders Met Yesterday in NYC to Strategize the Resistance", "Next City", "en"),
    ("A Blueprint For Providing Sanctuary", "Common Dreams", "en"),
    ("Local Lawmakers Fight Back Against AG Sessions’ Threats", "Democracy Now", "en"),
    ("Así reacciona la conferencia de ciudades santuario en Nueva York al ultimátum", "Univision", "es"),
    ("Few guarantees as local governments plot ‘sanctuary’ policy", "Politico", "en"),
    ("مدن الملاذ تجتمع في نيويورك", "Al Jazeera", "ar"),
)
NO_TRIAL = Trial(gained=(), lost=(), endangered=(), looked_at=0, gained_in_all=0, lost_in_all=0)


@dataclass
class Clock:
    """A clock that stands where the test puts it."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        """The time now."""
        return self.at


@dataclass
class FakeJobs:
    """The world outside, as the pages see it: what addresses answer is set by the test."""

    pages: dict[str, Article] = field(default_factory=dict)
    sources: dict[str, list[Source]] = field(default_factory=dict)
    rematched: list[Campaign] = field(default_factory=list)
    trial: Trial = NO_TRIAL

    def fetch(self, urls: Sequence[str]) -> Sequence[Fetched]:
        """The pages that the test put there."""
        found = {url: self.pages.get(url) for url in urls}
        return [
            Fetched(url=url, article=article, trouble="" if article else "it does not answer (404)")
            for url, article in found.items()
        ]

    def discover(self, address: str) -> Offered:
        """The sources that the test put there; without any, why there are none."""
        found = self.sources.get(address, [])
        return Offered(sources=found, troubles=("no sitemap: robots.txt names none <b>",))

    def try_out(self, campaign: Campaign) -> Trial:
        """The trial that the test put there."""
        return self.trial

    def rematch(self, campaign: Campaign) -> None:
        """Remembers that it was asked."""
        self.rematched.append(campaign)


def piece(number: int, headline: str, outlet: str, language: str = "en") -> Article:
    """An article about the campaign with evidence and a rival for each field."""
    article = make_article(number, headline=headline, outlet=outlet, language=language)
    published = Moment(instant=NOW - timedelta(hours=number + 2), offset_minutes=-240)
    evidence = {
        "outlet": Evidence(
            value=outlet,
            found_by="the directory of outlets",
            rivals=(Rival(value=outlet.upper(), found_by="og:site_name"),),
        ),
        "published": Evidence(value=published.local.isoformat(), found_by="JSON-LD datePublished"),
        "headline": Evidence(
            value=headline,
            found_by="JSON-LD headline",
            rivals=(Rival(value=f"{headline} | {outlet}", found_by="title"),),
            doubt="The title differs." if number == 2 else None,
        ),
    }
    text = (
        f"{headline}. Council members from forty cities met on Monday to plan for sanctuary policies "
        f"that would outlast a cut in federal funds, said an organiser of part {number}."
    )
    return replace(article, published=published, evidence=evidence, text=text, authors=("Griselda Nevárez",))


def pieces(number: int) -> list[Article]:
    """So many articles: the named ones first, then more of their kind."""
    named = [piece(place, *told) for place, told in enumerate(PIECES, start=1)]
    more = [
        piece(place, f"Sanctuary policy, council by council: part {place}", f"Daily Planet {place % 7}")
        for place in range(len(named) + 1, number + 1)
    ]
    return [*named, *more][:number]


def copies() -> list[Article]:
    """One story that four outlets carry."""
    headline = "Representatives from sanctuary cities meet in NY as US Attorney General threatens funding"
    outlets = ("CNN Wire", "FOX61", "KTLA", "WTVR")
    made = [piece(place, headline, outlet) for place, outlet in enumerate(outlets, start=900)]
    return [replace(each, headline=headline, wire_credit="CNN Wire") for each in made]


def open_room(store: Store, articles: Sequence[Article], clock: Clock | None = None) -> Room:
    """A room with a campaign and these articles waiting."""
    with store.writing() as c:
        campaigns.save(c, CAMPAIGN, "Ana", NOW)
    take_in(store, *articles)
    return Room(store=store, judges=JUDGES, jobs=FakeJobs(), now=clock or Clock())


def add_person(room: Room, name: str, role: Role) -> str:
    """A new user, and the token of their session."""
    token = people.invite(room.store, role, "the test", room.now())
    return people.welcome(room.store, token, name, PASSWORD, room.now())


def add_session(room: Room, name: str) -> str:
    """Another browser in which the user is logged in: its token. Cheaper than a password."""
    token = people.new_token()
    with room.store.writing() as c:
        people_store.open_session(c, people.digest(token), name, room.now())
    return token


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The application on a free port of loopback; gives its address."""
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    started = threading.Event()
    while not server.started:
        started.wait(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


@dataclass
class Morning:
    """An application with pieces waiting, and the session of Ana, who is an editor."""

    app: FastAPI
    room: Room
    jobs: FakeJobs
    token: str

    @property
    def clock(self) -> Clock:
        """The clock of the room."""
        assert isinstance(self.room.now, Clock)
        return self.room.now


def open_morning(store: Store, number: int = 7) -> Morning:
    """So many pieces, and a story with four copies, waiting for Ana."""
    room = open_room(store, [*pieces(number), *copies()])
    token = add_person(room, "Ana", Role.EDITOR)
    assert isinstance(room.jobs, FakeJobs)
    return Morning(app=make_app(room), room=room, jobs=room.jobs, token=token)
