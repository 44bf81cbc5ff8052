"""Section pages -> leads: a generic finder of article links on a page that lists articles.

Article links look alike (one address pattern, many members) and carry a headline; navigation has
short words and few levels. An outlet that is different has a file in `readers/outlets/`,
found by the outlet's name, with a function `find_links(page, source) -> Iterable[(href, headline)]`.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from crawler.habits import LONGEST, Habits
from crawler.readers.choosing import EXPLORED, Candidate, Choice, choose_links
from crawler.readers.links import LinkBook
from crawler.readers.webpage import WIDE, base_of, may_be_followed, parse, words_of
from crawler.records import Lead, Page, Reading, Source
from crawler.text import plain
from crawler.urls import registrable_domain

_NO_ARTICLE = re.compile(
    r"/(?:tags?|authors?|search|login|signin|subscribe|account|contact|about|privacy|terms|newsletters?|page|videos?"
    r"|gallery|podcasts?|autore[ns]|autor|auteurs?|autori|etiquetas?|schlagwort|suche|buscar|recherche|impressum"
    r"|datenschutz)(?:/|$)|\.(?:jpe?g|png|gif|svg|pdf|mp[34]|zip|css|js)$",
    re.IGNORECASE,
)
# Under these some outlets keep their articles too, which have an address of many words.
_SHELF = re.compile(
    r"/(?:topics?|categor(?:y|ies|ias?)|live|themen?|temas?|sujets?|dossiers?|kategorie|rubrik|ressort)(?:/|$)",
    re.IGNORECASE,
)
_SLUG = re.compile(r"/(?:[^/]+-){3,}[^/]+/?$")
_HEADINGS = ("h1", "h2", "h3", "h4")
_NUMBERED = re.compile(r"=\d{2,}(?:&|$)")
_DATE = re.compile(r"/(?:19|20)\d{2}/(?:\d{1,2}|[a-z]{3})(?:/\d{1,2})?(?:/|$)|/(?:19|20)\d{2}-\d{2}-\d{2}")


def read(page: Page, source: Source, habits: Habits | None = None) -> Reading:
    """The articles that a section page lists, in its order; raises UnreadableFeed for no page.

    `habits` are what the links of this site have turned out to be so far; None where nobody learns.
    """
    root = parse(page)
    links = LinkBook(base_of(root, page), page.final_url)
    name = f"crawler.readers.outlets.{(source.outlet or '').replace('-', '_')}"
    if source.outlet and find_spec(name):
        choice = Choice(taken=tuple(_told_by(import_module(name).find_links(page, source), links)))
    else:
        explored = 0 if habits is None else EXPLORED
        choice = choose_links(
            find_candidates(root, page, links), habits or Habits(), page.fetched_at, explored
        )
    leads = tuple(
        Lead(
            url=each.url,
            source_id=source.id,
            found_at=page.fetched_at,
            headline=plain(each.words) or None,
            place=each.place or None,
        )
        for each in choice.taken
    )
    note = () if leads else ("no article links found on this section page",)
    return Reading(leads=leads, problems=links.problems + choice.problems + note)


def _told_by(found: Iterable[tuple[str, str]], links: LinkBook) -> Iterator[Candidate]:
    """The links that an outlet's own file finds: it decides alone."""
    words_of: dict[str, str] = {}
    for href, words in found:
        url = links.resolve(href)
        if url is not None:
            url = url.partition("#")[0]
            words_of[url] = max(words_of.get(url, ""), words, key=len)
    for url, words in words_of.items():
        yield Candidate(url=url, words=words, place="", score=0.0)


def find_candidates(root: Any, page: Page, links: LinkBook) -> list[Candidate]:
    """The links of the page's own site outside navigation and the like, as they stand there."""
    home = registrable_domain(page.final_url)
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    places: dict[str, str] = {}
    headed: set[str] = set()
    for node in root.iter("a"):
        url = links.resolve(node.get("href")) if may_be_followed(node) else None
        if url is None or registrable_domain(url) != home or _is_no_article(urlsplit(url).path):
            continue
        url = url.partition("#")[0]
        words = words_of(node)
        if _is_headed(node):
            headed.add(url)
        known = groups[_pattern(url)]
        if len(words) > len(known.get(url, "")) or url not in places:
            known[url] = words
            places[url] = _place_of(node)
    return [
        Candidate(url=url, words=known[url], place=place, score=_score(url, known, is_headed=url in headed))
        for url, place in places.items()
        for known in (groups[_pattern(url)],)
    ]


def _is_no_article(path: str) -> bool:
    on_shelf = _SHELF.search(path) is not None and not _SLUG.search(path)
    return on_shelf or _NO_ARTICLE.search(path) is not None


def _place_of(node: Any) -> str:
    """Where a link stands: its nearest elements, each with its first class, figures left out."""
    near = (node, *itertools.islice(node.iterancestors(), 3))
    return re.sub(r"\d+", "", " < ".join(map(_name_element, near)))[:LONGEST]


def _name_element(node: Any) -> str:
    first = next(iter((node.get("class") or "").split()), None)
    return f"{node.tag}.{first}" if first else str(node.tag)


def _pattern(url: str) -> str:
    """The shape of an address: figures and slugs left out, levels kept."""
    path = re.sub(r"\d+", "9", urlsplit(url).path)
    return "/".join("slug" if part.count("-") >= 3 else part for part in path.split("/"))


def _is_headed(node: Any) -> bool:
    """Whether a link is a heading, or holds one."""
    near = itertools.islice(node.iterancestors(), 3)
    return next(node.iter(*_HEADINGS), None) is not None or any(each.tag in _HEADINGS for each in near)


def _score(url: str, alike: dict[str, str], *, is_headed: bool) -> float:
    path, query, words = urlsplit(url).path, urlsplit(url).query, alike[url]
    slug = max(path.split("/"), key=len)
    return (
        2.0 * bool(_DATE.search(path))
        + 1.5 * (slug.count("-") >= 3 or slug.count("_") >= 3)
        + 1.0 * bool(re.search(r"\d{5,}", path))
        + 1.5 * (len(words.split()) >= 4 or len(WIDE.findall(words)) >= 10)
        + 0.5 * is_headed
        + 1.0 * (len(alike) >= 3)
        + 0.5 * path.endswith((".html", ".htm", ".php", ".shtml"))
        - 2.0 * (path.count("/") < 2 and slug.count("-") < 3 and not _NUMBERED.search(query))
    )
