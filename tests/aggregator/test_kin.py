"""Kin of stories in the store and at the desk: found in any order, dismissed for good, merged by a click."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from aggregator import desk, stories
from aggregator.desk import Signature
from aggregator.errors import Unusable
from aggregator.intake import Intake
from aggregator.records import Campaign, Entry, Kin, Link, Pack, Relation, Verdict
from aggregator.rejudge import regroup
from aggregator.store import campaigns, links
from aggregator.store import stories as stored
from aggregator.store.session import Store
from crawler.records import Article
from tests.aggregator.samples import JUDGES, NOON, clock, make_find
from tests.aggregator.stories import press
from tests.aggregator.stories.kin_press import ARTICLES, LABELS

ANA = Signature(by="Ana", at=NOON)
EVERYTHING = Campaign(slug="all", name="All", pack=Pack(names=("a",)))
REAL = replace(
    JUDGES,
    sketch=stories.sketch,
    read_sketch=stories.Sketch.from_json,
    place=stories.place,
    settle=stories.settle,
    group=stories.group_each,
    conflicts=stories.conflicts,
    relate=stories.relate,
    asked_of_kin=stories.asked_of_kin,
)
SENATOR = [ARTICLES[name] for name in ("senator-politico", "senator-hill", "senator-voz", "senator-own")]


def take_in(store: Store, articles: Sequence[Article]) -> None:
    """Take the articles in as a sweep would, with the real grouping."""
    with store.writing() as c:
        if campaigns.version(c, EVERYTHING.slug) is None:
            campaigns.save(c, EVERYTHING, "Ana", NOON)
    intake = Intake(store, (EVERYTHING,), REAL, clock)
    for article in articles:
        intake.keep_find(make_find(article))


def entry_of(store: Store, article: Article) -> Entry:
    """The article's entry, with its kin."""
    [entry] = desk.with_kin(store, [desk.entry(store, EVERYTHING.slug, article.key)])
    return entry


def kin_of(store: Store, name: str) -> list[tuple[Relation, str]]:
    """How the entry of a report is kin, and to which outlets."""
    return [(kin.relation, kin.outlet) for kin in entry_of(store, ARTICLES[name]).kin]


def kept(store: Store) -> set[Link]:
    """All links that are kept."""
    with store.reading() as c:
        return {link for ids in stored.every(c) for link in links.of_stories(c, ids)}


def test_links_are_the_same_in_whatever_order_the_articles_came(store: Store) -> None:
    every = sorted(ARTICLES.values(), key=lambda article: article.key)
    Random(3).shuffle(every)
    take_in(store, every)
    found = kept(store)
    assert len(found) >= 0.75 * len(LABELS)
    # Everything comes again, otherwise and changed back: pages are updated, stories move.
    Random(4).shuffle(every)
    take_in(store, [replace(each, text=f"{each.text} Correction.") for each in every[:12]])
    take_in(store, every)
    assert kept(store) == found
    with store.writing() as c:
        links.replace(c, {end for link in found for end in (link.one, link.other)}, ())
    assert kept(store) == set()
    regroup(store, REAL, NOON)
    assert kept(store) == found


def test_an_entry_names_its_kin_with_the_reason(store: Store) -> None:
    take_in(store, SENATOR)
    found = {kin.outlet: kin for kin in entry_of(store, ARTICLES["senator-politico"]).kin}
    assert {outlet: kin.relation for outlet, kin in found.items()} == {
        "The Hill": Relation.REWRITE,
        "La Voz del Valle": Relation.REWRITE,
        "Capital Gazette": Relation.RELATED,
    }
    hill: Kin = found["The Hill"]
    assert not hill.comes_from_it and hill.headline == ARTICLES["senator-hill"].headline
    assert "credits Politico" in hill.reason and "Della Crane" in hill.reason and "same day" in hill.reason
    [source] = [kin for kin in entry_of(store, ARTICLES["senator-hill"]).kin if kin.outlet == "Politico"]
    assert source.comes_from_it


