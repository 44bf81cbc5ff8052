"""The hubs that a source offers (WebSub, W3C Recommendation 2018, 4: discovery), as facts of its answer.

Link headers count before what stands in the answer; both hubs and topic are taken as addresses only. Pure.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree, html

from crawler.pushes import Offer
from crawler.records import Page
from crawler.urls import resolve

_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*!+.^-]+(?:\s*=\s*(?:\"[^\"]*\"|[^\s,;\"]+))?)*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s,;\"]+))", re.IGNORECASE)
_HTML = re.compile(rb"<html|<!doctype\s+html", re.IGNORECASE)
_HUB = re.compile(rb"<link[^>]{0,500}\bhub\b", re.IGNORECASE)
MOST_HUBS = 5  # that are asked, one after the other, until one tells us
_LONGEST = 16_000  # characters of Link headers
_HEAD = 100_000  # bytes of a page in which its <link> elements stand


def find_offer(page: Page, hints: Mapping[str, str]) -> Offer | None:
    """The offered hubs, and the topic they know the source by: its `self`, else the address that answered."""
    told = [_in_headers(page), _in_markup(page), _in_hints(hints)]
    found = [[(rel, url) for rel, href in each if (url := _absolute(page, href))] for each in told]
    hubs = next(filter(None, ([url for rel, url in each if rel == "hub"] for each in found)), [])
    topics = [url for each in found for rel, url in each if rel == "self"]
    if not hubs:
        return None
    hub, *others = dict.fromkeys(hubs)
    return Offer(hub=hub, others=tuple(others[: MOST_HUBS - 1]), topic=next(iter(topics), page.final_url))


def _in_hints(hints: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """A feed's own links, as its reader wrote them down: an address a line."""
    for relation in ("hub", "self"):
        for href in hints.get(relation, "").splitlines():
            yield relation, href


def _absolute(page: Page, href: str) -> str | None:
    """The address as it was written where it is whole: a hub knows a topic by its very letters."""
    href = href.strip()
    whole = resolve(page.final_url, href) if href else None
    return href if whole and href.lower().startswith(("http://", "https://")) else whole


def _in_headers(page: Page) -> Iterator[tuple[str, str]]:
    """`Link: <https://hub.example/>; rel="hub"` (RFC 8288); one rel may name several relations."""
    for name, value in page.headers:
        for href, parameters in _LINK.findall(value[:_LONGEST]) if name == "link" else ():
            rel = _REL.search(parameters)
            for relation in ((rel[1] or rel[2]) if rel else "").lower().split():
                if relation in ("hub", "self"):
                    yield relation, href


def _in_markup(page: Page) -> Iterator[tuple[str, str]]:
    """`<link rel="hub" href=…>` of a web page; a feed's own links are read with the feed."""
    start = page.body[:_HEAD]
    if not (_HTML.search(start[:2_000]) and _HUB.search(start)):
        return
    try:
        root = html.fromstring(start)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return
    for node in root.iter("link"):
        href = node.get("href") or ""
        for relation in (node.get("rel") or "").lower().split() if href else ():
            if relation in ("hub", "self"):
                yield relation, href
