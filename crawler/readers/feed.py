"""Feeds -> leads: RSS 0.9x, 1.0 and 2.0, Atom and CDF by feedparser, JSON Feed by `jsonfeed`.

What the answer is instead, where it is no feed, is told in words. Fetching, and when to come
back, are left to others; `hints` carries the feed's own words on that.
"""

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

import feedparser

from crawler.errors import UnreadableFeed
from crawler.readers.jsonfeed import read_json_feed
from crawler.readers.links import LinkBook
from crawler.readers.moments import read_feed_date
from crawler.records import Lead, Moment, Page, Reading, Source
from crawler.text import plain

LONGEST_SUMMARY = 2_000  # characters: a summary, not a whole article

_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html|<head|<body)", re.IGNORECASE | re.DOTALL)
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_HINTS = {"ttl": "ttl", "sy_updateperiod": "update_period", "sy_updatefrequency": "update_frequency"}
_SKIPPED = re.compile(rb"<skip(Hours|Days)\b[^>]*>(.{0,2000}?)</skip\1>", re.IGNORECASE | re.DOTALL)
_SKIPPED_ONE = re.compile(rb"<(?:hour|day)>\s*(\w+)\s*</", re.IGNORECASE)


def read(page: Page, source: Source) -> Reading:
    """The leads of a feed, in its order; raises UnreadableFeed with a word on what the answer is instead."""
    start = page.body.lstrip(b"\xef\xbb\xbf\x00\xff\xfe \t\r\n")[:2_000]
    if start.startswith(b"{"):
        return read_json_feed(page, source)
    if _HTML.match(start):
        raise UnreadableFeed("the answer is a web page (HTML), not a feed")
    if _SITEMAP.search(start):
        raise UnreadableFeed("the answer is a sitemap, not a feed; list it under sitemaps")
    return _read_xml_feed(page, source)


def _read_xml_feed(page: Page, source: Source) -> Reading:
    parsed = feedparser.parse(
        io.BytesIO(page.body),
        response_headers=_headers(page),
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    doubt = _find_doubt(parsed)
    if not parsed.version and not parsed.entries:
        raise UnreadableFeed(f"the answer is no feed{f' ({doubt})' if doubt else ''}")
    if doubt and not parsed.entries:
        raise UnreadableFeed(f"the feed is broken before its first item ({doubt})")
    links = LinkBook(parsed.feed.get("link") or page.final_url)
    leads = tuple(_read_leads(parsed, links, page, source))
    return Reading(
        leads=leads,
        follow=_find_next(parsed.feed.get("links", ())),
        problems=((doubt,) if doubt else ()) + links.problems,
        hints=_read_hints(parsed.feed, page.body),
    )


def _find_doubt(parsed: Any) -> str:
    """What feedparser frowned at, in a few words; a wrong media type alone is nobody's loss."""
    error = parsed.get("bozo_exception")
    if error is None or isinstance(error, feedparser.NonXMLContentType):
        return ""
    if isinstance(error, feedparser.CharacterEncodingOverride | feedparser.CharacterEncodingUnknown):
        return f"its encoding is not what it says: {error}"
    return f"not well-formed: {error}"


def _headers(page: Page) -> dict[str, str]:
    told = page.header("content-type")
    return {"content-location": page.final_url} | ({"content-type": told} if told else {})


def _read_leads(parsed: Any, links: LinkBook, page: Page, source: Source) -> Iterator[Lead]:
    language = parsed.feed.get("language") or None
    for entry in parsed.entries:
        url = links.resolve(_find_link(entry))
        if url is None:
            continue
        yield Lead(
            url=url,
            source_id=source.id,
            found_at=page.fetched_at,
            headline=plain(entry.get("title", "")) or None,
            summary=plain(entry.get("summary", ""))[:LONGEST_SUMMARY] or None,
            published=_read_published(entry, page, language),
            guid=entry.get("id") or None,
            outlet=plain(entry.get("source", {}).get("title", "")) or None,
            language=language,
            authors=_read_authors(entry),
        )


def _find_link(entry: Any) -> str | None:
    """The link; a GUID that is an address stands in for a link that is missing."""
    link: str | None = entry.get("link")
    if link and not link.startswith(("tag:", "urn:")):
        return link
    alternates = [each.get("href") for each in entry.get("links", ()) if each.get("rel") == "alternate"]
    guid = entry.get("id") or ""
    return next((href for href in alternates if href), None) or (guid if guid.startswith("http") else link)


def _read_published(entry: Any, page: Page, language: str | None) -> Moment | None:
    for field in ("published", "updated", "created"):
        told = dict.get(entry, field)  # feedparser's own get() answers one date for another
        moment = read_feed_date(told, page.fetched_at, language)
        if moment:
            return moment
    return None


def _read_authors(entry: Any) -> tuple[str, ...]:
    names = (plain(author.get("name", "")) for author in entry.get("authors", ()))
    return tuple(dict.fromkeys(name for name in names if name))


def _find_next(links: Iterable[Any]) -> tuple[str, ...]:
    """The next page of a paged feed (RFC 5005)."""
    return tuple(
        link["href"]
        for link in links
        if link.get("rel") == "next" and link.get("href", "").startswith(("http://", "https://"))
    )[:1]


def _read_hints(feed: Any, body: bytes) -> dict[str, str]:
    hints = {name: str(feed[key]) for key, name in _HINTS.items() if feed.get(key)}
    for link in feed.get("links", ()):
        if link.get("rel") in ("hub", "self") and link.get("href"):
            hints.setdefault(link["rel"], link["href"])
    for kind, skipped in _SKIPPED.findall(body[:20_000]):
        ones = (one.decode("ascii", "replace") for one in _SKIPPED_ONE.findall(skipped))
        hints[f"skip_{kind.decode().lower()}"] = " ".join(ones)
    return hints
