"""Where a page names its outlet: metadata, structured data, titles, logos, feeds, rights line, text.

Which of these is the display name is for `crawler.extraction.outlet`.
"""

import re
from collections.abc import Iterator
from itertools import islice

from crawler import urls
from crawler.extraction import vocabulary
from crawler.extraction.document import Document, words_of
from crawler.extraction.structured import Thing, unescape
from crawler.extraction.wording import SEPARATOR, overlap, squeeze, tokens

_METAS = (
    ("og:site_name", ("og:site_name", "og:sitename")),
    (
        "app name",
        (
            "application-name",
            "apple-mobile-web-app-title",
            "al:ios:app_name",
            "al:android:app_name",
            "msapplication-tooltip",
        ),
    ),
    (
        "meta publisher",
        (
            "publisher",
            "dc.publisher",
            "dcterms.publisher",
            "article:publisher",
            "cre",
            "source",
            "og:provider_name",
        ),
    ),
    ("meta copyright", ("copyright", "dc.rights", "rights")),
    ("meta author", ("author", "dc.creator", "og:article:author")),
    ("twitter handle", ("twitter:site", "twitter:creator")),
    ("keywords", ("keywords", "news_keywords")),
)
_LOGOS = vocabulary.selector("logos")
# Selectors about one element alone: the others look at all that is around it, as large as that may be.
_PLAIN_LOGOS = ", ".join(each for each in vocabulary.items("logos") if "] " not in each)
_BLOG_HOST = vocabulary.any_of("blog_hosts", r"^(?:{})$")
_PORTAL = vocabulary.any_of("portals", r"^(?:{})$")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright|&copy;)[\s©:]*(?:copyright|by|\(c\))?\s*(?:\d{4}\s*(?:[-–—/]\s*(?:\d{2,4}|present))?)?"
    r"[\s,:|–-]*(?:by\s+)?([^|©\n.;<>]{2,60})",
    re.IGNORECASE,
)
_RESERVED = re.compile(
    r"\s*(?:[-–—,.|]|\b(?:all rights|alle rechte|todos l?os|tous droits|inc\b|llc\b|gmbh\b|\d{4}\b)).*$",
    re.IGNORECASE,
)


def names_told(document: Document, headline: str) -> Iterator[tuple[str, str]]:
    """(text, where it stood) where metadata, structured data and titles may name the outlet."""
    for found_by, names in _METAS:
        for name in names:
            yield from ((content.lstrip("@"), found_by) for content in document.metas.get(name, [])[:2])
    for thing in document.things[:80]:
        yield from _names_of(thing)
    for title in dict.fromkeys((document.title, document.meta("og:title"), document.meta("twitter:title"))):
        yield from ((part, "title") for part in _rest_of(title or "", headline))


def names_shown(document: Document) -> Iterator[tuple[str, str]]:
    """The same where logos, feeds and the rights line may."""
    for node in document.tree.css(_PLAIN_LOGOS if document.is_vast else _LOGOS)[:8]:
        attributes = node.attributes
        shown = words_of(node) if node.tag != "img" else None
        said = (attributes.get("alt"), attributes.get("title"), shown)
        yield from ((unescape(text), "logo") for text in said if text)
    yield from ((unescape(title), "feed title") for title in islice(_feed_titles(document), 4))
    for found in _COPYRIGHT.finditer(_rights_lines(document)):
        yield _RESERVED.sub("", found[1]), "copyright"


def _feed_titles(document: Document) -> Iterator[str]:
    """The titles of the page's feeds and of its search, which hold the outlet's name."""
    for link in document.walk.link_tags:
        relations = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").lower()
        is_feed = "alternate" in relations and ("rss" in kind or "atom" in kind)
        if link.get("title") and (is_feed or "search" in relations):
            yield link["title"] or ""


def _rest_of(title: str, headline: str) -> Iterator[str]:
    """The segments of a page title that are not the headline."""
    rest = title.replace(headline, " | ") if headline else title
    segments = [segment.strip() for segment in SEPARATOR.split(rest) if segment and segment.strip(" |-–—")]
    whole = rest.strip(" |-–—:·•»«：")
    if whole and whole != title.strip():
        yield whole
    words = tokens(headline)
    yield from (segment for segment in segments[-3:] if overlap(tokens(segment), words) < 0.5)
    yield from segments[:1]


def _rights_lines(document: Document) -> str:
    """The words at the end of the page and behind copyright signs."""
    text = document.body_text
    places = [found.start() for found in re.finditer("©", text)][:6]
    return " ".join((text[-1500:], *(text[place : place + 90] for place in places)))


def _names_of(thing: Thing) -> Iterator[tuple[str, str]]:
    """Names that a JSON-LD node gives to who publishes this page."""
    role = thing.role
    if role in ("publisher", "sourceorganization", "copyrightholder", "provider"):
        found_by = "json-ld publisher"
    elif role in ("ispartof", "issn"):
        found_by = "json-ld part of"
    elif "website" in thing.types:
        found_by = "json-ld website"
    elif role in ("", "@graph", "author") and any(kind.endswith("organization") for kind in thing.types):
        found_by = "json-ld author" if role == "author" else "json-ld organization"
    else:
        if isinstance(thing.fields.get("publisher"), str):
            yield from ((text, "json-ld publisher") for text in thing.texts("publisher")[:1])
        return
    for key in ("name", "alternateName"):
        yield from (
            (text, f"{found_by}{'' if key == 'name' else ' alternate'}") for text in thing.texts(key)[:2]
        )


def site_words(document: Document) -> frozenset[str]:
    """Squeezed names by which this site may call itself, from its metadata and domain."""
    said = [
        *document.metas.get("og:site_name", []),
        *document.metas.get("application-name", []),
        *document.metas.get("apple-mobile-web-app-title", []),
        *document.metas.get("twitter:site", []),
        *document.metas.get("al:ios:app_name", []),
    ]
    for thing in document.things:
        if thing.role in ("publisher", "sourceorganization") or any(
            kind in ("organization", "newsmediaorganization", "website") for kind in thing.types
        ):
            said += thing.texts("name")
    return frozenset(filter(None, map(squeeze, said)))


def label_of(host: str) -> str:
    """The part of a host name that people call it by: "abendblatt" of www.abendblatt.de.

    Of a blog at a host of blogs it is the blog's own ("example" of example.wordpress.com).
    """
    domain = urls.registrable_domain(host)
    label = domain.partition(".")[0] or host
    own = host.removesuffix(domain).strip(".").rpartition(".")[2]
    return own if own and own != "www" and _BLOG_HOST.match(label) else label


def is_portal(host: str) -> bool:
    """Whether a site shows what others publish: there the domain says nothing of the outlet."""
    return bool(_PORTAL.match(urls.registrable_domain(host).partition(".")[0]))


def name_of_domain(host: str) -> str:
    """A humane form of a domain: "kenya-today.com" -> "Kenya Today", "wdr.de" -> "WDR"."""
    label = label_of(host)
    words = [word for word in re.split(r"[-_]", label) if word]
    if len(words) == 1 and len(label) <= 4:
        return label.upper()
    return " ".join(word.capitalize() for word in words) or host
