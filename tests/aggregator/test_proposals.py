"""Proposals about where we look: measured, refused for good, never carried out by themselves."""

from collections.abc import Iterable
from datetime import timedelta

from aggregator.adding import Brought, add
from aggregator.proposals import LEAST_LOOKS, Answer, Place, Proposals, Quiet, quiet, to_watch
from aggregator.store import proposals, sources
from aggregator.store.session import Store
from crawler.outlets import Directory
from crawler.records import (
    Access,
    Find,
    FindOutcome,
    Outlet,
    Poll,
    PollOutcome,
    PollState,
    Source,
    SourceKind,
)
from tests.aggregator.samples import (
    CAMPAIGN,
    JUDGES,
    NOON,
    clock,
    make_article,
    make_find,
    open_intake,
    take_in,
)
from tests.aggregator.test_paths import FEED, SEARCH, SIGNED, SITEMAP, piece, poll, sight

DIRECTORY = Directory(
    [Outlet(slug="khq", name="KHQ", domains=("outlet7.example",), home_url="https://outlet7.example/news")]
)
QUIET_FEED = Source(id="feed-9", kind=SourceKind.FEED, url="https://quiet.example/feed")


def told(store: Store, days: int = 0) -> Proposals:
    with store.reading() as c:
        return proposals.every(c, DIRECTORY, NOON + timedelta(days=days))


def look(store: Store, source: Source, times: int, days: int, new_at: int | None = None) -> None:
    """Look so often at a source over the days before `NOON + days`; something new last came on that day."""
    polled = NOON + timedelta(days=days)
    state = PollState(
        source_id=source.id,
        polled_at=polled,
        last_new_at=None if new_at is None else NOON + timedelta(days=new_at),
    )
    with store.writing() as c:
        sources.save_state(c, state)
        for number in range(times):
            at = NOON + timedelta(days=days * number / max(times - 1, 1))
            seen = PollState(source_id=source.id, polled_at=at)
            sources.note_poll(c, Poll(source=source, outcome=PollOutcome.UNCHANGED, state=seen), 0, clock())


def sites(made: Iterable[object]) -> list[str]:
    return [each.place.site for each in made]  # type: ignore[attr-defined]


def test_an_outlet_that_no_list_of_its_own_brings_is_proposed_with_its_measured_yield() -> None:
    places = {
        f"a{number}": Place(site="khq", name="KHQ", home="https://khq.example/") for number in (1, 2, 3)
    }
    places |= {"a4": Place(site="nbc", name="NBC", home="https://nbc.example/")}
    pieces = [piece(1), piece(2), piece(3, story=2), piece(4)]
    seen = [sight(SEARCH, 1), sight(SEARCH, 2), sight(SEARCH, 3), sight(SEARCH, 4), sight(FEED, 4)]
    [khq] = to_watch(places, pieces, seen, frozenset())
    assert (khq.place.site, khq.stories, khq.articles, khq.paths) == ("khq", 2, 3, (("searches", 2),))
    assert khq.newest == NOON and khq.words == "2 stories, none by a list of its own (searches 2)"
    assert to_watch(places, pieces, seen, frozenset({"khq"})) == []
    assert to_watch({}, pieces, seen, frozenset()) == []


def test_outlets_found_by_search_or_by_hand_are_proposed_until_a_source_of_theirs_is_added(
    store: Store,
) -> None:
    with store.writing() as c:
        sources.register(c, [FEED, SITEMAP, SEARCH])
    poll(store, FEED, 1)
    poll(store, SEARCH, 1, 7, 8)
    take_in(store, make_article(1), make_article(7), make_article(8))
    brought = [
        make_article(9, url="https://localprogress.example/blog/1"),
        make_article(10, url="https://sub.outlet8.example/2"),
        make_article(11, url="urn:clip:1"),
    ]
    add(store, CAMPAIGN.slug, Brought(articles=brought), SIGNED, JUDGES)
    made = told(store).watch
    assert sites(made) == ["outlet8.example", "khq"]
    assert [each.place.home for each in made] == ["https://outlet8.example/", "https://outlet7.example/news"]
    assert made[0].paths == (("searches", 1), ("added by hand", 1))
    with store.writing() as c:
        sources.add(
            c, Source(id="f8", kind=SourceKind.FEED, url="https://www.outlet8.example/rss"), "Ana", NOON
        )
    assert sites(told(store).watch) == ["khq"]


