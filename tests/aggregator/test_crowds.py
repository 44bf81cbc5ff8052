"""A story that very many carry: whatever happens, the desks say what they say when all is read anew."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from aggregator import desk, stories
from aggregator.errors import Unusable
from aggregator.intake import Intake
from aggregator.records import Entry
from aggregator.rejudge import regroup, try_regroup
from aggregator.store import campaigns, crowds, entries, migrations
from aggregator.store import stories as stored
from aggregator.store.crowd_tables import crowds as crowd_rows
from aggregator.store.session import Connection, Store
from aggregator.store.tables import articles as article_rows
from aggregator.store.tables import entries as entry_rows
from crawler.records import Article
from tests.aggregator.flock import CITIES, HEADLINES, NOBODY, copies, keep_all, working
from tests.aggregator.samples import NOON, clock, make_find
from tests.aggregator.stories import press
from tests.aggregator.test_kin import REAL

ANA = desk.Signature(by="Ana", at=NOON)


class RolledBack(Exception):
    """Nothing of this transaction is kept."""


def rows_of(c: Connection) -> list[tuple[Any, ...]]:
    """All places at all desks."""
    query = select(entry_rows).order_by(entry_rows.c.campaign, entry_rows.c.story_id)
    return [tuple(row) for row in c.execute(query)]


def told_of(c: Connection) -> list[Entry]:
    """All entries of the campaign, as they are read, but for the notices, which are of fewer members."""
    ids = [story_id for batch in stored.every(c) for story_id in batch]
    found = entries.of_stories(c, CITIES, ids)
    return [replace(found[story_id], notices=()) for story_id in sorted(found)]


def assert_the_same_anew(store: Store) -> None:
    """What stands at the desks is what comes out when all is read anew."""
    with pytest.raises(RolledBack), store.writing() as c:
        kept = rows_of(c), told_of(c)
        crowds.doubt(c)
        told = told_of(c)
        entries.refresh(c, {story_id for batch in stored.every(c) for story_id in batch})
        assert kept == (rows_of(c), told)
        raise RolledBack


def assert_nothing_is_lost(store: Store, known: Sequence[Article]) -> None:
    """Each article is in a story, and what is kept beside a story is what its members say."""
    with store.reading() as c:
        found = [story for ids in stored.every(c) for story in stored.some(c, ids).values()]
        kept = crowds.some(c, [story.id for story in found])
    members = Counter(member.article_key for story in found for member in story.members)
    assert members == Counter(article.key for article in known)
    assert kept == {story.id: stories.crowd_of(story) for story in found if story.id in kept}


def is_kept(store: Store) -> bool:
    """Whether something is kept of a very large story for the desks."""
    with store.reading() as c:
        return bool(list(c.scalars(select(crowd_rows.c.story_id).where(crowd_rows.c.desks.is_not(None)))))


def act(store: Store, known: Sequence[Article], chance: Random) -> None:
    """Something that a person does about one of these articles, or takes back."""
    key = chance.choice(known).key
    other = chance.choice(known).key
    name = CITIES.slug
    acts: list[Callable[[], object]] = [
        lambda: desk.accept(store, name, [key], ANA),
        lambda: desk.reject(store, name, [key], ANA),
        lambda: desk.star(store, name, [key], ANA),
        lambda: desk.show(store, name, key, ANA, REAL),
        lambda: desk.correct(store, name, key, {"outlet": "The Wire"}, ANA),
        lambda: desk.split(store, key, ANA, REAL),
        lambda: desk.keep_apart(store, [key, other], ANA, REAL) if key != other else None,
        lambda: desk.merge(store, [key, other], ANA, REAL) if key != other else None,
        lambda: desk.undo(store, desk.history(store)[0].id, ANA, REAL) if desk.history(store) else None,
    ]
    with suppress(Unusable):  # who is alone cannot be split off
        chance.choice(acts)()


def test_the_desks_say_the_same_as_if_all_were_read_anew_whatever_happens(store: Store) -> None:
    flock = copies(42)
    Random(1).shuffle(flock)
    live_through(store, flock)


def test_they_do_so_where_the_newest_copies_come_first(sqlite_store: Store) -> None:
    live_through(sqlite_store, sorted(copies(36), key=lambda article: article.first_seen, reverse=True))


def live_through(store: Store, flock: Sequence[Article]) -> None:
    """Take these in one by one, while people decide and pages change; look at each step."""
    chance = Random(1)
    with store.writing() as c:
        for each in (CITIES, NOBODY):
            campaigns.save(c, each, "Ana", NOON)
    intake = Intake(store, (CITIES, NOBODY), REAL, clock)
    times = 0
    for number, article in enumerate(flock):
        intake.keep_find(make_find(article))
        if number < stories.MOST_MEMBERS:
            continue
        if chance.random() < 0.3:
            act(store, flock[:number], chance)
        if chance.random() < 0.4:
            again = shown(store) if chance.random() < 0.5 else chance.choice(flock[:number])
            later = again.first_seen + timedelta(days=1)
            headline = chance.choice((*HEADLINES, "Sanctuary cities meet"))
            intake.keep_find(make_find(replace(again, headline=headline, first_seen=later)))
        times += is_kept(store)
        assert_the_same_anew(store)
        assert_nothing_is_lost(store, flock[: number + 1])
    assert times > 6
    regroup(store, REAL, NOON)
    assert_the_same_anew(store)
    assert_nothing_is_lost(store, flock)
    left = try_regroup(store, REAL)
    assert (left.before, left.after) == ((), ())


def shown(store: Store) -> Article:
    """What is shown of the largest entry."""
    return max(desk.entries(store, CITIES.slug), key=lambda entry: len(entry.carriers)).article


def crowded(store: Store) -> tuple[Intake, list[Article]]:
    """A store with a story of which something is kept, and the copies in it."""
    flock = copies(40)
    keep_all(store, flock[:-1], CITIES)
    intake = Intake(store, (CITIES,), REAL, clock)
    intake.keep_find(make_find(flock[-1]))
    assert is_kept(store)
    return intake, flock


def test_what_was_decided_about_a_page_counts_when_it_turns_into_a_copy(sqlite_store: Store) -> None:
    intake, flock = crowded(sqlite_store)
    text = press.article("https://late.example/a", "Sanctuary elsewhere", press.NBC_STORY, outlet="Late")
    intake.keep_find(make_find(text))
    desk.reject(sqlite_store, CITIES.slug, [text.key], ANA)
    later = text.first_seen + timedelta(hours=1)
    changed = replace(text, headline=flock[-1].headline, text=flock[-1].text, first_seen=later)
    intake.keep_find(make_find(changed))
    assert_the_same_anew(sqlite_store)
    [entry] = desk.entries(sqlite_store, CITIES.slug)
    assert entry.status == "rejected" and len(entry.carriers) == len(flock)


def test_when_the_shown_page_mentions_the_campaign_no_more_another_is_shown(sqlite_store: Store) -> None:
    intake, _ = crowded(sqlite_store)
    seen = set()
    for _ in range(4):
        before = shown(sqlite_store)
        seen.add(before.key)
        later = before.first_seen + timedelta(hours=1)
        intake.keep_find(make_find(replace(before, headline="Mayors meet", first_seen=later)))
        assert_the_same_anew(sqlite_store)
    assert len(seen) == 4


def test_a_database_of_the_former_form_says_the_same_after_the_step(store: Store) -> None:
    flock = copies(30)
    keep_all(store, flock, CITIES)
    steps = migrations.known()
    [step] = [each.name[:4] for each in (migrations.HERE / "versions").glob("*_crowds.py")]
    with store.writing() as c:
        before = stored.holding(c, [flock[0].key]), told_of(c)
        addresses = addresses_in(c)
        migrations.downgrade(c, steps[steps.index(step) - 1])
        migrations.upgrade(c)
        assert (stored.holding(c, [flock[0].key]), told_of(c)) == before
        assert addresses_in(c) == addresses


def addresses_in(c: Connection) -> set[tuple[Any, ...]]:
    """What is kept beside each article."""
    return {tuple(row) for row in c.execute(select(article_rows))}


def test_a_page_that_changes_in_an_accepted_story_costs_no_look_at_the_others(sqlite_store: Store) -> None:
    intake, flock = crowded(sqlite_store)
    desk.accept(sqlite_store, CITIES.slug, [flock[0].key], ANA)
    with sqlite_store.reading() as c:
        [kept] = crowds.desks(c, list(stored.of_articles(c, [flock[0].key]).values())).values()
    page = next(each for each in flock if each.key not in kept.heads and each.key != shown(sqlite_store).key)
    later = page.first_seen + timedelta(hours=1)
    changed = replace(page, headline="Mayors meet", first_seen=later)
    with working() as count:
        intake.keep_find(make_find(changed))
    assert count["articles unpacked"] < 10 < len(flock)
    assert_the_same_anew(sqlite_store)
