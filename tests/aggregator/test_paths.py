"""By which paths a campaign's stories were found: facts that are kept, sums that are told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from aggregator import desk
from aggregator.adding import Brought, add
from aggregator.paths import Found, Piece, Sighting, Yield, sentence, tell
from aggregator.records import Pack
from aggregator.store import sightings, sources
from aggregator.store.session import Store
from crawler.records import (
    Access,
    Find,
    FindOutcome,
    Lead,
    Moment,
    Poll,
    PollOutcome,
    PollState,
    Precision,
    Source,
    SourceKind,
)
from tests.aggregator.samples import CAMPAIGN, JUDGES, NOON, make_article, make_find, open_intake, take_in

FEED = Source(id="feed-1", kind=SourceKind.FEED, url="https://outlet.example/feed")
SITEMAP = Source(id="sitemap-1", kind=SourceKind.SITEMAP, url="https://outlet.example/news.xml")
SEARCH = Source(id="search-1", kind=SourceKind.SEARCH, url="https://search.example/?q=sanctuary")
SIGNED = desk.Signature(by="Ana", at=NOON + timedelta(hours=5))


def sight(source: Source, number: int, minutes: int | None = 0) -> Sighting:
    """The source saw the article of this number so many minutes after noon."""
    seen_at = None if minutes is None else NOON + timedelta(minutes=minutes)
    return Sighting(
        article_key=f"a{number}", source_id=source.id, path=source.kind, url=source.url, seen_at=seen_at
    )


def piece(number: int, story: int | None = None, precision: Precision = Precision.INSTANT) -> Piece:
    """The article of this number, published at noon, in a story of its own or in this one."""
    return Piece(
        article_key=f"a{number}",
        story_id=f"s{story or number}",
        published=Moment(instant=NOON, precision=precision),
    )


def poll(intake_store: Store, source: Source, *numbers: int, minutes: int = 0) -> Sequence[Lead]:
    """A look at the source that shows the articles of these numbers; answers the leads to be read."""
    at = NOON + timedelta(minutes=minutes)
    leads = tuple(
        Lead(url=make_article(number).url, source_id=source.id, found_at=at, headline=f"part {number}")
        for number in numbers
    )
    state = PollState(source_id=source.id, polled_at=at)
    return open_intake(intake_store).keep_poll(
        Poll(source=source, outcome=PollOutcome.NEW, state=state, leads=leads)
    )


def told(store: Store) -> Found:
    """How the campaign's stories were found."""
    with store.reading() as c:
        return sightings.found(c, CAMPAIGN.slug)


def by_name(yields: Sequence[Yield]) -> dict[str, Yield]:
    return {each.name: each for each in yields}


def test_each_path_is_credited_with_what_it_found_what_only_it_found_and_how_fast() -> None:
    found = tell(
        [piece(1), piece(2), piece(3), piece(4, story=3)],
        [
            sight(FEED, 1, 10),
            sight(SITEMAP, 1, 5),
            sight(FEED, 2, 30),
            sight(SEARCH, 3, 120),
            sight(SEARCH, 4, 60),
            sight(FEED, 99, 1),
        ],
    )
    paths = by_name(found.paths)
    assert (found.stories, found.articles) == (3, 4)
    assert paths["feeds"] == Yield(
        name="feeds", path="feed", stories=2, only=1, first=1, articles=2, delay=timedelta(minutes=20)
    )
    assert (paths["news sitemaps"].only, paths["news sitemaps"].first) == (0, 1)
    assert (paths["searches"].stories, paths["searches"].articles) == (1, 2)
    assert by_name(found.sources)[FEED.url].stories == 2


def test_speed_is_told_only_where_the_minute_of_publication_is_known() -> None:
    found = tell([piece(1, precision=Precision.DAY), piece(2)], [sight(FEED, 1, 10), sight(SEARCH, 2, None)])
    assert [each.delay for each in found.paths] == [None, None]
    early = tell([piece(1)], [sight(FEED, 1, -3)])
    assert early.paths[0].delay == timedelta()
    archive = tell([piece(1)], [sight(FEED, 1, 31 * 24 * 60)])
    assert archive.paths[0].delay is None


def test_a_feed_and_the_sitemap_of_one_outlet_do_not_vouch_for_each_other() -> None:
    pieces = [piece(number) for number in range(20)]
    both = [sight(source, number) for number in range(20) for source in (FEED, SITEMAP)]
    told_by_both = tell(pieces, both).estimate
    assert told_by_both.total is None and "one way only" in told_by_both.reason
    searched = tell(pieces, [*both, *(sight(SEARCH, number) for number in range(12))]).estimate
    assert searched.total is not None and searched.twice == 12


