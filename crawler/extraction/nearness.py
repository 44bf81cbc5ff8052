"""How near to the headline an element is shown, and whether beside another's: dates stand close to it."""

from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.extraction.document import Document, ancestors, words_of
from crawler.extraction.wording import fold, tokens

_TEASERS = {"li", "article", "tr", "div", "section"}
_NEAR = 4  # elements around
_A_HEADLINE = 4  # words at least
_FEW_LINKS, _MOST_ELEMENTS = 3, 60


def headline_at(document: Document, headline: str) -> int | None:
    """The number of the block that shows a (folded) headline, the last where a breadcrumb shows it too."""
    short, long = len(headline) // 2, len(headline) + 8
    places = [
        number
        for number, block in enumerate(document.blocks)
        if short <= len(block.text) < long and fold(block.text) == headline
    ]
    shown = [number for number in places if not document.place_of(document.blocks[number].node).navigation]
    return next(iter(shown or places), None)


def nearness(document: Document, node: LexborNode, headline: int | None) -> dict[str, float]:
    """Signs of an element's distance from the block of the headline; none where one of the two is unknown."""
    number = document.block_number(node) if headline is not None else None
    if number is None or headline is None:
        return {}
    blocks = number - headline
    return {
        "near the headline": 1.0 / (1 + abs(blocks) / 4),
        "close to the headline": float(-4 <= blocks <= 8),
        "far behind the headline": float(blocks > 40),
        "far before the headline": float(blocks < -20),
    }


def is_beside_another_headline(node: LexborNode, headline: str) -> bool:
    """Whether an element stands, in a small one, beside a link whose words are another (folded) headline."""
    for around in islice(ancestors(node), 1, _NEAR):
        links = _links_of_small(around)
        if links is None:
            return False
        said = [fold(words_of(link)) for link in links]
        if headline and any(text and (text in headline or headline in text) for text in said):
            return False
        if around.tag in _TEASERS and any(len(tokens(text)) >= _A_HEADLINE for text in said):
            return True
    return False


def _links_of_small(node: LexborNode) -> list[LexborNode] | None:
    """The links in an element; None where it holds too many of them, or of anything, for a teaser."""
    links: list[LexborNode] = []
    for number, each in enumerate(node.traverse()):
        if each.tag == "a" and "href" in each.attributes:
            links.append(each)
        if number > _MOST_ELEMENTS or len(links) > _FEW_LINKS:
            return None
    return links
