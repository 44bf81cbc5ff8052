"""One walk over a page's tree, which all fields share: places, blocks of words, and elements by kind.

Every further look at all elements would cost as much again; what the elements mean is the fields' business.
"""

from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extraction.kinds import KINDS, kinds_of
from crawler.extraction.places import OUTSIDE, number_in, place
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
        self.blocks: list[Block] = []
        self.by_tag: dict[str, list[LexborNode]] = {tag: [] for tag in _TELLING_TAGS}
        self.by_kind: dict[str, list[LexborNode]] = {kind: [] for kind in KINDS}
        homes: dict[int, Block | None] = {}  # the block that the words of an element belong to
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
            number = self._take_element(node, tag, self.places.get(around, OUTSIDE))
            if tag in UNREAD_TAGS:
                homes[node.mem_id] = None
            else:
                homes[node.mem_id] = Block(node, number) if tag in BLOCK_TAGS else homes.get(around)

    def _take_element(self, node: LexborNode, tag: str, around: int) -> int:
        attributes = node.attributes
        number = OUTSIDE if tag in ROOTS else number_in(around, tag, attributes)
        self.places[node.mem_id] = number
        if tag in _TELLING_TAGS:
            self.by_tag[tag].append(node)
        for kind in kinds_of(tag, attributes):
            self.by_kind[kind].append(node)
        return number

    def _keep_words(self, home: Block, words: str) -> None:
        if not home.words:
            self.blocks.append(home)
        home.words.append(words)

    @cached_property
    def links(self) -> dict[str, list[str]]:
        """The targets of the link tags by lower-case relation."""
        found: dict[str, list[str]] = {}
        for node in self.by_tag["link"]:
            attributes = node.attributes
            if "href" in attributes:
                found.setdefault((attributes.get("rel") or "").lower(), []).append(attributes["href"] or "")
        return found
