"""What worker processes do: read one source's answer, or one page. The outlets are given to them once."""

from datetime import datetime

from crawler.extraction import extract, from_lead
from crawler.outlets import Directory
from crawler.readers import read_source
from crawler.records import Access, Article, Lead, NotAnArticle, Page, Reading, Source


def read_answer(_: Directory, page: Page, source: Source) -> Reading:
    """The leads of a source's answer; raises UnreadableFeed."""
    return read_source(page, source)


def read_article(outlets: Directory, page: Page, lead: Lead) -> Article | NotAnArticle:
    """The article of a page."""
    return extract(page, outlets, lead)


def tell_what_lead_knows(outlets: Directory, lead: Lead, access: Access, now: datetime) -> Article | None:
    """An article made of what feed or sitemap told, None where they told no headline."""
    return from_lead(lead, outlets, access, now) if lead.headline else None
