"""What people decided outlives whatever the machine thinks next."""

from dataclasses import replace
from datetime import timedelta

import pytest

from aggregator import desk
from aggregator.desk import Signature, View
from aggregator.errors import UnknownSubject, Unusable
from aggregator.records import Decision, Entry, Status
from aggregator.store import campaigns, mentions
from aggregator.store.session import Store
from crawler.records import Article
from tests.aggregator.samples import (
    CAMPAIGN,
    JUDGES,
    NOON,
    judge,
    make_article,
    make_find,
    open_intake,
    take_in,
)

ANA = Signature(by="Ana", at=NOON)
BEN = Signature(by="Ben", at=NOON + timedelta(hours=1))
SLUG = CAMPAIGN.slug


def the_entry(store: Store, article: Article) -> Entry:
    """The entry that an article belongs to."""
    return desk.entry(store, SLUG, article.key)


def headlines(store: Store) -> list[str]:
    """The headlines of the list, in its order."""
    return [item.headline for item in desk.listing(store, SLUG).items]


def undo(store: Store, decision: Decision) -> Decision:
    """Ben takes back a decision."""
    return desk.undo(store, decision.id, BEN, JUDGES)


def test_corrections_outlive_a_new_version_of_the_page(store: Store) -> None:
    article = make_article()
    take_in(store, article)
    desk.correct(store, SLUG, article.key, {"headline": "What we call it"}, ANA)
    desk.accept(store, SLUG, [article.key], ANA)
    changed = replace(article, headline="Sanctuary, anew", first_seen=NOON + timedelta(days=1))
    take_in(store, changed)
    entry = the_entry(store, article)
    assert (entry.headline, entry.status) == ("What we call it", Status.ACCEPTED)
    assert entry.notices == ("Outlet 1 changed the headline; it was: Sanctuary cities meet, part 1",)


def test_what_people_accepted_stays_when_the_machine_changes_its_mind(store: Store) -> None:
    kept, dropped = make_article(1), make_article(2)
    take_in(store, kept, dropped)
    desk.accept(store, SLUG, [kept.key], ANA)
    nothing = replace(CAMPAIGN, pack=replace(CAMPAIGN.pack, names=("unheard of",)))
    with store.writing() as c:
        mentions.replace(c, [judge(article, nothing) for article in (kept, dropped)], NOON)
    desk.rebuild(store)
    [entry] = desk.entries(store, SLUG)
    assert (entry.article, entry.status) == (kept, Status.ACCEPTED)
    assert entry.mention.reason == "it says sanctuary"
    assert entry.notices == ("No longer matches: no word of the pack",)
    assert headlines(store) == [kept.headline]


def test_a_machine_that_joins_a_rejected_copy_takes_nothing_off_the_list(store: Store) -> None:
    kept, other = make_article(1, headline="Mayors meet"), make_article(2, headline="Mayors gather")
    take_in(store, kept, other)
    desk.accept(store, SLUG, [kept.key], ANA)
    desk.reject(store, SLUG, [other.key], BEN)
    take_in(store, replace(other, headline="Mayors meet", first_seen=NOON + timedelta(days=1)))
    entry = the_entry(store, other)
    assert entry.status is Status.ACCEPTED
    assert entry.notices == (
        "A copy that joined this story was decided otherwise (reject) by Ben.",
        "Outlet 2 changed the headline; it was: Mayors gather",
    )
    desk.reject(store, SLUG, [other.key], ANA)
    assert the_entry(store, kept).status is Status.REJECTED


def test_a_copy_that_leaves_an_accepted_story_waits_for_a_decision_of_its_own(store: Store) -> None:
    kept, copy = make_article(1, headline="Mayors meet"), make_article(2, headline="Mayors meet")
    take_in(store, kept, copy)
    desk.accept(store, SLUG, [kept.key], ANA)
    assert the_entry(store, copy).status is Status.ACCEPTED
    take_in(store, replace(copy, headline="Sanctuary", first_seen=NOON + timedelta(days=1)))
    assert the_entry(store, copy).status is Status.WAITING
    assert the_entry(store, kept).status is Status.ACCEPTED


