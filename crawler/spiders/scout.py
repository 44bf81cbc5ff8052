"""The spider of a discovery: an outlet's front page and robots.txt, then every place that may list news."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawler.errors import Refused
from crawler.outlets import source_id
from crawler.politeness.addresses import check_url, read_networks
from crawler.politeness.holds import Holds
from crawler.politeness.robots import IS_ROBOTS
from crawler.politeness.robots_answer import RobotsAnswer
from crawler.politeness.turns import STEP, Step
from crawler.readers.places import Place, find_sitemaps, guess_places
from crawler.records import Page, Poll, PollState, Source
from crawler.spiders.answers import page_of
from crawler.spiders.order import FRONT_PAGE, ROBOTS, Held, Looked, Measured, SweepOrder
from crawler.spiders.polls import Poller
from crawler.spiders.tasks import look_for_places
from crawler.spiders.troubles import explain_answer, explain_failure
from crawler.spiders.walker import Walker
from crawler.spiders.walks import Walk
from crawler.urls import key
from crawler.workers import Spoilt, Workers


class Scout(Walker):
    """Tells a Measured for each place that answers; keeps nothing."""

    name = "scout"

    def __init__(
        self, order: SweepOrder, tell: Callable[[object], None], workers: Workers, home_url: str
    ) -> None:
        held = Holds(order.held, order.manners.longest_hold, self._tell_hold)
        super().__init__(order, held, self._hear)
        self._told = tell
        self._rules: dict[str, RobotsAnswer] = {}
        self._home_url = home_url
        self._workers = workers
        self._poller = Poller(order, workers, self.draw)
        self._seen: set[str] = set()

    def _hear(self, event: object) -> None:
        """What is told, and a robots.txt that the gate asked for: we need not ask for it again."""
        if isinstance(event, RobotsAnswer):
            self._rules[event.origin] = event
        self._told(event)

    def _tell_hold(self, domain: str, until: datetime) -> None:
        self.tell(Held(domain=domain, until=until))

    def rest(self) -> None:
        """What is left would only be waited for: say so, to a person who waits as well."""
        words = (
            "the outlet wants long pauses between two requests: not everything was looked at, try again later"
        )
        self.tell(words)
        super().rest()

    def is_amid_look(self) -> bool:
        """Whether a place's index is being asked for, and nothing was found yet."""
        return self._poller.is_amid_look

    async def begin(self) -> AsyncIterator[Request]:
        """The front page first: it says most, and whether we are let in at all."""
        try:
            check_url(self._home_url, read_networks(self.order.manners.allowed_networks))
        except Refused as error:
            self.tell(Looked(what=FRONT_PAGE, trouble=str(error), answered=False))
            return
        yield Request(self._home_url, callback=self.take_home, errback=self.miss_home, dont_filter=True)

    async def take_home(self, response: Response) -> AsyncIterator[Request]:
        """The front page came: what it names, then robots.txt, then the common places."""
        page = page_of(response, self.now())
        places = await self._workers.run(look_for_places, page)
        trouble = explain_answer(page)
        words = trouble.words if trouble else places.reason if isinstance(places, Spoilt) else None
        self.tell(Looked(what=FRONT_PAGE, trouble=words))
        if words or isinstance(places, Spoilt):
            places = ()
        async for request in self._measure(places):
            yield request
        async for request in self._look_at_robots("/".join(page.final_url.split("/")[:3])):
            yield request

    async def miss_home(self, failure: Any) -> AsyncIterator[Request]:
        """No front page: the other places may still answer."""
        if not self.stopping:
            words = explain_failure(failure.value).words
            self.tell(Looked(what=FRONT_PAGE, trouble=words, answered=False))
            async for request in self._look_at_robots("/".join(self._home_url.split("/")[:3])):
                yield request

    async def _look_at_robots(self, origin: str) -> AsyncIterator[Request]:
        url = f"{origin}/robots.txt"
        if known := self._rules.get(origin):
            page = Page(
                requested_url=url,
                final_url=url,
                status=known.status,
                headers=(),
                body=known.text.encode(),
                fetched_at=known.at,
            )
            async for request in self._take_robots(page, origin):
                yield request
            return
        yield Request(
            url,
            callback=self.take_robots,
            errback=self.miss_robots,
            meta={IS_ROBOTS: True, STEP: Step.LEAVE},
            cb_kwargs={"origin": origin},
            dont_filter=True,
        )

    async def take_robots(self, response: Response, origin: str) -> AsyncIterator[Request]:
        """robots.txt came."""
        async for request in self._take_robots(page_of(response, self.now()), origin):
            yield request

    async def _take_robots(self, page: Page, origin: str) -> AsyncIterator[Request]:
        """robots.txt names sitemaps; the common places come last."""
        places = find_sitemaps(page)
        trouble = None if 400 <= page.status < 500 else explain_answer(page)  # none: all may be read
        self.tell(Looked(what=ROBOTS, trouble=trouble.words if trouble else None))
        async for request in self._measure((*places, *guess_places(origin))):
            yield request

    async def miss_robots(self, failure: Any) -> AsyncIterator[Request]:
        """Without robots.txt the gate lets nothing through, and says why."""
        if self.stopping:
            return
        words = explain_failure(failure.value).words
        self.tell(Looked(what=ROBOTS, trouble=words, answered=False))
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
                step: Request | Poll = self._poller.begin(walk)
            except Refused as error:
                step = self._poller.miss(error, walk, walk.url)
            for request in self._next(step, place, answered=False):
                yield request

    def _next(self, step: Request | Poll, place: Place, *, answered: bool) -> Iterator[Request]:
        if isinstance(step, Request):
            yield self._to_place(step, place)
        else:
            self.tell(_measure(step, place, answered=answered))

    def _to_place(self, request: Request, place: Place) -> Request:
        return request.replace(
            callback=self.take_place,
            errback=self.miss_place,
            cb_kwargs={"walk": request.cb_kwargs["walk"], "place": place},
        )

    async def take_place(self, response: Response, walk: Walk, place: Place) -> AsyncIterator[Request]:
        """A place answered."""
        for request in self._next(await self._poller.take(response, walk), place, answered=True):
            yield request

    def miss_place(self, failure: Any) -> Iterable[Request]:
        """A place did not answer; while stopping, what was found there already is told."""
        walk, place = failure.request.cb_kwargs["walk"], failure.request.cb_kwargs["place"]
        step: Request | Poll | None
        if self.stopping:
            step = self._poller.stop(walk)
        else:
            step = self._poller.miss(failure.value, walk, failure.request.url)
        if step is not None:
            yield from self._next(step, place, answered=bool(walk.leads))


def _measure(poll: Poll, place: Place, *, answered: bool) -> Measured:
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
        is_guess=place.is_guess,
        answered=answered,
    )
