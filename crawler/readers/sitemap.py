"""Sitemaps -> leads: Google-News sitemaps, plain ones, indexes and text lists (sitemaps.org).

The newest come first. `lastmod` is when a page changed, not when it was published: it orders
leads, but no lead is dated by it. A DOCTYPE is refused: no sitemap needs one.
"""

import gzip
import itertools
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from lxml import etree

from crawler.errors import UnreadableFeed
from crawler.readers import feed
from crawler.readers.links import LinkBook
from crawler.readers.mending import as_utf8, mend_signs
from crawler.readers.moments import read_feed_date, read_instant
from crawler.readers.newest import MOST_ITEMS, tell_left_out
from crawler.records import Lead, Page, Reading, Source
from crawler.text import plain

MOST_BYTES = 50 * 1024 * 1024  # sitemaps.org: a sitemap is no larger when unpacked
MOST_LINES = 1_000  # of a list without dates: as many leads as a look hands on
MOST_CHILDREN = 5  # of an index: the newest
_OLD = datetime.min.replace(tzinfo=UTC)
_NOT_ARTICLES = re.compile(
    r"image|video|categor|tag|author|users|page[s-]|product|static|section|topic", re.IGNORECASE
)
_NEWS = re.compile(r"news|latest|today|recent", re.IGNORECASE)
# `sitemap-2024-06.xml`, `?yyyy=2024&mm=06&dd=19`, `/2024/20240619.xml`: of what time a part is.
_TIME = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:(?:[-_/.]?|&\w{1,9}=)(\d\d?)(?:(?:[-_/.]?|&\w{1,9}=)(\d\d?))?)?(?!\d)"
)
_FEEDS = ("rss", "feed", "RDF")  # sitemaps.org: a feed may be a sitemap
_BEGINNING = re.compile(rb"<\?xml|<(?:\w+:)?(?:urlset|sitemapindex|rss|feed|RDF)\b")


def read(page: Page, source: Source) -> Reading:
    """The leads of a sitemap, or the children to `follow` of an index; raises UnreadableFeed."""
    body = _unpack(page.body)
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:2_000]
    if start[:8].lower() in (b"http://h", b"https://") or start[:7].lower() == b"http://":
        return _read_text_list(body, page, source)
    if b"<!doctype" in start.lower() or b"<!ENTITY" in body:
        is_page = b"<!doctype html" in start.lower()
        what = "a web page (HTML)" if is_page else "XML with a DOCTYPE, which we do not read"
        raise UnreadableFeed(f"the answer is {what}, not a sitemap")
    root = _parse(body)
    name = _name_of(root)
    if name == "sitemapindex":
        return _read_index(root, page)
    if name in _FEEDS:
        return feed.read(replace(page, body=body), source)
    if name != "urlset":
        raise UnreadableFeed(f"the answer begins with <{name}>, not with <urlset> or <sitemapindex>")
    return _read_urlset(root, page, source)


def _unpack(body: bytes) -> bytes:
    """`sitemap.xml.gz` is often sent as a file, without a content encoding."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        unpacked = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(body, MOST_BYTES + 1)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableFeed(f"the packed sitemap is broken ({error})") from error
    if len(unpacked) > MOST_BYTES:
        raise UnreadableFeed("the packed sitemap is larger than 50 MiB when unpacked")
    return unpacked


def _parse(body: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(mend_signs(as_utf8(_from_root(body))), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFeed(f"the answer is no XML ({error})") from error
    if root is None:
        raise UnreadableFeed("the answer is no XML")
    return root


def _from_root(body: bytes) -> bytes:
    """Without the blank lines and warnings that a site's own software may print before it."""
    found = _BEGINNING.search(body[:4_000])
    return body[found.start() :] if found else body


def _name_of(node: Any) -> str:
    """The local name; where a prefix was never declared, the parser takes it for part of the name."""
    return str(node.tag).rpartition("}")[2].rpartition(":")[2]


