"""A database with up to a million articles and their stories, and what new articles cost there.

The rows of the stored articles are as many and as large as real ones: a record, a sketch, 27 keys of their
own, eight names that others have too, as often as names are shared. Only their words are made up.
"""

import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np
from numpy.random import default_rng

from aggregator import stories
from aggregator.intake import Intake
from aggregator.records import Campaign, Pack
from aggregator.runs.house import make_judges
from aggregator.store import campaigns, sketches
from aggregator.store import stories as stored_stories
from aggregator.store.packing import pack, pack_json
from aggregator.store.session import Connection, Store
from crawler.outlets import Directory
from crawler.records import Article, Find, FindOutcome, Lead

NOW = datetime(2017, 4, 1, tzinfo=UTC)
CAMPAIGN = Campaign(slug="rivers", name="Rivers", pack=Pack(names=("Golden River",)))
NAMES = 50_000  # names that are known; the most frequent one stands in one article of eleven
NAMED = 8  # names in an article
DAYS = 180  # over which the stored articles are spread, the newest first
KEYS = 27  # keys of its own that an article has
ROWS = 500_000  # written in one statement
NAME_WEIGHTS = list(accumulate(1 / (rank + 10) for rank in range(NAMES)))
STAMP = "2017-04-01 00:00:00.000000"
FACTS = (
    "INSERT INTO article_versions (id, article_key, digest, seen_at, headline, record) "
    f"VALUES (?, ?, ?, '{STAMP}', 'A headline of the usual length', ?)",
    "INSERT INTO articles (key, version_id, first_seen, updated_at, headline, outlet, access, url) "
    f"VALUES (?, ?, '{STAMP}', '{STAMP}', 'A headline of the usual length', 'Stored', 'open', ?)",
    "INSERT INTO sketches (article_key, record, number, indexed) VALUES (?, ?, ?, ?)",
    f"INSERT INTO stories (id, shown, shown_because, updated_at) VALUES (?, ?, 'the only page', '{STAMP}')",
    "INSERT INTO members (article_key, story_id, told, relation, reason) "
    f"VALUES (?, ?, '{STAMP}', 'original', 'the only page of its story')",
)
INDEX = "INSERT OR IGNORE INTO index_keys (index_key, holder) VALUES (?, ?)"


class Placed(NamedTuple):
    """What taking in new articles cost: seconds, CPU seconds, MiB at the peak, how many joined a story."""

    wall: float
    cpu: float
    memory: int
    joined: int


def fill(path: Path, count: int, samples: Sequence[Article]) -> None:
    """Make a database with so many articles; their records and sketches are as large as the samples'."""
    store = Store.create(f"sqlite:///{path}")
    with store.writing() as c:
        campaigns.save(c, CAMPAIGN, by="bench", at=NOW)
    records = [pack(article) for article in samples]
    packed = [pack_json(stories.sketch(article).to_json()) for article in samples]
    for numbers in np.array_split(np.arange(count), max(1, count // 20_000)):
        with store.writing() as c:
            add_articles(c, numbers.tolist(), records, packed)
    with store.writing() as c:
        add_keys(c, count)
    store.close()


def add_articles(
    c: Connection, numbers: Sequence[int], records: Sequence[bytes], packed: Sequence[bytes]
) -> None:
    """The rows of some articles: facts, sketch, and a story of its own for each."""
    told = [(number, key_of(number), f"stored{number}") for number in numbers]
    indexed = bytes(8 * (KEYS + NAMED))
    rows: tuple[list[tuple[Any, ...]], ...] = (
        [(number + 1, key, f"{number:032x}", records[number % len(records)]) for number, key, _ in told],
        [(key, number + 1, f"https://{key}") for number, key, _ in told],
        [(key, packed[number % len(packed)], sketches.number_of(key), indexed) for number, key, _ in told],
        [(story, key) for _, key, story in told],
        [(key, story) for _, key, story in told],
    )
    for query, lines in zip(FACTS, rows, strict=True):
        c.exec_driver_sql(query, lines)


def key_of(number: int) -> str:
    """The key of a stored article."""
    return f"stored{number % 997}.example/2017/03/{number}-of-the-day"


def add_keys(c: Connection, count: int) -> None:
    """The index of all these articles, written in its own order: keys of their texts, and names."""
    chance = default_rng(count)
    holders = np.array([sketches.number_of(key_of(number)) for number in range(count)])
    own = chance.integers(-(2**63), 2**63 - 1, size=KEYS * count)
    weights = np.diff(NAME_WEIGHTS, prepend=0) / NAME_WEIGHTS[-1]
    first = date(2017, 3, 28).toordinal()
    names = [
        np.array([sketches.number_of(f"n:{(first - day) // 4}:{name_of(rank)}") for rank in range(NAMES)])[
            chance.choice(NAMES, size=NAMED * len(of_day), p=weights)
        ]
        for day, of_day in enumerate(np.array_split(np.arange(count), DAYS))
    ]
    keys = np.concatenate([own, *names])
    held_by = np.concatenate([np.repeat(holders, KEYS), np.repeat(holders, NAMED)])
    order = np.argsort(keys, kind="stable")
    lines = zip(keys[order].tolist(), held_by[order].tolist(), strict=True)
    while batch := list(islice(lines, ROWS)):
        c.exec_driver_sql(INDEX, batch)


def name_of(rank: int) -> str:
    """A folded name of two words, by how frequent it is."""
    letters = "abcdefghiklmnoprstuv"
    signs = [letters[rank // 20**place % 20] for place in range(4)]
    return f"{signs[0]}ar{signs[1]}in {signs[2]}or{signs[3]}el"


def some_names(chance: Random) -> list[str]:
    """The names of an article as they are written, and in one of ten that of the campaign."""
    ranks = chance.choices(range(NAMES), cum_weights=NAME_WEIGHTS, k=NAMED)
    return [name_of(rank).title() for rank in ranks] + ["Golden River"] * (chance.random() < 0.1)


def clock() -> datetime:
    """The time of the benchmark."""
    return NOW


def take_in(path: Path, new: Sequence[Article]) -> Placed:
    """Take new articles in as a sweep does, each in a transaction of its own."""
    store = Store.open(f"sqlite:///{path}")
    intake = Intake(store, (CAMPAIGN,), make_judges(Directory(())), clock)
    finds = [
        Find(lead=Lead(url=each.url, source_id="feed", found_at=NOW), outcome=FindOutcome.READ, article=each)
        for each in new
    ]
    wall, cpu = time.perf_counter(), time.process_time()
    for find in finds:
        intake.keep_find(find)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    with store.reading() as c:
        homes = stored_stories.holding(c, [each.key for each in new])
    store.close()
    joined = sum(len(story.members) - 1 for story in homes.values())
    return Placed(wall, cpu, most_memory(), joined)


def most_memory() -> int:
    """How many MiB this process held at most (Linux). What `getrusage` tells begins with its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024
