"""One parsed page, read once: tree, meta tags, JSON-LD, links and where an element stands."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extraction import charset, structured, vocabulary
from crawler.extraction.structured import Thing
from crawler.records import Page, Zone
from crawler.text import crowds

_DEEPEST = 40
_HIDDEN = vocabulary.any_of("hidden", r"(?:^|[\s_-])(?:{})(?:$|[\s_-])")
_UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-indent\s*:\s*-\d{3,}", re.IGNORECASE
)
_NAVIGATION = re.compile(r"bread-?crumb|(?:^|[\s_-])nav(?:igation|bar)?(?:$|[\s_-])", re.IGNORECASE)
_CAPTION = vocabulary.any_of("caption")
_EMBEDDED = vocabulary.any_of("embedded")
_QUOTE = re.compile(r"pull-?quote|zitat|(?:^|[\s_-])quote", re.IGNORECASE)
_ROOTS = {"body", "html", "-document"}
_ASIDE = vocabulary.any_of("aside", r"(?:^|[\s_-])(?:{})(?:$|[\s_-])")
# What stands in an element but is not read as part of it; `rt` and `rp` hold ruby, the reading aid.
_UNREAD_TAGS = {
    "script",
    "style",
    "noscript",
    "template",
    "rt",
    "rp",
    "svg",
    "head",
    "title",
    "select",
    "textarea",
}
_UNREAD = "script, style, noscript, template, rt, rp, svg"
_BREAKS = "br, div, p, h1, h2, h3, h4, li, ul, td"
_BLOCKS = {
    "p", "li", "div", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "blockquote",
    "article", "section", "aside",
    "header", "footer", "nav", "main", "dd", "dt", "pre", "body", "caption", "figure", "ul", "ol", "table",
    "tr", "form", "button",
    "address", "details", "summary", "label", "time",
}  # fmt: skip
_ASIDE_TAGS = {"nav", "footer", "aside", "form", "noscript", "template", "figure", "dialog"}


class Document:
    """A page as the fields' readers see it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.url = page.final_url or page.requested_url
        decoded = charset.decode(page.body, page.header("content-type"))
        self.source = crowds.flat(crowds.uncrowded(decoded))
        self.tree = LexborHTMLParser(self.source)
        self._places: dict[int, Place] = {}

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """Content of meta tags by lower-case name, property or itemprop, in order."""
        found: dict[str, list[str]] = {}
        for node in self.tree.css("meta"):
            attributes = node.attributes
            content = structured.unescape(attributes.get("content") or "")
            names = (attributes.get(key) for key in ("property", "name", "itemprop", "http-equiv"))
            for name in {name.lower().strip() for name in names if name}:
                if content:
                    found.setdefault(name, []).append(content)
        return found

    def meta(self, *names: str) -> str | None:
        """The first content of the first of these meta tags that the page has."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)

    @cached_property
    def things(self) -> list[Thing]:
        return structured.things_of([node.text() for node in self.tree.css('script[type*="ld+json" i]')])

    @cached_property
    def articles(self) -> list[Thing]:
        """JSON-LD nodes that may describe this page: articles first, then pages and other works."""
        articles = [thing for thing in self.things if thing.is_article]
        untyped = [thing for thing in self.things if not thing.types and "headline" in thing.fields]
        return articles + untyped + [thing for thing in self.things if thing.is_work]

    @cached_property
    def title(self) -> str:
        node = self.tree.css_first("head title") or self.tree.css_first("title")
        return structured.unescape(node.text()) if node else ""

    @cached_property
    def lang(self) -> str | None:
        """The page's declared language tag, as it wrote it."""
        node = self.tree.css_first("html")
        declared = (node.attributes.get("lang") or node.attributes.get("xml:lang")) if node else None
        return declared or self.meta("content-language", "dc.language", "og:locale", "language", "inlanguage")

    def link(self, rel: str) -> str | None:
        """The target of the first link tag of a relation."""
        node = self.tree.css_first(f'link[rel="{rel}" i][href]')
        return node.attributes.get("href") if node else None

    @cached_property
    def blocks(self) -> list["Block"]:
        """The visible words of the body by the block element that holds them, in document order."""
        body = self.tree.body
        return _blocks_in(body) if body is not None else []

    def place_of(self, node: LexborNode) -> "Place":
        """Where an element stands, itself included; each ancestor is looked at once."""
        unknown: list[LexborNode] = []
        here: LexborNode | None = node
        while here is not None and here.tag not in _ROOTS and len(unknown) < _DEEPEST:
            if here.mem_id in self._places:
                break
            unknown.append(here)
            here = here.parent
        place = self._places.get(here.mem_id, _OUTSIDE) if here is not None else _OUTSIDE
        for each in reversed(unknown):
            place = self._places[each.mem_id] = _place_in(place, each)
        return place

    def block_number(self, node: LexborNode) -> int | None:
        """The number of the block that an element's words belong to, in document order."""
        for each in (*ancestors(node), *islice(node.traverse(), 30)):
            number = self._block_numbers.get(each.mem_id)
            if number is not None:
                return number
        return None

    @cached_property
    def _block_numbers(self) -> dict[int, int]:
        return {block.node.mem_id: number for number, block in enumerate(self.blocks)}

    @cached_property
    def body_text(self) -> str:
        """All visible words of the body on one line."""
        return " ".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands: the tags around it, and whether readers see it as furniture or not at all."""

    tags: frozenset[str]
    hidden: bool = False
    aside: bool = False
    navigation: bool = False
    zone: Zone | None = None


_OUTSIDE = Place(frozenset())


class Block:
    """The words that stand directly in one block element, and whether links hold all of them."""

    def __init__(self, node: LexborNode) -> None:
        self.node = node
        self.words: list[str] = []

    @cached_property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def _blocks_in(body: LexborNode) -> list[Block]:
    blocks: dict[int, Block] = {}
    homes: dict[int, LexborNode | None] = {}
    for node in body.traverse(include_text=True):
        if not node.is_text_node or node.is_empty_text_node:
            continue
        parent = node.parent
        if parent is None:
            continue
        place = parent.mem_id
        if place not in homes:
            homes[place] = _block_around(parent)
        home = homes[place]
        if home is not None:
            block = blocks.get(home.mem_id)
            if block is None:
                block = blocks[home.mem_id] = Block(home)
            block.words.append(node.text_content or "")
    return list(blocks.values())


def _block_around(node: LexborNode) -> LexborNode | None:
    """The block element that text in this element belongs to, None where nobody reads it."""
    here: LexborNode | None = node
    for _ in range(_DEEPEST):
        if here is None or here.tag in _UNREAD_TAGS:
            return None
        if here.tag in _BLOCKS:
            return here
        here = here.parent
    return None


def words_of(node: LexborNode, between: str = "") -> str:
    """An element's own words on one line, without scripts and styles.

    `between` parts inline elements too: whether a style sheet shows them as blocks, the
    markup does not tell. Blocks and line breaks part words always.
    """
    if node.css_first(_UNREAD):
        return " ".join(("" if node.css_first("ruby") else " ").join(_seen_texts(node)).split())
    if node.css_first(_BREAKS):
        between = " "
    return " ".join(node.text(separator=between).split())


def _seen_texts(node: LexborNode) -> list[str]:
    texts: list[str] = []
    for child in node.traverse(include_text=True):
        parent = child.parent
        if child.is_text_node and parent is not None and not _is_unread(parent):
            texts.append(child.text())
    return texts


def _is_unread(node: LexborNode) -> bool:
    return node.tag in _UNREAD_TAGS


def labels_of(node: LexborNode) -> str:
    """Class and id of an element."""
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()


def _place_in(around: Place, node: LexborNode) -> Place:
    tag = node.tag or ""
    labels = labels_of(node)
    return Place(
        tags=around.tags | {tag},
        hidden=around.hidden or is_hidden(node),
        aside=around.aside or tag in _ASIDE_TAGS or bool(labels and _ASIDE.search(labels)),
        navigation=around.navigation or tag == "nav" or bool(labels and _NAVIGATION.search(labels)),
        zone=_zone_in(tag, labels) or around.zone,
    )


def _zone_in(tag: str, labels: str) -> Zone | None:
    """The zone that an element opens, None where it opens none; the innermost counts."""
    if tag == "figcaption" or (labels and _CAPTION.search(labels)):
        return Zone.CAPTION
    if tag in ("nav", "footer", "aside", "form"):
        return Zone.FURNITURE
    if labels and _EMBEDDED.search(labels):
        return Zone.EMBEDDED
    return Zone.QUOTE if tag == "blockquote" or (labels and _QUOTE.search(labels)) else None


def is_hidden(node: LexborNode) -> bool:
    """Whether a reader does not see this element, as far as its own attributes tell."""
    attributes = node.attributes
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(labels_of(node)))
        or bool(_UNSEEN_STYLE.search(attributes.get("style") or ""))
    )


def ancestors(node: LexborNode) -> list[LexborNode]:
    """The element and what it stands in, inside out, at most 40."""
    found: list[LexborNode] = []
    here: LexborNode | None = node
    while here is not None and here.tag not in _ROOTS and len(found) < _DEEPEST:
        found.append(here)
        here = here.parent
    return found
