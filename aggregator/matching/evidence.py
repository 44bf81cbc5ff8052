"""Chooses the one to three sentences that show a mention, with marks and the clause that fired."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aggregator.matching.pack import GATHERING_LABELS
from aggregator.matching.pieces import Piece
from aggregator.matching.vocabulary import Sighting
from aggregator.records import Passage
from aggregator.rules import Term, show
from crawler.records import Article, Zone
from crawler.text import sentences

MOST_PASSAGES = 3
# A "sentence" that never ends is cut here, at the marks.
LONGEST = 700
_PLACES_TRIED = 6  # of each term in each piece
_TRIED_FULLY = 120  # places in all, after which only the first of each is tried
_MOST_TRIED = 200
# Characters on either side in which a sentence is looked for: most are short, some are not.
_REACHES = (300, 1_500)
_EDGE = 40  # characters behind a cut in which a stop may be that of an abbreviation

_ZONE_ORDER = (Zone.TEXT, Zone.HEADLINE, Zone.SUMMARY, Zone.EMBEDDED, Zone.QUOTE, Zone.CAPTION, Zone.LINK)


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    label: str


def passages(
    pieces: Sequence[Piece], found: Iterable[Sighting], labels: Mapping[Term, str]
) -> tuple[Passage, ...]:
    """The sentences that say most, at most three: those with most different terms first."""
    chosen = [
        _cut(pieces[number], start, end, marks)
        for (number, start, end), marks in _by_sentence(pieces, found, labels).items()
    ]
    distinct = {passage.text: passage for passage in reversed(chosen)}
    ranked = sorted(reversed(distinct.values()), key=_rank)
    return tuple(ranked[:MOST_PASSAGES])


def whole_headline(article: Article, clause: str) -> tuple[Passage, ...]:
    """The passage of a mention that rests on facts alone: the headline, without marks."""
    return (Passage(zone=Zone.HEADLINE, text=article.headline, marks=(), clause=clause),)


def _rank(passage: Passage) -> tuple[int, int]:
    zone = _ZONE_ORDER.index(passage.zone) if passage.zone in _ZONE_ORDER else len(_ZONE_ORDER)
    return -len(passage.clause.split("; ")), zone


def label_of(term: Term, labels: Mapping[Term, str]) -> str:
    """The part of the pack a term belongs to, or the term as the rule has it."""
    return labels.get(term) or GATHERING_LABELS.get(term) or f"rule {show(term)}"


def _by_sentence(
    pieces: Sequence[Piece], found: Iterable[Sighting], labels: Mapping[Term, str]
) -> dict[tuple[int, int, int], list[_Mark]]:
    marked: dict[tuple[int, int, int], list[_Mark]] = {}
    for sighting in _first_of_each(found):
        words = pieces[sighting.piece].words
        start, end = words.span(sighting.first, sighting.last)
        mark = _Mark(start, end, label_of(sighting.term, labels))
        sentence = _sentence_round(words.original, start, end)
        marked.setdefault((sighting.piece, *sentence), []).append(mark)
    return marked


def _first_of_each(found: Iterable[Sighting]) -> Iterator[Sighting]:
    """The first places of each term in each piece; of very many terms only the very first."""
    counts: Counter[tuple[Term, int]] = Counter()
    tried = 0
    for sighting in dict.fromkeys(found):
        counts[sighting.term, sighting.piece] += 1
        most = _PLACES_TRIED if tried < _TRIED_FULLY else 1
        if counts[sighting.term, sighting.piece] <= most and tried < _MOST_TRIED:
            tried += 1
            yield sighting


def _sentence_round(text: str, start: int, end: int) -> tuple[int, int]:
    """From the beginning of the sentence of `start` to the end of the sentence of `end`."""
    for reach in _REACHES:
        before, behind = text.rfind("\n\n", max(0, start - reach), start), text.find("\n\n", end, end + reach)
        begin = before if before >= 0 else max(0, start - reach)
        stop = behind if behind >= 0 else min(len(text), end + reach)
        spans = [(begin + first, begin + last) for first, last in sentences(text[begin:stop])]
        one = next((span for span in spans if span[1] > start), (start, start))
        other = next((span for span in spans if span[1] >= end), (end, end))
        begins_there = one[0] > begin + _EDGE or begin in (0, before)
        if begins_there and (other != spans[-1] or stop in (len(text), behind)):
            break
    return min(one[0], start), max(other[1], end)


def _cut(piece: Piece, start: int, end: int, marks: list[_Mark]) -> Passage:
    if end - start > LONGEST:
        start, end = _shorten(piece.words.original, start, end, marks[0])
    kept = sorted((m for m in marks if start <= m.start and m.end <= end), key=lambda m: (m.start, -m.end))
    spots: list[tuple[int, int]] = []
    for mark in kept:
        if not spots or mark.start - start >= spots[-1][1]:
            spots.append((mark.start - start, mark.end - start))
    clause = "; ".join(dict.fromkeys(mark.label for mark in kept))
    return Passage(zone=piece.zone, text=piece.words.original[start:end], marks=tuple(spots), clause=clause)


def _shorten(text: str, start: int, end: int, mark: _Mark) -> tuple[int, int]:
    """A stretch round a mark, cut at blanks where there are any."""
    first = max(start, mark.start - LONGEST // 2)
    last = min(end, max(first + LONGEST, mark.end))
    if first > start and (blank := text.find(" ", first, mark.start)) >= 0:
        first = blank + 1
    if last < end and (blank := text.rfind(" ", mark.end, last)) >= 0:
        last = blank
    return first, last
