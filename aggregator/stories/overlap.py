"""Measures what two texts have in common, sentence by sentence; what it means is for `fits`.

A copy shares whole sentences, from its beginning, without gaps. Two reports of one event share
parts of sentences (quotations) and background further down. So a sentence counts as *shared*
when four fifths of its words stand in runs of four words that the other text has too, and as
*touched* when a fifth does; what is in neither, such as a station's own text, does not count.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aggregator.stories.runs import LENGTH, runs_of
from aggregator.stories.words import NUMBER, QUOTED, Text

_SHARED = 0.8
_TOUCHED = 0.2
_SHORTEST_SENTENCE = 5


class Measured(NamedTuple):
    """A text made ready for comparing: words, sentence starts and lengths, its runs in order and sorted."""

    words: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    lengths: NDArray[np.int64]
    runs: NDArray[np.uint64]
    distinct: NDArray[np.uint64]
    numbers: NDArray[np.uint32]


class Side(NamedTuple):
    """One text's part in an overlap, in words unless said otherwise.

    `words` all; `shared` in shared sentences; `own_shared` those of them outside quotations;
    `touched` in touched but not shared sentences; `covered` the share of all words that stand in
    common runs; `start` where the first shared sentence begins; `solid` the share of shared words
    from the first to the last shared sentence; `sentences` how many are shared; `odd_numbers` the
    share of the numbers in shared and touched sentences that the other text does not have; `lead`
    how much of the first sentence stands in common runs.
    """

    words: int
    shared: int
    own_shared: int
    touched: int
    covered: float
    start: int
    solid: float
    sentences: int
    odd_numbers: float
    numbers: int
    lead: float


class Overlap(NamedTuple):
    """What two texts have in common, seen from each."""

    one: Side
    other: Side

    @property
    def shared(self) -> int:
        """Words in shared sentences, as the text with fewer of them has it."""
        return min(self.one.shared, self.other.shared)

    @property
    def whole(self) -> float:
        """How much of what they have in common is whole sentences, 0 to 1."""
        return max(_part(side.shared, side.shared + side.touched) for side in self)

    @property
    def cover(self) -> float:
        """The share of the shorter text that stands in shared sentences, 0 to 1."""
        shorter = min(self, key=lambda side: side.words)
        return _part(shorter.shared, shorter.words)


def measured(text: Text) -> Measured:
    """A text made ready for comparing with many others."""
    runs = runs_of(text.words)
    distinct = np.unique(runs)
    if len(distinct) * 4 < len(runs):  # one word or line again and again says nothing
        runs = distinct = runs[:0]
    lengths = np.append(text.starts, len(text.words))[1:].astype(np.int64) - text.starts
    numbers = np.unique(text.words[(text.words & np.uint32(NUMBER)) != 0] & np.uint32(~QUOTED & 0xFFFFFFFF))
    return Measured(text.words, text.starts, lengths, runs, distinct, numbers)


def overlap(one: Measured, other: Measured) -> Overlap:
    """What two texts have in common."""
    return Overlap(_side(one, other), _side(other, one))


def in_shared(text: Measured, other: Measured) -> NDArray[np.bool_]:
    """Which words of a text stand in sentences that the other has as well."""
    if not len(text.runs) or not len(other.runs):
        return np.zeros(len(text.words), np.bool_)
    parts = np.add.reduceat(_covered(text, other), text.starts) / text.lengths
    return np.repeat((parts >= _SHARED) & (text.lengths >= _SHORTEST_SENTENCE), text.lengths)


def _side(text: Measured, other: Measured) -> Side:
    count = len(text.words)
    if not len(text.runs) or not len(other.runs):
        return Side(count, 0, 0, 0, 0.0, count, 0.0, 0, 0.0, 0, 0.0)
    covered = _covered(text, other)
    parts = np.add.reduceat(covered, text.starts) / text.lengths
    long_enough = text.lengths >= _SHORTEST_SENTENCE
    shared = (parts >= _SHARED) & long_enough
    touched = (parts >= _TOUCHED) & ~shared & long_enough
    in_shared = np.repeat(shared, text.lengths)
    unquoted = (text.words & np.uint32(QUOTED)) == 0
    where = np.flatnonzero(shared)
    odd, numbers = _odd_numbers(text, other, np.repeat(shared | touched, text.lengths))
    return Side(
        words=count,
        shared=int(text.lengths[shared].sum()),
        own_shared=int((in_shared & unquoted).sum()),
        touched=int(text.lengths[touched].sum()),
        covered=float(covered.mean()),
        start=int(text.starts[where[0]]) if len(where) else count,
        solid=_solid(text, shared, where),
        sentences=len(where),
        odd_numbers=odd,
        numbers=numbers,
        lead=float(parts[np.argmax(long_enough)]),
    )


def _covered(text: Measured, other: Measured) -> NDArray[np.bool_]:
    """Which words stand in a run that the other text has too."""
    places = np.searchsorted(other.distinct, text.runs)
    places[places == len(other.distinct)] = 0
    common = other.distinct[places] == text.runs
    covered = np.zeros(len(text.words), np.bool_)
    for offset in range(LENGTH):
        covered[offset : offset + len(common)] |= common
    return covered


def _solid(text: Measured, shared: NDArray[np.bool_], where: NDArray[np.intp]) -> float:
    if not len(where):
        return 0.0
    between = text.lengths[where[0] : where[-1] + 1]
    counted = between >= _SHORTEST_SENTENCE
    return _part(int(text.lengths[shared].sum()), int(between[counted].sum()))


def _odd_numbers(text: Measured, other: Measured, common: NDArray[np.bool_]) -> tuple[float, int]:
    found = np.unique(
        text.words[common & ((text.words & np.uint32(NUMBER)) != 0)] & np.uint32(~QUOTED & 0xFFFFFFFF)
    )
    if not len(found):
        return 0.0, 0
    return float(np.isin(found, other.numbers, invert=True).mean()), len(found)


def _part(some: int, all_: int) -> float:
    return some / all_ if all_ else 0.0
