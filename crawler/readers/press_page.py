"""Press pages -> leads: an organisation's "in the news" page, whose links to other sites are the coverage.

A line is a link with words around it. The headline is what the link says; outlet and date are
read from the rest of its line or the lines beside it, where they stand. Links to the page's
own site, to social networks and in the page's furniture are no coverage.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from crawler.dates import read_moment, read_stamp
from crawler.readers.links import LinkBook
from crawler.readers.webpage import may_be_followed, parse, words_of
from crawler.records import Lead, Moment, Page, Reading, Source
from crawler.text import fold
from crawler.urls import host, is_front_page, registrable_domain

# Sites where nobody covers anything: profiles, buttons to share, forms to give or to sign.
_NO_COVERAGE = {
    "facebook.com", "fb.com", "twitter.com", "x.com", "instagram.com", "threads.net", "linkedin.com",
    "pinterest.com", "tiktok.com", "snapchat.com", "flickr.com", "whatsapp.com", "wa.me", "t.me",
    "bsky.app", "addtoany.com", "addthis.com", "sharethis.com", "actblue.com", "paypal.com",
    "donorbox.org", "patreon.com", "eventbrite.com", "surveymonkey.com", "typeform.com", "w3.org",
    "actionnetwork.org", "mailchi.mp", "list-manage.com", "google.com", "goo.gl", "wordpress.org",
    "creativecommons.org",
}  # fmt: skip
_LINES = {
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "tr", "td", "th", "table", "section", "article", "main",
    "header", "blockquote", "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "body",
}  # fmt: skip
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_UNSEEN = {"script", "style", "template", "noscript", "head", "svg"}
_NO_HEADLINE = re.compile(
    r"^(?:(?:read|see|view|watch|listen|click|learn|find out)\b.{0,25}|more|here|link|article"
    r"|full (?:article|story)|(?:the )?(?:article|story|video|pdf|source)"
    r"|weiterlesen|mehr|lire la suite|leer más|seguir leyendo)\W*$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[,;|•·()\[\]\n]\s*|\s+[-–—:]\s+|\s*[–—]\s*")
_BY = re.compile(r"^(?:by|von|par|por)\s", re.IGNORECASE)
_LONGEST_DETAIL = 16  # words: more is a summary
MOST_BESIDE = 2  # lines before or after an item that may tell of it


@dataclass(kw_only=True)
class Line:
    """One line of the page as it is shown: its words without those of links, and its links to elsewhere."""

    is_heading: bool = False
    words: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def rest(self) -> str:
        """What the line says besides its links."""
        return " ".join(" ".join(self.words).split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A link to coverage, in line `at`: its headline, and the words near it that may tell outlet and date.

    `names_itself` says that the link's own words are the headline.
    """

    at: int
    url: str
    headline: str | None
    details: tuple[str, ...]
    names_itself: bool


def read(page: Page, source: Source) -> Reading:
    """The coverage that the page lists, in its order; raises UnreadableFeed for no page."""
    root, book = parse(page), LinkBook(page.final_url)
    language = _language_of(root, page)
    leads: dict[str, Lead] = {}
    for item in items(lines_of(root, page, book), language):
        lead = Lead(
            url=item.url,
            source_id=source.id,
            found_at=page.fetched_at,
            headline=item.headline,
            published=_date(item.details, page, language),
            outlet=outlet_of(item.details, item.headline or "", language),
        )
        known = leads.get(item.url)
        if known is None or len(known.headline or "") < len(item.headline or ""):
            leads[item.url] = lead
    note = () if leads else ("no links to coverage on other sites found on this page",)
    return Reading(leads=tuple(leads.values()), problems=book.problems + note)


def _language_of(root: Any, page: Page) -> str | None:
    """The language (ISO 639) that page or server name, the first of several."""
    told = root.get("lang") or page.header("content-language") or ""
    return re.split("[-_,]", told.strip().lower())[0] or None


def lines_of(root: Any, page: Page, book: LinkBook) -> list[Line]:
    """The page's lines that say something or link elsewhere."""
    return [line for line in _lines(root, page, book) if line.links or line.rest]


