"""Runs of words as numbers: the unit in which two texts are compared."""

import numpy as np
from numpy.typing import NDArray

from aggregator.stories.words import QUOTED

# Four words: short enough to survive an edit nearby, long enough to be rare.
LENGTH = 4
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xC2B2AE3D27D4EB4F)
_SHIFT = np.uint64(29)


def runs_of(words: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """A number for each run of four words, quoted or not; none for a text shorter than that."""
    plain = (words & np.uint32(~QUOTED & 0xFFFFFFFF)).astype(np.uint64)
    count = len(plain) - LENGTH + 1
    if count < 1:
        return np.zeros(0, np.uint64)
    runs = np.zeros(count, np.uint64)
    for offset in range(LENGTH):
        runs = runs * _STEP + plain[offset : offset + count] * _MIX + np.uint64(1)
        runs ^= runs >> _SHIFT
    return runs
