"""How fast articles find their stories: placed one by one among many stored, and all grouped at once.

`python -m benchmarks.stories [--stored 100000] [--new 2000] [--texts 20000]` prints both. Texts are
made from a seed; one in ten is a copy, cut and edited. The peer is datasketch's MinHash-LSH
(J >= 0.5, 128 permutations, runs of five words) in a virtual environment of its own, on the
same texts in the same run. Times are CPU seconds of one core.
"""

import argparse
import json
import pickle
import resource
import sqlite3
import subprocess
import tempfile
import time
import venv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

from aggregator import stories
from aggregator.records import Story
from aggregator.stories import Sketch
from crawler.records import Article, Moment

NOON = datetime(2017, 3, 28, 12, tzinfo=UTC)
PEERS = Path("build/peers/stories")
PEER = Path(__file__).with_name("stories_peer.py")


def main() -> None:
    """Run both measurements and print them."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--stored", type=int, default=100_000, help="articles stored before the new ones")
    options.add_argument("--new", type=int, default=2_000, help="articles placed among them")
    options.add_argument("--texts", type=int, default=20_000, help="articles grouped all at once")
    wanted = options.parse_args()
    for stored in sorted({10_000, wanted.stored}):
        place_among(stored, wanted.new)
    group_at_once(wanted.texts)


def make_articles(count: int, seed: int) -> Iterator[Article]:
    """Articles of about 600 words; each tenth is a copy of one of the nine before it at another outlet."""
    chance = Random(seed)
    words = ["".join(chance.choices("abcdefghiklmnoprstuvw", k=chance.randint(2, 9))) for _ in range(30_000)]
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    recent: list[list[str]] = []
    for number in range(count):
        if number % 10 == 9:
            sentences = edited(chance.choice(recent), chance, words)
        else:
            lengths = [chance.randint(12, 28) for _ in range(30)]
            sentences = [
                f"{' '.join(chance.choices(words, cum_weights=weights, k=length))}." for length in lengths
            ]
            recent = [*recent[-8:], sentences]
        yield make_article(f"{seed}-{number}", sentences, chance)


def edited(sentences: Sequence[str], chance: Random, words: Sequence[str]) -> list[str]:
    """A copy: the beginning or all of it, one word in forty changed."""
    kept = sentences[: chance.choice((6, 15, 30))]
    return [
        " ".join(chance.choice(words) if chance.random() < 0.025 else word for word in sentence.split())
        for sentence in kept
    ]


def make_article(name: str, sentences: Sequence[str], chance: Random) -> Article:
    """An article of these sentences, its headline from the first one."""
    url = f"https://outlet{chance.randrange(900)}.example/news/{name}"
    found_at = NOON + timedelta(minutes=chance.randrange(4 * 1440))
    return Article(
        key=url.removeprefix("https://"),
        url=url,
        canonical_url=url,
        headline=" ".join(sentences[0].split()[:9]),
        outlet=url.split("/")[2],
        first_seen=found_at,
        published=Moment(instant=found_at),
        language="en",
        text="\n\n".join(sentences),
    )


class Shelf:
    """Sketches and their index keys as rows of SQLite, as a store keeps them."""

    def __init__(self, path: Path) -> None:
        self.story_of: dict[str, Story] = {}
        self.rows = sqlite3.connect(path)
        self.rows.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;"
            "CREATE TABLE sketches (key TEXT PRIMARY KEY, record BLOB) WITHOUT ROWID;"
            "CREATE TABLE holders (index_key TEXT, key TEXT, PRIMARY KEY (index_key, key)) WITHOUT ROWID;"
        )

    def fill(self, count: int) -> None:
        """Rows of other articles: 27 index keys each, which nobody shares."""
        chance = Random(count)
        for start in range(0, count, 10_000):
            rows = (
                (f"t:{chance.getrandbits(60):x}", f"old-{number}")
                for number in range(start, min(count, start + 10_000))
                for _ in range(27)
            )
            with self.rows:
                self.rows.executemany("INSERT OR IGNORE INTO holders VALUES (?, ?)", rows)

    def keep(self, sketch: Sketch) -> None:
        """One article's rows, in a transaction of their own."""
        with self.rows:
            self.rows.execute("INSERT INTO sketches VALUES (?, ?)", (sketch.key, pickle.dumps(sketch)))
            rows = [(index_key, sketch.key) for index_key in sorted(sketch.index_keys)]
            self.rows.executemany("INSERT INTO holders VALUES (?, ?)", rows)

    def holding(self, index_keys: frozenset[str]) -> Iterator[Sketch]:
        """The sketches that hold one of these keys, of keys that few hold."""
        found: set[str] = set()
        few = stories.MOST_HOLDERS
        for index_key in index_keys:
            query = "SELECT key FROM holders WHERE index_key = ? LIMIT ?"
            held = [key for (key,) in self.rows.execute(query, (index_key, few + 1))]
            found.update(held if len(held) <= few else ())
        for key in found:
            for (record,) in self.rows.execute("SELECT record FROM sketches WHERE key = ?", (key,)):
                yield pickle.loads(record)  # our own rows

    def get(self, key: str) -> Sketch | None:
        """One article's sketch."""
        row = self.rows.execute("SELECT record FROM sketches WHERE key = ?", (key,)).fetchone()
        return pickle.loads(row[0]) if row else None

    def homes(self, keys: Iterable[str]) -> dict[str, Story]:
        """The stories of these articles."""
        return {key: self.story_of[key] for key in keys if key in self.story_of}


def place_among(stored: int, new: int) -> None:
    """Time of sketching, placing and keeping new articles among many stored ones."""
    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder) / "shelf.db")
        shelf.fill(stored)
        articles = list(make_articles(new, seed=stored))
        joined = 0
        started = time.process_time()
        for article in articles:
            sketch = stories.sketch(article)
            shelf.keep(sketch)
            around = stories.place(sketch, shelf)
            shelf.story_of.update((each.article_key, story) for story in around for each in story.members)
            joined += len(shelf.story_of[sketch.key].members) > 1
        spent = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"placing {new} among {stored}: {spent / new * 1000:.2f} ms an article, {joined} joined a story, "
        f"process at most {memory} MiB"
    )


def group_at_once(count: int) -> None:
    """Time of grouping texts from nothing, beside the peer on the same texts."""
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.jsonl"
        articles = list(make_articles(count, seed=7))
        texts.write_text("\n".join(json.dumps(article.text) for article in articles), encoding="utf-8")
        started = time.process_time()
        sketches = [stories.sketch(article) for article in articles]
        sketched = time.process_time() - started
        found = stories.group(sketches)
        spent = time.process_time() - started
        pairs = sum(len(story.members) - 1 for story in found)
        print(f"grouping {count}: {spent:.1f} s ({sketched:.1f} s sketching)")
        print(f"copies found: {pairs} of {count // 10}")
        peer = subprocess.run([peer_python(), PEER, texts], check=True, capture_output=True, text=True)
        print(peer.stdout, end="")


def peer_python() -> Path:
    """The interpreter of the peer's own virtual environment, made when it is missing."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        venv.create(PEERS, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "datasketch"], check=True)
    return python


if __name__ == "__main__":
    main()
