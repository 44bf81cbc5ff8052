"""One walk over a page's tree, which all fields share: places, blocks of words, and elements by kind.

Every further look at all elements would cost as much again; what the elements mean is the fields' business.
"""

from collections.abc import Mapping
from functools import cache, cached_property, lru_cache

from ahocorasick_rs import AhoCorasick, Implementation
from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extraction import places
from crawler.extraction.kinds import HAVING_TAGS, KINDS, OTHERS, WORDS, kinds_of
from crawler.extraction.places import (
    FENCING,
    FOOTED,
    FOOTER,
    LINKED,
    OUTSIDE,
    Place,
    number_in,
    number_of,
    place,
    sight_of,
)

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
# What holds no words that readers see and no other element: of these attributes tell nothing about a place.
BARE_TAGS = {
    "-comment", "meta", "link", "script", "style", "title", "img", "input", "br", "hr", "wbr", "source",
    "track", "iframe", "option", "path", "g", "use", "circle", "rect", "polygon", "polyline", "line",
}  # fmt: skip
# What a tag means to the walk, as one number: it asks of each element of the page.
_TELLS, _IS_BLOCK, _IS_UNREAD, _IS_BARE, _BREAKS, _IS_ROOT, _IS_ASKED = (1 << n for n in range(7))
_SHIFTS = _IS_BLOCK | _IS_UNREAD | _IS_ROOT
_BREAK = "\u2028"
_SOFT_HYPHEN = "\u00ad"
_LONGEST_WORD = 40
_LONGEST_LABEL = 1000
_PAGE_FORMS = {"aspnetform", "form1"}  # ASP.NET's, which hold the whole page
_MOST_LOOKS = 10_000  # that are remembered from page to page
_RARE = OTHERS | {"style", "hidden", "aria-hidden"}
# Of what words in class or id begin with, first those that tell a place, then those that tell a kind.
_FINDER = AhoCorasick([*(stem for stem, *_ in places.WORDS), *WORDS], implementation=Implementation.DFA)
_OF_PLACES = len(places.WORDS)
_SIGNS = [sign for _, sign, _ in places.WORDS]
_SAYS = [pattern.match for _, _, pattern in places.WORDS]
_TELLING_TAGS = ("meta", "link", "script", "title", "html", "article", "h1", "h2", "h3", "h4", "h5")
_TAGS_BY_TRAIT = {
    _TELLS: _TELLING_TAGS, _IS_BLOCK: BLOCK_TAGS, _IS_UNREAD: UNREAD_TAGS, _IS_BARE: BARE_TAGS,
    _BREAKS: {"br", *BLOCK_TAGS}, _IS_ROOT: ROOTS, _IS_ASKED: HAVING_TAGS,
}  # fmt: skip
_TRAITS = {
    tag: sum(trait for trait, tags in _TAGS_BY_TRAIT.items() if tag in tags)
    for tag in {tag for tags in _TAGS_BY_TRAIT.values() for tag in tags}
}


class Block:
    """The words that stand directly in one block element.

    `fence` is the identity of the innermost element around it that is hidden or furniture, 0 for none.
    """

    __slots__ = (
        "fence", "length", "linked", "links", "node", "number", "pieces", "place", "tag", "text", "words",
    )  # fmt: skip

    place: Place
    text: str  # the words on one line, with blanks between inline elements too
    words: list[str]
    # How many characters a reader reads: none of an address, or of code that scripts leave.
    length: int

    def __init__(self, node: LexborNode, tag: str, number: int, fence: int) -> None:
        self.node, self.tag, self.number, self.fence = node, tag, number, fence
        self.pieces: list[str] = []  # by turns what stands before words, a blank or a break, and the words
        self.links: list[str] = []  # where the links among the words lead
        self.linked = 0  # how many characters of the words stand in links

    def close(self) -> None:
        """Put the words together, when there are no more."""
        self.words = self.pieces[1::2]
        self.text = text = " ".join(" ".join(self.words).split())
        is_code = len(text) > _LONGEST_WORD and " " not in text and text.isascii()
        self.length = 0 if is_code else len(text)
        self.place = place(self.number)

    @property
    def home(self) -> int:
        """The identity of the element in which the block stands, 0 for none."""
        parent = self.node.parent
        return parent.mem_id if parent is not None else 0

    @property
    def paragraphs(self) -> list[str]:
        """The words as a reader sees them, parted where the block breaks the line or holds another block."""
        lines = "".join(self.pieces).replace(_SOFT_HYPHEN, "").split(_BREAK)
        return [line for line in (" ".join(line.split()) for line in lines) if line]


# What a node stands in: number of its place, fence, and the block that words belong to.
_Around = tuple[int, int, Block | None]
_NOTHING: _Around = (OUTSIDE, 0, None)
# What an element is: as a number of a place, and its kinds.
_Look = tuple[int, tuple[str, ...]]


