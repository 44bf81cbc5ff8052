"""`python -m benchmarks.train_weights GOLD`: learn `crawler/extraction/weights.json` from gold pages.

Each field's candidates carry plain signs; a page's right candidates should outweigh its others
(`benchmarks.ranking`). A third of the domains, chosen by a hash of the name, is held out and never trained
on; `--folds 5` tells instead what each fifth gives when it is. No sign knows a page, a domain or an id.

Gold pages say most things three times over, so weights learned from them alone would trust
whatever they agree on. Each page is learned from again as it would be if it told less
(`benchmarks.poorer`), at a fraction of its weight. Not for dates: which of two stamps is
right shows only where both are told, and whole pages came out worse (decision 0012).
"""

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.accuracy.pages import page_of, rows_of, stamp_of
from benchmarks.poorer import WAYS, WHOLE, poorer
from benchmarks.ranking import Case, Row, fit, share_right
from crawler.extraction import prose
from crawler.extraction.byline import Bylines
from crawler.extraction.choose import Option
from crawler.extraction.document import Document
from crawler.extraction.headline import Headlines
from crawler.extraction.language import language_of
from crawler.extraction.outlet import Outlets
from crawler.extraction.published import Dates, PageWords
from crawler.extraction.zone import home_of

WEIGHTS = Path(__file__).parent.parent / "crawler" / "extraction" / "weights.json"
PENALTY = {"headline": 0.033, "outlet": 0.033, "published": 0.1, "authors": 0.1}
POORER_COUNT = {"headline": 0.2, "outlet": 0.2, "published": 0.0, "authors": 0.2}
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
    "authors": {"from script state": 1.0, "from signature": 2.0},
}
Cases = Mapping[str, list[Case]]
Scorer = Callable[[Row, dict[str, Any]], dict[str, float]]


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


def _is_in(part: int, folds: int, domain: str) -> bool:
    """Whether a domain is in one of so many parts, by a hash of the name."""
    return int.from_bytes(hashlib.sha256(domain.encode()).digest()[1:3], "big") % folds == part


def print_folds(cases: Mapping[str, Sequence[Case]], name: str, folds: int) -> None:
    """Learn a field so many times, each time without a part of the domains, and judge it on that part."""
    right: dict[str, float] = defaultdict(float)
    for part in range(folds):
        known, others = parted(cases, partial(_is_in, part, folds))
        weights = fit(list(chain.from_iterable(known.values())), PENALTY[name], PRIOR[name])
        for way, told in others.items():
            right[way] += share_right(told, weights) * len(told) / max(1, len(cases[way]))
    for way in (way for way in cases if cases[way]):
        print(f"{name}, {way}: {right[way]:.3f} on domains never trained on, in {folds} folds")


def parted(cases: Mapping[str, Sequence[Case]], is_out: Callable[[str], bool]) -> tuple[Cases, Cases]:
    """The cases by way of reading whose domains are in, and those whose are out."""
    kept, out = (
        {way: [case for case in told if is_out(case.row["domain"]) is wanted] for way, told in cases.items()}
        for wanted in (False, True)
    )
    return kept, out


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.train_weights", description=__doc__)
    parser.add_argument("gold", type=Path, help="the folder that holds pages/ and score_pages.py")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where to write the weights")
    parser.add_argument("--folds", type=int, help="write nothing: judge on every domain, in so many parts")
    args = parser.parse_args(arguments)
    sys.path.insert(0, str(args.gold))
    score_page = import_module("score_pages").score_page
    collected = {way: collect(args.gold, score_page, way) for way in WAYS}
    learned = {}
    for name in PENALTY:
        cases = {way: told[name] for way, told in collected.items()}
        if args.folds:
            print_folds(cases, name, args.folds)
            continue
        trained, held_out = parted(cases, is_held_out)
        weights = learned[name] = fit(list(chain.from_iterable(trained.values())), PENALTY[name], PRIOR[name])
        for way in (way for way in WAYS if cases[way]):
            right = share_right(trained[way], weights), share_right(held_out[way], weights)
            print(f"{name}, {way}: {right[0]:.3f} on the pages trained on, {right[1]:.3f} on those held out")
    if learned:
        args.out.write_text(json.dumps(learned, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