def test_what_people_say_is_unrelated_stays_so_and_can_be_undone(store: Store) -> None:
    take_in(store, SENATOR)
    politico, hill = ARTICLES["senator-politico"], ARTICLES["senator-hill"]
    said = desk.unrelated(store, [politico.key, hill.key], ANA)
    assert "The Hill" not in [outlet for _, outlet in kin_of(store, "senator-politico")]
    assert "Politico" not in [outlet for _, outlet in kin_of(store, "senator-hill")]
    take_in(store, [replace(hill, text=f"{hill.text} Updated.", first_seen=NOON + timedelta(days=1))])
    regroup(store, REAL, NOON)
    assert "The Hill" not in [outlet for _, outlet in kin_of(store, "senator-politico")]
    desk.undo(store, said.id, ANA, REAL)
    assert (Relation.REWRITE, "The Hill") in kin_of(store, "senator-politico")
    with pytest.raises(Unusable, match="name two"):
        desk.unrelated(store, [politico.key], ANA)


def test_an_unrelated_pair_leaves_the_list_as_it_was(store: Store) -> None:
    take_in(store, SENATOR)
    keys = [article.key for article in SENATOR[:2]]
    desk.accept(store, EVERYTHING.slug, keys[:1], ANA)
    before = desk.listing(store, EVERYTHING.slug)
    desk.unrelated(store, keys, replace(ANA, at=NOON + timedelta(hours=5)))
    assert desk.listing(store, EVERYTHING.slug) == before


def test_kin_that_are_merged_are_one_story_and_no_kin(store: Store) -> None:
    take_in(store, SENATOR)
    merged = desk.merge(store, [SENATOR[0].key, SENATOR[1].key], ANA, REAL)
    entry = entry_of(store, SENATOR[0])
    assert len(entry.carriers) == 1
    assert not {"Politico", "The Hill"} & {kin.outlet for kin in entry.kin}
    desk.undo(store, merged.id, ANA, REAL)
    assert (Relation.REWRITE, "The Hill") in kin_of(store, "senator-politico")


def copies(number: int) -> list[Article]:
    """A wire story at so many outlets."""
    return [
        press.article(
            f"https://carrier{order}.example/story/{order}-cities",
            "Sanctuary cities huddle in New York",
            press.WIRE_STORY,
            outlet=f"Carrier {order}",
            wire="Associated Press",
        )
        for order in range(number)
    ]


def test_a_copy_that_is_split_off_comes_back_with_one_undo(store: Store) -> None:
    carriers = copies(5)
    take_in(store, carriers)
    taken = desk.split(store, carriers[2].key, ANA, REAL)
    assert (taken.verdict, taken.subjects) == (Verdict.SPLIT, (carriers[2].key,))
    assert len(entry_of(store, carriers[0]).carriers) == 3
    assert entry_of(store, carriers[2]).carriers == ()
    take_in(store, [replace(carriers[2], headline="A new headline for it", first_seen=NOON)])
    regroup(store, REAL, NOON)
    assert entry_of(store, carriers[2]).carriers == ()
    desk.undo(store, taken.id, ANA, REAL)
    assert len(entry_of(store, carriers[2]).carriers) == 4


def test_a_copy_that_was_split_off_can_be_merged_back_with_any_one_of_them(store: Store) -> None:
    carriers = copies(4)
    take_in(store, carriers)
    desk.split(store, carriers[3].key, ANA, REAL)
    desk.merge(store, [carriers[3].key, carriers[1].key], ANA, REAL)
    assert len(entry_of(store, carriers[3]).carriers) == 3
    again = desk.split(store, carriers[3].key, ANA, REAL)
    assert entry_of(store, carriers[3]).carriers == ()
    desk.undo(store, again.id, ANA, REAL)
    assert len(entry_of(store, carriers[3]).carriers) == 3


def test_what_is_alone_cannot_be_split(store: Store) -> None:
    take_in(store, SENATOR[:1])
    with pytest.raises(Unusable, match="alone"):
        desk.split(store, SENATOR[0].key, ANA, REAL)
