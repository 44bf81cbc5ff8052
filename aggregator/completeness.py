"""How much there is in all, from how far several ways of finding overlap (capture–recapture); pure.

Two ways that found things independently of each other show by their overlap how much neither
found. The count of what was found n times is turned into an estimate with its interval, or
into a sentence that says why there is none. Whose ways are counted together is for `paths`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, exp, floor, sqrt

import numpy as np

# Of a normal distribution: 95 in 100 lie within so many standard deviations.
WIDTH = 1.959963984540054
# With fewer things found twice the interval tells no more than "some or many".
LEAST_TWICE = 3
# An interval that reaches beyond this many times what is held says nothing to a person.
WIDEST = 20
_ROUNDS = 50
_SMALLEST = 1e-12
# Logarithms of expected counts beyond these are those of cells that cannot be filled.
_FURTHEST = 30.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """How many there are: `held` are known, about `total` exist, by 95 % from `low` to `high`.

    Where `total` is None nothing can be said, and `reason` says why. `twice` is how many
    were found by at least two of the `ways`.
    """

    held: int
    twice: int
    ways: tuple[str, ...]
    total: float | None = None
    low: int | None = None
    high: int | None = None
    reason: str = ""

    @property
    def share(self) -> float | None:
        """Which part of all is held, from 0 to 1."""
        return None if self.total is None else self.held / self.total


def estimate(caught: Iterable[Collection[str]], unknown: int = 0) -> Estimate:
    """How many there are in all, each given by the names of the ways that found it.

    `unknown` are things that are held although no way is known by which they came; they count
    as held and say nothing about the ways.

    With two ways this is Chapman's estimator (1951) with the interval of Sadinle (2009,
    "Transformed logit confidence intervals for small populations in single capture–recapture
    estimation", Communications in Statistics 38). With more it is Chao's lower bound that
    allows the ways to differ and things to be easy or hard to find, as the log-linear model
    of Rivest and Baillargeon (2007, "Applications and extensions of Chao's moment estimator
    for the size of a closed population", Biometrics 63): only what was found once or twice
    tells of what was never found. Both are one model here; Chapman's "+ 1" is one more thing
    found twice, shared among the pairs of ways, and Sadinle's interval the model's own with
    half a thing more in each cell.
    """
    histories = Counter(frozenset(names) for names in caught if names)
    found = sum(histories.values())
    ways = tuple(sorted(frozenset().union(*histories)))
    twice = sum(number for names, number in histories.items() if len(names) > 1)
    held = found + unknown
    told = Estimate(held=held, twice=twice, ways=ways)
    if reason := _why_not(ways, twice, held):
        return _without(told, reason)
    pairs = len(ways) * (len(ways) - 1) // 2
    missing, _ = _fit(histories, ways, once=0.0, twice=1 / pairs)
    middle, variance = _fit(histories, ways, once=0.5, twice=0.5)
    spread = exp(WIDTH * sqrt(variance + 1 / max(middle, _SMALLEST)))
    high = max(held, ceil(found - 0.5 + middle * spread))
    if high > WIDEST * held:
        return _without(told, f"too few were found by two ways ({twice} of {held})")
    return Estimate(
        held=held,
        twice=twice,
        ways=ways,
        total=max(float(held), found + missing),
        low=max(held, floor(found - 0.5 + middle / spread)),
        high=high,
    )


def _why_not(ways: Sequence[str], twice: int, held: int) -> str:
    if not held:
        return "nothing has been found yet"
    if not ways:
        return "it is not known how anything was found"
    if len(ways) < 2:
        return f"everything was found by one way only ({ways[0]}), and one way cannot be checked by another"
    if twice < LEAST_TWICE:
        return f"too few were found by two ways ({twice} of {held}; {LEAST_TWICE} are needed)"
    return ""


def _without(told: Estimate, reason: str) -> Estimate:
    return Estimate(held=told.held, twice=told.twice, ways=told.ways, reason=reason)


def _fit(
    histories: Counter[frozenset[str]], ways: Sequence[str], *, once: float, twice: float
) -> tuple[float, float]:
    """How many were never found, and the variance of its logarithm.

    A Poisson regression of the cells "found by just this way" and "found by just these two":
    each way multiplies by its own odds, and the cell of no way at all is what is looked for.
    `once` and `twice` are added to the cells. Newton's method (iterated weighted least squares).
    """
    cells = [frozenset(pair) for size in (1, 2) for pair in combinations(ways, size)]
    added = [once if len(cell) == 1 else twice for cell in cells]
    counts = np.array([histories[cell] for cell in cells]) + np.array(added)
    design = np.array([[1.0, *(float(way in cell) for way in ways)] for cell in cells])
    expected = counts + 0.1
    logs = np.log(expected)
    for _ in range(_ROUNDS):
        weights = np.sqrt(expected)
        working = logs + (counts - expected) / expected
        factors = np.linalg.lstsq(design * weights[:, None], working * weights, rcond=None)[0]
        before, logs = logs, np.clip(design @ factors, -_FURTHEST, _FURTHEST)
        expected = np.exp(logs)
        if np.abs(logs - before).max() < 1e-9:
            break
    information = design.T @ (expected[:, None] * design)
    return float(np.exp(np.clip(factors[0], -_FURTHEST, _FURTHEST))), float(np.linalg.pinv(information)[0, 0])
