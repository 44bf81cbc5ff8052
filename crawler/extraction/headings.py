"""One heading of a page: the forms its text may take as a headline, and the signs that lie in the element.

Which heading and which form is the headline is for `crawler.extraction.headline`.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler import urls
from crawler.extraction import vocabulary
from crawler.extraction.document import Document, ancestors, is_hidden, labels_of, words_of
from crawler.extraction.wording import SEPARATOR

A_ROW = 4
_MOST_CHILDREN = 12
_MOST_WRAPPERS = 4
# Forms that leave out what stands beside a headline and is surely none of it.
LESS_A_MARK = ("less a badge", "less the site")
LESS_ITS_KICKER = "less its kicker"
_AROUND = " :|-–—•·/"
_KICKER = vocabulary.any_of("kicker")
_BADGE = vocabulary.any_of("badges", r"^\W*(?:{})\W*$")
# A blank before a colon or comma, which French has and others get from markup.
_TORN = re.compile(r"\s+([:,;.?!])(?=\s|$)")
_TITLE_CLASS = re.compile(r"head-?line|title|titulo|titel|heading|hed\b", re.IGNORECASE)
_SITE_CLASS = re.compile(r"logo|brand|site-?(?:name|title)|blog-?title|masthead", re.IGNORECASE)


def tidied(text: str, french: bool) -> str:
    """A text without the blanks that markup put before colons and commas; in French they belong there."""
    return text if french else _TORN.sub(r"\1", text)


def name_of(node: LexborNode) -> str:
    """By what a heading was found: its tag, or its class."""
    return node.tag if node.tag in ("h1", "h2", "h3") else "class"


def forms_of(
    node: LexborNode, text: str, is_site: Callable[[str], bool], french: bool
) -> list[tuple[str, str]]:
    """An element's text whole, less its kicker, and of its longest child."""
    tag = name_of(node)
    forms = [(tag, text), (f"{tag} tidied", _TORN.sub(r"\1", text))]
    forms.append((f"{tag} in pieces", tidied(words_of(node, between=" "), french)))
    forms += [(f"{tag} {kind}", form) for kind, form in _forms_by_child(node, text, is_site, french)]
    for mark in list(SEPARATOR.finditer(text))[:1]:
        forms.append((f"{tag} less its start", text[mark.end() :]))
    for mark in list(SEPARATOR.finditer(text))[-1:]:
        forms.append((f"{tag} less its end", text[: mark.start()]))
    return forms


def _forms_by_child(
    node: LexborNode, text: str, is_site: Callable[[str], bool], french: bool
) -> Iterator[tuple[str, str]]:
    """An element's text less one of its children's, and that of the longest child alone."""
    children = _parts_of(node)
    if not children or len(children) > _MOST_CHILDREN:
        return
    pieces = [tidied(words_of(child), french) for child in children]
    for child, piece in zip(children, pieces, strict=True):
        rest = text.removeprefix(piece) if text.startswith(piece) else text.removesuffix(piece)
        rest = rest.strip()
        if not piece or not rest or rest == text:
            continue
        if _BADGE.match(piece):
            yield "less a badge", rest.strip(_AROUND)
        elif is_site(piece) and (child.tag == "a" or child.css_first("a[href]")):
            yield "less the site", rest.strip(_AROUND)
        elif len(piece) < len(rest) and _is_kicker(child):
            yield LESS_ITS_KICKER, rest.lstrip(_AROUND)
        else:
            yield "less a child", rest.lstrip(_AROUND)
    longest = max(pieces, key=len)
    if longest and longest != text:
        yield "longest child", longest


def looks_of(document: Document, node: LexborNode, number: int, alike: int) -> dict[str, float]:
    """The signs that lie in an element itself, whatever form of its text is taken."""
    place = document.place_of(node)
    labels = labels_of(node)
    around = [labels, *(labels_of(each) for each in islice(ancestors(node), 1, 3))]
    return {
        "visible": float(not place.hidden and not place.navigation),
        "hidden": float(place.hidden),
        "aside": float(place.aside),
        "in navigation": float(place.navigation),
        "in article": float(place.in_article),
        "in header": float(place.in_header and not place.in_article),
        "in a link": float(place.in_link or node.css_first("a") is not None),
        "one of many": float(alike >= A_ROW),
        "one of two": float(alike in (2, 3)),
        "class says title": float(bool(_TITLE_CLASS.search(labels))),
        "tag and class say title": float(
            node.tag in ("h1", "h2", "h3") and bool(_TITLE_CLASS.search(labels))
        ),
        "class says kicker": float(bool(_KICKER.search(labels))),
        "class says site": float(any(map(_SITE_CLASS.search, around))),
        "itemprop headline": float("headline" in (node.attributes.get("itemprop") or "")),
        "early": 0.0 if place.hidden or place.navigation else 1.0 / (1 + number),
    }


def leads_home(document: Document, node: LexborNode) -> bool:
    """Whether a heading holds a link to the site's front page or stands in one: the site's name, a slogan."""
    link = node.css_first("a[href]")
    if link is None and document.place_of(node).in_link:
        link = next((each for each in islice(ancestors(node), _MOST_WRAPPERS) if each.tag == "a"), None)
    target = urls.resolve(document.url, link.attributes.get("href") or "") if link is not None else None
    return (
        target is not None
        and urls.is_front_page(target)
        and urls.registrable_domain(target) == urls.registrable_domain(document.url)
    )


def _is_kicker(child: LexborNode) -> bool:
    return child.tag == "small" or bool(_KICKER.search(labels_of(child))) or is_hidden(child)


def _parts_of(node: LexborNode) -> list[LexborNode]:
    """The elements in a heading, inside whatever single element wraps all of it."""
    for _ in range(_MOST_WRAPPERS):
        children = [child for child in node.iter() if child.tag not in ("script", "style", "br", "svg")]
        if len(children) != 1 or words_of(children[0]) != words_of(node):
            return children
        node = children[0]
    return []
