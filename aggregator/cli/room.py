"""Connects the review page to the jobs: what the page asks of the crawler or of a long computation."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from aggregator import rematching, runs
from aggregator.matching.needs import need_of
from aggregator.records import Campaign
from aggregator.review.room import Fetched, Offered, Room, Trial
from aggregator.store import articles, rematches
from crawler.outlets import source_id
from crawler.records import Source

MOST_SHOWN = 50  # headlines of each kind in a try-out


@dataclass(frozen=True)
class HouseJobs:
    """The jobs of an open house, as the review page asks for them."""

    house: runs.House
    clock: Callable[[], datetime]

    def fetch(self, urls: Sequence[str]) -> Sequence[Fetched]:
        """Read pages through the gate; an address that brought nothing says why."""
        finds = {find.lead.url: find for find in runs.look_at(self.house, urls, self.clock())}
        return [
            Fetched(url=url, article=finds[url].article, trouble=finds[url].reason)
            if url in finds
            else Fetched(url=url, trouble="it could not be fetched; try again later")
            for url in urls
        ]

    def discover(self, address: str) -> Offered:
        """The feeds, sitemaps and sections that a site offers."""
        found = runs.discover(self.house, address)
        owners = [(place, self.house.directory.find(place.url)) for place in found.places]
        sources = [
            Source(
                id=source_id(place.kind, place.url),
                kind=place.kind,
                url=place.url,
                outlet=outlet.slug if outlet else None,
            )
            for place, outlet in owners
        ]
        return Offered(sources=sources, troubles=found.troubles)

    def try_out(self, campaign: Campaign) -> Trial:
        """What the campaign would find among the stored articles."""
        matcher = self.house.judges.matcher([campaign])
        made = rematching.try_rematch(self.house.store, campaign, matcher, need_of(campaign))
        return Trial(
            gained=self._headlines([mention.article_key for mention in made.gained[:MOST_SHOWN]]),
            lost=self._headlines([exclusion.article_key for exclusion in made.lost[:MOST_SHOWN]]),
            endangered=self._headlines(list(made.accepted_lost)),
            looked_at=made.articles,
            gained_in_all=made.gained_in_all,
            lost_in_all=made.lost_in_all,
        )

    def rematch(self, campaign: Campaign) -> None:
        """Judge the stored articles anew in the background; what is not done when we stop, `go_on` does."""
        self._rematch(campaign.slug)

    def go_on(self) -> None:
        """Go on in the background with what was left when somebody stopped us."""
        with self.house.store.reading() as c:
            left = rematches.unfinished(c)
        for slug in left:
            self._rematch(slug)

    def _rematch(self, slug: str) -> None:
        threading.Thread(
            target=runs.rematch,
            args=(self.house, slug, self.clock()),
            kwargs={"save": True},
            name=f"rematch {slug}",
            daemon=True,
        ).start()

    def _headlines(self, keys: Sequence[str]) -> list[tuple[str, str]]:
        with self.house.store.reading() as c:
            found = articles.some(c, keys)
        return [(key, found[key].headline) for key in keys if key in found]


def make_room(house: runs.House, clock: Callable[[], datetime]) -> Room:
    """Everything that the review page stands on; what was left of a re-match goes on."""
    jobs = HouseJobs(house, clock)
    jobs.go_on()
    return Room(
        store=house.store,
        judges=house.judges,
        jobs=jobs,
        now=clock,
        directory=house.directory,
        preferred=house.settings.preferred,
    )
