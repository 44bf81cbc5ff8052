"""Looks at sources: conditional request -> answer -> worker -> leads and the state to remember.

A sitemap index or a paged feed is one look with several requests, kept as one Poll.
"""

import hashlib
from datetime import datetime

from scrapy import Request
from scrapy.http import Response

from crawler.cadence import SOFT, Look, next_state
from crawler.errors import Refused, UnreadableFeed
from crawler.politeness.addresses import check_url, read_networks
from crawler.politeness.errors import NotNow
from crawler.politeness.turns import STEP, Step
from crawler.readers.newest import keep_newest, tell_left_out
from crawler.records import (
    FindOutcome,
    Lead,
    Page,
    Poll,
    PollOutcome,
    Reading,
    Source,
    SourceKind,
)
from crawler.spiders.answers import page_of
from crawler.spiders.order import Draw, SweepOrder
from crawler.spiders.tasks import read_answer
from crawler.spiders.troubles import Trouble, explain_answer, explain_failure
from crawler.spiders.walks import Walk
from crawler.urls import host, registrable_domain
from crawler.workers import Spoilt, Workers

_OVERFLOW = "every item is newer than our last look: there may have been more between; its sitemap may tell"
MOST_FOLLOWED = 10  # further addresses of one source in one look
_PAGES = (SourceKind.SECTION, SourceKind.PRESS_PAGE)  # made for people, and drawn where an outlet's pages are


