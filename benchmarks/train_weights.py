"""`python -m benchmarks.train_weights GOLD`: learn `crawler/extraction/weights.json` from gold pages.

Each field's candidates carry plain signs; a page's right candidates should outweigh its
others: softmax over a page's candidates, one weight a sign, ridge penalty, full-batch
Adam from what is known beforehand, so the same pages always give the same weights. A third
of the domains, chosen by a hash of the name, is held out and never trained on. No sign
knows a page, a domain or an id.

Gold pages say most things three times over, so weights learned from them alone would trust
whatever they agree on. Each page is learned from again as it would be if it told less
(`benchmarks.poorer`), at a fraction of its weight. Not for dates: which of two stamps is
right shows only where both are told, and whole pages came out worse (decision 0012).
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.pages import page_of, rows_of, stamp_of
from benchmarks.poorer import WAYS, poorer
from crawler.extraction import prose
from crawler.extraction.byline import Bylines
from crawler.extraction.choose import Option, score
from crawler.extraction.document import Document
from crawler.extraction.headline import Headlines
from crawler.extraction.language import language_of
from crawler.extraction.outlet import Outlets
from crawler.extraction.published import Dates, PageWords
from crawler.extraction.zone import home_of

WEIGHTS = Path(__file__).parent.parent / "crawler" / "extraction" / "weights.json"
PENALTY = {"headline": 0.033, "outlet": 0.033, "published": 0.1, "authors": 0.1}
POORER_COUNT = {"headline": 0.2, "outlet": 0.2, "published": 0.0, "authors": 0.2}
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
# What is known beforehand where few gold pages tell: the ridge pulls these signs here, not to zero.
PRIOR = {
    "headline": {
        "with its kicker": -0.8,
        "from script state": 1.5,
        "less a mark": 2.0,
        "with its mark": -2.0,
        "in another script": -3.0,
        "the main heading": 1.3,
        "another heading is the title": -2.0,
        # What readers see is the headline, also where a title for search engines is told more often.
        "opens the article": 6.0,
        "opens the article as told": 2.0,
        "beside the main heading": -3.0,
        "hidden beside the main heading": -4.0,
    },
    "outlet": {
        "in the page's script": 1.5,
        "in another script": -1.5,
        "has a bar": -3.0,
        "names a company": -1.5,
        "generic": -1.5,
    },
    "published": {
        "tells a span of time": -2.0,
        "shown in comments": -2.0,
        "leads a paragraph": 0.5,
        "told better elsewhere": -1.5,
        "from script state datePublished": 2.5,
        "from script state dateModified": 0.5,
    },
    "authors": {"from script state": 1.0},
}
WHOLE = "as it is"
_STEPS = 400
Row = Mapping[str, Any]
Scorer = Callable[[Row, dict[str, Any]], dict[str, float]]


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


def is_held_out(domain: str) -> bool:
    """A third of the domains, by a hash of the name."""
    return hashlib.sha256(domain.encode()).digest()[0] % 3 == 0


def collect(gold: Path, score_page: Scorer, way: str) -> dict[str, list[Case]]:
    """The candidates of every gold page read this way, by field."""
    cases: dict[str, list[Case]] = {name: [] for name in PENALTY}
    now = datetime.now(UTC)
    for row in rows_of(gold):
        document = Document(poorer(page_of(gold, row, now), way))
        for name, options, guesses in _candidates(document, row):
            scores = [score_page(row, guess) for guess in guesses]
            right = _rightness(name, scores)
            counts = 1.0 if way == WHOLE else POORER_COUNT[name]
            if right is not None and counts:
                cases[name].append(Case(row, options, right, counts))
    return cases


def _candidates(document: Document, row: Row) -> Iterator[tuple[str, list[Option], list[dict[str, Any]]]]:
    headline = list(Headlines(document, None).weighed().values())
    yield "headline", headline, [{"headline": option.value} for option in headline]
    title = row["headline"] or ""
    outlet = list(Outlets(document, title, None).weighed().values())
    yield "outlet", outlet, [{"outlet": option.value} for option in outlet]
    language, _ = language_of(document, prose.prose_of(document, title).text)
    dates = Dates(document, home_of(document, None, language), PageWords(title, language), None)
    published = list(dates.options.values())
    yield (
        "published",
        published,
        [{"published": stamp_of(dates.moments[option.form])} for option in published],
    )
    bylines = Bylines(document, row["outlet"] or "", None)
    authors = list(bylines.options.values())
    yield "authors", authors, [{"authors": list(bylines.names[option.form])} for option in authors]


def _rightness(name: str, scores: list[dict[str, float]]) -> list[float] | None:
    """How right each candidate is; the instant counts where one has it, else the day."""
    if name == "published":
        instants = [float(each.get("published_instant") or 0) for each in scores]
        return instants if any(instants) else _measure(scores, "published_day")
    if name == "authors":
        found = _measure(scores, "authors_f1")
        return [float(each == max(found) > 0) for each in found] if found else found
    return _measure(scores, name)


def _measure(scores: list[dict[str, float]], measure: str) -> list[float] | None:
    return [each[measure] for each in scores] if scores and measure in scores[0] else None


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


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.train_weights", description=__doc__)
    parser.add_argument("gold", type=Path, help="the folder that holds pages/ and score_pages.py")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where to write the weights")
    args = parser.parse_args()
    sys.path.insert(0, str(args.gold))
    score_page = import_module("score_pages").score_page
    collected = {way: collect(args.gold, score_page, way) for way in WAYS}
    learned = {}
    for name, penalty in PENALTY.items():
        trained, held_out = (
            {
                way: [c for c in cases[name] if is_held_out(c.row["domain"]) is out]
                for way, cases in collected.items()
            }
            for out in (False, True)
        )
        weights = learned[name] = fit([c for cases in trained.values() for c in cases], penalty, PRIOR[name])
        for way in (way for way in WAYS if trained[way]):
            right = share_right(trained[way], weights), share_right(held_out[way], weights)
            print(f"{name}, {way}: {right[0]:.3f} on the pages trained on, {right[1]:.3f} on those held out")
    args.out.write_text(json.dumps(learned, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