def _children(node: Any) -> dict[str, str]:
    """The texts of an element and its grandchildren by local name, the first of each.

    An image or a video of the page has a title, a place and a date of its own.
    """
    texts: dict[str, str] = {}
    for child in node.iterchildren(tag=etree.Element):
        if (name := _name_of(child)) not in ("image", "video"):
            texts.setdefault(name, (child.text or "").strip())
            for each, text in _children(child).items():
                texts.setdefault(each, text)
    return texts


def _named(root: Any, name: str) -> Iterator[dict[str, str]]:
    for node in root.iterchildren(tag=etree.Element):
        if _name_of(node) == name:
            yield _children(node)


def _changed(texts: dict[str, str], now: datetime) -> datetime:
    moment = read_feed_date(texts.get("lastmod"), now)
    return moment.instant if moment else _OLD


def _read_urlset(root: Any, page: Page, source: Source) -> Reading:
    links = LinkBook(page.final_url)
    listed = sorted(_named(root, "url"), key=_dated, reverse=True)
    leads = tuple(
        _make_lead(url, texts, page, source)
        for texts in listed[:MOST_ITEMS]
        if (url := links.resolve(texts.get("loc"))) is not None
    )
    return Reading(leads=leads, problems=links.problems + tell_left_out(len(listed), MOST_ITEMS))


def _dated(texts: dict[str, str]) -> datetime:
    return read_instant(texts.get("publication_date")) or read_instant(texts.get("lastmod")) or _OLD


def _make_lead(url: str, texts: dict[str, str], page: Page, source: Source) -> Lead:
    return Lead(
        url=url,
        source_id=source.id,
        found_at=page.fetched_at,
        headline=plain(texts.get("title", "")) or None,
        published=read_feed_date(texts.get("publication_date"), page.fetched_at),
        outlet=plain(texts.get("name", "")) or None,
        language=texts.get("language") or None,
    )


def _read_index(root: Any, page: Page) -> Reading:
    links = LinkBook(page.final_url)
    children: list[tuple[tuple[object, ...], str]] = []
    for texts in _named(root, "sitemap"):
        url = links.resolve(texts.get("loc"))
        if url is not None:
            children.append((_rank(url, _changed(texts, page.fetched_at)), url))
    ranks = itertools.groupby(sorted(children, key=itemgetter(0), reverse=True), key=itemgetter(0))
    order = [url for _, alike in ranks for url in _both_ends([url for _, url in alike])]
    left = len(order) - MOST_CHILDREN
    note = (f"{left} older sitemaps of this index are not read",) if left > 0 else ()
    follow = tuple(order[:MOST_CHILDREN])
    return Reading(leads=(), follow=follow, problems=links.problems + note)


def _rank(url: str, changed: datetime) -> tuple[object, ...]:
    """What of an index is read first: articles, news, what changed last, what is of the latest time."""
    name = url.partition("//")[2].partition("/")[2]
    times = max((_read_time(*found) for found in _TIME.findall(name)), default=(0, 0, 0))
    return not _NOT_ARTICLES.search(name), bool(_NEWS.search(name)), changed, times


def _read_time(year: str, month: str, day: str) -> tuple[int, int, int]:
    """A whole year or month ends later than each of its parts."""
    return int(year), int(month or 99), int(day or 99)


def _both_ends(urls: Sequence[str]) -> list[str]:
    """The last, the first, the last but one …: whether the newest stand first an index need not tell."""
    pairs = zip(reversed(urls), urls, strict=True)
    return list(dict.fromkeys(itertools.chain.from_iterable(pairs)))


def _read_text_list(body: bytes, page: Page, source: Source) -> Reading:
    """One address a line. Whether the newest stand first nobody tells: of a long list both ends are read."""
    links = LinkBook(page.final_url)
    lines = body.decode("utf-8-sig", "replace").split()
    left_out = len(lines) - MOST_LINES
    if left_out > 0:
        lines = lines[: MOST_LINES // 2] + lines[-MOST_LINES // 2 :]
    urls = dict.fromkeys(url for line in lines if (url := links.resolve(line)))
    leads = tuple(Lead(url=url, source_id=source.id, found_at=page.fetched_at) for url in urls)
    note = (f"{left_out} addresses in the middle of this list are not read",) if left_out > 0 else ()
    return Reading(leads=leads, problems=links.problems + note)