class Poller:
    """Makes Polls of sources; what is asked next, it answers as a Request or None."""

    def __init__(self, order: SweepOrder, workers: Workers, draw: Draw) -> None:
        self._order = order
        self._workers = workers
        self._draw = draw
        self._allowed = read_networks(order.manners.allowed_networks)
        self._amid: dict[str, Walk] = {}  # looks that go on after their first answer, by source

    @property
    def is_amid_look(self) -> bool:
        """Whether a look has begun that would be for nothing if it ended now."""
        return any(not walk.leads for walk in self._amid.values())

    def begin(self, walk: Walk) -> Request:
        """The conditional request for a source; raises Refused for an address we may not ask."""
        # A page that its scripts fill comes empty and always the same: what is new does not show yet.
        conditions = (
            {} if walk.was_index or self._is_drawn(walk.source) else walk.conditions(self._order.clock())
        )
        walk.known.add(walk.url)
        return self._ask(walk.url, conditions, walk)

    def _is_drawn(self, source: Source) -> bool:
        outlets = self._order.outlets
        outlet = outlets.named(source.outlet or "") or outlets.find(source.url)
        return source.kind in _PAGES and outlet is not None and outlet.rendered

    def _ask(self, url: str, headers: dict[str, str], walk: Walk) -> Request:
        check_url(url, self._allowed)
        walk.asked += 1
        if walk.asked > 1:
            self._amid[walk.source.id] = walk
        goes_on = walk.asked > 1 and not walk.leads
        return Request(
            url,
            headers=headers,
            cb_kwargs={"walk": walk},
            meta={
                "download_maxsize": self._order.manners.source_bytes,
                STEP: Step.GOES_ON if goes_on else Step.VISIT,
            },
            dont_filter=True,
            priority=10,
        )

    async def take(self, response: Response, walk: Walk) -> Request | Poll:
        """Read an answer: the next request of this look, or the Poll that it came to."""
        page = page_of(response, self._order.clock())
        if self._is_drawn(walk.source) and explain_answer(page) is None:
            try:
                page = await self._draw(page)
            except Refused as error:
                return self.miss(error, walk, page.final_url)
        if walk.first is None:
            walk.first = page
            walk.moved_to = _find_move(response)
            ended = self._end_early(page, walk, response)
            if ended:
                return ended
        elif page.status == 304 and _was_conditional(response):
            walk.is_partly_same = True
            return self._go_on(walk, page.final_url, None)
        trouble = explain_answer(page)
        if trouble is None:
            trouble = await self._read(page, walk)
        return self._go_on(walk, page.final_url, trouble)

    def miss(self, error: BaseException, walk: Walk, url: str) -> Request | Poll:
        """A request without an answer: go on where other addresses are left, else tell."""
        if isinstance(error, NotNow) and walk.leads:
            return self._break_off(walk)
        return self._go_on(walk, url, explain_failure(error))

    def stop(self, walk: Walk) -> Poll | None:
        """What a look has found so far, when there is no time for the rest; None where that is nothing."""
        return self._break_off(walk) if walk.leads else None

    def _break_off(self, walk: Walk) -> Poll:
        left = len(walk.to_ask) + 1
        walk.problems.append(f"{left} part{'s' if left > 1 else ''} left for a later look")
        walk.is_whole = False
        return self._conclude(walk, PollOutcome.NEW)

    def _end_early(self, page: Page, walk: Walk, response: Response) -> Poll | None:
        same = walk.before.body_digest == _digest(page.body)
        unchanged = page.status == 304 and _was_conditional(response)
        if unchanged or (page.status == 200 and same and not walk.before.failures):
            return self._conclude(walk, PollOutcome.UNCHANGED)
        return None

    async def _read(self, page: Page, walk: Walk) -> Trouble | None:
        try:
            habits = self._order.habits.get(registrable_domain(page.final_url))
            reading = await self._workers.run(read_answer, page, walk.source, habits)
        except UnreadableFeed as error:
            return _unreadable(str(error))
        if isinstance(reading, Spoilt):
            return _unreadable(reading.reason)
        self._collect(reading, walk)
        return None

    def _collect(self, reading: Reading, walk: Walk) -> None:
        walk.offer = walk.offer or reading.offer
        for lead in reading.leads:
            walk.leads.setdefault(lead.url, lead)
        walk.problems.extend(reading.problems)
        walk.hints.update({key: value for key, value in reading.hints.items() if key not in walk.hints})
        # Older pages of a feed are read when it is new, and back to where we were; sitemaps grow at the top.
        overflowed = walk.has_overflowed(reading.leads)
        if overflowed and not reading.follow:
            walk.problems.append(_OVERFLOW)
        if walk.source.kind != SourceKind.FEED or walk.before.body_digest is None or overflowed:
            walk.is_index = walk.is_index or (walk.source.kind == SourceKind.SITEMAP and bool(reading.follow))
            parts = [url for url in dict.fromkeys(reading.follow) if url not in walk.known]
            walk.to_ask.extend(self._shuffle(parts) if walk.was_broken_off else parts)
            walk.known.update(reading.follow)

    def _go_on(self, walk: Walk, url: str, trouble: Trouble | None) -> Request | Poll:
        if trouble:
            walk.is_whole = False
        if trouble and walk.asked > 1:
            walk.problems.append(f"{url}: {trouble.words}")
        while walk.to_ask and walk.asked <= MOST_FOLLOWED and len(walk.leads) < self._order.most_leads:
            try:
                return self._ask_part(walk.to_ask.pop(0), walk)
            except Refused as error:
                walk.problems.append(str(error))
        walk.is_whole = walk.is_whole and not walk.to_ask
        if trouble and not walk.leads:
            return self._conclude(walk, trouble.poll, trouble)
        if not walk.leads and walk.is_partly_same and walk.is_whole:
            return self._conclude(walk, PollOutcome.UNCHANGED)
        if not walk.leads:
            empty = "; ".join(walk.problems[:3]) or "the source shows no items"
            return self._conclude(walk, PollOutcome.EMPTY, _unreadable(empty))
        return self._conclude(walk, PollOutcome.NEW)

    def _shuffle(self, parts: list[str]) -> list[str]:
        """The first, then the others in another order at every look: each is to have its turn."""
        at = self._order.clock().isoformat()
        return parts[:1] + sorted(parts[1:], key=lambda url: _digest(f"{url} {at}".encode()))

    def _ask_part(self, url: str, walk: Walk) -> Request:
        """A part of an index, if it changed since the look at which all of them were read."""
        since = walk.before.last_modified if walk.was_index and host(url) == host(walk.url) else None
        return self._ask(url, {"If-Modified-Since": since} if since else {}, walk)

    def _conclude(self, walk: Walk, outcome: PollOutcome, trouble: Trouble | None = None) -> Poll:
        self._amid.pop(walk.source.id, None)
        found = tuple(walk.leads.values())
        leads = tuple(keep_newest(found, _published, self._order.most_leads))
        walk.problems.extend(tell_left_out(len(found), len(leads)))
        dates = [lead.published.instant for lead in leads if lead.published]
        look = Look(
            outcome=outcome,
            at=self._order.clock(),
            trouble=trouble.words if trouble else None,
            weight=trouble.weight if trouble else 0.0,
            until=trouble.until if trouble else None,
            headers=walk.headers_to_keep(),
            hints=walk.hints,
            dates=dates,
            body_digest=_digest(walk.first.body) if walk.first and not walk.is_index else None,
            moved_to=walk.moved_to,
            offer=walk.offer,
        )
        return Poll(
            source=walk.source,
            outcome=outcome,
            state=next_state(walk.source, walk.before, look),
            leads=leads,
            problems=tuple(walk.problems),
        )


def _published(lead: Lead) -> datetime | None:
    return lead.published.instant if lead.published else None


def _unreadable(words: str) -> Trouble:
    return Trouble(words=words, poll=PollOutcome.FAILED, find=FindOutcome.UNREADABLE, weight=SOFT)


def _was_conditional(response: Response) -> bool:
    headers = response.request.headers if response.request else {}
    return "If-None-Match" in headers or "If-Modified-Since" in headers


def _find_move(response: Response) -> str | None:
    """Where permanent redirects led; None as soon as one of them is for the time being only."""
    reasons = response.meta.get("redirect_reasons", ())
    return str(response.url) if reasons and set(reasons) <= {301, 308} else None


def _digest(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()
