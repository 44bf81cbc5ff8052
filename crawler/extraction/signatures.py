"""Names that stand alone in bold or italics above an article's first paragraph, or below its last one.

Outlets sign so whose system names itself as the author of everything.
"""

from collections.abc import Iterator, Sequence

from crawler.extraction.walk import Block

_BOLD = {"strong", "b", "em", "i"}
_LONGEST = 80
_PARAGRAPH, _LINE = 120, 60  # characters: of the text's first paragraph, and of its last
_NO_NAMES = set(':.!?…"“„»')


def signatures_in(blocks: Sequence[Block]) -> Iterator[str]:
    """The words of the lines that may sign the text beside them."""
    telling: set[int] = set()  # the elements whose text has begun
    for number, block in enumerate(blocks):
        home = block.home
        if _may_sign(block):
            above, below = blocks[number - 1 : number], blocks[number + 1 : number + 2]
            goes_on = any(block.home == home for block in below)
            ends = home in telling and not goes_on and _is_long(above, _LINE)
            if ends or (home not in telling and goes_on and _is_long(below, _PARAGRAPH)):
                yield block.text
        elif block.length >= _PARAGRAPH and block.linked * 2 < block.length:
            telling.add(home)


def _is_long(beside: Sequence[Block], least: int) -> bool:
    return any(block.length >= least for block in beside)


def _may_sign(block: Block) -> bool:
    """Whether a paragraph outside furniture is one short phrase, all of it in bold or italics."""
    if block.tag != "p" or block.fence or block.linked or not 4 < len(block.text) <= _LONGEST:
        return False
    if not _NO_NAMES.isdisjoint(block.text):
        return False
    inside = [each for each in block.node.iter(include_text=True) if not each.is_empty_text_node]
    return len(inside) == 1 and inside[0].tag in _BOLD
