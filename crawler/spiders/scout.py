"""The spider of a discovery: an outlet's front page and robots.txt, then every place that may list news."""

from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawler.errors import Refused
from crawler.outlets import source_id
from crawler.politeness.addresses import check_url, read_networks
from crawler.politeness.holds import Holds
from crawler.politeness.robots import IS_ROBOTS
from crawler.politeness.turns import STEP, Step
from crawler.readers.places import Place, find_sitemaps, guess_places
from crawler.records import Page, Poll, PollState, Source
from crawler.spiders.answers import page_of
from crawler.spiders.order import Measured, SweepOrder
from crawler.spiders.polls import Poller, Walk
from crawler.spiders.tasks import look_for_places
from crawler.spiders.troubles import explain_answer, explain_failure
from crawler.spiders.walker import Walker
from crawler.urls import key
from crawler.workers import Spoilt, Workers


class Scout(Walker):
    """Tells a Measured for each place that answers; keeps nothing."""

    name = "scout"

    def __init__(
        self, order: SweepOrder, tell: Callable[[object], None], workers: Workers, home_url: str
    ) -> None:
        super().__init__(order, Holds({}, order.manners.longest_hold, lambda *_: None), tell)
        self._home_url = home_url
        self._workers = workers
        self._poller = Poller(order, workers, self.draw)
        self._seen: set[str] = set()

    def is_amid_look(self) -> bool:
        """Whether a place's index or its older pages are being asked for."""
        return bool(self._poller.amid)

    async def start(self) -> AsyncIterator[Request]:
        """The front page first: it says most, and whether we are let in at all."""
        check_url(self._home_url, read_networks(self.order.manners.allowed_networks))
        yield Request(self._home_url, callback=self.take_home, errback=self.miss_home, dont_filter=True)

    async def take_home(self, response: Response) -> AsyncIterator[Request]:
        """The front page came: what it names, then robots.txt, then the common places."""
        page = page_of(response, self.now())
        places = await self._workers.run(look_for_places, page)
        trouble = explain_answer(page)
        if trouble or isinstance(places, Spoilt):
            self.tell(trouble.words if trouble else places.reason)  # type: ignore[union-attr]
            places = ()
        async for request in self._measure(places):
            yield request
        yield self._ask_robots(page)

    def miss_home(self, failure: Any) -> Iterable[Request]:
        """No front page: the other places may still answer."""
        self.tell(explain_failure(failure.value).words)
        yield self._ask_robots(None)

    def _ask_robots(self, home: Page | None) -> Request:
        origin = "/".join((home.final_url if home else self._home_url).split("/")[:3])
        return Request(
            f"{origin}/robots.txt",
            callback=self.take_robots,
            errback=self.miss_robots,
            meta={IS_ROBOTS: True, STEP: Step.LEAVE},
            cb_kwargs={"origin": origin},
            dont_filter=True,
        )

    async def take_robots(self, response: Response, origin: str) -> AsyncIterator[Request]:
        """robots.txt names sitemaps; the common places come last."""
        places = find_sitemaps(page_of(response, self.now()))
        async for request in self._measure((*places, *guess_places(origin))):
            yield request

    async def miss_robots(self, failure: Any) -> AsyncIterator[Request]:
        """Without robots.txt the gate lets nothing through, and says why."""
        async for request in self._measure(guess_places(failure.request.cb_kwargs["origin"])):
            yield request

    async def _measure(self, places: Iterable[Place]) -> AsyncIterator[Request]:
        for place in places:
            identity = f"{place.kind} {key(place.url)}"
            if identity in self._seen:
                continue
            self._seen.add(identity)
            source = Source(id=source_id(place.kind, place.url), kind=place.kind, url=place.url)
            walk = Walk(source=source, before=PollState(source_id=source.id, body_digest=""))
            try:
                yield self._to_place(self._poller.begin(walk), place)
            except Refused as error:
                self.tell(str(error))

    def _to_place(self, request: Request, place: Place) -> Request:
        return request.replace(
            callback=self.take_place,
            errback=self.miss_place,
            cb_kwargs={"walk": request.cb_kwargs["walk"], "place": place},
        )

    async def take_place(self, response: Response, walk: Walk, place: Place) -> AsyncIterator[Request]:
        """A place answered."""
        step = await self._poller.take(response, walk)
        if isinstance(step, Request):
            yield self._to_place(step, place)
        else:
            self.tell(_measure(step, place))

    def miss_place(self, failure: Any) -> Iterable[Request]:
        """A place did not answer."""
        walk, place = failure.request.cb_kwargs["walk"], failure.request.cb_kwargs["place"]
        step = self._poller.miss(failure.value, walk, failure.request.url)
        if isinstance(step, Request):
            yield self._to_place(step, place)
        else:
            self.tell(_measure(step, place))


def _measure(poll: Poll, place: Place) -> Measured:
    dates = [lead.published.instant for lead in poll.leads if lead.published]
    return Measured(
        kind=place.kind,
        url=poll.state.moved_to or place.url,
        found_by=place.found_by,
        leads=len(poll.leads),
        newest=max(dates, default=None),
        items_per_day=poll.state.items_per_day,
        headlines=tuple(lead.headline for lead in poll.leads if lead.headline)[:3],
        trouble=poll.state.trouble,
    )
