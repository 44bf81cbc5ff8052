"""A wire's story at very many outlets, kept as grouping would leave it, and what work is done on it."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from random import Random
from types import FrameType
from typing import Any

from aggregator.placing import resketch
from aggregator.records import Campaign, Member, Pack, Relation, Story
from aggregator.store import articles, campaigns, entries, mentions
from aggregator.store import stories as stored
from aggregator.store.session import Store
from aggregator.stories.overlap import overlap
from crawler.records import Article
from tests.aggregator.samples import NOON, WordMatcher
from tests.aggregator.stories import press
from tests.aggregator.test_kin import REAL

CITIES = Campaign(
    slug="cities",
    name="Cities",
    pack=Pack(names=("sanctuary",), context=("huddle",)),
    preferred=("Carrier 37",),
)
NOBODY = Campaign(slug="nobody", name="Nobody", pack=Pack(names=("zzz",)))
HEADLINES = ("Sanctuary cities huddle in New York", "Cities huddle in Manhattan", "Mayors meet")


def copy(number: int, chance: Random) -> Article:
    """One outlet's copy of the wire's story, whole or cut, that mentions the campaign or does not."""
    article = press.article(
        f"https://carrier{number}.example/story/{number}-cities",
        HEADLINES[0] if number > 30 else chance.choice(HEADLINES),
        press.WIRE_STORY[: chance.choice((6, 6, 6, 4, 3))],
        outlet=f"Carrier {number}",
        wire="Associated Press" if number > 30 and number % 3 else None,
    )
    minutes = timedelta(minutes=chance.randrange(1_000))
    assert article.published is not None
    told = replace(article.published, instant=article.published.instant + minutes)
    return replace(article, published=told, first_seen=told.instant + timedelta(minutes=1))


def copies(count: int) -> list[Article]:
    """So many copies, told in no order; the first of more are the same ones."""
    chance = Random(7)
    return [copy(number, chance) for number in range(count)]


def keep_all(store: Store, flock: Sequence[Article], looked_for: Campaign) -> None:
    """Keep these copies as one story, as grouping would leave them."""
    told = sorted((each.published.instant.isoformat(), each.key) for each in flock if each.published)
    members = tuple(
        Member(
            article_key=key,
            relation=Relation.COPY if place else Relation.ORIGINAL,
            reason="a copy",
            told=instant,
        )
        for place, (instant, key) in enumerate(told)
    )
    story = Story(id="flock", members=members, shown=members[0].article_key, shown_because="the earliest")
    with store.writing() as c:
        campaigns.save(c, looked_for, "Ana", NOON)
        for article in flock:
            articles.keep(c, article)
            mentions.replace(c, WordMatcher([looked_for]).judge(article).telling(), NOON)
        resketch(c, flock, REAL)
        saved = stored.save(c, [story], NOON)
        entries.refresh(c, saved.changed, saved.made)


@contextmanager
def working() -> Iterator[Counter[str]]:
    """Counts Python calls of all kinds, rows fetched among them, and by name those that matter most."""
    watched = {overlap.__code__: "texts compared", articles.read_article.__code__: "articles unpacked"}
    watched[stored.read_member.__code__] = "members read"
    count: Counter[str] = Counter()

    def watch(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call":
            count["calls"] += 1
            if frame.f_code in watched:
                count[watched[frame.f_code]] += 1

    sys.setprofile(watch)
    try:
        yield count
    finally:
        sys.setprofile(None)
