"""What stands on a page beside headline and main text, each with its zone, and where the text's links go."""

from collections import Counter
from collections.abc import Collection
from itertools import accumulate

from selectolax.lexbor import LexborNode

from crawler import urls
from crawler.extraction.body import Body
from crawler.extraction.document import Document, ancestors
from crawler.extraction.walk import Block
from crawler.extraction.wording import squeeze
from crawler.records import Part, Zone

MOST_PARTS = 400
LONGEST_PART = 2000
_MOST_LINKS = 20
_LINKS_FROM = {"p", "li", "h2", "h3", "blockquote", "td", "div"}
_CELLS = {"td", "th"}
_FURNITURE_TAGS = {"aside", "nav", "footer"}
# A teaser is small and has a heading or a picture that leads elsewhere.
_TEASER_TAGS = {"li", "article", "div", "section", "aside"}
_LONGEST_TEASER = 600
_NEAR = 4


def parts_of(document: Document, text: str, headline: str) -> tuple[Part, ...]:
    """Everything outside headline and main text, and the targets of the main text's own links."""
    own = {squeeze(paragraph) for paragraph in text.split("\n\n")}
    whole = squeeze(text)
    own.add(squeeze(headline))
    parts: dict[tuple[Zone, str], None] = {}
    for block in document.blocks:
        words = block.text
        if len(words) < 2:
            continue
        form = squeeze(words)
        if form in own or (len(form) >= 20 and form in whole):
            for target in _targets(document, block):
                parts[Zone.LINK, target] = None
        else:
            parts[_zone_of(document, block), words[:LONGEST_PART]] = None
        if len(parts) >= MOST_PARTS:
            break
    return tuple(Part(zone=zone, text=words) for zone, words in parts)


def parts_beside(
    document: Document, body: Body, headline: str, others: Collection[Block]
) -> tuple[Part, ...]:
    """Everything outside headline and body, and the targets of the body's own links.

    `others`: the blocks of other articles on the page, which are furniture of this one.
    """
    own = {id(block) for block in body.blocks}
    home = _home_of(body)
    said = {headline, *(block.text for block in body.blocks)}
    parts: dict[tuple[Zone, str], None] = {}
    for block in document.blocks:
        if id(block) in own or block.text in said:
            parts.update(((Zone.LINK, target), None) for target in _targets(document, block))
        elif len(block.text) > 1:
            zone = Zone.TEXT if _is_in_text(block, home) else _zone_of(document, block)
            zone = Zone.FURNITURE if block in others else zone
            parts[zone, block.text[:LONGEST_PART]] = None
        if len(parts) >= MOST_PARTS:
            break
    return tuple(Part(zone=zone, text=words) for zone, words in parts)


def _targets(document: Document, block: Block) -> list[str]:
    if block.tag not in _LINKS_FROM:
        return []
    found = (urls.resolve(document.url, href) for href in block.links[:_MOST_LINKS])
    return [target for target in found if target]


def _zone_of(document: Document, block: Block) -> Zone:
    """The zone where a block stood; the caption of another article's picture is furniture."""
    zone = block.place.zone or Zone.FURNITURE
    if zone is Zone.CAPTION and (block.place.in_link or _is_of_teaser(document, block.node)):
        return Zone.FURNITURE
    return zone


def _is_of_teaser(document: Document, caption: LexborNode) -> bool:
    """Whether a caption stands in something small that leads to another article, or in furniture."""
    for number, around in enumerate(ancestors(caption)):
        if around.tag in _FURNITURE_TAGS:
            return True
        is_near = 0 < number <= _NEAR and around.tag in _TEASER_TAGS
        if is_near and around.mem_id in document.around_linked_headings:
            return _is_small(around)
    return False


def _is_small(node: LexborNode) -> bool:
    """Whether an element holds few words; of a large one only the first are counted."""
    lengths = (len(each.text_content or "") for each in node.traverse(include_text=True) if each.is_text_node)
    return all(length < _LONGEST_TEASER for length in accumulate(lengths))


def _home_of(body: Body) -> int:
    """The identity of the element in which most of the main text's paragraphs stand."""
    parents = Counter(block.home for block in body.blocks)
    return next(iter(parents.most_common(1)), (0, 0))[0]


def _is_in_text(block: Block, home: int) -> bool:
    """Whether a cell of a table, or a line of a list that is no link, stands where the main text stands."""
    if block.tag not in _CELLS and (block.tag != "li" or 2 * block.linked > block.length):
        return False
    for around in ancestors(block.node):
        if around.mem_id == home:
            return True
        is_fence = around.mem_id == block.fence and around.tag != "figure"
        if is_fence or around.tag in _FURNITURE_TAGS:
            return False
    return False
