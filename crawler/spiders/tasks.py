"""What worker processes do: read one source's answer, or one page. The outlets are given to them once.

Extraction is imported in the functions, so that the sweep's own process, which only names them,
stays small.
"""

from dataclasses import dataclass
from datetime import datetime

from crawler.habits import Habits
from crawler.mailboxes import Mailbox
from crawler.outlets import Directory
from crawler.politeness.mailbox import Post, fetch_post
from crawler.readers import read_source
from crawler.readers.forward import find_forward
from crawler.readers.places import Place, find_places
from crawler.records import Access, Article, Lead, NotAnArticle, Page, Reading, Source


def read_answer(_: Directory, page: Page, source: Source, habits: Habits | None) -> Reading:
    """The leads of a source's answer; raises UnreadableFeed."""
    return read_source(page, source, habits)


def fetch_mail(_: Directory, mailbox: Mailbox, position: str | None, patience: float) -> Post:
    """The new mail of a mailbox; raises MailboxShut, MailboxAway."""
    return fetch_post(mailbox, position, patience)


def look_for_places(_: Directory, page: Page) -> tuple[Place, ...]:
    """Where an outlet's front page says its news are listed."""
    return find_places(page)


@dataclass(frozen=True, slots=True)
class Forward:
    """The page only sends its reader on, to this address."""

    url: str


def read_page(outlets: Directory, page: Page, lead: Lead) -> Article | NotAnArticle | Forward:
    """The article of a page, or where it stands instead."""
    url = find_forward(page)
    return Forward(url) if url is not None else read_article(outlets, page, lead)


def read_article(outlets: Directory, page: Page, lead: Lead) -> Article | NotAnArticle:
    """The article of a page."""
    from crawler.extraction import extract

    return extract(page, outlets, lead)


def tell_what_lead_knows(outlets: Directory, lead: Lead, access: Access, now: datetime) -> Article:
    """An article made of what feed or sitemap told."""
    from crawler.extraction import from_lead

    return from_lead(lead, outlets, access, now)
