"""The main text by the page's own tree: the run of paragraphs, less what is furniture in it, with most words.

Cheap, because it looks only at the blocks that the walk gathered. It says whether it is sure; where it
is not, `crawler.extraction.prose` has a second opinion.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from crawler.extraction import vocabulary
from crawler.extraction.walk import Block
from crawler.extraction.wording import squeeze, tokens
from crawler.records import Zone

_COMMENTS = vocabulary.any_of("comment_headings", r"^\W*(?:\d+\s+)?(?:{})\W*\d*\W*$")
_TEASER = vocabulary.any_of("teaser", r"^\W*(?:{})\b\s*(?:[:：>»|–—-]|$)")
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_PROSE_TAGS = {"p", "li", "blockquote", "td", "th", "dt", "dd", *_HEADINGS}
_NO_PROSE_TAGS = {"button", "label", "figcaption", "time", "address", "footer"}
# A paragraph is one from this length on, in characters; from the second on it says where the text is.
_PARAGRAPH, _LONG = 40, 60
_LONGEST = 600
_WORTH = {"p": 1.2, "blockquote": 1.2, "li": 0.5}  # of a character, by what it stands in
_MOST_FENCES = 3
_BEGINNING = 6
_LONGER = 4  # times as long as the headline no line shows it, however it is spelt
_MARKED = 0.7
_IN_THE_WAY, _LINKS, _LINKED_HEADING, _HEADING = -8.0, -30.0, -25.0, -5.0
# Sure is who found this much text, this share of the page's long paragraphs, and of the headline's words.
_ENOUGH, _MOST_OF_PAGE, _SHARE_OF_HEADLINE = 300, 0.55, 0.25
_PART_OF_PAGE, _NEARLY_ALL_OF_HEADLINE = 0.15, 0.85
# Of what stands in no furniture most, and of the headline's words; or nearly all of it, and of the page.
_MOST_INSIDE, _MUCH_OF_HEADLINE = 0.75, 0.4
_NEARLY_ALL_INSIDE, _TWO_THIRDS, _SOME_OF_HEADLINE = 0.9, 0.65, 0.1
_LONG_WORD = 5  # of more letters the last two may change
_FIRST_UNSPACED = "\u0900"  # from Devanagari on, words come in pieces: the signs of vowels are no letters
_FEW = 3  # paragraphs in one element, which then holds the text
_MOST_CLOSING = 3  # short lines behind the last paragraph: who wrote it, what was corrected


@dataclass(frozen=True, slots=True)
class Body:
    """The blocks of the main text in order, their paragraphs, and whether this can be relied on."""

    blocks: tuple[Block, ...]
    paragraphs: tuple[str, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Blocks from one number up to another, of which those within the fence may be prose."""

    start: int
    end: int
    fence: int


def body_of(blocks: Sequence[Block], headline: str) -> Body:
    """Find the main text: of the heaviest stretches the first that is sure, else the heaviest.

    Of a page without long paragraphs nothing is given.
    """
    masses = Counter[int]()
    for block in blocks:
        if _is_long(block):
            masses[block.fence] += block.length
    weighed = [(block.fence, _weight(block)) for block in blocks]
    runs = sorted((_best_run(weighed, fence) for fence, _ in masses.most_common(_MOST_FENCES)), reverse=True)
    heaviest: Body | None = None
    for _, start, end, fence in runs:
        stretch = _Stretch(*_with_siblings(blocks, start, end, fence), fence)
        body = _read(blocks, stretch, headline, masses)
        if body.sure:
            return body
        heaviest = heaviest or body
    return heaviest or Body((), (), sure=False)


def _read(blocks: Sequence[Block], run: _Stretch, headline: str, masses: Counter[int]) -> Body:
    """The text of a stretch of blocks; `masses`: characters of the page's long paragraphs by their fence."""
    stretch = _before_comments(blocks[run.start : run.end])
    prose = [block for block in stretch if _is_prose(block, run.fence)]
    found = _behind_headline(_less_its_end(prose), headline)
    paragraphs = [paragraph for block in found for paragraph in block.paragraphs]
    length = sum(block.length for block in found if _is_long(block))
    share = length / max(masses.total(), 1)
    whole = not run.fence and len(stretch) == run.end - run.start
    inside = length / max(masses[run.fence], 1) if whole else 0.0
    sure = sum(map(len, paragraphs)) >= _ENOUGH and _is_sure(share, inside, _share_told(headline, paragraphs))
    closing = _closing_lines(blocks, found[-1:], run)
    lines = [line for block in closing for line in block.paragraphs]
    return Body((*found, *closing), (*paragraphs, *lines), sure)


def _is_sure(share: float, inside: float, told: float) -> bool:
    """Whether a text is nearly all of the page's long paragraphs, or tells enough of the headline.

    `share`: of the page's long paragraphs; `inside`: of those that stand in no furniture, 0 for a text that
    furniture or comments may have cut: of that more is asked. `told`: of the headline's words.
    """
    if share >= _PART_OF_PAGE and told >= _NEARLY_ALL_OF_HEADLINE:
        return True
    if share >= _MOST_OF_PAGE and told >= _SHARE_OF_HEADLINE:
        return True
    if inside >= _MOST_INSIDE and told >= _MUCH_OF_HEADLINE:
        return True
    return inside >= _NEARLY_ALL_INSIDE and share >= _TWO_THIRDS and told >= _SOME_OF_HEADLINE


