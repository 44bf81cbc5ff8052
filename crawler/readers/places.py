"""An outlet's front page and robots.txt -> addresses where its news may be listed. Pure.

Whether a place really lists news, and how much, is measured by `discovery`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from crawler.readers.webpage import base_of
from crawler.records import Page, SourceKind
from crawler.urls import is_front_page, registrable_domain, resolve

FEED_TYPES = {
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
    "application/json", "text/xml", "application/xml",
}  # fmt: skip
COMMON_FEEDS = (
    "/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/feeds/all.rss",
    "/arc/outboundfeeds/rss/?outputType=xml", "/?feed=rss2",
)  # fmt: skip
COMMON_SITEMAPS = (
    "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/googlenews.xml", "/sitemap.xml",
    "/sitemap_index.xml", "/arc/outboundfeeds/news-sitemap/?outputType=xml",
)  # fmt: skip
MOST_SECTIONS = 8

_FEED_LINK = re.compile(r"(?:/|\.|=)(?:rss2?|feeds?|atom)(?:/|\.xml|\.json|\.rss|$|\?)", re.IGNORECASE)
_HEADER_LINK = re.compile(r"<([^<>]+)>\s*((?:;[^,<]*)*)")
# The REST interface of WordPress declares itself as JSON, and comments are no news.
_NO_NEWS = re.compile(r"/wp-json/|/comments/|oembed", re.IGNORECASE)
_NO_SECTION = re.compile(
    r"^/(?:about|contact|privacy|terms|subscri|login|log-in|signin|sign-in|account|register|advert|careers?|jobs"
    r"|help|faq|shop|store|newsletters?|search|rss|feeds?|apps?|events?|games?|crosswords?|weather|donate"
    r"|author|tag|cdn-cgi|static|assets|topics?$|e-?paper|cookie|imprint|legal"
    # the same in other languages: imprint, privacy, contact, subscriptions, login, advertising, topics
    r"|impressum|datenschutz|kontakt|abo(?:s|nn\w*)?$|anmeld|mediadaten|werb|anzeigen|agb$|suche|themen?$|autoren"
    r"|contac?to|suscri|aviso-legal|quienes|privacidad|publicidad|iniciar-sesion|buscar|temas?$"
    r"|mentions-legales|connexion|qui-sommes|confidentialite|publicite|recherche|sujets?$|dossiers?$"
    r"|contatti|abbona|chi-siamo|accedi|pubblicita|cerca|assin|quem-somos|anuncie|over-ons|adverteren|inloggen)",
    re.IGNORECASE,
)
_PAGE_NAME = re.compile(r"(?<=[a-z])\.(?:s?html?|php|aspx)$", re.IGNORECASE)  # of a section, without figures


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """An address that may list an outlet's news, and where we heard of it; or it `is_guess`, and nowhere."""

    kind: SourceKind
    url: str
    found_by: str
    is_guess: bool = False


def find_places(page: Page) -> tuple[Place, ...]:
    """Declared feeds (headers, links), linked feeds and sections of a front page, the surest first."""
    found = [*_in_headers(page), *_in_page(page)]
    return tuple({place.url: place for place in reversed(found)}.values())[::-1]


def find_sitemaps(robots: Page) -> tuple[Place, ...]:
    """The Sitemap lines of a robots.txt, those for news first."""
    if robots.status != 200:
        return ()
    text = robots.body[:512_000].decode("utf-8-sig", "replace")
    urls = re.findall(r"^\s*sitemap\s*:\s*(\S+)", text, re.IGNORECASE | re.MULTILINE)
    places = [
        Place(kind=SourceKind.SITEMAP, url=url, found_by="robots.txt")
        for href in urls
        if (url := resolve(robots.final_url, href))
    ]
    return tuple(sorted(dict.fromkeys(places), key=lambda place: "news" not in place.url.lower()))


def guess_places(home_url: str) -> tuple[Place, ...]:
    """Addresses at which many outlets keep their feeds and sitemaps."""
    parts = urlsplit(home_url)
    origin = f"{parts.scheme}://{parts.netloc}"
    guesses = ((SourceKind.FEED, COMMON_FEEDS), (SourceKind.SITEMAP, COMMON_SITEMAPS))
    return tuple(
        Place(kind=kind, url=origin + path, found_by="a common place", is_guess=True)
        for kind, paths in guesses
        for path in paths
    )


def _in_headers(page: Page) -> Iterator[Place]:
    """`Link: </feed>; rel="alternate"; type="application/rss+xml"` (RFC 8288)."""
    for name, value in page.headers:
        for href, rest in _HEADER_LINK.findall(value) if name == "link" else ():
            words = rest.lower()
            url = resolve(page.final_url, href)
            if url and "alternate" in words and any(kind in words for kind in FEED_TYPES):
                yield Place(kind=SourceKind.FEED, url=url, found_by="a Link header")


def _in_page(page: Page) -> Iterator[Place]:
    try:
        root = html.fromstring(page.body)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return
    base_url = base_of(root, page)
    yield from _declared(root, base_url)
    links = [(url, node) for node in root.iter("a") if (url := resolve(base_url, node.get("href") or ""))]
    for url, _ in links:
        if _FEED_LINK.search(url) and registrable_domain(url) == registrable_domain(page.final_url):
            yield Place(kind=SourceKind.FEED, url=url, found_by="a link on the front page")
    yield from _sections(page, links)


def _declared(root: Any, base_url: str) -> Iterator[Place]:
    for node in root.iter("link"):
        rel = (node.get("rel") or "").lower().split()
        kind = (node.get("type") or "").lower().partition(";")[0].strip()
        url = resolve(base_url, node.get("href") or "")
        if url and "alternate" in rel and kind in FEED_TYPES and not _NO_NEWS.search(url):
            yield Place(kind=SourceKind.FEED, url=url, found_by="declared on the front page")


def _sections(page: Page, links: Iterable[tuple[str, Any]]) -> Iterator[Place]:
    """Links of the navigation, one or two levels deep, to pages of the same host."""
    host = urlsplit(page.final_url).netloc.removeprefix("www.")
    found = dict.fromkeys(
        url.partition("#")[0]
        for url, node in links
        if urlsplit(url).netloc.removeprefix("www.") == host
        and _names_section(url)
        and any(_is_navigation(parent) for parent in node.iterancestors())
    )
    for url in list(found)[:MOST_SECTIONS]:
        yield Place(kind=SourceKind.SECTION, url=url, found_by="the navigation of the front page")


def _names_section(url: str) -> bool:
    parts = urlsplit(url)
    levels = [level for level in parts.path.split("/") if level]
    if (
        len(levels) not in (1, 2)
        or parts.query
        or is_front_page(url)
        or _NO_SECTION.match(parts.path.rstrip("/"))
    ):
        return False
    return all(level.count("-") < 3 and "." not in _PAGE_NAME.sub("", level) for level in levels)


def _is_navigation(node: Any) -> bool:
    if node.tag in ("body", "html"):
        return False
    names = f"{node.get('class', '')} {node.get('id', '')}".lower()
    is_named = node.tag in ("nav", "header") or node.get("role") == "navigation"
    return is_named or "nav" in names or "menu" in names
