"""The open house: settings, outlets, campaigns and database together, for every job."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial

from aggregator import campaigns as campaign_files
from aggregator import stories
from aggregator.errors import UnknownSubject
from aggregator.intake import Intake
from aggregator.judges import Judges
from aggregator.matching import Matcher
from aggregator.records import Campaign
from aggregator.runs.checking import unknown_outlets
from aggregator.settings import Settings
from aggregator.store import articles, campaigns, sources
from aggregator.store.session import Store
from crawler import outlets
from crawler.clock import read_clock
from crawler.errors import ConfigError
from crawler.outlets import Directory
from crawler.politeness.manners import Manners
from crawler.politeness.robots_answer import RobotsAnswer
from crawler.records import Source, SourceKind


def make_judges(directory: Directory) -> Judges:
    """Who judges what mentions a campaign and what is one story, for outlets of this directory."""
    return Judges(
        matcher=partial(Matcher, outlets=tuple(directory)),
        sketch=stories.sketch,
        read_sketch=stories.Sketch.from_json,
        place=stories.place,
        settle=stories.settle,
        group=stories.group_each,
        conflicts=stories.conflicts,
        most_holders=stories.MOST_HOLDERS,
        met=stories.MET,
        most_members=stories.MOST_MEMBERS,
        relate=stories.relate,
        asked_of_kin=stories.asked_of_kin,
    )


@dataclass(frozen=True, kw_only=True)
class House:
    """What a job needs; `sources` are those of the outlet files that are watched, and those
    of the settings.

    `robots` is what sites said in their robots.txt, kept from one sweep to the next; `published` of what
    each campaign's files were made, with their digest, from one publishing to the next. `alone` says
    that this process does one job and ends, so that a sweep need not have a process of its own.
    """

    settings: Settings
    store: Store
    directory: Directory
    sources: tuple[Source, ...]
    robots: dict[str, RobotsAnswer] = field(default_factory=dict)
    published: dict[str, tuple[str, str]] = field(default_factory=dict)
    alone: bool = False

    @cached_property
    def judges(self) -> Judges:
        """Who judges what mentions a campaign and what is one story."""
        return make_judges(self.directory)

    @property
    def manners(self) -> Manners:
        """How the crawler behaves for us."""
        polite = self.settings.politeness
        return Manners(
            contact=self.settings.contact,
            pause=polite.pause.total_seconds(),
            request_seconds=polite.timeout.total_seconds(),
            proxy=polite.proxy,
            allowed_networks=polite.allowed_networks,
            workers=self.settings.workers,
            chromium=polite.chromium,
        )

    def campaigns(self) -> list[Campaign]:
        """The campaigns as the database has them now."""
        with self.store.reading() as c:
            return campaigns.every(c)

    def intake(self) -> Intake:
        """What takes in a sweep's catch for the campaigns as they are now."""
        return Intake(self.store, tuple(self.campaigns()), self.judges, read_clock)


def open_house(settings: Settings, now: datetime) -> House:
    """Read outlet and campaign files, bring the database up to date, and tell it what the files say.

    A campaign file is a seed: once the database knows the campaign, the database is the
    truth. Raises ConfigError, StoreAway, StoreTooNew.
    """
    directory, known = outlets.load(settings.folder / "outlets")
    if unknown := unknown_outlets(settings, directory):
        raise ConfigError(unknown)
    watched = tuple(source for source in known if _is_watched(source, directory, settings))
    configured = watched + _own_sources(settings)
    seeds = campaign_files.load(settings.folder / "campaigns")
    settings.exports.parent.mkdir(parents=True, exist_ok=True)
    store = Store.create(settings.database)
    with store.writing() as c:
        sources.register(c, configured)
        for seed in seeds:
            if campaigns.version(c, seed.slug) is None:
                preferred = seed.preferred or settings.preferred
                campaigns.save(c, replace(seed, preferred=preferred), by="campaign file", at=now)
    return House(settings=settings, store=store, directory=directory, sources=configured)


def _is_watched(source: Source, directory: Directory, settings: Settings) -> bool:
    outlet = directory.named(source.outlet or "")
    return outlet is None or settings.watch.covers(outlet)


def _own_sources(settings: Settings) -> tuple[Source, ...]:
    """The press pages, searches and mailboxes that the settings name: they belong to no outlet."""
    named = (
        (SourceKind.PRESS_PAGE, settings.watch.press_pages),
        (SourceKind.SEARCH, settings.watch.searches),
    )
    asked = (
        Source(id=outlets.source_id(kind, url), kind=kind, url=url) for kind, urls in named for url in urls
    )
    return (*asked, *(mailbox.source for mailbox in settings.mailboxes))


def keys(house: House, addresses: Sequence[str]) -> list[str]:
    """The keys of the articles known under these addresses. Raises UnknownSubject."""
    with house.store.reading() as c:
        found = [next(iter(articles.known_as(c, address)), None) for address in addresses]
    for address, key in zip(addresses, found, strict=True):
        if key is None and "." not in address:
            raise UnknownSubject(f"{address!r} is no web address; name articles by theirs")
        if key is None:
            raise UnknownSubject(
                f"no article is known at {address}; `inthenews why {address}` tells more, "
                f"`inthenews add {address}` fetches it"
            )
    return [key for key in found if key is not None]