def test_a_result_whose_page_is_hidden_is_its_outlets(store: Store) -> None:
    with store.writing() as c:
        sources.register(c, [SEARCH])
    lead = make_find(make_article(1)).lead
    lead = type(lead)(
        url="https://news.google.com/rss/articles/CBMi1",
        source_id=SEARCH.id,
        found_at=NOON,
        outlet_url="https://outlet7.example",
    )
    article = make_article(1, url=lead.url, access=Access.UNREADABLE)
    open_intake(store).keep_find(Find(lead=lead, outcome=FindOutcome.HIDDEN, article=article))
    assert sites(told(store).watch) == ["khq"]


def test_what_a_person_refused_is_not_proposed_again_unless_they_say_so(store: Store) -> None:
    with store.writing() as c:
        sources.register(c, [SEARCH])
    poll(store, SEARCH, 7, 8)
    take_in(store, make_article(7), make_article(8))
    no = Answer(subject="watch:khq", refused=True, by="Ana", at=NOON, note="too far away")
    with store.writing() as c:
        proposals.answer(c, no)
    made = told(store, days=300)
    assert sites(made.watch) == ["outlet8.example"]
    assert [(each.title, each.by, each.note) for each in made.refused] == [("khq", "Ana", "too far away")]
    more = Brought(articles=[make_article(17, url="https://outlet7.example/more")])
    add(store, CAMPAIGN.slug, more, SIGNED, JUDGES)
    assert sites(told(store).watch) == ["outlet8.example"]
    with store.writing() as c:
        proposals.answer(c, Answer(subject="watch:khq", refused=False, by="Bo", at=NOON))
    assert set(sites(told(store).watch)) == {"khq", "outlet8.example"}
    assert told(store).refused == ()


def test_a_source_without_anything_new_is_proposed_after_many_looks_over_a_long_time(store: Store) -> None:
    with store.writing() as c:
        sources.register(c, [QUIET_FEED])
    look(store, QUIET_FEED, LEAST_LOOKS - 1, days=70)
    assert told(store, days=70).quiet == ()
    look(store, QUIET_FEED, 1, days=70)
    [one] = told(store, days=70).quiet
    assert (one.source, one.looks, one.brings_news) == (QUIET_FEED, LEAST_LOOKS, False)
    assert (
        one.words(NOON + timedelta(days=70)) == "looked at 100 times over 70 days, nothing new (nothing ever)"
    )
    assert told(store, days=59).quiet == ()
    with store.writing() as c:
        sources.pause(c, QUIET_FEED.id, "Ana", NOON)
    assert told(store, days=70).quiet == ()


def test_a_source_that_never_brought_anything_of_a_campaign_is_proposed_and_one_that_did_never(
    store: Store,
) -> None:
    with store.writing() as c:
        sources.register(c, [FEED, QUIET_FEED])
    for source in (FEED, QUIET_FEED):
        look(store, source, LEAST_LOOKS, days=100, new_at=99)
    assert told(store, days=100).quiet == ()
    poll(store, FEED, 1)
    take_in(store, make_article(1))
    look(store, FEED, 1, days=100)
    [one] = told(store, days=100).quiet
    assert (one.source, one.brings_news) == (QUIET_FEED, True)
    assert one.words(NOON + timedelta(days=100)).endswith("over 100 days, nothing of any campaign")
    with store.writing() as c:
        proposals.answer(c, Answer(subject=one.subject, refused=True, by="Ana", at=NOON))
    assert told(store, days=100).quiet == ()
    assert [each.title for each in told(store, days=100).refused] == [QUIET_FEED.url]


def test_silent_sources_come_before_those_that_only_bring_other_news() -> None:
    now = NOON + timedelta(days=200)
    busy = Quiet(source=FEED, since=NOON, new_at=now)
    silent = Quiet(source=QUIET_FEED, since=NOON + timedelta(days=50), new_at=NOON + timedelta(days=60))
    young = Quiet(source=SITEMAP, since=now - timedelta(days=40), new_at=None)
    made = quiet([busy, silent, young], now, any_found=True)
    assert [(each.source, each.brings_news) for each in made] == [(QUIET_FEED, False), (FEED, True)]
    assert quiet([busy, young], now, any_found=False) == []
