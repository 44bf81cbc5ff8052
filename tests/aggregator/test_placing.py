"""Putting finds into their stories: few statements each, and links for those who look at a desk."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random

import pytest
from sqlalchemy import event

from aggregator import desk, stories
from aggregator.intake import Intake
from aggregator.placing import place as place_some
from aggregator.placing import resketch, take_in
from aggregator.records import Campaign, Link, Pack, Relation, Story
from aggregator.rejudge import regroup, settle, try_regroup
from aggregator.rematching import rematch
from aggregator.replay import Wishes
from aggregator.store import articles, campaigns, links, sketches
from aggregator.store import stories as stored
from aggregator.store.session import Store
from aggregator.stories.neighbourhood import Reach
from aggregator.stories.neighbourhood import place as place_near
from crawler.records import Article
from tests.aggregator.samples import NOON, clock, make_find
from tests.aggregator.stories import press
from tests.aggregator.stories.kin_press import ARTICLES
from tests.aggregator.test_kin import REAL

# What a find without neighbours costs: sketch, keys, wishes, two questions to the index, and its story.
ALONE = 10
POLITICO, HILL, VOZ = (ARTICLES[f"senator-{name}"] for name in ("politico", "hill", "voz"))
"""A report, and what two outlets made of it; only The Hill's piece has the words of the campaign."""
HEIRS = Campaign(slug="heirs", name="Successors", pack=Pack(names=("successor",)))
NOBODY = Campaign(slug="nobody", name="Nobody", pack=Pack(names=("zzz",)))


@contextmanager
def counting(store: Store) -> Iterator[list[str]]:
    """The statements that the database is given."""
    given: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_others: object) -> None:
        given.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield given
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


def place(store: Store, article: Article) -> list[str]:
    """Take one article in; the statements that its story cost, beginning and ending left out."""
    with store.writing() as c:
        articles.keep(c, article)
        with counting(store) as given:
            take_in(c, article, REAL, NOON)
    return given


def test_a_find_without_neighbours_costs_few_statements(store: Store) -> None:
    chance = Random(3)
    for number in range(12):
        text = tuple(
            " ".join("".join(chance.choices("abdeiklmnorst", k=7)) for _ in range(18)) + "."
            for _ in range(20)
        )
        url = f"https://outlet{number}.example/news/story-{number}"
        given = place(store, press.article(url, text[0][:60], text, outlet=f"Outlet {number}"))
        assert len(given) <= ALONE, given


def test_a_copy_costs_a_few_statements_for_each_member_of_its_story(store: Store) -> None:
    for number in range(10):
        given = place(
            store,
            press.article(
                f"https://carrier{number}.example/story/{number}-cities",
                "Sanctuary cities huddle in New York",
                press.WIRE_STORY,
                outlet=f"Carrier {number}",
                wire="Associated Press",
            ),
        )
        assert len(given) <= ALONE + 2 + 3 * number, given


def test_a_page_that_changed_is_found_under_its_new_keys_only(store: Store) -> None:
    place(store, POLITICO)
    changed = replace(POLITICO, headline=VOZ.headline, text=VOZ.text, first_seen=NOON + timedelta(hours=1))
    place(store, changed)
    before, after = (stories.sketch(each).index_keys for each in (POLITICO, changed))
    with store.reading() as c:
        assert sketches.holders(c, before - after, 200) == set()
        assert sketches.holders(c, after - before, 200) == {POLITICO.key}
        assert sketches.holders(c, after & before, 200) == {POLITICO.key}


def take_all(store: Store, campaign: Campaign, some: Sequence[Article]) -> None:
    """Take articles in as a sweep does, for one campaign."""
    with store.writing() as c:
        if campaigns.version(c, campaign.slug) is None:
            campaigns.save(c, campaign, "Ana", NOON)
    intake = Intake(store, (campaign,), REAL, clock)
    for article in some:
        intake.keep_find(make_find(article))


def kept(store: Store) -> set[Link]:
    """All links that are kept."""
    with store.reading() as c:
        return {link for ids in stored.every(c) for link in links.of_stories(c, ids)}


def ends(found: set[Link]) -> set[frozenset[str]]:
    """Between which stories."""
    return {frozenset((link.one, link.other)) for link in found}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_links_are_those_of_stories_that_mention_somebody_in_whatever_order_they_came(
    store: Store, seed: int
) -> None:
    some = [ARTICLES[name] for name in sorted(ARTICLES) if name.startswith(("senator", "strike", "plant"))]
    Random(seed).shuffle(some)
    take_all(store, HEIRS, some)
    with store.reading() as c:
        homes = stored.of_articles(c, [article.key for article in some])
    every = {
        frozenset((homes[one.key], homes[kin.key]))
        for one in some
        for kin in stories.relate(stories.sketch(one), [stories.sketch(other) for other in some])
    }
    told = {homes[article.key] for article in some if "successor" in article.text}
    expected = {pair for pair in every if pair & told}
    assert expected and expected < every
    assert ends(kept(store)) == expected
    before = kept(store)
    regroup(store, REAL, NOON)
    assert kept(store) == before


