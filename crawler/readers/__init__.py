"""Answer -> leads: what a feed, sitemap, section or search page points to. Pure; a kind of source is a file.

A reader gets a Page and gives a Reading; it fetches nothing, and runs in a worker that may be killed.
"""

from dataclasses import replace
from importlib import import_module

from crawler.errors import UnreadableFeed
from crawler.habits import Habits
from crawler.readers.hubs import find_offer
from crawler.records import Page, Reading, Source, SourceKind
from crawler.text.crowds import flat, uncrowded

# What can be looked at, at an address, again and again.
READ = (
    SourceKind.FEED,
    SourceKind.SITEMAP,
    SourceKind.SECTION,
    SourceKind.SEARCH,
    SourceKind.PRESS_PAGE,
)


def read_source(page: Page, source: Source, habits: Habits | None = None) -> Reading:
    """The leads of a source's answer, newest first where the source tells; raises UnreadableFeed.

    `habits` are what the links of the source's site have turned out to be: a section page asks.
    """
    if not page.body.strip():
        raise UnreadableFeed("the answer is empty")
    reader = import_module(f"{__name__}.{source.kind}")
    page = replace(page, body=_thin_out(page.body))
    known = (habits,) if source.kind is SourceKind.SECTION else ()
    reading: Reading = reader.read(page, source, *known)
    return replace(reading, offer=find_offer(page, reading.hints))


def _thin_out(body: bytes) -> bytes:
    """The answer less what chokes parsers, an ordinary one as it is; in every charset that holds ASCII."""
    return flat(uncrowded(body.decode("latin-1"))).encode("latin-1")
