"""Any XML feed -> Feed by feedparser: slow, patient with everything, and the judge of all doubts."""

import calendar
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import feedparser

from crawler.errors import UnreadableFeed
from crawler.readers.feed_items import Feed, Item, name_author
from crawler.readers.mending import mend_charset, mend_signs
from crawler.records import Page

_HINTS = {"ttl": "ttl", "sy_updateperiod": "update_period", "sy_updatefrequency": "update_frequency"}
_NO_PAGE = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:(?![/\d])", re.IGNORECASE)  # urn:, mailto:, javascript:
_SKIPPED = re.compile(rb"<skip(Hours|Days)\b[^>]*>(.{0,2000}?)</skip\1>", re.IGNORECASE | re.DOTALL)
_SKIPPED_ONE = re.compile(rb"<(?:hour|day)>\s*(\w+)\s*</", re.IGNORECASE)


def judge_feed(page: Page) -> Feed:
    """Read with all of feedparser's patience; raises UnreadableFeed where even that finds nothing."""
    parsed = _parse(page)
    doubt = _find_doubt(parsed)
    if not parsed.version and not parsed.entries:
        raise UnreadableFeed(f"the answer is no feed{f' ({doubt})' if doubt else ''}")
    if doubt and not parsed.entries:
        raise UnreadableFeed(f"the feed is broken before its first item ({doubt})")
    return Feed(
        items=tuple(_read_items(parsed)),
        base=parsed.feed.get("link"),
        language=parsed.feed.get("language") or None,
        next_page=_find_next(parsed.feed),
        hints=_read_hints(parsed.feed, page.body),
        doubt=doubt,
    )


def _parse(page: Page) -> Any:
    try:
        return feedparser.parse(
            io.BytesIO(mend_signs(mend_charset(page.body))),
            response_headers=_headers(page),
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except ValueError as error:  # a character that is none, in an encoding where we did not see it
        raise UnreadableFeed(f"the feed is broken: {error}") from error


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


def _read_items(parsed: Any) -> Iterator[Item]:
    for entry in parsed.entries:
        # dict.get, because feedparser's own get() answers one date for another.
        dates = (dict.get(entry, name) for name in ("published", "updated", "created"))
        told = entry.get("source", {})
        yield Item(
            link=_find_link(entry),
            title=entry.get("title", ""),
            summary=entry.get("summary", ""),
            dates=tuple(date for date in dates if date),
            instant=_read_instant(entry),
            guid=entry.get("id") or None,
            outlet=told.get("title", "") or entry.get("news_source", ""),
            outlet_url=told.get("href", ""),
            authors=_read_authors(entry),
        )


def _read_authors(entry: Any) -> tuple[str, ...]:
    """feedparser cuts an address before a name in two where its domain ends in more than four letters."""
    names = [author.get("name", "") for author in entry.get("authors", ())]
    told = entry.get("author", "")
    return (name_author(told),) if len(names) == 1 and "@" in told else tuple(names)


def _read_instant(entry: Any) -> datetime | None:
    parsed = (dict.get(entry, f"{name}_parsed") for name in ("published", "updated", "created"))
    told = next((each for each in parsed if each), None)
    try:
        return datetime.fromtimestamp(calendar.timegm(told), UTC) if told else None
    except (ValueError, OverflowError, OSError):
        return None  # the year 0 or 10000


def _find_link(entry: Any) -> str | None:
    """The link; a GUID that is an address stands in for a link that is missing or leads to no page."""
    link: str | None = entry.get("link")
    if link and not _NO_PAGE.match(link):
        return link
    hrefs = (each.get("href") for each in entry.get("links", ()) if each.get("rel") == "alternate")
    guid = entry.get("id") or ""
    alternate = next((href for href in hrefs if href and not _NO_PAGE.match(href)), None)
    return alternate or (guid if guid.startswith("http") else link)


def _find_next(feed: Any) -> str | None:
    """The next page of a paged feed (RFC 5005)."""
    links = (link.get("href") for link in feed.get("links", ()) if link.get("rel") == "next")
    return next((href for href in links if href), None)


def _read_hints(feed: Any, body: bytes) -> dict[str, str]:
    hints = {name: str(feed[key]) for key, name in _HINTS.items() if feed.get(key)}
    links = [(link.get("rel"), link["href"]) for link in feed.get("links", ()) if link.get("href")]
    for rel, href in links:
        if rel == "self":
            hints.setdefault(rel, href)
    if hubs := [href for rel, href in links if rel == "hub"]:
        hints["hub"] = "\n".join(hubs)
    for kind, skipped in _SKIPPED.findall(body[:20_000]):
        ones = (one.decode("ascii", "replace") for one in _SKIPPED_ONE.findall(skipped))
        hints[f"skip_{kind.decode().lower()}"] = " ".join(ones)
    return hints