class Walk:
    """What the walk gathered, each list in document order.

    `blocks`: the visible words of the body. `by_tag`: the elements that tell about the page as
    a whole. `by_kind`: those of a kind.
    """

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.blocks: list[Block] = []
        self.by_tag: dict[str, list[LexborNode]] = {tag: [] for tag in _TELLING_TAGS}
        self.by_kind: dict[str, list[LexborNode]] = {kind: [] for kind in KINDS}
        self._inside: dict[int, _Around] = {}  # by the element's identity
        if _look_at.cache_info().currsize > _MOST_LOOKS:
            _look_at.cache_clear()
        if tree.root is not None:
            self._gather(tree.root)
        for block in self.blocks:
            block.close()

    def _gather(self, root: LexborNode) -> None:
        around_of, traits_of = self._inside.get, _TRAITS.get
        blank = ""  # what stands before the next words
        last: Block | None = None  # where the last words stood
        for node in root.traverse(include_text=True):
            if node.is_empty_text_node:
                blank = " "
                continue
            tag = "" if node.is_text_node else node.tag or ""
            traits = traits_of(tag, 0)
            if traits & _BREAKS:
                blank = _BREAK
            if traits & _TELLS:
                self.by_tag[tag].append(node)
            if traits & _IS_BARE:
                continue
            parent = node.parent
            around = around_of(parent.mem_id, _NOTHING) if parent is not None else _NOTHING
            if tag:
                self._inside[node.mem_id] = self._take(node, tag, traits, around)
                continue
            home = around[2]
            if home is not None:
                self._take_words(_BREAK if home is not last else blank, node, around[0], home)
                blank, last = "", home

    def _take(self, node: LexborNode, tag: str, traits: int, around: _Around) -> _Around:
        """Keep an element by its kinds; answers what its children stand in."""
        own = OUTSIDE
        if around[0] & FOOTED != FOOTER:
            attributes = node.attributes
            if attributes:
                own, kinds = _look_at(tag, attributes.get("class"), attributes.get("id"))
                if traits & _IS_ASKED or not _RARE.isdisjoint(attributes):
                    own, kinds = _look_closer(tag, attributes, own, kinds)
                if tag == "a" and around[2] is not None and attributes.get("href"):
                    around[2].links.append(attributes["href"] or "")
            else:
                own, kinds = _look_at(tag, None, None)
            for kind in kinds:
                self.by_kind[kind].append(node)
        return _within(around, node, tag, own, traits) if own or traits & _SHIFTS else around

    def _take_words(self, blank: str, node: LexborNode, number: int, home: Block) -> None:
        words = node.text_content or ""
        if not home.pieces:
            self.blocks.append(home)
        home.pieces += (blank, words)
        if number & LINKED:
            home.linked += len(words)

    def place_of(self, node: LexborNode) -> Place:
        """Where an element stands, itself included."""
        return place(self._inside.get(node.mem_id, _NOTHING)[0])

    @cached_property
    def link_tags(self) -> list[Mapping[str, str | None]]:
        """The attributes of each link tag."""
        return [node.attributes for node in self.by_tag["link"]]

    @cached_property
    def links(self) -> dict[str, list[str]]:
        """The targets of the link tags by lower-case relation."""
        found: dict[str, list[str]] = {}
        for link in self.link_tags:
            if "href" in link:
                found.setdefault((link.get("rel") or "").lower(), []).append(link["href"] or "")
        return found


def _within(around: _Around, node: LexborNode, tag: str, own: int, traits: int) -> _Around:
    """What the children of an element stand in."""
    number, fence, home = around
    if traits & _IS_ROOT:
        number = OUTSIDE
    elif own:
        number = number_in(number, own)
        fence = node.mem_id if own & FENCING else fence
    if traits & _IS_BLOCK:
        return number, fence, Block(node, tag, number, fence)
    return number, fence, None if traits & _IS_UNREAD else home


def _look_closer(tag: str, attributes: Mapping[str, str | None], own: int, kinds: tuple[str, ...]) -> _Look:
    """What an element is, where attributes beside class and id may tell it too."""
    others = tuple(
        [(name, (attributes[name] or "")[:_LONGEST_LABEL]) for name in attributes if name in OTHERS]
    )
    if others or tag in HAVING_TAGS:
        more = _kinds_by_others(tag, others, tuple(attributes) if tag in HAVING_TAGS else ())
        kinds = tuple(dict.fromkeys((*kinds, *more))) if more else kinds
    return own | sight_of(attributes), kinds


@lru_cache(maxsize=8192)
def _kinds_by_others(
    tag: str, others: tuple[tuple[str, str], ...], having: tuple[str, ...]
) -> tuple[str, ...]:
    said = {name: value.lower() for name, value in others}
    return tuple(kinds_of(tag, {**dict.fromkeys(having, ""), **said}))


@cache  # `Walk` empties it in time: to keep the last in order takes as long as the look
def _look_at(tag: str, name: str | None, identity: str | None) -> _Look:
    """What an element is by tag, class and id."""
    if not name and not identity:
        return number_of(tag, ()), tuple(kinds_of(tag, {}))
    name = places.designed((name or "")[:_LONGEST_LABEL].lower())
    identity = (identity or "")[:_LONGEST_LABEL].lower()
    if tag == "form" and identity in _PAGE_FORMS:
        tag = "div"
    labels = f"{name} {identity}"
    found = _FINDER.find_matches_as_indexes(labels, overlapping=True)
    own, kinds = _look_at(tag, None, None)
    if not found:
        return own, kinds
    said = {_SIGNS[word] for word, start, _ in found if word < _OF_PLACES and _SAYS[word](labels, start)}
    if said:
        own = number_of(tag, said - places.OF_FURNITURE if places.is_main_text(name) else said)
    if max(found)[0] >= _OF_PLACES:
        kinds = tuple(kinds_of(tag, {"class": name, "id": identity}))
    return own, kinds
