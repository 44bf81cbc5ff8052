"""Follows leads to their pages: request -> page -> worker -> article, or what the lead itself told."""

from dataclasses import replace

from scrapy import Request
from scrapy.http import Response

from crawler.errors import CrawlerError, Hidden, Refused
from crawler.politeness.addresses import check_url, read_networks
from crawler.politeness.door import SECONDS_LEFT
from crawler.politeness.errors import NotNow, TooLong
from crawler.records import Access, Article, Find, FindOutcome, Lead, NotAnArticle, Page
from crawler.spiders.answers import page_of
from crawler.spiders.order import Draw, LeadFollowed, Sink, SweepOrder
from crawler.spiders.tasks import Forward, read_article, read_page, tell_what_lead_knows
from crawler.spiders.troubles import explain_answer, explain_failure
from crawler.urls import clean, is_hidden, key
from crawler.workers import Spoilt, Workers

_ACCESS = {
    FindOutcome.BLOCKED: Access.BLOCKED,
    FindOutcome.UNREADABLE: Access.UNREADABLE,
    FindOutcome.HIDDEN: Access.UNREADABLE,
}
# What stands before an article is not the article: it is kept as far as its lead told.
_SHUT = {
    "challenge": FindOutcome.BLOCKED,
    "consent wall": FindOutcome.BLOCKED,
    "login": FindOutcome.BLOCKED,
    "binary": FindOutcome.UNREADABLE,
}
_PAGE_TYPES = ("html", "xml", "text/plain")


class Follower:
    """Makes Finds of leads; each page is asked for once in a sweep."""

    def __init__(self, order: SweepOrder, sink: Sink, workers: Workers, draw: Draw) -> None:
        self._order = order
        self._sink = sink
        self._workers = workers
        self._draw = draw
        self._allowed = read_networks(order.manners.allowed_networks)
        self._asked: set[str] = set()

    def begin(self, lead: Lead) -> Request | None:
        """The request for a lead's page; None where it was asked already or the sweep has enough.

        Raises Refused for an address that we may not ask, Hidden where none is told.
        """
        identity = key(lead.url)
        if identity in self._asked or len(self._asked) >= self._order.most_pages:
            return None
        self._asked.add(identity)
        url = clean(lead.url)
        if is_hidden(url):
            raise Hidden("the search engine keeps the outlet's address to itself")
        check_url(url, self._allowed)
        return self._ask(url, lead, {})

    def _ask(self, url: str, lead: Lead, way: dict[str, object]) -> Request:
        return Request(
            url,
            cb_kwargs={"lead": lead},
            meta={"download_maxsize": self._order.manners.page_bytes, **way},
            headers={"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"},
            dont_filter=True,
        )

    async def take(self, response: Response, lead: Lead) -> Find | Request:
        """Read the page of a lead; where it only sends its reader on, the answer is what to ask next."""
        page = page_of(response, self._order.clock())
        trouble = explain_answer(page)
        if trouble:
            return await self._without_page(lead, trouble.find, trouble.words, page)
        told = (page.header("content-type") or "html").lower()
        if not any(kind in told for kind in _PAGE_TYPES):
            words = f"it is {told.partition(';')[0]}, not a page"
            return await self._without_page(lead, FindOutcome.UNREADABLE, words, page)
        outlet = self._order.outlets.find(page.final_url)
        if outlet and outlet.rendered:
            return await self._draw_and_read(page, lead)
        try:
            read = await self._workers.run(read_page, page, lead)
        except CrawlerError as error:
            read = Spoilt(reason=str(error))
        if isinstance(read, Forward):
            return await self._go_on(response, lead, read.url)
        return await self._make_find(read, page, lead)

    async def _go_on(self, response: Response, lead: Lead, url: str) -> Find | Request:
        """One more hop, as if HTTP had told of it: through the same gate, within the same seconds."""
        hops = response.meta.get("redirect_times", 0) + 1
        try:
            check_url(url, self._allowed)
            if hops > self._order.manners.redirects:
                raise TooLong(f"it sends us on more than {self._order.manners.redirects} times")
            if is_hidden(url):
                raise Hidden("the search engine keeps the outlet's address to itself")
        except (Refused, Hidden) as error:
            return await self.miss(error, lead)
        urls = [*response.meta.get("redirect_urls", ()), response.url]
        so_far = {SECONDS_LEFT: response.meta[SECONDS_LEFT], "redirect_times": hops, "redirect_urls": urls}
        return self._ask(url, lead, so_far)

    async def _draw_and_read(self, page: Page, lead: Lead) -> Find:
        """Read what the page's scripts make of it; where they fail, the page as it came may do."""
        try:
            drawn = await self._draw(page)
        except NotNow as error:
            return await self.miss(error, lead)
        except Refused as error:
            find = await self._read(page, lead)
            if find.article and find.article.text:
                return replace(find, reason=f"read as it came: {error}")
            return await self._without_page(lead, explain_failure(error).find, str(error), page)
        trouble = explain_answer(drawn)
        if trouble:
            return await self._without_page(lead, trouble.find, trouble.words, drawn)
        return await self._read(drawn, lead)

    async def _read(self, page: Page, lead: Lead) -> Find:
        try:
            return await self._make_find(await self._workers.run(read_article, page, lead), page, lead)
        except CrawlerError as error:
            return await self._make_find(Spoilt(reason=str(error)), page, lead)

    async def _make_find(self, article: Article | NotAnArticle | Spoilt, page: Page, lead: Lead) -> Find:
        if isinstance(article, Spoilt):
            return await self._without_page(lead, FindOutcome.UNREADABLE, article.reason, page)
        if isinstance(article, NotAnArticle):
            shut = _SHUT.get(article.kind)
            if shut:
                return await self._without_page(lead, shut, article.reason, page)
            return Find(lead=lead, outcome=FindOutcome.NOT_AN_ARTICLE, reason=article.reason, page=page)
        return Find(lead=lead, outcome=FindOutcome.READ, article=article, page=page)

    async def miss(self, error: BaseException, lead: Lead) -> Find:
        """A request without an answer."""
        trouble = explain_failure(error)
        find = await self._without_page(lead, trouble.find, trouble.words, None)
        return replace(find, until=trouble.until)

    async def _without_page(self, lead: Lead, outcome: FindOutcome, words: str, page: Page | None) -> Find:
        article = None
        access = _ACCESS.get(outcome)
        if access and lead.headline:
            told = await self._workers.run(tell_what_lead_knows, lead, access, self._order.clock())
            article = None if isinstance(told, Spoilt) else told
        return Find(lead=lead, outcome=outcome, article=article, reason=words, page=page)

    def keep(self, find: Find) -> LeadFollowed:
        """Hand a Find to the sink, and say what to tell."""
        self._sink.keep_find(find)
        headline = find.article.headline if find.article else find.lead.headline
        return LeadFollowed(url=find.lead.url, outcome=find.outcome, headline=headline, reason=find.reason)
