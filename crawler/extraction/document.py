"""One parsed page, read once: tree, meta tags, JSON-LD, links and where an element stands."""

from collections.abc import Iterator
from functools import cached_property
from itertools import chain, islice, takewhile

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extraction import structured
from crawler.extraction.places import Place, hides, labels_in
from crawler.extraction.stated import Stated, article_in
from crawler.extraction.states import states_of
from crawler.extraction.structured import Thing
from crawler.extraction.walk import ROOTS, UNREAD_TAGS, Block, Walk
from crawler.records import Page
from crawler.text import charset, crowds

_DEEPEST = 40
_UNREAD = "script, style, noscript, template, rt, rp, svg"
_LOWER_HEADINGS = ("h2", "h3", "h4", "h5")
_BREAKS = "br, div, p, h1, h2, h3, h4, li, ul, td"


VAST = 3_000_000  # bytes of markup, more than any outlet's own page has


class Document:
    """A page as the fields' readers see it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.url = page.final_url or page.requested_url
        markup = charset.as_utf8(page.body, page.header("content-type")).decode("latin-1")
        self.data = crowds.flat(crowds.uncrowded(markup)).encode("latin-1")  # in UTF-8
        self.tree = LexborHTMLParser(self.data)
        self.walk = Walk(self.tree)

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """Content of meta tags by lower-case name, property or itemprop, in order."""
        found: dict[str, list[str]] = {}
        for node in self.walk.by_tag["meta"]:
            attributes = node.attributes
            content = structured.unescape(attributes.get("content") or "")
            names = (attributes.get(key) for key in ("property", "name", "itemprop", "http-equiv"))
            for name in dict.fromkeys(name.lower().strip() for name in names if name):
                if content:
                    found.setdefault(name, []).append(content)
        return found

    @property
    def is_vast(self) -> bool:
        """Whether the page is so large that what costs more than one look at each element is left out."""
        return len(self.data) > VAST

    def meta(self, *names: str) -> str | None:
        """The first content of the first of these meta tags that the page has."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)

    @cached_property
    def things(self) -> list[Thing]:
        scripts = self.walk.by_tag["script"]
        told = [node for node in scripts if "ld+json" in (node.attributes.get("type") or "").lower()]
        return structured.things_of([node.text() for node in told])

    @cached_property
    def articles(self) -> list[Thing]:
        """JSON-LD nodes that may describe this page: articles first, then pages and other works."""
        articles = [thing for thing in self.things if thing.is_article]
        untyped = [thing for thing in self.things if not thing.types and "headline" in thing.fields]
        return articles + untyped + [thing for thing in self.things if thing.is_work]

    @cached_property
    def stated(self) -> Stated | None:
        """The article as the state of the page's scripts tells it."""
        kinds = [(node, (node.attributes.get("type") or "").lower()) for node in self.walk.by_tag["script"]]
        states = states_of(
            [node.text() for node, kind in kinds if kind == "application/json"],
            [node.text() for node, kind in kinds if not kind or "javascript" in kind or kind == "module"],
        )
        return article_in(states, self.title or self.meta("og:title") or "", self.url)

    @cached_property
    def told_by_scripts(self) -> Stated | None:
        """The same, None where structured data describes the article: that is the better source."""
        return None if any(thing.is_article for thing in self.things) else self.stated

    @cached_property
    def title(self) -> str:
        nodes = self.walk.by_tag["title"]
        in_head = (node for node in nodes if node.parent is not None and node.parent.tag == "head")
        node = next(in_head, None) or next(iter(nodes), None)
        return structured.unescape(node.text()) if node else ""

    @cached_property
    def lang(self) -> str | None:
        """The page's declared language tag, as it wrote it."""
        node = next(iter(self.walk.by_tag["html"]), None)
        declared = (node.attributes.get("lang") or node.attributes.get("xml:lang")) if node else None
        return declared or self.meta("content-language", "dc.language", "og:locale", "language", "inlanguage")

    def link(self, rel: str) -> str | None:
        """The target of the first link tag of a relation."""
        targets = self.walk.links.get(rel)
        return targets[0] if targets else None

    @cached_property
    def blocks(self) -> list[Block]:
        """The visible words of the body by the block element that holds them, in document order."""
        return self.walk.blocks

    def place_of(self, node: LexborNode) -> Place:
        """Where an element stands, itself included."""
        return self.walk.place_of(node)

    def block_number(self, node: LexborNode) -> int | None:
        """The number of the block that an element's words belong to, in document order."""
        numbers = self._block_numbers
        for each in chain(ancestors(node), islice(node.traverse(), 30)):
            if each.mem_id in numbers:
                return numbers[each.mem_id]
        return None

    @cached_property
    def _block_numbers(self) -> dict[int, int]:
        return {block.node.mem_id: number for number, block in enumerate(self.blocks)}

    @cached_property
    def around_linked_headings(self) -> frozenset[int]:
        """The identities of the elements that hold a heading which leads elsewhere."""
        found: set[int] = set()
        for heading in chain.from_iterable(self.walk.by_tag[tag] for tag in _LOWER_HEADINGS):
            if self.place_of(heading).in_link or heading.css_first("a"):
                around = (each.mem_id for each in ancestors(heading))
                found.update(takewhile(lambda each: each not in found, around))
        return frozenset(found)

    @cached_property
    def body_text(self) -> str:
        """All visible words of the body on one line."""
        return " ".join(block.text for block in self.blocks)


def words_of(node: LexborNode, between: str = "") -> str:
    """An element's own words on one line, without scripts and styles.

    `between` parts inline elements too: whether a style sheet shows them as blocks, the
    markup does not tell. Blocks and line breaks part words always.
    """
    only = node.first_child
    if only is not None and only.is_text_node and only.next is None:
        return " ".join((only.text_content or "").split())
    if node.css_first(_UNREAD):
        return " ".join(("" if node.css_first("ruby") else " ").join(_seen_texts(node)).split())
    if node.css_first(_BREAKS):
        between = " "
    return " ".join(node.text(separator=between).split())


def _seen_texts(node: LexborNode) -> list[str]:
    texts: list[str] = []
    for child in node.traverse(include_text=True):
        parent = child.parent
        if child.is_text_node and parent is not None and parent.tag not in UNREAD_TAGS:
            texts.append(child.text())
    return texts


def labels_of(node: LexborNode) -> str:
    """Class and id of an element."""
    return labels_in(node.attributes)


def is_hidden(node: LexborNode) -> bool:
    """Whether a reader does not see this element, as far as its own attributes tell."""
    return hides(node.attributes)


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The element and what it stands in, inside out, at most 40."""
    here: LexborNode | None = node
    for _ in range(_DEEPEST):
        if here is None or here.tag in ROOTS:
            return
        yield here
        here = here.parent
