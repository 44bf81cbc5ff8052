"""Feeds -> leads: RSS 0.9x, 1.0 and 2.0, Atom and JSON Feed; what the answer is instead, in words.

`feed_fast` reads plain feeds, `feed_judge` (feedparser) all others, `jsonfeed` JSON. Fetching, and
when to come back, are left to others; `hints` carries the feed's own words on that.
"""

import re
from datetime import datetime

from crawler.errors import UnreadableFeed
from crawler.readers.feed_fast import read_fast
from crawler.readers.feed_items import Feed, Item, make_summary
from crawler.readers.feed_judge import judge_feed
from crawler.readers.jsonfeed import read_json_feed
from crawler.readers.links import LinkBook
from crawler.readers.moments import is_believable, read_feed_date, read_instant
from crawler.readers.newest import keep_newest, tell_left_out
from crawler.records import Lead, Moment, Page, Reading, Source
from crawler.text import plain
from crawler.urls import resolve

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html|<head|<body)",
    re.IGNORECASE | re.DOTALL,
)
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def read(page: Page, source: Source) -> Reading:
    """The leads of a feed, in its order; raises UnreadableFeed with a word on what the answer is."""
    start = page.body.lstrip(b"\xef\xbb\xbf\x00\xff\xfe \t\r\n")[:2_000]
    if start.startswith(b"{"):
        return read_json_feed(page, source)
    if _HTML.match(start):
        raise UnreadableFeed("the answer is a web page (HTML), not a feed")
    if _SITEMAP.search(start):
        raise UnreadableFeed("the answer is a sitemap, not a feed; list it under sitemaps")
    charset = _CHARSET.search(page.header("content-type") or "")
    feed = read_fast(page.body, charset[1] if charset else None) or judge_feed(page)
    return _make_reading(feed, page, source)


def _make_reading(feed: Feed, page: Page, source: Source) -> Reading:
    links = LinkBook(page.final_url if feed.base is None else feed.base, page.final_url)
    items = keep_newest(feed.items, _instant_of)
    leads = tuple(
        _make_lead(item, url, feed, page, source)
        for item in items
        if (url := links.resolve(item.link)) is not None
    )
    follow = links.resolve(feed.next_page) if feed.next_page else None
    return Reading(
        leads=leads,
        follow=(follow,) if follow else (),
        problems=((feed.doubt,) if feed.doubt else ())
        + links.problems
        + tell_left_out(len(feed.items), len(items)),
        hints=feed.hints,
    )


def _instant_of(item: Item) -> datetime | None:
    return item.instant or read_instant(next(iter(item.dates), None))


def _make_lead(item: Item, url: str, feed: Feed, page: Page, source: Source) -> Lead:
    return Lead(
        url=url,
        source_id=source.id,
        found_at=page.fetched_at,
        headline=plain(item.title) or None,
        summary=make_summary(item.summary),
        published=_read_published(item, feed, page),
        guid=item.guid,
        outlet=plain(item.outlet) or None,
        outlet_url=resolve(page.final_url, item.outlet_url) if item.outlet_url else None,
        language=feed.language,
        authors=tuple(dict.fromkeys(name for name in map(plain, item.authors) if name)),
    )


def _read_published(item: Item, feed: Feed, page: Page) -> Moment | None:
    moments = (read_feed_date(date, page.fetched_at, feed.language) for date in item.dates)
    known = next((moment for moment in moments if moment), None)
    if known is None and item.instant and is_believable(item.instant, page.fetched_at):
        return Moment(instant=item.instant)
    return known
