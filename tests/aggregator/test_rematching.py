"""A re-match that is stopped half-way goes on where it was, and gives way to one for a newer version."""

import multiprocessing
import threading
from dataclasses import replace
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

from aggregator.cli.room import make_room
from aggregator.matching import Matcher
from aggregator.matching.matcher import Verdicts
from aggregator.matching.needs import need_of
from aggregator.records import Campaign
from aggregator.rematching import BATCH, Course, Rematch, rematch
from aggregator.runs import House
from aggregator.settings import Settings
from aggregator.store import articles, campaigns, mentions, rematches, search
from aggregator.store.rematches import Standing
from aggregator.store.session import Store
from crawler.outlets import Directory
from crawler.records import Article
from tests.aggregator.samples import JUDGES, NOON, make_article

REAL = replace(JUDGES, matcher=Matcher)

RAIN = Campaign(slug="rain", name="Rain", rule="rain")
MORE = 20
ALL = BATCH + MORE
WITHOUT_A_NEED = Campaign(slug="rain", name="Rain", rule="rain OR lang:xx")


def fill(store: Store) -> None:
    """Articles for a batch and a bit of another."""
    with store.writing() as c:
        for number in range(1, ALL + 1):
            kept = articles.keep(c, make_article(number, headline=f"Rain {number}", text="It rains."))
            search.keep(c, kept.article.key)


def match(store: Store, campaign: Campaign) -> Rematch:
    """The re-match, to its end."""
    return rematch(store, campaign, REAL, need_of(campaign))


def standing_of(store: Store) -> Standing:
    with store.reading() as c:
        standing = rematches.standing(c, RAIN.slug)
    assert standing is not None
    return standing


def match_and_hang(url: str, campaign: Campaign, told: Pipe) -> None:
    """In a process of its own: match a batch, say so, and never go on."""

    def hang(done: int, of: int) -> None:
        told.send((done, of))
        threading.Event().wait()

    rematch(Store.open(url), campaign, REAL, need_of(campaign), Course(tell=hang))


def kill_half_way(store: Store, campaign: Campaign) -> None:
    """Let a process match a batch, and kill it."""
    ours, theirs = multiprocessing.Pipe()
    spawning = multiprocessing.get_context("spawn")
    process = spawning.Process(target=match_and_hang, args=(store.url, campaign, theirs))
    process.start()
    try:
        assert ours.poll(60)
        assert ours.recv() == (BATCH, ALL)
    finally:
        process.kill()
        process.join()


def test_what_was_killed_half_way_goes_on_there_and_loses_nothing(store: Store) -> None:
    fill(store)
    kill_half_way(store, RAIN)
    stopped = standing_of(store)
    assert (stopped.done, stopped.wanted, stopped.gained, stopped.ended) == (BATCH, ALL, BATCH, False)
    with store.reading() as c:
        assert rematches.unfinished(c) == ["rain"]
        assert len(mentions.keys_of(c, "rain")) == BATCH
    assert match(store, RAIN).looked_at == MORE
    done = standing_of(store)
    assert (done.done, done.gained, done.lost, done.ended) == (ALL, ALL, 0, True)
    with store.reading() as c:
        assert rematches.unfinished(c) == []
        assert len(mentions.keys_of(c, "rain")) == ALL


def test_the_desk_goes_on_with_what_was_left_when_it_is_opened_again(
    sqlite_store: Store, tmp_path: Path
) -> None:
    fill(sqlite_store)
    with sqlite_store.writing() as c:
        rematches.ask(c, campaigns.save(c, RAIN, "Ana", NOON))
    made = Settings(
        folder=tmp_path,
        organisation="Rain",
        contact="mailto:a@rain.example",
        database=sqlite_store.url,
        exports=tmp_path,
    )
    make_room(
        House(settings=made, store=sqlite_store, directory=Directory(()), sources=()), clock=lambda: NOON
    )
    for thread in threading.enumerate():
        if thread.name == "rematch rain":
            thread.join(60)
    done = standing_of(sqlite_store)
    assert (done.done, done.gained, done.ended) == (ALL, ALL, True)


def test_all_articles_are_read_in_batches_where_any_may_match_and_one_that_ended_begins_anew(
    store: Store,
) -> None:
    fill(store)
    for gained in (ALL, 0):
        made = match(store, WITHOUT_A_NEED)
        assert (made.looked_at, made.gained_in_all, made.lost_in_all) == (ALL, gained, 0)
        assert standing_of(store).ended


def test_a_page_that_changes_while_it_is_judged_is_judged_as_it_is_then(store: Store) -> None:
    fill(store)
    sun = make_article(1, headline="Sun 1", text="It shines.")

    class Slow(Matcher):
        """As the real one, while a sweep reads the first page anew."""

        def judge(self, article: Article) -> Verdicts:
            if article.key == sun.key and article.headline != sun.headline:
                with store.writing() as c:
                    articles.keep(c, sun)
            return super().judge(article)

    assert rematch(store, RAIN, replace(REAL, matcher=Slow), need_of(RAIN)).gained_in_all == ALL - 1
    with store.reading() as c:
        assert sun.key not in mentions.keys_of(c, RAIN.slug)


def test_a_newer_version_takes_over(store: Store) -> None:
    fill(store)
    newer = replace(RAIN, version=2)

    def save_another(done: int, of: int) -> None:
        with store.writing() as c:
            rematches.ask(c, newer)

    assert rematch(store, RAIN, REAL, need_of(RAIN), Course(tell=save_another)).looked_at == ALL
    assert standing_of(store) == Standing(campaign="rain", version=2)
    with store.reading() as c:
        assert len(mentions.keys_of(c, "rain")) == BATCH
    assert match(store, newer).looked_at == ALL
    assert standing_of(store).ended
