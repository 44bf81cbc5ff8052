"""Other articles on the same page: a page may go on with the next stories, each whole, below its own.

What of the page's own article is its text is left to `crawler.extraction.body`.
"""

from collections import Counter

from selectolax.lexbor import LexborNode

from crawler.extraction.document import Document
from crawler.extraction.walk import Block
from crawler.extraction.wording import squeeze

_ENOUGH, _LONG = 300, 60  # characters of an article's paragraphs together, and of one
_MOST_ARTICLES = 100


def blocks_of_others(document: Document, headline: str) -> frozenset[Block]:
    """The blocks that stand in articles with a text of their own beside the one with the headline.

    None where the headline stands in no `article` element, or its own holds no text: then such elements
    may be parts of one article, as a live report's are.
    """
    articles = {node.mem_id for node in document.walk.by_tag["article"][:_MOST_ARTICLES]}
    form = squeeze(headline)
    if len(articles) < 2 or not form:
        return frozenset()
    homes = _Homes(articles)
    short, long = len(headline) // 2, 2 * len(headline) + 8
    lines = (block for block in document.blocks if short <= len(block.text) < long)
    shown = (homes.of(block.node) for block in lines if squeeze(block.text) == form)
    home = next(filter(None, shown), 0)
    if not home:
        return frozenset()
    holders = {block: homes.of(block.node) for block in document.blocks}
    masses = Counter[int]()
    for block, article in holders.items():
        masses[article] += block.length if block.length >= _LONG else 0
    others = {article for article in masses if article not in (0, home) and masses[article] >= _ENOUGH}
    if masses[home] < _ENOUGH or not others:
        return frozenset()
    return frozenset(block for block, article in holders.items() if article in others)


class _Homes:
    """The outermost of some elements that a node stands in, by identity, 0 for none; asks each node once."""

    def __init__(self, articles: set[int]) -> None:
        self._articles = articles
        self._known: dict[int, int] = {}

    def of(self, node: LexborNode) -> int:
        below: list[int] = []
        here: LexborNode | None = node
        while here is not None and here.mem_id not in self._known:
            below.append(here.mem_id)
            here = here.parent
        home = self._known[here.mem_id] if here is not None else 0
        for identity in reversed(below):
            home = home or (identity if identity in self._articles else 0)
            self._known[identity] = home
        return home
