"""Where an element stands: in sight or hidden, in the article or in furniture, and in which zone.

A place is kept as one number while the tree is walked, because every element has one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from crawler.extraction import vocabulary
from crawler.records import Zone

_HIDDEN, _ASIDE, _NAVIGATION, _ARTICLE, _HEADER, _LINK = (1 << number for number in range(6))
_SIGNS, _FIRST_ZONE = 0b111111, 6
_ZONES = (None, Zone.CAPTION, Zone.FURNITURE, Zone.EMBEDDED, Zone.QUOTE)
_CAPTION, _FURNITURE, _EMBEDDED, _QUOTE = (number << _FIRST_ZONE for number in range(1, 5))
OUTSIDE = 0

_WORD = r"(?:^|[\s_-])(?:{})(?:$|[\s_-])"
_HIDDEN_LABEL = vocabulary.any_of("hidden", _WORD)
_ASIDE_LABEL = vocabulary.any_of("aside", _WORD)
_NAVIGATION_LABEL = re.compile(
    r"bread-?crumb|(?:^|[\s_-])nav(?:igation|bar)?(?:$|[\s_-])", re.IGNORECASE
)
_CAPTION_LABEL = vocabulary.any_of("caption")
_EMBEDDED_LABEL = vocabulary.any_of("embedded")
_QUOTE_LABEL = re.compile(r"pull-?quote|zitat|(?:^|[\s_-])quote", re.IGNORECASE)
_UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-indent\s*:\s*-\d{3,}", re.IGNORECASE
)
_LONGEST_LABELS = 2000
_OF_TAGS = {
    "nav": _ASIDE | _NAVIGATION | _FURNITURE, "footer": _ASIDE | _FURNITURE, "aside": _ASIDE | _FURNITURE,
    "form": _ASIDE | _FURNITURE, "noscript": _ASIDE, "template": _ASIDE, "figure": _ASIDE, "dialog": _ASIDE,
    "article": _ARTICLE, "main": _ARTICLE, "header": _HEADER, "a": _LINK, "figcaption": _CAPTION,
    "blockquote": _QUOTE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands: whether readers see it as furniture or not at all, and what is around it.

    `zone` is that of the innermost element that opens one.
    """

    hidden: bool = False
    aside: bool = False
    navigation: bool = False
    in_article: bool = False
    in_header: bool = False
    in_link: bool = False
    zone: Zone | None = None


@lru_cache(maxsize=512)
def place(number: int) -> Place:
    """What the number of a place stands for."""
    signs = (_HIDDEN, _ASIDE, _NAVIGATION, _ARTICLE, _HEADER, _LINK)
    return Place(*(bool(number & sign) for sign in signs), zone=_ZONES[number >> _FIRST_ZONE])


def number_in(around: int, tag: str, attributes: Mapping[str, str | None]) -> int:
    """The place of an element, given the place of its parent. An embedded post stays one where it quotes."""
    own = _OF_TAGS.get(tag, OUTSIDE)
    if attributes:
        own = _own_number(tag, labels_in(attributes)[:_LONGEST_LABELS])
        if _is_unseen(attributes):
            own |= _HIDDEN
    zone = own & ~_SIGNS
    if not zone or (zone == _QUOTE and around & ~_SIGNS == _EMBEDDED):
        return around | own & _SIGNS
    return (around | own) & _SIGNS | zone


@lru_cache(maxsize=8192)
def _own_number(tag: str, labels: str) -> int:
    own = _OF_TAGS.get(tag, OUTSIDE)
    if labels:
        own |= _HIDDEN if _HIDDEN_LABEL.search(labels) else 0
        own |= _ASIDE if _ASIDE_LABEL.search(labels) else 0
        own |= _NAVIGATION if _NAVIGATION_LABEL.search(labels) else 0
        own = own & _SIGNS | _labelled_zone(own & ~_SIGNS, labels)
    return own


def _labelled_zone(by_tag: int, labels: str) -> int:
    """A caption is one whatever its tag is; nothing in furniture is an embedded post or a quotation."""
    if _CAPTION_LABEL.search(labels):
        return _CAPTION
    if by_tag in (_CAPTION, _FURNITURE):
        return by_tag
    if _EMBEDDED_LABEL.search(labels):
        return _EMBEDDED
    return _QUOTE if by_tag == _QUOTE or _QUOTE_LABEL.search(labels) else OUTSIDE


def _is_unseen(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element's other attributes than its class hide it."""
    style = attributes.get("style")
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(style and _UNSEEN_STYLE.search(style))
    )


def hides(attributes: Mapping[str, str | None]) -> bool:
    """Whether a reader does not see an element, as far as its own attributes tell."""
    return bool(number_in(OUTSIDE, "", attributes) & _HIDDEN)


def labels_in(attributes: Mapping[str, str | None]) -> str:
    """Class and id of an element."""
    name, identity = attributes.get("class"), attributes.get("id")
    return f"{name or ''} {identity or ''}".strip() if name or identity else ""
