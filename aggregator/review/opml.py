"""OPML <-> feeds."""

from collections.abc import Iterable

import listparser
from lxml import etree

from aggregator.errors import Unusable
from aggregator.exports.inert import web_link, xml_text
from crawler.records import Source

LARGEST = 5 * 1024 * 1024
MOST_FEEDS = 10_000


def read_opml(content: bytes) -> list[str]:
    """The feed addresses in order, each once. Raises Unusable for a file that is too large or no OPML."""
    if len(content) > LARGEST:
        raise Unusable("This file is larger than 5 MiB.")
    if b"<!DOCTYPE" in content[:4096].upper() or b"<!ENTITY" in content.upper():
        raise Unusable("This file has a document type of its own; an OPML file needs none.")
    try:
        found = listparser.parse(content)
    except (ValueError, LookupError) as error:
        raise Unusable(f"This is no OPML file: {error}") from error
    links = [link for feed in found.feeds if (link := web_link(feed.url))]
    return list(dict.fromkeys(links))[:MOST_FEEDS]


def write_opml(feeds: Iterable[Source]) -> bytes:
    """The feeds as OPML 2.0 (http://opml.org/spec2.opml)."""
    root = etree.Element("opml", {"version": "2.0"})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "In the News"
    body = etree.SubElement(root, "body")
    for feed in feeds:
        told = {"type": "rss", "text": feed.outlet or feed.url, "xmlUrl": feed.url}
        etree.SubElement(body, "outline", {name: xml_text(value) for name, value in told.items()})
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
