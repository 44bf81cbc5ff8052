"""Lists of feeds in OPML, as feed readers exchange them: read by listparser, written by lxml. Pure."""

from collections.abc import Iterable

import listparser
from lxml import etree

from crawler.errors import CrawlerError
from crawler.outlets import Directory, source_id
from crawler.readers.mending import mend_signs
from crawler.records import Source, SourceKind
from crawler.urls import is_web

MOST_BYTES = 5 * 1024 * 1024
MOST_FEEDS = 10_000
_NO_LIST = "this is no OPML; export the list from your feed reader once more"
_DOCTYPE = "the list has a DOCTYPE, which no OPML needs; remove it"


class UnreadableList(CrawlerError):
    """A file that is no list of feeds; the message says what is wrong with it."""


def read_opml(body: bytes, outlets: Directory) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """The feeds of a list as Sources, and a sentence for each line that is none; raises UnreadableList.

    A feed belongs to the outlet that its address belongs to, if any.
    """
    if len(body) > MOST_BYTES:
        raise UnreadableList("the list is larger than 5 MiB; split it")
    if b"<!doctype" in body[:2_000].lower() or b"<!ENTITY" in body:
        raise UnreadableList(_DOCTYPE)
    text, problems = _in_utf8(body)
    parsed = listparser.parse(text.replace(b'"feed:http', b'"http').replace(b'"feed://', b'"http://'))
    if not parsed.version and not parsed.feeds:
        raise UnreadableList(_NO_LIST)
    sources: dict[str, Source] = {}
    problems += [
        f"{feed.title or 'a line'}: {feed.url!r} is no web address"
        for feed in parsed.feeds
        if not is_web(feed.url)
    ]
    for feed in parsed.feeds[:MOST_FEEDS]:
        if is_web(feed.url):
            found = outlets.find(feed.url)
            identity = source_id(SourceKind.FEED, feed.url)
            sources.setdefault(
                identity,
                Source(id=identity, kind=SourceKind.FEED, url=feed.url, outlet=found.slug if found else None),
            )
    if len(parsed.feeds) > MOST_FEEDS:
        problems.append(f"only the first {MOST_FEEDS} of {len(parsed.feeds)} feeds were read; split the list")
    return tuple(sources.values()), tuple(problems)


def _in_utf8(body: bytes) -> tuple[bytes, list[str]]:
    """The list in whatever encoding it declares; of one that breaks off, what is there, and that it does."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(mend_signs(body), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableList(_NO_LIST) from error
    if root is None:
        raise UnreadableList(_NO_LIST)
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableList(_DOCTYPE)
    broken = parser.error_log[0] if len(parser.error_log) else None
    problems = [f"line {broken.line}: the list is broken there, feeds may be missing"] if broken else []
    return etree.tostring(root, encoding="utf-8", xml_declaration=True), problems


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
