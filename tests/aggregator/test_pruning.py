"""Forgetting: what is old and matters to nobody goes, everything else stays."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select

from aggregator import desk
from aggregator.desk import Signature
from aggregator.records import Link, Relation
from aggregator.rematching import rematch
from aggregator.store import articles, holds, kin, leads, links, pages
from aggregator.store import stories as stored
from aggregator.store.pruning import BATCH, Pruned, prune
from aggregator.store.session import Store
from aggregator.store.tables import members, metadata, stories
from crawler.records import Article, Page
from tests.aggregator.samples import (
    CAMPAIGN,
    JUDGES,
    NOON,
    make_article,
    make_find,
    open_intake,
    take_in,
)

ANA = Signature(by="Ana", at=NOON)
LATER = NOON + timedelta(days=1)


def about_nothing(number: int, **changes: object) -> Article:
    """An article that mentions no campaign."""
    return make_article(number, headline=f"Rain {number}", text="It rains.", **changes)


def keys(store: Store) -> set[str]:
    """The keys of all stored articles."""
    with store.reading() as c:
        return {article.key for batch in articles.every(c) for article in batch}


def test_only_what_is_old_and_matters_to_nobody_goes(store: Store) -> None:
    mentioned, ordinary = make_article(1), about_nothing(2)
    recent = about_nothing(3, first_seen=NOON + timedelta(days=2))
    copy = replace(about_nothing(4), headline=mentioned.headline)
    take_in(store, mentioned, ordinary, recent, copy)
    assert prune(store, LATER).articles == 1
    assert keys(store) == {mentioned.key, recent.key, copy.key}
    with store.reading() as c:
        assert articles.known_as(c, ordinary.url) == []
        assert c.scalar(select(func.count()).select_from(stories)) == 2
        assert leads.find(c, ordinary.url) is not None


def test_a_story_that_loses_the_page_it_showed_shows_another_where_it_is_kin(store: Store) -> None:
    ours, old = make_article(1), about_nothing(2)
    recent = replace(about_nothing(3, first_seen=NOON + timedelta(days=2)), headline=old.headline)
    take_in(store, ours, old, recent)
    with store.writing() as c:
        home = stored.of_articles(c, [ours.key, old.key, recent.key])
        assert home[old.key] == home[recent.key] and stored.shown_of(c, [home[old.key]]) == {
            home[old.key]: old.key
        }
        one, other = sorted((home[ours.key], home[old.key]))
        near = Link(one=one, other=other, relation=Relation.RELATED, reason="the same flood", strength=1.0)
        links.replace(c, [one], [near])
    assert prune(store, LATER).articles == 1
    with store.reading() as c:
        [shown] = kin.of_stories(c, [home[ours.key]])[home[ours.key]]
    assert shown.key == recent.key


def test_what_a_person_ever_decided_about_stays_though_it_matches_no_longer(store: Store) -> None:
    undecided, decided = make_article(1), make_article(2)
    take_in(store, undecided, decided)
    desk.undo(store, desk.reject(store, CAMPAIGN.slug, [decided.key], ANA).id, ANA, JUDGES)
    other = replace(CAMPAIGN, pack=replace(CAMPAIGN.pack, names=("blizzard",)))
    rematch(store, other, JUDGES)
    assert prune(store, LATER).articles == 1
    assert keys(store) == {decided.key}
    assert len(desk.history(store)) == 2


def test_pauses_that_were_over_then_are_forgotten(store: Store) -> None:
    with store.writing() as c:
        holds.hold(c, "past.example", NOON)
        holds.hold(c, "present.example", LATER + timedelta(hours=1))
    prune(store, LATER)
    with store.reading() as c:
        assert holds.held(c, NOON - timedelta(days=1)).keys() == {"present.example"}


def test_pages_go_and_their_articles_stay(store: Store) -> None:
    article = make_article(1)
    page = Page(
        requested_url=article.url,
        final_url=article.url,
        status=200,
        headers=(),
        body=b"<html>",
        fetched_at=NOON,
    )
    open_intake(store).keep_find(make_find(article, page=page))
    assert prune(store, LATER) == Pruned(pages=1, polls=0, articles=0)
    with store.reading() as c:
        assert list(pages.every(c)) == []
        assert articles.get(c, article.key) == article


def test_forgetting_goes_on_until_all_is_done(sqlite_store: Store) -> None:
    take_in(sqlite_store, *[about_nothing(number) for number in range(BATCH + 20)])
    assert prune(sqlite_store, LATER).articles == BATCH + 20
    with sqlite_store.reading() as c:
        for name in (
            "articles",
            "article_versions",
            "article_addresses",
            "sketches",
            "index_keys",
            "stories",
        ):
            assert c.scalar(select(func.count()).select_from(metadata.tables[name])) == 0
        assert c.scalar(select(func.count()).select_from(members)) == 0
    assert prune(sqlite_store, LATER).articles == 0