def test_who_mentions_a_campaign_only_since_a_rematch_has_kin_from_then_on(store: Store) -> None:
    take_all(store, NOBODY, [POLITICO, HILL, VOZ])
    assert kept(store) == set()
    with store.writing() as c:
        campaigns.save(c, HEIRS, "Ana", NOON)
    rematch(store, HEIRS, REAL)
    assert {link.relation for link in kept(store)} == {Relation.REWRITE, Relation.RELATED}
    assert len(kept(store)) == 2
    # What comes later and mentions nobody finds the story that does.
    take_all(store, HEIRS, [ARTICLES["senator-vox"]])
    assert len(kept(store)) == 3


def versions(number: int) -> list[Article]:
    """So many versions of one page, each with one sentence in twenty its own: a chain longer than a look."""
    chance = Random(5)
    text = [sentence(chance) for _ in range(20)]
    made = []
    for order in range(number):
        url = f"https://paper.example/news/version-{order}"
        made.append(press.article(url, "The verdict in the trial of the mayor", tuple(text), outlet="Paper"))
        text = [*text[1:], sentence(chance)]
    return made


def sentence(chance: Random) -> str:
    """Fifteen words that nobody else has."""
    return " ".join("".join(chance.choices("abcdeilmnorstu", k=6)) for _ in range(15)) + "."


def test_grouping_anew_gives_the_stories_of_all_whatever_was_placed_before(sqlite_store: Store) -> None:
    chain = versions(60)
    expected = stories.group(map(stories.sketch, chain))
    Random(1).shuffle(chain)
    with sqlite_store.writing() as c:
        for article in chain:
            articles.keep(c, article)
        resketch(c, chain, REAL)
        place_some(c, [article.key for article in chain[:3]], REAL, NOON)
    regroup(sqlite_store, REAL, NOON)
    assert all_stories(sqlite_store) == expected
    left = try_regroup(sqlite_store, REAL)
    assert (left.before, left.after) == ((), ())


def test_a_chain_longer_than_a_placement_looks_at_is_settled_as_grouping_all_would(store: Store) -> None:
    chain = versions(30)
    expected = stories.group(map(stories.sketch, chain))
    Random(1).shuffle(chain)
    hasty = replace(REAL, place=partial(place_near, reach=Reach(articles=6, compared=20)))
    with store.writing() as c:
        for article in chain:
            articles.keep(c, article)
            take_in(c, article, hasty, NOON)
    assert all_stories(store) != expected
    stopping = threading.Event()
    stopping.set()
    assert settle(store, REAL, NOON, stopping) == 0, "it waits for the next sweep"
    assert settle(store, REAL, NOON) == len(chain)
    assert all_stories(store) == expected
    assert settle(store, REAL, NOON) == 0


def all_stories(store: Store) -> tuple[Story, ...]:
    """The stories that the store has, by id."""
    with store.reading() as c:
        found = [story for ids in stored.every(c) for story in stored.some(c, ids).values()]
    return tuple(sorted(found, key=lambda story: story.id))


def test_what_is_decided_while_all_is_grouped_anew_holds(store: Store) -> None:
    take_all(store, HEIRS, [POLITICO, HILL, VOZ])
    told: list[str] = []

    def group(shelf: Mapping[str, stories.Sketch], wanted: Wishes) -> Iterable[Story]:
        """As the real one, while somebody merges two and a page is taken in."""
        found = list(stories.group_each(shelf, wanted))
        if not told:
            told.append("once")
            desk.merge(store, [POLITICO.key, HILL.key], desk.Signature(by="Ana", at=NOON), REAL)
            take_all(store, HEIRS, [ARTICLES["senator-vox"]])
        return found

    regroup(store, replace(REAL, group=group), NOON)
    with store.reading() as c:
        homes = stored.of_articles(c, [each.key for each in (POLITICO, HILL, ARTICLES["senator-vox"])])
    assert homes[POLITICO.key] == homes[HILL.key] and len(homes) == 3


def test_copies_of_a_large_story_stand_in_order_of_time_whenever_they_came(sqlite_store: Store) -> None:
    chance = Random(2)
    carriers = [
        press.article(
            f"https://carrier{number}.example/story/{number}-cities",
            "Sanctuary cities huddle in New York",
            press.WIRE_STORY,
            outlet=f"Carrier {number}",
            day=f"2017-03-{chance.choice((27, 28))}",
        )
        for number in range(stories.MOST_MEMBERS + 12)
    ]
    costs = [len(place(sqlite_store, carrier)) for carrier in carriers]
    (story,) = stories.group(map(stories.sketch, carriers))
    with sqlite_store.reading() as c:
        (kept_one,) = (each for ids in stored.every(c) for each in stored.some(c, ids).values())
    assert [each.article_key for each in kept_one.members] == [each.article_key for each in story.members]
    assert kept_one.shown == story.shown
    # A large story takes a copy in: it is not read and compared anew.
    assert max(costs[-8:]) <= 2 * ALONE + 12