def _with_siblings(blocks: Sequence[Block], start: int, end: int, fence: int) -> tuple[int, int]:
    """A run widened to the long paragraphs that stand in the very element in which most of its own do."""
    parents = Counter(block.home for block in blocks[start:end] if _is_text(block, fence))
    most, times = next(iter(parents.most_common(1)), (0, 0))
    if times < _FEW:
        return start, end
    beside = (number for number, block in enumerate(blocks) if _is_text(block, fence) and block.home == most)
    places = list(beside)
    return min(start, places[0]), max(end, places[-1] + 1)


def _is_text(block: Block, fence: int) -> bool:
    return block.tag == "p" and block.fence == fence and _is_long(block)


def _before_comments(stretch: Sequence[Block]) -> Sequence[Block]:
    """What stands before the words of readers, where a line of its own says that they begin."""
    length = 0
    for number, block in enumerate(stretch):
        if length >= _ENOUGH and block.length < _PARAGRAPH and _COMMENTS.match(block.text):
            return stretch[:number]
        length += block.length
    return stretch


def _less_its_end(found: list[Block]) -> list[Block]:
    """A text whose paragraphs are marked as such, less what follows them and is not: bios, credits."""
    marked = sum(block.length for block in found if block.tag in _PROSE_TAGS)
    if marked < _MARKED * sum(block.length for block in found):
        return found
    while found and found[-1].tag not in _PROSE_TAGS:
        found = found[:-1]
    return found


def _closing_lines(blocks: Sequence[Block], last: Sequence[Block], run: _Stretch) -> list[Block]:
    """The short paragraphs right behind the last of a stretch, in the very element in which it stands."""
    behind = blocks[run.end : run.end + _MOST_CLOSING] if last == blocks[run.end - 1 : run.end] else ()
    homes = [block.home for block in last]
    closing = takewhile(lambda block: block.tag == "p" and block.home in homes, behind)
    return [block for block in closing if _is_prose(block, run.fence) and not block.text.endswith(":")]


def _behind_headline(found: list[Block], headline: str) -> list[Block]:
    """A text less the headline at its beginning and what stands before that."""
    form = squeeze(headline)
    for number, block in enumerate(found[:_BEGINNING]):
        if len(block.text) < _LONGER * len(headline) and squeeze(block.text) == form:
            return found[number + 1 :]
    return found


def _is_long(block: Block) -> bool:
    return block.length >= _LONG and block.linked < 0.3 * block.length and block.tag not in _NO_PROSE_TAGS


def _best_run(weighed: Sequence[tuple[int, float]], fence: int) -> tuple[float, int, int, int]:
    """The stretch of blocks within a fence whose weights have the largest sum: sum, start, end, fence.

    `weighed`: fence and weight of each block. Text within no fence is preferred.
    """
    best, begun, ended = 0.0, 0, 0
    sum_here, start = 0.0, 0
    for number, (around, weight) in enumerate(weighed):
        if sum_here <= 0:
            sum_here, start = 0.0, number
        sum_here += weight if around == fence else _IN_THE_WAY
        if sum_here > best:
            best, begun, ended = sum_here, start, number + 1
    return best if fence else 1.5 * best, begun, ended, fence


def _weight(block: Block) -> float:
    """What speaks for a block's being part of the main text of its fence, in characters."""
    length = block.length
    if not length or block.tag in _NO_PROSE_TAGS or block.place.zone is Zone.CAPTION:
        return _IN_THE_WAY
    linked = block.linked / length
    if block.tag in _HEADINGS:
        return _HEADING if linked < 0.5 else _LINKED_HEADING
    if linked > 0.5:
        return _LINKS - 0.3 * min(length, 100)
    if length < _PARAGRAPH:
        return _IN_THE_WAY
    return _WORTH.get(block.tag, 1.0) * min(length, _LONGEST) * (1 - 1.5 * linked)


def _may_be_prose(block: Block, fence: int) -> bool:
    return block.fence == fence and block.tag not in _NO_PROSE_TAGS and block.place.zone is not Zone.CAPTION


def _is_prose(block: Block, fence: int) -> bool:
    """Whether a block within the main text's stretch belongs to it: no links, teasers, stray words."""
    if not _may_be_prose(block, fence) or is_teaser(block):
        return False
    if block.linked > (0.8 if block.tag == "p" else 0.5) * block.length:
        return False
    return block.length >= 25 or block.tag in _PROSE_TAGS


def is_teaser(block: Block) -> bool:
    """Whether a paragraph only sends the reader to another article: "Read also: <a>…</a>"."""
    return 2 * block.linked >= block.length and bool(_TEASER.search(block.text))


def _share_told(headline: str, paragraphs: Sequence[str]) -> float:
    """The share of the headline's words (of its long ones, if it has any) that the text has in any ending."""
    words = set(tokens(headline))
    words = {word for word in words if len(word) > 3 or word[0] >= _FIRST_UNSPACED} or words
    text = " ".join(paragraphs).casefold()
    return sum((word[:-2] if len(word) > _LONG_WORD else word) in text for word in words) / max(len(words), 1)
