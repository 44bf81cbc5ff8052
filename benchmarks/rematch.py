"""How long it takes to match one new campaign against all stored articles, and what the index of words costs.

    python -m benchmarks.rematch [--articles 20000] [--database sqlite:////tmp/rematch.db] [--rules "…"]

The store is made of made-up news: articles of about 500 words from a vocabulary with the
frequencies of a language (Zipf), in bulk, each with its record, its version and its words,
as taking them in would leave them. Where the database is named, it is kept and filled up
to the number asked for, so that a large one can be made in pieces. Then, for each campaign:
the candidates, and what `rematch` without --save does with them, in one process.
"""

import argparse
import itertools
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from aggregator import rejudge
from aggregator.matching import Matcher
from aggregator.matching.needs import need_of
from aggregator.records import Campaign, Pack
from aggregator.store import articles, search
from aggregator.store.session import Store
from benchmarks.matching import SYLLABLES
from crawler.records import Article

DISTINCT = 60_000  # words
LENGTH = 500
BATCH = 2_000
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def main() -> None:
    """Fill the store, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--database", default="")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop filling after so long")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rematch-") as folder:
        store = Store.create(options.database or f"sqlite:///{folder}/rematch.db")
        fill(store, options.articles, options.seconds)
        with store.reading() as c:
            there = articles.count(c)
        print(f"{there:,} articles of {LENGTH} words; {sizes(store)}")
        for campaign in campaigns():
            measure(store, campaign)
        store.close()


def language() -> list[str]:
    """Words of one to five syllables, the commonest first: these are mostly short."""
    random = Random(7)
    syllables = SYLLABLES.split()
    made: dict[str, None] = {}
    while len(made) < DISTINCT:
        length = min(5, 1 + len(made) // 400 if len(made) < 800 else random.randint(2, 5))
        made["".join(random.choices(syllables, k=length))] = None
    return list(made)


def fill(store: Store, wanted: int, seconds: float) -> None:
    """Add articles up to the number wanted, or until the time is up."""
    began = time.monotonic()
    with store.reading() as c:
        there = articles.count(c)
    for first in range(there, wanted, BATCH):
        if time.monotonic() - began > seconds:
            return
        with store.writing() as c:
            for article in make(first, min(BATCH, wanted - first)):
                articles.keep(c, article)
                search.keep(c, article)
        if (first // BATCH) % 10 == 0:
            print(f"  {first:,} articles after {time.monotonic() - began:.0f} s", flush=True)


def make(first: int, count: int) -> Iterator[Article]:
    """Articles by their numbers; the same number is always the same article."""
    random = Random(first)
    words = language() if not _LANGUAGE else _LANGUAGE
    _LANGUAGE[:] = words
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))
    for number in range(first, first + count):
        text = random.choices(words, cum_weights=weights, k=LENGTH)
        sentences = (" ".join(text[at : at + 20]).capitalize() for at in range(0, LENGTH, 20))
        url = f"https://outlet{number % 3_000}.example/news/{number}"
        yield Article(
            key=f"outlet{number % 3_000}.example/news/{number}",
            url=url,
            canonical_url=url,
            headline=" ".join(random.choices(words, cum_weights=weights, k=9)).title(),
            outlet=f"Outlet {number % 3_000}",
            first_seen=NOON + timedelta(seconds=number),
            text=". ".join(sentences) + ".",
        )


_LANGUAGE: list[str] = []


def campaigns() -> Sequence[Campaign]:
    """One as teams have them, one with a common subject, one whose words stand in every tenth article."""
    words = language()
    names = Pack(
        hashtags=(f"#{words[30_000].title()}{words[31_000].title()}",),
        names=(f"{words[30_000]} {words[31_000]}".title(), f"{words[9_000]} {words[700]}".title()),
        people=tuple(f"{words[n]} {words[n + 9]}".title() for n in range(20_000, 20_900, 100)),
        context=(f"{words[4_000]} {words[300][:4]}*",),
    )
    return (
        Campaign(slug="usual", name="names, people, a phrase of context", pack=names),
        Campaign(slug="subject", name="a word in about one of 200", pack=Pack(context=(words[9_000],))),
        Campaign(slug="common", name="a word in about one of 20", rule=words[1_000]),
        Campaign(slug="near", name="two common words near each other", rule=f"{words[300]} NEAR/3 {words[500]}"),
    )


def measure(store: Store, campaign: Campaign) -> None:
    """Print how long the candidates take, and then all of it."""
    need = need_of(campaign)
    began, spent = time.monotonic(), time.process_time()
    with store.reading() as c:
        found = len(search.candidates(c, need)) if need is not None else articles.count(c)
    looked = time.monotonic() - began
    made = rejudge.try_rematch(store, campaign, Matcher([campaign]), need)
    print(
        f"{campaign.name:<36} {found:>9,} candidates in {looked:6.2f} s; {len(made.gained):>7,} found in "
        f"{time.monotonic() - began - looked:7.2f} s ({time.process_time() - spent:.2f} s of CPU in all)"
    )


def sizes(store: Store) -> str:
    """What the database takes on disk, and how much of it the words take."""
    if not store.is_sqlite:
        return "PostgreSQL"
    with store.reading() as c:
        whole = Path(store.file).stat().st_size
        words = c.exec_driver_sql("SELECT sum(length(block)) FROM words_found_data").scalar() or 0
        there = max(1, articles.count(c))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"{whole / 1e6:,.0f} MB, {whole / there:,.0f} bytes an article, of which words {words / there:,.0f}; "
        f"at most {peak} MB of memory"
    )


if __name__ == "__main__":
    main()
