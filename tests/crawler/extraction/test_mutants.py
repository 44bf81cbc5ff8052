"""A sample of the mutated pages that `python -m benchmarks.mutants` reads ten thousand of."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.mutations import MUTATIONS, mutant
from crawler.extraction import extract
from crawler.outlets import Directory
from crawler.records import Article, NotAnArticle, Page

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.html"))
URL = "https://harbourgazette.example/2024/02/06/last-ferry"
PAGES = [
    Page(
        requested_url=URL,
        final_url=URL,
        status=200,
        headers=(),
        body=path.read_bytes(),
        fetched_at=datetime(2026, 1, 15, tzinfo=UTC),
    )
    for path in GOLDEN
]
# Seconds of CPU, far below a worker's deadline.
BOUND = 5.0


# Vast pages, of which one is among the hostile ones, are left to the benchmark.
SAMPLE = [each for each in (mutant(PAGES, number) for number in range(160)) if "swell" not in each.kinds]


@pytest.mark.parametrize("start", range(0, len(SAMPLE), 10))
def test_a_mutated_page_is_read_or_refused_in_time(start: int) -> None:
    for each in SAMPLE[start : start + 10]:
        begun = time.process_time()
        read = extract(each.page, Directory(()))
        assert time.process_time() - begun < BOUND, each.number
        assert isinstance(read, Article | NotAnArticle)


def test_a_number_alone_decides_what_is_done_to_a_page() -> None:
    assert mutant(PAGES, 7) == mutant(PAGES, 7)
    assert len({mutant(PAGES, number).page.body for number in range(40)}) > 35


def test_every_mutation_is_met() -> None:
    done = {kind for number in range(400) for kind in mutant(PAGES, number).kinds}
    assert done == {mutate.__name__ for mutate in MUTATIONS}
