"""One walk over a page's tree, which all fields share: places, blocks of words, and elements by kind.

Every further look at all elements would cost as much again; what the elements mean is the fields' business.
"""

from collections.abc import Mapping
from functools import cached_property, lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extraction.kinds import KINDS, OTHERS, kinds_of
from crawler.extraction.places import FENCING, OUTSIDE, Place, is_linked, number_in, number_of, place, sight_of

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
_BREAKING_TAGS = {"br", *BLOCK_TAGS}
_BREAK = "\u2028"
_SOFT_HYPHEN = "\u00ad"
_LONGEST_WORD = 40
_LONGEST_LABEL = 1000
_TELLING_TAGS = ("meta", "link", "script", "title", "html", "h1")


class Block:
    """The words that stand directly in one block element, which stands at the place of this number.

    `fence` is the identity of the innermost element around it that is hidden or furniture, 0 for none.
    """

    def __init__(self, node: LexborNode, place_number: int, fence: int) -> None:
        self.node, self.tag, self._number, self.fence = node, node.tag or "", place_number, fence
        self.words: list[str] = []
        self.pieces: list[str] = []  # the words with the blanks and breaks between them
        self.linked = 0  # how many characters of the words stand in links

    @cached_property
    def place(self) -> Place:
        return place(self._number)

    @cached_property
    def length(self) -> int:
        """How many characters a reader reads: none of an address, or of code that scripts leave."""
        text = self.text
        return 0 if len(text) > _LONGEST_WORD and text.isascii() and " " not in text else len(text)

    @cached_property
    def paragraphs(self) -> list[str]:
        """The words as a reader sees them, parted where the block breaks the line or holds another block."""
        lines = (" ".join(line.split()) for line in "".join(self.pieces).replace(_SOFT_HYPHEN, "").split(_BREAK))
        return [line for line in lines if line]

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
        self.fences: dict[int, int] = {}
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
                if home is not None:
                    self._keep_words(home, node, self.places.get(around, OUTSIDE))
                continue
            tag = node.tag or ""
            if tag in _BREAKING_TAGS:
                self._break_line(homes.get(around))
            if tag in _BARE_TAGS:
                continue
            own, here = self._take_element(node, tag), node.mem_id
            self.places[here] = number_in(self.places.get(around, OUTSIDE), own)
            self.fences[here] = here if own & FENCING else self.fences.get(around, 0)
            if tag in UNREAD_TAGS:
                homes[here] = None
            else:
                homes[here] = node if tag in BLOCK_TAGS else homes.get(around)

    def _take_element(self, node: LexborNode, tag: str) -> int:
        """Note an element by tag and kind; answers what it is itself, as a number of a place."""
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
        return OUTSIDE if tag in ROOTS else own

    def _keep_words(self, home: LexborNode, node: LexborNode, number: int) -> None:
        block = self._blocks.get(home.mem_id)
        words = node.text_content or ""
        if node.is_empty_text_node:
            if block is not None:
                block.pieces.append(words)
            return
        if block is None:
            block = self._blocks[home.mem_id] = Block(home, self.places[home.mem_id], self.fences[home.mem_id])
        block.words.append(words)
        block.pieces.append(words)
        if is_linked(number):
            block.linked += len(words)

    def _break_line(self, home: LexborNode | None) -> None:
        block = self._blocks.get(home.mem_id) if home is not None else None
        if block is not None:
            block.pieces.append(_BREAK)

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
