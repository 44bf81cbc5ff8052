"""Section pages -> leads: a generic finder of article links on a page that lists articles.

Article links look alike (one address pattern, many members) and carry a headline; navigation has
short words and few levels. An outlet that is different has a file in `readers/outlets/`,
found by the outlet's name, with a function `find_links(page, source) -> Iterable[(href, headline)]`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from urllib.parse import urlsplit

from crawler.readers.links import LinkBook
from crawler.readers.webpage import may_be_followed, parse, words_of
from crawler.records import Lead, Page, Reading, Source
from crawler.text import plain
from crawler.urls import registrable_domain

_NO_ARTICLE = re.compile(
    r"/(?:tag|tags|topic|topics|category|author|authors|search|login|signin|subscribe|account|contact|about|privacy"
    r"|terms|newsletters?|page|video|videos|gallery|podcasts?|live)(?:/|$)|\.(?:jpe?g|png|gif|svg|pdf|mp[34]|zip|css|js)$",
    re.IGNORECASE,
)
_DATE = re.compile(r"/(?:19|20)\d{2}/(?:\d{1,2}|[a-z]{3})(?:/\d{1,2})?(?:/|$)|/(?:19|20)\d{2}-\d{2}-\d{2}")
_ENOUGH = 3.0


def read(page: Page, source: Source) -> Reading:
    """The articles that a section page lists, in its order; raises UnreadableFeed for no page."""
    links = LinkBook(page.final_url)
    found: dict[str, str] = {}
    for href, words in _find_links(page, source, links):
        url = links.resolve(href)
        if url is not None:
            url = url.partition("#")[0]
            found[url] = max(found.get(url, ""), plain(words), key=len)
    leads = tuple(
        Lead(url=url, source_id=source.id, found_at=page.fetched_at, headline=words or None)
        for url, words in found.items()
    )
    note = () if leads else ("no article links found on this section page",)
    return Reading(leads=leads, problems=links.problems + note)


def _find_links(page: Page, source: Source, links: LinkBook) -> Iterable[tuple[str, str]]:
    name = f"crawler.readers.outlets.{(source.outlet or '').replace('-', '_')}"
    if source.outlet and find_spec(name):
        exception: Iterable[tuple[str, str]] = import_module(name).find_links(page, source)
        return exception
    return find_article_links(page, links)


def find_article_links(page: Page, links: LinkBook) -> Iterable[tuple[str, str]]:
    """(address, headline) of what looks like articles of the page's own outlet."""
    home = registrable_domain(page.final_url)
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for node in parse(page).iter("a"):
        url = links.resolve(node.get("href")) if may_be_followed(node) else None
        if url is None or registrable_domain(url) != home or _NO_ARTICLE.search(urlsplit(url).path):
            continue
        url = url.partition("#")[0]
        words = words_of(node)
        known = groups[_pattern(url)]
        known[url] = max(known.get(url, ""), words, key=len)
    chosen = {
        url: words
        for members in groups.values()
        for url, words in members.items()
        if _score(url, words, members) >= _ENOUGH
    }
    return chosen.items()


def _pattern(url: str) -> str:
    """The shape of an address: figures and slugs left out, levels kept."""
    path = re.sub(r"\d+", "9", urlsplit(url).path)
    return "/".join("slug" if part.count("-") >= 3 else part for part in path.split("/"))


def _score(url: str, words: str, alike: dict[str, str]) -> float:
    path = urlsplit(url).path
    slug = max(path.split("/"), key=len)
    return (
        2.0 * bool(_DATE.search(path))
        + 1.5 * (slug.count("-") >= 3 or slug.count("_") >= 3)
        + 1.0 * bool(re.search(r"\d{5,}", path))
        + 1.5 * (len(words.split()) >= 4)
        + 1.0 * (len(alike) >= 3)
        + 0.5 * path.endswith((".html", ".htm", ".php", ".shtml"))
        - 2.0 * (path.count("/") < 2 and slug.count("-") < 3)
    )
