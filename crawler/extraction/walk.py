"""One walk over a page's tree, which all fields share: places, blocks of words, and elements by kind.

Every further look at all elements would cost as much again; what the elements mean is the fields' business.
"""

from collections.abc import Mapping
from functools import cached_property, lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extraction.kinds import KINDS, OTHERS, kinds_of
from crawler.extraction.places import OUTSIDE, number_in, number_of, place, sight_of
from crawler.records import Zone

ROOTS = {"body", "html", "-document"}
# What stands in an element but is not read as part of it; `rt` and `rp` hold ruby, the reading aid.
UNREAD_TAGS = {
    "script", "style", "noscript", "template", "rt", "rp", "svg", "head", "title", "select", "textarea",
}  # fmt: skip
BLOCK_TAGS = {
    "p", "li", "div", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "blockquote",
    "article", "section", "aside",
    "header", "footer", "nav", "main", "dd", "dt", "pre", "body", "caption", "figure", "ul", "ol", "table",
    "tr", "form", "button",
    "address", "details", "summary", "label", "time",
}  # fmt: skip
# Parts of drawings and the like, which hold no words and no other element.
_BARE_TAGS = {"path", "g", "use", "circle", "rect", "polygon", "polyline", "line", "br", "source", "option"}
_LONGEST_LABEL = 1000
_TELLING_TAGS = ("meta", "link", "script", "title", "html", "h1")


class Block:
    """The words that stand directly in one block element, which stands at the place of this number."""

    def __init__(self, node: LexborNode, place_number: int) -> None:
        self.node, self._number = node, place_number
        self.words: list[str] = []

    @property
    def zone(self) -> Zone | None:
        return place(self._number).zone

    @cached_property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


class Walk:
    """What the walk gathered, each list in document order.

    `places`: number of a place by the element's identity. `blocks`: the visible words of the
    body. `by_tag`: the elements that tell about the page as a whole. `by_kind`: those of a kind.
    """

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.places: dict[int, int] = {}
        self._blocks: dict[int, Block] = {}
        self.by_tag: dict[str, list[LexborNode]] = {tag: [] for tag in _TELLING_TAGS}
        self.by_kind: dict[str, list[LexborNode]] = {kind: [] for kind in KINDS}
        homes: dict[int, LexborNode | None] = {}  # the block element that words in an element belong to
        root = tree.root
        for node in root.traverse(include_text=True) if root is not None else ():
            parent = node.parent
            around = parent.mem_id if parent is not None else 0
            if node.is_text_node:
                home = homes.get(around)
                if home is not None and not node.is_empty_text_node:
                    self._keep_words(home, node.text_content or "")
                continue
            tag = node.tag or ""
            if tag in _BARE_TAGS:
                continue
            number = self._take_element(node, tag, self.places.get(around, OUTSIDE))
            if tag in UNREAD_TAGS:
                homes[node.mem_id] = None
            else:
                homes[node.mem_id] = node if tag in BLOCK_TAGS else homes.get(around)

    def _take_element(self, node: LexborNode, tag: str, around: int) -> int:
        attributes = node.attributes
        if attributes:
            name, identity = attributes.get("class") or "", attributes.get("id") or ""
            own, kinds = _look(tag, name[:_LONGEST_LABEL], identity[:_LONGEST_LABEL])
            own |= sight_of(attributes)
            if not OTHERS.isdisjoint(attributes):
                kinds = _with_others(kinds, tag, attributes)
        else:
            own, kinds = _look(tag, "", "")
        for kind in kinds:
            self.by_kind[kind].append(node)
        if tag in _TELLING_TAGS:
            self.by_tag[tag].append(node)
        number = self.places[node.mem_id] = OUTSIDE if tag in ROOTS else number_in(around, own)
        return number

    def _keep_words(self, home: LexborNode, words: str) -> None:
        block = self._blocks.get(home.mem_id)
        if block is None:
            block = self._blocks[home.mem_id] = Block(home, self.places[home.mem_id])
        block.words.append(words)

    @cached_property
    def blocks(self) -> list[Block]:
        return list(self._blocks.values())

    @cached_property
    def links(self) -> dict[str, list[str]]:
        """The targets of the link tags by lower-case relation."""
        found: dict[str, list[str]] = {}
        for node in self.by_tag["link"]:
            attributes = node.attributes
            if "href" in attributes:
                found.setdefault((attributes.get("rel") or "").lower(), []).append(attributes["href"] or "")
        return found


@lru_cache(maxsize=8192)
def _look(tag: str, name: str, identity: str) -> tuple[int, tuple[str, ...]]:
    """What an element is by tag, class and id: as a number of a place, and its kinds."""
    name, identity = name.lower(), identity.lower()
    kinds = kinds_of(tag, {"class": name, "id": identity})
    return number_of(tag, f"{name} {identity}".strip()), tuple(kinds)


def _with_others(known: tuple[str, ...], tag: str, attributes: Mapping[str, str | None]) -> tuple[str, ...]:
    """The kinds of an element by its other attributes too."""
    said = {name: (attributes[name] or "").lower() for name in OTHERS if name in attributes}
    return tuple({*known, *kinds_of(tag, said)})
