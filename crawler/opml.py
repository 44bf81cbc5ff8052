"""Lists of feeds in OPML, as feed readers exchange them: read by listparser, written by lxml. Pure."""

from collections.abc import Iterable

import listparser
from lxml import etree

from crawler.errors import CrawlerError
from crawler.outlets import Directory, source_id
from crawler.records import Source, SourceKind
from crawler.urls import resolve

MOST_BYTES = 5 * 1024 * 1024
MOST_FEEDS = 10_000


class UnreadableList(CrawlerError):
    """A file that is no list of feeds; the message says what is wrong with it."""


def read_opml(body: bytes, outlets: Directory) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """The feeds of a list as Sources, and a sentence for each line that is none; raises UnreadableList.

    A feed belongs to the outlet that its address belongs to, if any.
    """
    if len(body) > MOST_BYTES:
        raise UnreadableList("the list is larger than 5 MiB; split it")
    if b"<!doctype" in body[:2_000].lower() or b"<!ENTITY" in body:
        raise UnreadableList("the list has a DOCTYPE, which no OPML needs; remove it")
    parsed = listparser.parse(body.decode("utf-8-sig", "replace"))
    if not parsed.version and not parsed.feeds:
        raise UnreadableList("this is no OPML; export the list from your feed reader once more")
    sources: dict[str, Source] = {}
    problems = [
        f"{feed.title or 'a line'}: {feed.url!r} is no web address"
        for feed in parsed.feeds
        if not _is_web(feed.url)
    ]
    for feed in parsed.feeds[:MOST_FEEDS]:
        if _is_web(feed.url):
            found = outlets.find(feed.url)
            identity = source_id(SourceKind.FEED, feed.url)
            sources.setdefault(
                identity,
                Source(id=identity, kind=SourceKind.FEED, url=feed.url, outlet=found.slug if found else None),
            )
    if len(parsed.feeds) > MOST_FEEDS:
        problems.append(f"only the first {MOST_FEEDS} of {len(parsed.feeds)} feeds were read; split the list")
    return tuple(sources.values()), tuple(problems)


def _is_web(url: str) -> bool:
    return resolve("", url) is not None


def write_opml(sources: Iterable[Source], outlets: Directory, title: str) -> bytes:
    """The feeds among these sources as OPML 2.0, by outlet; other kinds have no place in it."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for source in sorted(sources, key=lambda source: (source.outlet or "", source.url)):
        if source.kind != SourceKind.FEED:
            continue
        outlet = outlets.named(source.outlet) if source.outlet else None
        name = outlet.name if outlet else source.url
        home = {"htmlUrl": outlet.home_url} if outlet and outlet.home_url else {}
        line = {"type": "rss", "text": name, "title": name, "xmlUrl": source.url, **home}
        etree.SubElement(body, "outline", line)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
