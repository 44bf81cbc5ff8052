"""`python -m benchmarks.mutants GOLD`: mutated pages through the workers: none may crash, hang or swell.

Each page is a saved one of GOLD that a seeded chance has cut, torn, nested, crowded, swollen or sent under
a wrong charset; ten thousand can be read in pieces, and a single one again (`--start 4711 --count 1`). A page
that meets its deadline or its memory cap is told and is no failure; a worker that dies otherwise, a reading
that raises and a deadline that does not hold are.
"""

import argparse
import asyncio
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

from benchmarks.accuracy.pages import page_of, rows_of
from benchmarks.mutations import Mutant, mutant
from crawler.extraction import extract
from crawler.outlets import Directory
from crawler.politeness.manners import Manners
from crawler.records import Article, Page
from crawler.workers import Spoilt, Workers

_SAFE = ("longer than", "more memory")
_SLACK = 2.0


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one mutant: a kind of page or why it was given up, seconds of CPU and by the clock."""

    number: int
    kinds: tuple[str, ...]
    outcome: str
    cpu: float
    wall: float
    memory: int
    failed: bool


def read(outlets: Directory, page: Page) -> tuple[str, float, int]:
    """What a page turned out to be, the seconds of CPU it took, and the worker's largest memory in MiB."""
    begun = time.process_time()
    found = extract(page, outlets)
    kind = "article" if isinstance(found, Article) else found.kind
    return kind, time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


async def read_all(mutants: Iterator[Mutant], manners: Manners) -> list[Told]:
    """Each mutant with what became of it, as many at once as there are workers."""
    preload = ("crawler.spiders.warm",)
    workers = Workers(manners.workers, manners.worker_seconds, manners.worker_bytes, Directory(()), preload)
    told: list[Told] = []

    async def work() -> None:
        for each in mutants:
            begun = time.monotonic()
            answer = await workers.run(read, each.page)
            told.append(_tell(each, answer, time.monotonic() - begun, manners))

    try:
        await asyncio.gather(*(work() for _ in range(manners.workers)))
    finally:
        workers.close()
    return told


def _tell(each: Mutant, answer: Spoilt | tuple[str, float, int], wall: float, manners: Manners) -> Told:
    if isinstance(answer, Spoilt):
        late = wall > 2 * manners.worker_seconds + _SLACK
        failed = late or not any(words in answer.reason for words in _SAFE)
        return Told(each.number, each.kinds, answer.reason, manners.worker_seconds, wall, 0, failed)
    kind, cpu, memory = answer
    return Told(each.number, each.kinds, kind, cpu, wall, memory, failed=False)


def main() -> int:
    """The exit code is 1 where a page crashed a worker, made a reading fail or outlived its deadline."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutants", description=__doc__)
    standard = Path(os.environ.get("GOLD", "../shared/corpus"))
    parser.add_argument("gold", type=Path, nargs="?", default=standard, help="the folder that holds pages/")
    parser.add_argument("--start", type=int, default=0, help="number of the first mutant (0)")
    parser.add_argument("--count", type=int, default=1000, help="how many (1000)")
    args = parser.parse_args()
    now = datetime(2026, 1, 15, tzinfo=UTC)
    pages = [page_of(args.gold, row, now) for row in rows_of(args.gold)]
    mutants = (mutant(pages, number) for number in range(args.start, args.start + args.count))
    told = asyncio.run(read_all(mutants, Manners(contact="mailto:press@mutants.example")))
    report(told)
    return int(any(each.failed for each in told))


def report(told: list[Told]) -> None:
    """Counts by outcome, what the dearest took, and every page that failed or was given up."""
    for outcome, count in Counter(each.outcome for each in told).most_common():
        print(f"{count:>7} {outcome}")
    cuts = quantiles([each.cpu for each in told], n=100) if len(told) > 1 else [told[0].cpu] * 99
    print(f"CPU ms a page: median {1000 * cuts[49]:.0f}, 99th percentile {1000 * cuts[98]:.0f}")
    print(f"largest memory of a worker: {max(each.memory for each in told)} MiB")
    for each in sorted(told, key=lambda each: -each.cpu)[:5]:
        print(f"  {each.cpu:.1f} s: number {each.number} ({', '.join(each.kinds)})")
    for each in told:
        if each.failed:
            print(
                f"FAILED: number {each.number} ({', '.join(each.kinds)}): {each.outcome}, {each.wall:.1f} s"
            )


if __name__ == "__main__":
    sys.exit(main())
