"""Other articles on the same page: a page may go on with the next stories, each whole, below its own.

What of the page's own article is its text is left to `crawler.extraction.body`.
"""

from collections import Counter

from crawler.extraction.document import Document, ancestors
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
    homes = (_article_of(block, articles) for block in document.blocks if squeeze(block.text) == form)
    home = next(filter(None, homes), 0)
    if not home:
        return frozenset()
    holders = {block: _article_of(block, articles) for block in document.blocks}
    masses = Counter[int]()
    for block, article in holders.items():
        masses[article] += block.length if block.length >= _LONG else 0
    others = {article for article in masses if article not in (0, home) and masses[article] >= _ENOUGH}
    if masses[home] < _ENOUGH or not others:
        return frozenset()
    return frozenset(block for block, article in holders.items() if article in others)


def _article_of(block: Block, articles: set[int]) -> int:
    """The identity of the outermost of these elements that a block stands in, 0 for none."""
    return next((each.mem_id for each in reversed([*ancestors(block.node)]) if each.mem_id in articles), 0)
