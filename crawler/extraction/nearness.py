"""How near to the headline an element is shown, in blocks of words: dates stand close to it."""

from selectolax.lexbor import LexborNode

from crawler.extraction.document import Document
from crawler.extraction.wording import fold


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
