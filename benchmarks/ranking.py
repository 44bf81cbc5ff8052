"""Weights of signs that put the right candidates of each page first: softmax over a page's candidates.

One weight a sign, a ridge that pulls to what is known beforehand, full-batch Adam from there: the same cases
always give the same weights. Which candidates and signs there are is for `benchmarks.train_weights`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crawler.extraction.choose import Option, score

LEAST_WEIGHT = 0.05
LEAST_DOMAINS = 4
# Signs that can only speak against a candidate, whatever a few pages say.
AGAINST = {
    "beside the main heading", "another heading is the title",
    "only modified", "the time of a change", "shown aside", "shown with another headline", "aside", "hidden",
    "in navigation", "one of many",
    "told better elsewhere", "cut short", "open quote", "ends in an ellipsis",
    "an agency", "a maker",
    "generic", "parted elsewhere", "names a company", "only guessed", "others have less",
    "far behind the headline", "shown in comments", "in another script", "in the future",
}  # fmt: skip
_STEPS = 400
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One page's candidates for one field, how right each is (0 to 1), and how much the page counts."""

    row: Row
    options: list[Option]
    right: list[float]
    counts: float = 1.0


@dataclass(frozen=True, slots=True)
class Pull:
    """What keeps weights in bounds: the ridge's strength, the weights it pulls to, and the top ones."""

    penalty: float
    towards: NDArray[np.float64]
    most: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pages:
    """Where each page's candidates start, and how much each page counts."""

    starts: NDArray[np.int64]
    counts: NDArray[np.float64]


def fit(cases: list[Case], penalty: float, prior: Mapping[str, float]) -> dict[str, float]:
    """Weights by sign that make right candidates outweigh the others of their page."""
    cases = [case for case in cases if any(case.right)]
    seen: dict[str, set[str]] = {}
    for case in cases:
        for option in case.options:
            for sign in option.signs:
                seen.setdefault(sign, set()).add(case.row["domain"])
    signs = sorted({*prior, *(sign for sign, domains in seen.items() if len(domains) >= LEAST_DOMAINS)})
    place = {sign: number for number, sign in enumerate(signs)}
    options = [option for case in cases for option in case.options]
    strengths = np.zeros((len(options), len(signs)))
    for number, option in enumerate(options):
        for sign, strength in option.signs.items():
            if sign in place:
                strengths[number, place[sign]] = strength
    right = np.array([value for case in cases for value in case.right])
    starts = np.cumsum([0, *(len(case.options) for case in cases[:-1])])
    most = np.array([0.0 if sign in AGAINST else np.inf for sign in signs])
    start = np.array([prior.get(sign, 0.0) for sign in signs])
    counts = np.array([case.counts for case in cases])
    weights = _descend(strengths, right, Pages(starts, counts), Pull(penalty, start, most))
    return {
        sign: round(float(weight), 3)
        for sign, weight in zip(signs, weights, strict=True)
        if abs(weight) >= LEAST_WEIGHT
    }


def _descend(
    strengths: NDArray[np.float64],
    right: NDArray[np.float64],
    pages: Pages,
    pull: Pull,
) -> NDArray[np.float64]:
    """Full-batch Adam on the listwise softmax loss plus a ridge."""
    starts, total = pages.starts, pages.counts.sum()
    owner = np.repeat(np.arange(len(starts)), np.diff([*starts, len(right)]))
    counts = pages.counts[owner]
    weights, mean, square = pull.towards.copy(), *(np.zeros(strengths.shape[1]) for _ in range(2))
    for step in range(1, _STEPS + 1):
        scores = strengths @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        said = powers / np.add.reduceat(powers, starts)[owner]
        wanted = powers * right
        wanted /= np.maximum(np.add.reduceat(wanted, starts)[owner], 1e-12)
        slope = strengths.T @ (counts * (said - wanted)) / total
        slope += pull.penalty * (weights - pull.towards) / np.sqrt(total)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        rate = 0.3 * (1 - 0.95 * step / _STEPS)
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        weights = np.minimum(weights, pull.most)
    return weights


def share_right(cases: list[Case], weights: Mapping[str, float]) -> float:
    """The mean rightness of the candidates that these weights put first."""
    best = (
        max(
            zip(case.options, case.right, strict=True), key=lambda each: score(each[0], weights), default=None
        )
        for case in cases
    )
    return sum(each[1] for each in best if each) / max(1, len(cases))