def test_people_merge_and_keep_apart_for_good(store: Store) -> None:
    one, two = make_article(1), make_article(2)
    take_in(store, one, two)
    merged = desk.merge(store, [one.key, two.key], ANA, JUDGES)
    assert [each.key for each in the_entry(store, one).carriers] == [two.key]
    take_in(store, replace(two, headline="Sanctuary, anew", first_seen=NOON + timedelta(days=1)))
    assert len(the_entry(store, one).carriers) == 1
    apart = desk.keep_apart(store, [one.key, two.key], BEN, JUDGES)
    assert the_entry(store, one).carriers == ()
    undo(store, apart)
    assert len(the_entry(store, one).carriers) == 1
    undo(store, merged)
    assert the_entry(store, one).carriers == ()
    assert len(desk.entries(store, SLUG)) == 2


def test_people_choose_the_member_to_show_in_one_campaign_or_in_all(store: Store) -> None:
    one, two = make_article(1, headline="Mayors meet"), make_article(2, headline="Mayors meet")
    take_in(store, one, two)
    assert the_entry(store, one).article == one
    here = desk.show(store, SLUG, two.key, ANA, JUDGES)
    assert the_entry(store, one).article == two
    assert the_entry(store, one).story.shown == one.key
    undo(store, here)
    desk.show(store, None, two.key, ANA, JUDGES)
    assert the_entry(store, one).story.shown == two.key


def test_one_story_needs_two_articles(store: Store) -> None:
    article = make_article()
    take_in(store, article)
    with pytest.raises(Unusable, match="two"):
        desk.merge(store, [article.key], ANA, JUDGES)
    with pytest.raises(UnknownSubject, match="no article"):
        desk.merge(store, [article.key, "nowhere"], ANA, JUDGES)


def test_an_order_set_by_people_is_kept_when_more_is_found(store: Store) -> None:
    one, two, three = (make_article(number) for number in (1, 2, 3))
    take_in(store, one, two)
    desk.accept(store, SLUG, [one.key, two.key], ANA)
    assert headlines(store) == [one.headline, two.headline]
    ordered = desk.reorder(store, SLUG, [two.key, one.key], ANA)
    take_in(store, three)
    desk.accept(store, SLUG, [three.key], ANA)
    assert headlines(store) == [two.headline, one.headline, three.headline]
    undo(store, ordered)
    assert headlines(store) == [one.headline, two.headline, three.headline]


def test_the_desks_made_anew_are_the_desks_as_they_were(store: Store) -> None:
    articles = [make_article(number, headline=f"Sanctuary {number // 2}") for number in range(1, 8)]
    take_in(store, *articles)
    desk.accept(store, SLUG, [articles[0].key, articles[5].key], ANA)
    undo(store, desk.reject(store, SLUG, [articles[3].key], ANA))
    before = [desk.entries(store, SLUG, View(status=status)) for status in Status]
    assert desk.rebuild(store) == 4
    assert [desk.entries(store, SLUG, View(status=status)) for status in Status] == before


def test_two_campaigns_decide_for_themselves(store: Store) -> None:
    other = replace(CAMPAIGN, slug="other", name="Another")
    article = make_article()
    take_in(store, article)
    with store.writing() as c:
        campaigns.save(c, other, "Ben", NOON)
        mentions.replace(c, [judge(article, other)], NOON)
    desk.rebuild(store)
    desk.accept(store, SLUG, [article.key], ANA)
    assert desk.entry(store, "other", article.key).status is Status.WAITING
    assert [len(desk.listing(store, slug).items) for slug in (SLUG, "other")] == [1, 0]


@pytest.mark.parametrize(
    "later",
    [make_article(2, headline=make_article().headline), make_article(text="Another text: city leaders met.")],
    ids=["a copy", "another version"],
)
def test_what_is_on_the_list_of_an_ended_campaign_stays_there(store: Store, later: Article) -> None:
    first = make_article()
    take_in(store, first)
    desk.accept(store, SLUG, [first.key], ANA)
    listed = headlines(store)
    with store.writing() as c:
        campaigns.retire(c, SLUG, NOON)
    open_intake(store, replace(CAMPAIGN, slug="another")).keep_find(make_find(later))
    assert headlines(store) == listed
    assert desk.entry(store, SLUG, first.key).status is Status.ACCEPTED
    desk.rebuild(store)
    assert headlines(store) == listed
