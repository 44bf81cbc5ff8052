"""What is longer than an index of a database holds is kept and found all the same, on both databases."""

from dataclasses import replace
from random import Random
from string import ascii_letters

from sqlalchemy import select

from aggregator.store import articles, crowds, stories
from aggregator.store.crowd_desks import LONGEST_WORDS, words_of
from aggregator.store.crowd_tables import crowd_words
from aggregator.store.session import Store
from crawler.records import Poll, PollOutcome, PollState
from crawler.text import fold
from tests.aggregator.samples import FEED, NOON, make_article, make_find, make_lead, open_intake, take_in

# Drawn by lot: what repeats itself a database packs, and finds room for.
ENDLESS = "".join(Random(1).choices(ascii_letters, k=6_000))


def test_an_endless_address_is_kept_like_any(store: Store) -> None:
    long, intake = make_article(1, url=f"https://outlet1.example/news/{ENDLESS}"), open_intake(store)
    told = (make_lead(1, url=long.url), make_lead(2))
    state = PollState(source_id=FEED.id, polled_at=NOON)
    poll = Poll(source=FEED, outcome=PollOutcome.NEW, state=state, leads=told)
    assert [lead.url for lead in intake.keep_poll(poll)] == [lead.url for lead in told]
    intake.keep_find(make_find(long))
    assert intake.keep_poll(replace(poll, leads=told[:1])) == []
    with store.reading() as c:
        assert articles.known_as(c, long.url) == [long.key]


def test_a_story_is_found_by_the_beginning_of_an_endless_headline(store: Store) -> None:
    long = make_article(1, headline=ENDLESS)
    take_in(store, long)
    with store.writing() as c:
        [home] = stories.of_articles(c, [long.key]).values()
        crowds.add_words(c, home, words_of([long]))
        assert set(c.scalars(select(crowd_words.c.words))) == {
            fold(ENDLESS)[:LONGEST_WORDS],
            fold(long.outlet),
        }
