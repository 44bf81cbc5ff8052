"""Whether a page is an article at all, and how much of it was given."""

import re
from collections import Counter
from itertools import chain
from urllib.parse import urlsplit

from crawler import urls
from crawler.extraction import vocabulary
from crawler.extraction.document import Document
from crawler.extraction.wording import tokens
from crawler.records import Access, NotAnArticle, Page

_SHORT = 1500
_LITTLE = 250
_CHALLENGE = vocabulary.any_of("challenge")
_CHALLENGE_PARTS = vocabulary.selector("challenge_parts")
_CONSENT = vocabulary.any_of("consent")
_ERROR = vocabulary.any_of("error")
_LOGIN = vocabulary.any_of("login", r"(?:{})")
_PASSWORD = "input[type='password']"
_SECTION_PATH = re.compile(
    r"/(?:tags?|topics?|thema|themen|categor(?:y|ies|ia|ie)|kategorie|rubrik|ressort|authors?|autoren|autor|search|suche|archive?s?|sections?|dossier|schlagwort|etiquetas?|keywords?)"
    r"(?:/[^/]+){0,3}/?(?:page/\d+/?)?$",
    re.IGNORECASE,
)
# Under these, unlike under tags and authors, some outlets keep their articles too.
_SHELF = re.compile(
    r"/(?:topics?|thema|themen|categor(?:y|ies|ia|ie)|kategorie|rubrik|ressort|archive?s?|sections?|dossier)/",
    re.IGNORECASE,
)
# All of what was published on a day, in a month or a year; and what a search found.
_ARCHIVE = re.compile(r"(?:/(?:19|20)\d\d)(?:/[01]?\d){0,2}/?(?:page/\d+/?)?$")
_SEARCH = re.compile(r"(?:^|&)(?:s|q|query|search|keyword)=", re.IGNORECASE)
# A page of a heading of few words and of so many others that lead elsewhere lists what others tell.
_FEW_WORDS, _MANY_HEADINGS = 3, 8
_TELLING = 600  # characters of text in one element
_LISTED = ("h2", "h3", "h4")
_LEAF = re.compile(r"/(?:[^/]+-){3,}[^/]+/?$|\d{3,}[^/]*$|\.(?:s?html?|php|aspx?|jsp)$", re.IGNORECASE)
_SECTION_TYPES = {
    "collectionpage",
    "searchresultspage",
    "profilepage",
    "itemlist",
    "aboutpage",
    "contactpage",
}
_LOCKED = re.compile(
    r"^(?:locked|metered|premium|paid|subscriber|registration|abo|plus|paywall|hard|limited)", re.IGNORECASE
)
_PAYWALL_WORDS = vocabulary.Phrases("paywall")
_PAYWALL_PARTS = vocabulary.selector("paywall_parts")


def refusal(document: Document, headline: str, text: str, dated: bool) -> NotAnArticle | None:
    """Why a page is no article, None where it may be one; `dated`: whether it has a publication date."""
    page = document.page
    if page.status >= 400:
        return _no(document, "error", f"the outlet answered with status {page.status}")
    short = len(text) < _SHORT
    wall = _wall(document, text) if short else None
    if wall:
        return wall
    if short and not _has_article_node(document) and _is_error(document, headline):
        return _no(document, "error", f"the page says {_first_words(document.title or headline)!r}")
    if urls.is_front_page(page.final_url) and not _has_article_node(document):
        return _no(document, "front page", "the address is a front page")
    if short and len(text) < _LITTLE and not dated and _asks_who(document, headline):
        return _no(document, "login", f"the page says {headline!r} and asks for a password")
    section = _section(document, dated, text) or _index(document, headline)
    if section:
        return section
    if not headline:
        return _no(document, "empty", "the page has no headline")
    return None


def not_text(page: Page) -> NotAnArticle:
    """What a page is whose bytes are a file's (a PDF, an archive) or garbage."""
    return NotAnArticle(
        url=page.final_url, kind="binary", reason="the answer is a file or garbage, not a page"
    )