def test_the_estimate_is_told_in_plain_words() -> None:
    pieces = [piece(number) for number in range(41)]
    seen = [sight(FEED, number) for number in range(35)] + [sight(SEARCH, number) for number in range(22, 41)]
    words = sentence(tell(pieces, seen).estimate)
    # By hand: 36 * 20 / 14 - 1 = 50.4; 40.5 + 22.5 * 6.5 / 13.5 * exp(± 1.96 * 0.604) = 43.8 and 75.9.
    assert words == ("About 50 stories exist, we hold 41. With 95 % confidence there are between 43 and 76.")
    none = sentence(tell(pieces[:2], seen[:2]).estimate)
    assert none.startswith(
        "We hold 2 stories. How many there are cannot be estimated: everything was found by"
    )
    assert sentence(tell([], []).estimate).startswith("We hold 0 stories.")


def test_a_second_source_is_remembered_and_does_not_have_the_page_read_again(
    store: Store,
) -> None:
    with store.writing() as c:
        sources.register(c, [FEED, SITEMAP, SEARCH])
    assert len(poll(store, FEED, 1, 2)) == 2
    take_in(store, make_article(1), make_article(2))
    assert poll(store, SITEMAP, 1, minutes=20) == []
    assert poll(store, SITEMAP, 1, minutes=90) == []
    found = told(store)
    assert {each.name: (each.stories, each.only, each.delay) for each in found.paths} == {
        "feeds": (2, 1, timedelta()),
        "news sitemaps": (1, 0, timedelta(minutes=20)),
    }


def test_a_page_found_under_two_addresses_is_found_by_both_paths(store: Store) -> None:
    with store.writing() as c:
        sources.register(c, [FEED, SEARCH])
    article = make_article(1)
    wrapped = Lead(url="https://short.example/x1", source_id=SEARCH.id, found_at=NOON)
    intake = open_intake(store)
    poll(store, FEED, 1)
    intake.keep_find(make_find(article))
    state = PollState(source_id=SEARCH.id, polled_at=NOON)
    intake.keep_poll(Poll(source=SEARCH, outcome=PollOutcome.NEW, state=state, leads=(wrapped,)))
    intake.keep_find(Find(lead=wrapped, outcome=FindOutcome.READ, article=article))
    assert {each.name: each.only for each in told(store).paths} == {"feeds": 0, "searches": 0}


def test_a_page_that_only_claims_to_be_another_is_not_found_by_the_others_paths(store: Store) -> None:
    """A site that names one canonical address on all its pages must not lend its paths to all of them."""
    with store.writing() as c:
        sources.register(c, [FEED, SEARCH])
    poll(store, FEED, 1)
    poll(store, SEARCH, 2)
    take_in(store, make_article(1), make_article(2, canonical_url=make_article(1).url))
    assert {each.name: each.articles for each in told(store).paths} == {"feeds": 1, "searches": 1}


def test_what_people_bring_is_a_path_of_its_own_also_when_a_feed_had_it(store: Store) -> None:
    with store.writing() as c:
        sources.register(c, [FEED])
    poll(store, FEED, 1)
    take_in(store, make_article(1))
    brought = [make_article(1), make_article(2, headline="Nobody's word", text="Nothing of it.")]
    add(store, CAMPAIGN.slug, Brought(articles=brought), SIGNED, JUDGES)
    table = Brought(articles=[make_article(3, access=Access.UNREADABLE)], way=SourceKind.TABLE)
    add(store, CAMPAIGN.slug, table, SIGNED, JUDGES)
    paths = by_name(told(store).paths)
    assert (paths["added by hand"].stories, paths["added by hand"].only) == (2, 1)
    assert (paths["tables (CSV)"].stories, paths["feeds"].only) == (1, 0)


def test_what_was_rejected_or_is_only_context_does_not_count(store: Store) -> None:
    campaign = replace(CAMPAIGN, pack=Pack(names=("sanctuary",), context=("deportation",)))
    open_intake(store, campaign)
    poll(store, FEED, 1, 2, 3)
    take_in(
        store,
        make_article(1),
        make_article(2),
        make_article(3, headline="A talk about deportation", text="No more."),
    )
    assert told(store).stories == 2
    desk.reject(store, CAMPAIGN.slug, [make_article(2).key], SIGNED)
    assert told(store).stories == 1
    desk.accept(store, CAMPAIGN.slug, [make_article(3).key], SIGNED)
    assert told(store).stories == 2
