"""How fast the desk answers with 100,000 articles and 10,000 waiting entries; what a list takes to compose.

`python -m benchmarks.desk [URL]` fills a database (a temporary SQLite file without URL) through
the store's own functions, in large transactions, and prints milliseconds beside raw SQL as the floor.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median

from sqlalchemy import text

from aggregator import desk
from aggregator.desk import Signature, View
from aggregator.records import Campaign, Member, Mention, Passage, Relation, Status, Story, Tier
from aggregator.store import articles, campaigns, mentions, stories
from aggregator.store.session import Store
from crawler.records import Article, Moment, Zone

NOON = datetime(2017, 3, 28, 12, tzinfo=UTC)
SLUG = "benchmark"
ARTICLES, MENTIONING, ACCEPTED = 100_000, 12_000, 1_000
WORDS = [f"word{number}" for number in range(5_000)]


def make_article(number: int, chance: Random) -> Article:
    """An article of 600 words."""
    url = f"https://outlet{number % 400}.example/news/{number}"
    found_at = NOON + timedelta(minutes=number)
    return Article(
        key=url.removeprefix("https://"),
        url=url,
        canonical_url=url,
        headline=" ".join(chance.choices(WORDS, k=9)),
        outlet=f"Outlet {number % 400}",
        first_seen=found_at,
        published=Moment(instant=found_at, offset_minutes=-240),
        language="en",
        text=" ".join(chance.choices(WORDS, k=600)),
        urls=(url,),
    )


def make_mention(article: Article) -> Mention:
    """A mention with three passages."""
    sentence = article.text[:160]
    passages = [Passage(zone=Zone.TEXT, text=sentence, marks=((0, 8),), clause="word") for _ in range(3)]
    return Mention(
        article_key=article.key,
        campaign=SLUG,
        tier=Tier.NAMES_US,
        passages=tuple(passages),
        reason="it says word",
        rules_version=1,
    )


def make_story(group: Sequence[Article]) -> Story:
    """The articles as one story."""
    return Story(
        id=f"story {group[0].key}",
        members=tuple(
            Member(article_key=article.key, relation=Relation.COPY, reason="same text") for article in group
        ),
        shown=group[0].key,
        shown_because="found first",
    )


def fill(store: Store) -> list[str]:
    """Fill the database; answers the keys of the articles that mention the campaign."""
    chance, keys = Random(1), []
    with store.writing() as c:
        campaigns.save(c, Campaign(slug=SLUG, name="Benchmark"), "benchmark", NOON)
    for first in range(0, ARTICLES, 1_000):
        batch = [make_article(number, chance) for number in range(first, first + 1_000)]
        about = batch[: MENTIONING * 1_000 // ARTICLES]
        with store.writing() as c:
            for article in batch:
                articles.keep(c, article, [article.url])
            mentions.replace(c, [make_mention(article) for article in about], NOON)
            # Every tenth story of the campaign has three members, the others one.
            heads = [about[place : place + 3] for place in range(0, len(about) // 5, 3)]
            rest = [[article] for article in (*about[len(heads) * 3 :], *batch[len(about) :])]
            stories.save(c, [make_story(group) for group in (*heads, *rest)], NOON)
        keys += [group[0].key for group in (*heads, *rest[: len(about) - len(heads) * 3])]
    desk.rebuild(store)
    return keys


def decide(store: Store, keys: Sequence[str]) -> None:
    """Accept a thousand entries: most one by one, some in bulk, and correct and reorder a few."""
    signed = Signature(by="Ana", at=NOON)
    chosen = keys[:: len(keys) // ACCEPTED][:ACCEPTED]
    desk.accept(store, SLUG, chosen[:500], signed)
    for key in chosen[500:]:
        desk.accept(store, SLUG, [key], signed)
    for key in chosen[:50]:
        desk.correct(store, SLUG, key, {"outlet": "Another name"}, signed)
    desk.reorder(store, SLUG, chosen[:10], signed)


def milliseconds(act: Callable[[], object], times: int = 9) -> str:
    """The median and the worst time that an act takes."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        spent.append((time.perf_counter() - began) * 1_000)
    return f"{median(spent):8.1f} {max(spent):8.1f}"


def floor(store: Store) -> None:
    """A page of the queue in raw SQL, as a plain reader would ask for it."""
    query = (
        "SELECT e.*, a.headline, v.record FROM entries e JOIN stories s ON s.id = e.story_id "
        "JOIN articles a ON a.key = s.shown JOIN article_versions v ON v.id = a.version_id "
        "WHERE e.campaign = 'benchmark' AND e.status = 'waiting' ORDER BY e.found_at DESC LIMIT 50"
    )
    with store.reading() as c:
        c.execute(text(query)).all()


def measure(store: Store, keys: Sequence[str]) -> None:
    """Print what each act takes."""
    waiting = View(status=Status.WAITING)
    signed = Signature(by="Ben", at=NOON)
    acts: dict[str, Callable[[], object]] = {
        "floor: a page of the queue in raw SQL": lambda: floor(store),
        "first page of the queue": lambda: desk.entries(store, SLUG, waiting),
        "page 150 of the queue": lambda: desk.entries(store, SLUG, View(status=Status.WAITING, offset=7_450)),
        "search in the queue": lambda: desk.entries(
            store, SLUG, View(status=Status.WAITING, search="word77 word9")
        ),
        "one outlet": lambda: desk.entries(store, SLUG, View(outlet="Outlet 7")),
        "counts": lambda: desk.counts(store, SLUG),
        "one entry": lambda: desk.entry(store, SLUG, keys[5]),
        "accept one entry": lambda: desk.accept(store, SLUG, [keys[5]], signed),
        "compose the list of 1,000": lambda: desk.listing(store, SLUG),
        "history": lambda: desk.history(store, SLUG),
    }
    print(f"{'':40}   median    worst  (ms)")
    for name, act in acts.items():
        print(f"{name:40} {milliseconds(act)}")
    thousand = milliseconds(lambda: desk.accept(store, SLUG, keys[:1_000], signed), 3)
    print(f"{'accept 1,000 entries at once':40} {thousand}")


def main() -> None:
    """Fill and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk", description=__doc__)
    parser.add_argument("url", nargs="?", help="a database; a SQLite file that is thrown away without")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(options.url or f"sqlite:///{Path(folder) / 'benchmark.db'}")
        began = time.perf_counter()
        keys = fill(store)
        decide(store, keys)
        print(f"{store.name}: filled in {time.perf_counter() - began:.0f} s, {desk.counts(store, SLUG)}")
        measure(store, keys)
        store.close()


if __name__ == "__main__":
    main()
