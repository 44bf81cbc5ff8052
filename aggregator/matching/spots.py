"""Where things stand in an article, as sorted arrays of word numbers, and how near they are to each other.

Words are numbered through all pieces of the article. Everything here takes time in
proportion to the number of spots (times its logarithm), whatever the rule; what a term
or a rule is, is left to `vocabulary` and `evaluation`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Choice = NDArray[np.bool_]

# Between two pieces of an article, in half words: farther than any NEAR reaches.
APART = 100_000
# Pairs kept of one NEAR, in the order of the text; no person reads more.
ENOUGH = 5_000
_TRIED = 4_000  # pairs tried on each side, at least one for each spot
_MOST_NEIGHBOURS = 16
_HALF = 32  # bits: two word numbers fit into one whole number


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Runs of words, from `first` to `last` (inclusive), in order and each once."""

    first: Numbers
    last: Numbers

    def __len__(self) -> int:
        return len(self.first)

    def where(self, chosen: Choice | Sequence[int]) -> "Spots":
        """Those spots that are chosen, by mask or by index."""
        return Spots(self.first[chosen], self.last[chosen])

    def inside(self, others: "Spots") -> Choice:
        """Which of them lie wholly within one of the others."""
        if not len(others):
            return np.zeros(len(self), dtype=np.bool_)
        reach = np.maximum.accumulate(others.last)
        place = np.searchsorted(others.first, self.first, side="right") - 1
        return (place >= 0) & (reach[np.maximum(place, 0)] >= self.last)


_NOWHERE: Numbers = np.empty(0, dtype=np.int64)
NOWHERE = Spots(_NOWHERE, _NOWHERE)


def spots_of(first: Sequence[int] | Numbers, last: Sequence[int] | Numbers) -> Spots:
    """Spots in any order, some perhaps twice, put in order."""
    begins, ends = np.asarray(first, dtype=np.int64), np.asarray(last, dtype=np.int64)
    if len(begins) < 2:
        return Spots(begins, ends)
    both = np.sort(begins << _HALF | ends)
    both = both[np.concatenate(([True], both[1:] != both[:-1]))]
    return Spots(both >> _HALF, both & (1 << _HALF) - 1)


def merge(parts: Iterable[Spots]) -> Spots:
    """All spots of all parts."""
    filled = [part for part in parts if len(part)]
    if len(filled) < 2:
        return filled[0] if filled else NOWHERE
    return spots_of(np.concatenate([p.first for p in filled]), np.concatenate([p.last for p in filled]))


@dataclass(frozen=True, slots=True)
class Distance:
    """How far apart two spots may be: words between, and whether the first has to come first.

    `marks` has, for each word of the article, twice the number of words before it (see
    `Piece.distances`), with a gap of `APART` between pieces.
    """

    words: int
    ordered: bool
    marks: Numbers

    def allows(self, before: Numbers, after: Numbers) -> Any:
        """Whether a spot that begins at word `after` is near enough to one that ends at word `before`."""
        return (self.marks[after] - self.marks[before + 1]) // 2 <= self.words


def pair_up(ones: Spots, others: Spots, distance: Distance) -> Spots:
    """The runs of words from one of each to the other, where they are near enough and do not overlap.

    Each spot of the rarer kind is paired with its nearest neighbours on either side:
    with the nearest one always, so that what is near somewhere is found.
    """
    few, many = (ones, others) if len(ones) <= len(others) else (others, ones)
    if not len(few):
        return NOWHERE
    neighbours = max(1, min(_MOST_NEIGHBOURS, _TRIED // len(few)))
    pairs: list[tuple[Numbers, Numbers]] = []
    if not distance.ordered or few is ones:
        pairs += _pair_with_following(few, many, distance, neighbours)
    if not distance.ordered or few is others:
        pairs += _pair_with_preceding(few, many, distance, neighbours)
    if not pairs:
        return NOWHERE
    found = spots_of(
        np.concatenate([first for first, _ in pairs]), np.concatenate([last for _, last in pairs])
    )
    return found if len(found) <= ENOUGH else Spots(found.first[:ENOUGH], found.last[:ENOUGH])


def _pair_with_following(
    few: Spots, many: Spots, distance: Distance, neighbours: int
) -> Iterator[tuple[Numbers, Numbers]]:
    nearest = np.searchsorted(many.first, few.last, side="right")
    for step in range(neighbours):
        there = np.flatnonzero(nearest + step < len(many))
        after = nearest[there] + step
        near = distance.allows(few.last[there], many.first[after])
        if not near.any():
            return  # whatever follows is farther away
        yield few.first[there[near]], many.last[after[near]]


def _pair_with_preceding(
    few: Spots, many: Spots, distance: Distance, neighbours: int
) -> Iterator[tuple[Numbers, Numbers]]:
    by_end = np.argsort(many.last, kind="stable")
    first, last = many.first[by_end], many.last[by_end]
    nearest = np.searchsorted(last, few.first, side="left") - 1
    for step in range(neighbours):
        there = np.flatnonzero(nearest - step >= 0)
        before = nearest[there] - step
        near = distance.allows(last[before], few.first[there])
        if not near.any():
            return
        yield first[before[near]], few.last[there[near]]


def first_of_each_piece(spots: Spots, begins: Numbers, most: int) -> Iterable[tuple[int, int, int]]:
    """The first spots in each piece, at most so many: number of the piece, first and last word in it.

    `begins` are the numbers of the first words of the pieces.
    """
    pieces = np.searchsorted(begins, spots.first, side="right") - 1
    rank = np.arange(len(spots)) - np.searchsorted(pieces, pieces, side="left")
    for place in np.flatnonzero(rank < most).tolist():
        piece = int(pieces[place])
        yield piece, int(spots.first[place] - begins[piece]), int(spots.last[place] - begins[piece])
