"""How fast articles find their stories: taken in one by one among many stored, and all grouped at once.

`python -m benchmarks.stories [--stored 1000000] [--new 5000] [--texts 100000]` prints both. The stored ones
lie in the product's own SQLite tables; new ones come in by `Intake.keep_find`: kept, matched, sketched,
placed, linked, each in a transaction. Texts are made from a seed; one in ten is a copy, cut and edited. The
peer is datasketch's MinHash-LSH (J >= 0.5, 128 permutations, runs of five words) in a virtual environment
of its own, on the same texts in the same run.
"""

import argparse
import json
import subprocess
import tempfile
import time
import venv
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from multiprocessing import get_context
from pathlib import Path
from random import Random

from aggregator import stories
from aggregator.aside import Aside
from aggregator.stories import Sketch
from benchmarks.stories_house import Placed, fill, most_memory, some_names, take_in
from crawler.records import Article, Moment

NOON = datetime(2017, 3, 28, 12, tzinfo=UTC)
PEERS = Path("build/peers/stories")
PEER = Path(__file__).with_name("stories_peer.py")


def main() -> None:
    """Run both measurements and print them."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--stored", type=int, default=100_000, help="articles stored before the new ones")
    options.add_argument("--new", type=int, default=1_000, help="articles placed among them; 0: none")
    options.add_argument("--texts", type=int, default=4_000, help="articles grouped all at once; 0: none")
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if wanted.new:
            few = place_among(10_000, wanted.new, folder)
            many = place_among(wanted.stored, wanted.new, folder)
            print(f"an article costs {many.cpu / few.cpu:.2f} times what it costs among 10000")
        if wanted.texts:
            group_at_once(wanted.texts, folder)


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
            names = some_names(chance)
            sentences = [name_in(sentence, chance.choice(names), chance) for sentence in sentences]
            recent = [*recent[-8:], sentences]
        yield make_article(f"{seed}-{number}", sentences, chance)


def name_in(sentence: str, name: str, chance: Random) -> str:
    """The sentence with a name somewhere in it."""
    words = sentence.split()
    words.insert(chance.randrange(1, len(words)), name)
    return " ".join(words)


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


def place_among(stored: int, new: int, folder: Path) -> Placed:
    """What it costs to take new articles in among many stored ones, in a process of its own."""
    path = folder / f"{stored}.db"
    fill(path, stored, list(make_articles(50, seed=1)))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        placed = process.submit(take_in, path, list(make_articles(new, seed=2))).result()
    size = sum(each.stat().st_size for each in folder.glob(f"{path.name}*")) / 2**30
    print(
        f"taking in {new} among {stored} ({size:.1f} GiB): {placed.wall:.0f} s, {placed.cpu:.0f} CPU s, "
        f"{placed.cpu / new * 1000:.2f} ms an article, {placed.joined} joined a story, "
        f"process at most {placed.memory} MiB",
        flush=True,
    )
    for each in folder.glob(f"{path.name}*"):
        each.unlink()
    return placed


def group_at_once(count: int, folder: Path) -> None:
    """Time of grouping texts from nothing, as `regroup` does, beside the peer on the same texts."""
    texts = folder / "texts.jsonl"
    with texts.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps(article.text)}\n" for article in make_articles(count, seed=7))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        print(process.submit(regroup, count).result(), flush=True)
    peer = subprocess.run([peer_python(), PEER, texts], check=True, capture_output=True, text=True)
    print(peer.stdout, end="", flush=True)


def regroup(count: int) -> str:
    """Sketch and group so many articles; what it cost."""
    sketching = grouping = 0.0
    with Aside(Sketch.from_json) as sketches:
        for article in make_articles(count, seed=7):
            started = time.process_time()
            sketches.add(article.key, stories.sketch(article).to_json())
            sketching += time.process_time() - started
        started = time.process_time()
        copies = sum(len(story.members) - 1 for story in stories.group_each(sketches))
        grouping = time.process_time() - started
    return (
        f"grouping {count}: {sketching + grouping:.1f} CPU s ({sketching:.1f} sketching), "
        f"{copies} copies joined of {count // 10}, process at most {most_memory()} MiB"
    )


def peer_python() -> Path:
    """The interpreter of the peer's own virtual environment, made when it is missing."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        venv.create(PEERS, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "datasketch"], check=True)
    return python


if __name__ == "__main__":
    main()
