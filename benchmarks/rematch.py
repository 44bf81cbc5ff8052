"""How long it takes to match one new campaign against all stored articles, and what the index of words costs.

    python -m benchmarks.rematch [--articles 20000] [--database sqlite:////tmp/rematch.db]

The store is made of made-up news: articles of about 500 words from a vocabulary with the
frequencies of a language (Zipf), in bulk, each with its record, its version and its words,
as taking them in would leave them; in SQLite or, where the database is named so, in PostgreSQL. One that is
named is kept and filled up to the number asked for, so that a large one can be made in pieces. Then, for
each campaign: the candidates, and what `rematch` without --save does with them, in one process.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import numpy as np
from sqlalchemy import bindparam, func, insert, select

from aggregator import rematching
from aggregator.matching import Matcher
from aggregator.matching.needs import FORM, need_of
from aggregator.records import Campaign, Pack
from aggregator.store import articles, search
from aggregator.store.packing import as_json, pack_json
from aggregator.store.session import Connection, Store
from aggregator.store.tables import article_versions, article_words
from aggregator.store.tables import articles as articles_table
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
        length = 1 if len(made) < 20 else 2 if len(made) < 600 else random.randint(2, 5)
        made["".join(random.choices(syllables, k=length))] = None
    return list(made)


def fill(store: Store, wanted: int, seconds: float) -> None:
    """Add articles up to the number wanted, or until the time is up."""
    began = time.monotonic()
    with store.reading() as c:
        there = articles.count(c)
    news = News()
    for first in range(there, wanted, BATCH):
        if time.monotonic() - began > seconds:
            return
        with store.writing() as c:
            write(c, news, first, min(BATCH, wanted - first))
        if (first // BATCH) % 10 == 0:
            print(f"  {first:,} articles after {time.monotonic() - began:.0f} s", flush=True)


class News:
    """Made-up articles by their numbers: text as words, and the record as the store has it."""

    def __init__(self) -> None:
        self._words = language()
        weights = 1 / (np.arange(DISTINCT) + 3)
        self._reach = np.cumsum(weights / weights.sum())
        self._record: dict[str, object] = as_json(
            Article(
                key="KEY", url="URL", canonical_url="URL", headline="HEAD", outlet="Outlet", first_seen=NOON
            )
        )

    def words_of(self, number: int) -> list[str]:
        """The words of an article, those of the headline first; the same number, the same words."""
        places = np.searchsorted(self._reach, np.random.default_rng(number).random(LENGTH + 9))
        return [self._words[place] for place in places.tolist()]

    def record_of(self, number: int, words: Sequence[str]) -> dict[str, object]:
        """The article as JSON values, with sentences of twenty words."""
        body = words[9:]
        sentences = (" ".join(body[at : at + 20]).capitalize() for at in range(0, LENGTH, 20))
        key = key_of(number)
        return self._record | {
            "key": key,
            "url": f"https://{key}",
            "canonical_url": f"https://{key}",
            "headline": " ".join(words[:9]).title(),
            "text": ". ".join(sentences) + ".",
        }


def key_of(number: int) -> str:
    """The key of an article by its number."""
    return f"outlet{number % 3_000}.example/news/{number:07}"


def write(c: Connection, news: News, first: int, count: int) -> None:
    """Write articles as taking them in would leave them, without asking what is there already."""
    if c.dialect.name == "sqlite":
        c.exec_driver_sql("PRAGMA cache_size = -2000000")  # keys come in no order, as they do in life
    versions, current, kept, found = [], [], [], []
    for number in range(first + 1, first + count + 1):
        key, words = key_of(number), news.words_of(number)
        seen = NOON + timedelta(seconds=number)
        head = " ".join(words[:9]).title()
        said = {"article_key": key, "headline": head}
        record = pack_json(news.record_of(number, words))
        versions.append(said | {"id": number, "digest": key, "seen_at": seen, "record": record})
        times = {"first_seen": seen, "updated_at": seen, "access": "open", "outlet": "Outlet"}
        current.append({"key": key, "version_id": number, "headline": head} | times)
        kept.append({"id": number, "article_key": key, "version_id": number, "form": FORM})
        found.append({"id": number, "words": " ".join(sorted(set(words)))})
    c.execute(insert(article_versions), versions)
    c.execute(insert(articles_table), current)
    if c.dialect.name == "sqlite":
        c.execute(insert(article_words), kept)
        c.execute(search.ADD_FOUND, found)
    else:
        words_of = func.array_to_tsvector(func.string_to_array(bindparam("said"), " "))
        told = [row | {"said": each["words"]} for row, each in zip(kept, found, strict=True)]
        c.execute(insert(article_words).values(words=words_of), told)


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
        Campaign(
            slug="near", name="two common words near each other", rule=f"{words[300]} NEAR/3 {words[500]}"
        ),
    )


def measure(store: Store, campaign: Campaign) -> None:
    """Print how long the candidates take, and then all of it."""
    need = need_of(campaign)
    began, spent = time.monotonic(), time.process_time()
    with store.reading() as c:
        found = len(search.candidates(c, need)) if need is not None else articles.count(c)
    looked = time.monotonic() - began
    made = rematching.try_rematch(store, campaign, Matcher([campaign]), need)
    print(
        f"{campaign.name:<36} {found:>9,} candidates in {looked:6.2f} s; {made.gained_in_all:>7,} found in "
        f"{time.monotonic() - began - looked:7.2f} s ({time.process_time() - spent:.2f} s of CPU in all), "
        f"at most {most_memory()} MB of memory"
    )


def most_memory() -> int:
    """The most that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def sizes(store: Store) -> str:
    """What the database takes on disk, and how much of it the words take."""
    with store.reading() as c:
        if store.is_sqlite:
            whole = Path(store.file).stat().st_size
            words = c.exec_driver_sql("SELECT sum(length(block)) FROM words_found_data").scalar() or 0
        else:
            whole = c.scalar(select(func.pg_database_size(func.current_database()))) or 0
            words = c.scalar(select(func.pg_total_relation_size("article_words"))) or 0
        there = max(1, articles.count(c))
    return (
        f"{whole / 1e6:,.0f} MB, {whole / there:,.0f} bytes an article, of which words {words / there:,.0f}"
    )


if __name__ == "__main__":
    main()
