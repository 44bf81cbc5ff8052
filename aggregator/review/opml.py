"""OPML -> the addresses of the feeds in it."""

import listparser

from aggregator.errors import Unusable
from aggregator.exports.inert import web_link

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
