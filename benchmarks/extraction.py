"""`python -m benchmarks.extraction GOLD`: seconds of CPU a page, ours beside trafilatura with metadata.

Both read the same saved pages in one process, page by page in turn, so that a busy
machine slows both alike. Ours starts from bytes and gives every field with evidence and
every part of the page; trafilatura starts from decoded text.
"""

import argparse
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, quantiles

from trafilatura import bare_extraction

from benchmarks.accuracy.pages import page_of, rows_of
from crawler.extraction import extract
from crawler.outlets import Directory
from crawler.records import Page


def read_ours(page: Page) -> None:
    extract(page, Directory(()))


def read_with_trafilatura(page: Page) -> None:
    bare_extraction(page.body.decode("utf-8", "replace"), url=page.final_url, with_metadata=True)


READERS: dict[str, Callable[[Page], None]] = {"ours": read_ours, "trafilatura": read_with_trafilatura}


def measure(pages: list[Page]) -> dict[str, list[float]]:
    """Seconds of CPU for each page, by reader; each reader warms up on the first page."""
    spent: dict[str, list[float]] = {name: [] for name in READERS}
    for read in READERS.values():
        read(pages[0])
    for page in pages:
        for name, read in READERS.items():
            begun = time.process_time()
            read(page)
            spent[name].append(time.process_time() - begun)
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    standard = Path(os.environ.get("GOLD", "../shared/corpus"))
    parser.add_argument("gold", type=Path, nargs="?", default=standard, help="the folder that holds pages/")
    parser.add_argument("--pages", type=int, default=200, help="how many pages (200)")
    args = parser.parse_args()
    now = datetime.now(UTC)
    rows = list(rows_of(args.gold))[: args.pages]
    spent = measure([page_of(args.gold, row, now) for row in rows])
    print(f"{len(rows)} pages\nreader        pages/s   mean ms   median ms   99th percentile ms")
    for name, seconds in spent.items():
        cuts = quantiles(seconds, n=100)
        figures = (1 / mean(seconds), mean(seconds) * 1000, cuts[49] * 1000, cuts[98] * 1000)
        print(f"{name:<12}" + "".join(f"{figure:>11.1f}" for figure in figures))
    print(f"ours reads {mean(spent['trafilatura']) / mean(spent['ours']):.1f} times as many pages a second")


if __name__ == "__main__":
    main()
