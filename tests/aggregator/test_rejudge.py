"""Judging again what is stored: first what would change, then the change; decisions stand in both."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from aggregator import desk
from aggregator.adding import Brought, add
from aggregator.desk import Signature
from aggregator.records import Status
from aggregator.rejudge import regroup, try_regroup
from aggregator.rematching import rematch, try_rematch
from aggregator.store import campaigns, stories
from aggregator.store.session import Store
from tests.aggregator.samples import CAMPAIGN, JUDGES, NOON, WordMatcher, make_article, take_in

ANA = Signature(by="Ana", at=NOON)
SLUG = CAMPAIGN.slug
ABOUT_RAIN = replace(CAMPAIGN, pack=replace(CAMPAIGN.pack, names=("rain", "blizzard")))


def fill(store: Store) -> None:
    """Two articles about the campaign, one of them accepted, one about rain, one about nothing."""
    rain = make_article(3, headline="Rain", text="It rains.")
    take_in(store, make_article(1), make_article(2), rain, make_article(4, headline="Sun", text="Sun."))
    desk.accept(store, SLUG, [make_article(1).key], ANA)


def test_a_changed_rule_says_first_what_it_would_change(store: Store) -> None:
    fill(store)
    before = desk.entries(store, SLUG)
    tried = try_rematch(store, ABOUT_RAIN, WordMatcher([ABOUT_RAIN]))
    assert tried.looked_at == 4
    assert [one.article_key for one in tried.gained] == [make_article(3).key]
    assert sorted(one.article_key for one in tried.lost) == [make_article(1).key, make_article(2).key]
    assert tried.accepted_lost == (make_article(1).key,)
    assert desk.entries(store, SLUG) == before


def test_a_changed_rule_is_made_to_hold_and_loses_nothing_that_was_accepted(store: Store) -> None:
    fill(store)
    tried = try_rematch(store, ABOUT_RAIN, WordMatcher([ABOUT_RAIN]))
    with store.writing() as c:
        saved = campaigns.save(c, ABOUT_RAIN, "Ana", NOON)
    done = rematch(store, saved, JUDGES)
    assert (done.lost, done.accepted_lost, len(done.gained)) == (tried.lost, tried.accepted_lost, 1)
    found = {entry.article.key: entry for entry in desk.entries(store, SLUG)}
    assert sorted(found) == [make_article(1).key, make_article(3).key]
    assert found[make_article(1).key].notices == ("No longer matches: no word of the pack",)
    assert found[make_article(3).key].status is Status.WAITING
    again = rematch(store, saved, JUDGES)
    assert (again.gained, again.lost) == ((), ())


def test_a_rule_changed_back_gives_back_what_it_lost(store: Store) -> None:
    fill(store)
    before = desk.entries(store, SLUG)
    for form in (ABOUT_RAIN, CAMPAIGN):
        rematch(store, form, JUDGES)
    assert desk.entries(store, SLUG) == before


def test_an_entry_whose_copy_still_matches_is_not_reported_as_lost(store: Store) -> None:
    with_rain = make_article(2, headline="Mayors meet", text="Mayors meet on sanctuary in the rain.")
    take_in(store, make_article(1, headline="Mayors meet"), with_rain)
    desk.accept(store, SLUG, [make_article(1).key], ANA)
    tried = try_rematch(store, ABOUT_RAIN, WordMatcher([ABOUT_RAIN]))
    assert [one.article_key for one in tried.lost] == [make_article(1).key]
    assert tried.accepted_lost == ()


def test_what_a_person_brought_stays_at_the_desk_whatever_the_rules_say(store: Store) -> None:
    rain = make_article(3, headline="Rain", text="It rains.")
    fill(store)
    brought = Brought(articles=[rain, make_article(2)])
    assert add(store, SLUG, brought, ANA, JUDGES) == [rain.key, make_article(2).key]
    blizzard = replace(CAMPAIGN, pack=replace(CAMPAIGN.pack, names=("blizzard",)))
    for form in (ABOUT_RAIN, blizzard):
        lost = {one.article_key for one in rematch(store, form, JUDGES).lost}
        assert lost.isdisjoint({rain.key, make_article(2).key}), "what stays is not told as lost"
    take_in(store, replace(rain, text="It rains no more.", first_seen=NOON + timedelta(days=1)))
    found = {entry.article.key: entry.status for entry in desk.entries(store, SLUG)}
    assert found == {
        make_article(1).key: Status.ACCEPTED,
        make_article(2).key: Status.WAITING,
        rain.key: Status.WAITING,
    }


@pytest.mark.parametrize("seed", range(3))
def test_grouping_one_by_one_and_all_at_once_give_the_same_stories(store: Store, seed: int) -> None:
    many = [make_article(number, headline=f"Sanctuary {number % 4}") for number in range(1, 13)]
    take_in(store, *Random(seed).sample(many, len(many)))
    desk.merge(store, [many[0].key, many[1].key], ANA, JUDGES)
    desk.keep_apart(store, [many[2].key, many[6].key], ANA, JUDGES)
    tried = try_regroup(store, JUDGES)
    assert (tried.looked_at, tried.before, tried.after) == (12, (), ())
    [conflict] = tried.conflicts
    assert (conflict.keys, conflict.reason) == (frozenset({many[0].key, many[1].key}), "the headlines differ")


def test_regrouping_says_first_what_it_changes_and_then_does_it(store: Store) -> None:
    one, two, three = (make_article(number, headline="Mayors meet") for number in (1, 2, 3))
    take_in(store, one, two, three)
    desk.accept(store, SLUG, [one.key], ANA)
    right = desk.entries(store, SLUG)
    with store.writing() as c:
        [story] = stories.some(c, stories.of_articles(c, [one.key]).values()).values()
        split = replace(story, id="wrong", members=story.members[2:], shown=three.key)
        stories.save(c, [replace(story, members=story.members[:2]), split], NOON)
    desk.rebuild(store)
    assert len(desk.entries(store, SLUG)) == 2
    tried = try_regroup(store, JUDGES)
    assert [len(one.members) for one in tried.after] == [3]
    assert sorted(len(one.members) for one in tried.before) == [1, 2]
    assert regroup(store, JUDGES, NOON + timedelta(days=1)) == tried
    assert desk.entries(store, SLUG) == right
    assert try_regroup(store, JUDGES).after == ()
