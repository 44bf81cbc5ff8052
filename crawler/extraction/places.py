"""Where an element stands: in sight or hidden, in the article or in furniture, and in which zone.

A place is kept as one number while the tree is walked, because every element has one.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from crawler.extraction import vocabulary
from crawler.records import Zone

_HIDDEN, _ASIDE, _NAVIGATION, _ARTICLE, _HEADER, _FOOTER, _LINK, _BESIDE = (1 << n for n in range(8))
_SIGNS, _FIRST_ZONE = 0b11111111, 8
_ZONES = (None, Zone.CAPTION, Zone.FURNITURE, Zone.EMBEDDED, Zone.QUOTE)
_CAPTION, _FURNITURE, _EMBEDDED, _QUOTE = (number << _FIRST_ZONE for number in range(1, 5))
OUTSIDE = 0
FENCING = _HIDDEN | _ASIDE | _NAVIGATION | _BESIDE
LINKED = _LINK
# What of these is just FOOTER lies in the page's own footer: no element there says more of the article.
FOOTED, FOOTER = _FOOTER | _ARTICLE, _FOOTER

# Behind these a word tells of the layout, or of something else: has-sidebar, Drupal's field--label-hidden.
_OF_LAYOUT = (
    "has", "has-left", "has-right", "no", "with", "without", "and", "non", "layout", "layout-",
    "layout-left", "layout-right", "content", "collapsed", "label", "overflow", "overflow-x", "overflow-y",
    "elementor",
)  # fmt: skip
_WORD = "".join(rf"(?<!\b{word}[_-])" for word in _OF_LAYOUT) + r"(?<![^\s_-])(?:{})(?:$|[\s_-])"
_FORMS = {"hidden": _WORD, "aside": _WORD, "beside_text": _WORD, "caption": "{}", "embedded": "{}"}


def _stem_of(item: str) -> str:
    """The letters that every form of a vocabulary's item begins with."""
    found = re.match(r"[a-z0-9-]+(?![?*{])", item)
    if not found:
        raise ValueError(f"vocabulary.toml: {item!r} begins with no letter that all its forms have")
    return found[0]


# What a word in class or id says of a place: the letters it begins with, the sign, and all of the word.
WORDS = (
    ("bread", "navigation", re.compile("bread-?crumb")),
    ("nav", "navigation", re.compile(_WORD.replace("{}", "nav(?:igation|bar)?"))),
    ("pull", "quote", re.compile("pull-?quote")),
    ("zitat", "quote", re.compile("zitat")),
    ("quote", "quote", re.compile(r"(?<![^\s_-])quote")),
    *(
        (_stem_of(item), name, re.compile(form.replace("{}", item)))
        for name, form in _FORMS.items()
        for item in vocabulary.items(name)
    ),
)
_HIDES = re.compile(_WORD.replace("{}", vocabulary.alternatives("hidden")))
_MAIN_TEXT = vocabulary.any_of("main_text", r"(?<!\S)(?:{})(?!\S)")
OF_FURNITURE = {"aside", "beside_text", "navigation"}
# What React streams in hidden pieces, its script puts in sight.
_STREAMED = re.compile(r"S:[0-9a-f]+", re.IGNORECASE)
_TOPICS = re.compile(r"(?<!\S)(?:category|tag)-\S*")
_UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-indent\s*:\s*-\d{3,}", re.IGNORECASE
)
_BY_LABEL = {"hidden": _HIDDEN, "aside": _ASIDE, "navigation": _NAVIGATION, "beside_text": _BESIDE}
_OF_TAGS = {
    "nav": _ASIDE | _NAVIGATION | _FURNITURE, "footer": _ASIDE | _FOOTER | _FURNITURE,
    "aside": _ASIDE | _FURNITURE, "form": _ASIDE | _FURNITURE, "noscript": _ASIDE, "template": _ASIDE,
    "figure": _ASIDE, "dialog": _ASIDE, "article": _ARTICLE, "main": _ARTICLE, "header": _HEADER, "a": _LINK,
    "figcaption": _CAPTION, "blockquote": _QUOTE,
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
    return Place(
        hidden=bool(number & _HIDDEN),
        aside=bool(number & _ASIDE),
        navigation=bool(number & _NAVIGATION),
        in_article=bool(number & _ARTICLE),
        in_header=bool(number & _HEADER),
        in_link=bool(number & _LINK),
        zone=_ZONES[number >> _FIRST_ZONE],
    )


def is_main_text(name: str) -> bool:
    """Whether a class says that the article's text stands there: its other words then tell of the layout."""
    return bool(_MAIN_TEXT.search(name))


def number_in(around: int, own: int) -> int:
    """The place of an element, given its parent's and what it is itself; an embedded post may quote."""
    zone = own & ~_SIGNS
    if not zone or (zone == _QUOTE and around & ~_SIGNS == _EMBEDDED):
        return around | own & _SIGNS
    return (around | own) & _SIGNS | zone


def number_of(tag: str, said: Collection[str]) -> int:
    """What an element is by its tag and what the words of its labels say."""
    own = _OF_TAGS.get(tag, OUTSIDE)
    if not said:
        return own
    for name, sign in _BY_LABEL.items():
        own |= sign if name in said else 0
    return own & _SIGNS | _labelled_zone(own & ~_SIGNS, said)


def sight_of(attributes: Mapping[str, str | None]) -> int:
    """Whether an element's other attributes hide it, as a number of a place."""
    style = attributes.get("style")
    unseen = "hidden" in attributes and not _STREAMED.fullmatch(attributes.get("id") or "")
    unseen = unseen or attributes.get("aria-hidden") == "true"
    return _HIDDEN if unseen or (style and _UNSEEN_STYLE.search(style)) else OUTSIDE


def _labelled_zone(by_tag: int, said: Collection[str]) -> int:
    """A caption is one whatever its tag is; nothing in furniture is an embedded post or a quotation."""
    if "caption" in said:
        return _CAPTION
    if by_tag in (_CAPTION, _FURNITURE):
        return by_tag
    if "embedded" in said:
        return _EMBEDDED
    return _QUOTE if "quote" in said else by_tag


def hides(attributes: Mapping[str, str | None]) -> bool:
    """Whether a reader does not see an element, as far as its own attributes tell."""
    return bool(sight_of(attributes) or _HIDES.search(labels_in(attributes).lower()))


def labels_in(attributes: Mapping[str, str | None]) -> str:
    """Class and id of an element, as far as its designer chose them."""
    name, identity = attributes.get("class"), attributes.get("id")
    return f"{designed(name or '')} {identity or ''}".strip() if name or identity else ""


def designed(name: str) -> str:
    """A class without what WordPress adds to a post's: its kind, its state and the names of its topics.

    `post_class()` writes `post-7 post type-post status-publish … category-top-stories tag-comments`
    behind the theme's own words, some themes the topics alone; these may be called as furniture is.
    """
    own, state, _ = name.partition(" status-")
    if state and " type-" in f" {own}":
        return own
    return _TOPICS.sub("", name) if "category-" in name and "tag-" in name else name
