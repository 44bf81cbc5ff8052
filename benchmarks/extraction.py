"""`python -m benchmarks.extraction GOLD`: CPU a page, ours beside trafilatura with metadata and news-please.

All read the same saved pages, twenty by twenty in turn: a busy machine slows all alike, and each reads page
after page, as it would at work (page by page in turn each finds the processor's caches full of what others
left there). news-please does so in a process of its own (its environment is `benchmarks.replay`'s); `--alone`
leaves it out. Ours starts from bytes and gives every field with evidence and every part of the page,
with the directory of outlets that the product comes with; the others start from decoded text.
"""

import argparse
import gc
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import mean, quantiles

from trafilatura import bare_extraction

from benchmarks.accuracy.pages import SHIPPED, page_of, rows_of
from benchmarks.expense import HOUSE
from benchmarks.replay import peer_python
from crawler import outlets
from crawler.extraction import extract
from crawler.outlets import Directory
from crawler.records import Page


def read_ours(known: Directory, page: Page) -> None:
    extract(page, known)


def read_with_trafilatura(page: Page) -> None:
    bare_extraction(page.body.decode("utf-8", "replace"), url=page.final_url, with_metadata=True)


BLOCK = 20  # pages that one reads before the next has its turn


class NewsPleasePeer:
    """news-please in another process."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "page.html"
        command = [peer_python(), HOUSE / "benchmarks" / "extraction_peer.py"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def seconds(self, page: Page) -> float:
        assert self._process.stdin and self._process.stdout
        self._file.write_bytes(page.body)
        asked = {"path": str(self._file), "url": page.final_url}
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        return float(self._process.stdout.readline())

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def seconds_of(read: Callable[[Page], None], page: Page) -> float:
    """Seconds of CPU of this process that a reading takes."""
    begun = time.process_time()
    read(page)
    return time.process_time() - begun


def measure(pages: list[Page], readers: Mapping[str, Callable[[Page], float]]) -> dict[str, list[float]]:
    """Seconds of CPU for each page, by reader; each reader warms up on the first page.

    What was loaded by then is kept from the garbage collector, as in the product's workers.
    """
    spent: dict[str, list[float]] = {name: [] for name in readers}
    for seconds in readers.values():
        seconds(pages[0])
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    for start in range(0, len(pages), BLOCK):
        for name, seconds in readers.items():
            spent[name] += map(seconds, pages[start : start + BLOCK])
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    standard = Path(os.environ.get("GOLD", "../shared/corpus"))
    parser.add_argument("gold", type=Path, nargs="?", default=standard, help="the folder that holds pages/")
    parser.add_argument("--pages", type=int, default=200, help="how many pages (200)")
    parser.add_argument("--alone", action="store_true", help="without news-please")
    args = parser.parse_args()
    now = datetime.now(UTC)
    pages = [page_of(args.gold, row, now) for row in list(rows_of(args.gold))[: args.pages]]
    readers = {
        "ours": partial(seconds_of, partial(read_ours, outlets.load(SHIPPED)[0])),
        "trafilatura": partial(seconds_of, read_with_trafilatura),
    }
    if args.alone:
        report(measure(pages, readers))
        return
    with tempfile.TemporaryDirectory() as folder:
        peer = NewsPleasePeer(Path(folder))
        report(measure(pages, {**readers, "news-please": peer.seconds}))
        peer.close()


def report(spent: Mapping[str, list[float]]) -> None:
    """Pages a second of each reader, and how many times as many ours reads."""
    print("reader        pages/s   mean ms   median ms   99th percentile ms")
    for name, seconds in spent.items():
        cuts = quantiles(seconds, n=100)
        figures = (1 / mean(seconds), mean(seconds) * 1000, cuts[49] * 1000, cuts[98] * 1000)
        print(f"{name:<12}" + "".join(f"{figure:>11.1f}" for figure in figures))
    ours = mean(spent["ours"])
    for name in spent.keys() - {"ours"}:
        print(f"ours reads {mean(spent[name]) / ours:.1f} times as many pages a second as {name}")


if __name__ == "__main__":
    main()