def _lines(root: Any, page: Page, book: LinkBook) -> list[Line]:
    """The page as lines: a block or a line break begins a new one. What a link says is told with the link."""
    home = registrable_domain(page.final_url)
    links = {node: url for node in root.iter("a") if (url := _coverage(node, home, book))}
    lines = [Line()]
    hidden = 0  # how many links to coverage, scripts and the like we are in
    for step, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        is_element = isinstance(node.tag, str)
        hides = node in links or node.tag in _UNSEEN
        if is_element and node.tag in _LINES and not hidden:
            lines.append(Line(is_heading=step == "start" and node.tag in _HEADINGS))
        if step == "start":
            if node in links:
                lines[-1].links.append((links[node], words_of(node)))
            hidden += hides
        elif step == "end":
            hidden -= hides
        text = node.text if step == "start" else node.tail
        if text and not hidden and node is not root:
            lines[-1].words.append(text)
    return lines


def _coverage(node: Any, home: str, book: LinkBook) -> str | None:
    """The address of a link to coverage elsewhere; None for all other links."""
    if not may_be_followed(node):
        return None
    url = book.resolve(node.get("href"))
    if url is None or registrable_domain(url) in (home, *_NO_COVERAGE) or is_front_page(url):
        return None
    return None if _is_share(url) else url.partition("#")[0]


def _is_share(url: str) -> bool:
    return bool(re.search(r"/(?:share|sharer|intent)(?:[/.?]|$)", urlsplit(url).path)) or not host(url)


def items(lines: Sequence[Line], language: str | None = None) -> Iterator[Item]:
    """The links to coverage in these lines, in order; days are told in this language or in English."""
    below = _stands_after(lines, language)
    for at, line in enumerate(lines):
        for url, words in line.links:
            is_headline = len(fold(words)) >= 4 and not _NO_HEADLINE.match(words)
            headline, details = _tell(lines, at, words if is_headline else "", below)
            yield Item(at=at, url=url, headline=headline, details=details, names_itself=is_headline)


def _tell(lines: Sequence[Line], at: int, words: str, below: bool) -> tuple[str | None, tuple[str, ...]]:
    """The headline of an item whose link says these words, and the words near it that may tell the rest.

    `below` says that the page tells outlet and date below its headlines.
    """
    line = lines[at]
    before, after = _beside(lines, at, -1), _beside(lines, at, 1)
    if not words:
        named = next((each for each in before if each.is_heading), None)
        named = named or max(before, key=lambda each: len(each.rest), default=None)
        others = [each.rest for each in before if each is not named]
        return (named.rest if named else None), (line.rest, *others, *(each.rest for each in after))
    if len(line.links) == 1 and any(sign.isalnum() for sign in line.rest):
        return words, (line.rest,)
    beside = after if below else before
    return words, tuple(each.rest for each in beside if not each.is_heading)


def _beside(lines: Sequence[Line], at: int, step: int) -> list[Line]:
    """The lines next to an item, up to the next item; the nearest first."""
    found: list[Line] = []
    place = at + step
    while 0 <= place < len(lines) and not lines[place].links and len(found) < MOST_BESIDE + 1:
        found.append(lines[place])
        place += step
    return found


def _stands_after(lines: Sequence[Line], language: str | None) -> bool:
    """Whether this page tells outlet and date below its headlines: where more dates stand."""
    linked = [at for at, line in enumerate(lines) if line.links]
    below, above = (
        sum(any(_has_date(line.rest, language) for line in _beside(lines, at, step)) for at in linked)
        for step in (1, -1)
    )
    return below >= above


def _has_date(text: str, language: str | None) -> bool:
    return len(text.split()) <= _LONGEST_DETAIL and read_stamp(text, language=language) is not None


def _date(details: Sequence[str], page: Page, language: str | None) -> Moment | None:
    text = dated(details, language)
    return read_moment(text, language=language, now=page.fetched_at) if text else None


def dated(details: Sequence[str], language: str | None = None) -> str | None:
    """The first of the details that tells a day."""
    return next((text for text in details if _has_date(text, language)), None)


def outlet_of(details: Sequence[str], headline: str, language: str | None = None) -> str | None:
    """The first words of the details that are neither a date nor a byline nor the headline again."""
    for text in details:
        if len(text.split()) > _LONGEST_DETAIL:
            continue
        for part in _PARTS.split(text):
            named = part.strip(" .,:;-–—|/\"“”'")
            if named and _may_name_outlet(named, language) and fold(named) not in fold(headline):
                return named
    return None


def _may_name_outlet(text: str, language: str | None) -> bool:
    if len(text.split()) > 6 or not any(sign.isalpha() for sign in text) or _BY.match(text):
        return False
    # A day without its year ("March 28" before a comma) is a date once it has one.
    return all(read_stamp(each, language=language) is None for each in (text, f"{text} 2000"))