def access_of(document: Document, text: str) -> tuple[Access, str]:
    """How much of the article was given, and what tells so."""
    for thing in document.things:
        free = thing.fields.get("isAccessibleForFree")
        if (thing.is_article or thing.is_work) and str(free).strip().lower() in (
            "false",
            "no",
            "0",
            "http://schema.org/false",
        ):
            return Access.PAYWALL, "json-ld isAccessibleForFree"
    tier = document.meta(
        "article:content_tier", "content_tier", "article:tier", "access", "cxenseparse:access"
    )
    if tier and _LOCKED.match(tier):
        return Access.PAYWALL, "meta content_tier"
    if len(text) < _SHORT and (
        _PAYWALL_WORDS.are_in(document.body_text) or document.tree.css_first(_PAYWALL_PARTS)
    ):
        return Access.PAYWALL, "the page asks to subscribe"
    if not text:
        return Access.UNREADABLE, "no text was found"
    return Access.OPEN, "the page gives its text"


def _no(document: Document, kind: str, reason: str) -> NotAnArticle:
    return NotAnArticle(url=document.url, kind=kind, reason=reason)


def _wall(document: Document, text: str) -> NotAnArticle | None:
    said = f"{document.title} {document.body_text[:600]}"
    if len(text) < 600 and not _has_article_node(document) and document.tree.css_first(_CHALLENGE_PARTS):
        return _no(document, "challenge", "the page asks for proof of being human")
    if _CHALLENGE.search(document.title) or (len(document.body_text) < 1200 and _CHALLENGE.search(said)):
        return (
            None
            if _has_article_node(document)
            else _no(document, "challenge", "the page asks for proof of being human")
        )
    if _CONSENT.search(document.title) or (len(document.body_text) < 3000 and _CONSENT.search(said)):
        return (
            None
            if _has_article_node(document) or len(text) > 700
            else _no(document, "consent wall", "the page asks for consent first")
        )
    return None


def _has_article_node(document: Document) -> bool:
    kind = (document.meta("og:type") or "").lower()
    return any(thing.is_article for thing in document.things) or kind in (
        "article",
        "news",
        "newsarticle",
        "blog",
    )


def _is_error(document: Document, headline: str) -> bool:
    heading = next(iter(document.walk.by_tag["h1"]), None)
    said = [document.title, headline, heading.text().strip() if heading else ""]
    return any(_ERROR.search(words) for words in said if len(words) < 90)


def _section(document: Document, dated: bool, text: str) -> NotAnArticle | None:
    """A section's, tag's or author's page: address or structured data say so, nothing says article."""
    if _has_article_node(document):
        return None
    kinds = {
        kind
        for thing in document.things
        if thing.role in ("", "@graph", "mainentity")
        for kind in thing.types
    }
    path = urlsplit(document.url).path
    enough = _LITTLE if _SHELF.search(path) and _LEAF.search(path) else _SHORT
    is_section = _SECTION_PATH.search(path) or _ARCHIVE.match(path)
    if is_section and not (dated and len(text) > enough):
        return _no(document, "section", f"the address {path} is a section's, a tag's or an author's")
    if kinds & _SECTION_TYPES and not dated:
        return _no(
            document, "section", f"the structured data says {', '.join(sorted(kinds & _SECTION_TYPES))}"
        )
    return None


def _asks_who(document: Document, headline: str) -> bool:
    return bool(_LOGIN.fullmatch(headline.strip(" .!"))) and document.tree.css_first(_PASSWORD) is not None


def _index(document: Document, headline: str) -> NotAnArticle | None:
    """A page of other articles' headings, or what a search found, as far as the page itself shows it."""
    if _has_article_node(document):
        return None
    parts = urlsplit(document.url)
    is_search = _SEARCH.search(parts.query) and (len(parts.path) < 2 or "search" in parts.path)
    listed = _headings_elsewhere(document) if len(tokens(headline)) <= _FEW_WORDS else 0
    if not (is_search or listed >= _MANY_HEADINGS) or _tells_something(document):
        return None
    said = "its address is a search's" if is_search else f"it lists {listed} headings that lead elsewhere"
    return _no(document, "section", f"the page tells nothing of its own, and {said}")


def _headings_elsewhere(document: Document) -> int:
    headings = chain.from_iterable(document.walk.by_tag[tag] for tag in _LISTED)
    leading = [node for node in headings if document.place_of(node).in_link or node.css_first("a[href]")]
    return sum(len(tokens(node.text())) > _FEW_WORDS for node in leading)


def _tells_something(document: Document) -> bool:
    """Whether some element of a page holds a text, and not only what stands beside headings."""
    masses = Counter[int]()
    for block in document.blocks:
        if not block.fence and block.linked * 2 < block.length:
            masses[block.home] += block.length
    return max(masses.values(), default=0) >= _TELLING


def _first_words(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
