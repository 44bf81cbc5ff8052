"""Search leads whose links hide the page: at the desk at once, one with the outlet's page when it comes."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from aggregator import desk
from aggregator.records import Status
from aggregator.resolving import Resolved, is_page_of, resolve
from aggregator.runs.house import make_judges
from aggregator.store import leads, sightings, sources
from aggregator.store.session import Store
from crawler.extraction import from_lead
from crawler.outlets import Directory
from crawler.records import (
    Access,
    Article,
    Find,
    FindOutcome,
    Lead,
    Moment,
    Outlet,
    Poll,
    PollOutcome,
    PollState,
    Source,
    SourceKind,
)
from tests.aggregator.samples import CAMPAIGN, NOON, make_article, make_find, open_intake

NBC = Outlet(slug="nbc-news", name="NBC News", domains=("nbcnews.example",))
DIRECTORY = Directory([NBC])
JUDGES = make_judges(DIRECTORY)
SEARCH = Source(id="search-1", kind=SourceKind.SEARCH, url="https://news.google.com/rss/search?q=sanctuary")
FEED = Source(id="feed-1", kind=SourceKind.FEED, url="https://www.nbcnews.example/feed")
HEADLINE = "‘We Cannot Hide’: Sanctuary Cities Join Forces in First Meeting"
OPAQUE = "https://news.google.com/rss/articles/CBMiXkFVX3lxTE1abc?oc=5"
HIDDEN = Lead(
    url=OPAQUE,
    source_id=SEARCH.id,
    found_at=NOON,
    headline=HEADLINE,
    outlet="NBC News",
    outlet_url="https://www.nbcnews.example",
    published=Moment(instant=NOON - timedelta(hours=2)),
)
PAGE = make_article(
    1,
    url="https://www.nbcnews.example/news/we-cannot-hide-n739",
    headline=HEADLINE.replace("‘", "'").replace("’", "'"),
    outlet="NBC News",
    outlet_slug="nbc-news",
    published=Moment(instant=NOON - timedelta(hours=3), offset_minutes=-240),
    text="City leaders met about sanctuary policy on Monday and said that they could not hide. " * 8,
)
ANA = desk.Signature(by="Ana", at=NOON)


def search(store: Store, lead: Lead = HIDDEN) -> Article:
    """The search shows the result; answers what waits at the desk for it."""
    intake = replace(open_intake(store), judges=JUDGES)
    state = PollState(source_id=lead.source_id, polled_at=NOON)
    intake.keep_poll(Poll(source=SEARCH, outcome=PollOutcome.NEW, state=state, leads=(lead,)))
    told = from_lead(lead, DIRECTORY, Access.UNREADABLE, NOON)
    intake.keep_find(Find(lead=lead, outcome=FindOutcome.HIDDEN, article=told, reason="it is hidden"))
    return told


def read(store: Store, article: Article = PAGE) -> None:
    """The outlet's own feed brings the page, and it is read."""
    intake = replace(open_intake(store), judges=JUDGES)
    lead = Lead(url=article.url, source_id=FEED.id, found_at=NOON, headline=article.headline)
    state = PollState(source_id=FEED.id, polled_at=NOON)
    intake.keep_poll(Poll(source=FEED, outcome=PollOutcome.NEW, state=state, leads=(lead,)))
    intake.keep_find(make_find(article, lead=lead))


def status_of(store: Store, url: str = OPAQUE) -> str:
    with store.reading() as c:
        row = leads.find(c, url)
    assert row is not None
    return str(row.status)


def test_a_hidden_result_waits_at_the_desk_as_far_as_the_search_told(store: Store) -> None:
    told = search(store)
    assert told.outlet_slug == "nbc-news"
    [entry] = desk.entries(store, CAMPAIGN.slug)
    assert (entry.headline, entry.outlet, entry.status) == (HEADLINE, "NBC News", Status.WAITING)
    assert resolve(store, JUDGES, NOON) == Resolved(looked_for=1, found=0)
    assert status_of(store) == leads.UNRESOLVED


@pytest.mark.parametrize("first", ["search", "feed"])
def test_it_becomes_one_with_the_outlets_page_whichever_comes_first(store: Store, first: str) -> None:
    with store.writing() as c:
        sources.register(c, [SEARCH, FEED])
    for step in (search, read) if first == "search" else (read, search):
        step(store)
    assert resolve(store, JUDGES, NOON) == Resolved(looked_for=1, found=1)
    [entry] = desk.entries(store, CAMPAIGN.slug)
    assert {entry.article.url, *(each.url for each in entry.carriers)} == {PAGE.url}
    assert status_of(store) == leads.DONE
    assert resolve(store, JUDGES, NOON + timedelta(days=1)) == Resolved()
    with store.reading() as c:
        row = leads.find(c, OPAQUE)
        found = sightings.found(c, CAMPAIGN.slug)
    assert row is not None and (row.outcome, row.article_key) == ("resolved", PAGE.key)
    assert {each.name: (each.stories, each.only) for each in found.paths} == {
        "feeds": (1, 0),
        "searches": (1, 0),
    }


def test_a_second_search_that_hides_the_same_page_is_resolved_to_the_page_as_well(store: Store) -> None:
    search(store)
    read(store)
    assert resolve(store, JUDGES, NOON).found == 1
    search(store, replace(HIDDEN, url="https://news.google.com/rss/articles/CBMiAnother"))
    assert resolve(store, JUDGES, NOON).found == 1
    with store.reading() as c:
        row = leads.find(c, "https://news.google.com/rss/articles/CBMiAnother")
    assert row is not None and row.article_key == PAGE.key
    assert len(desk.entries(store, CAMPAIGN.slug)) == 1


def test_a_page_that_never_came_is_known_by_what_the_feed_told_of_it(store: Store) -> None:
    search(store)
    lead = Lead(url=PAGE.url, source_id=FEED.id, found_at=NOON, headline=PAGE.headline)
    intake = replace(open_intake(store), judges=JUDGES)
    state = PollState(source_id=FEED.id, polled_at=NOON)
    intake.keep_poll(Poll(source=FEED, outcome=PollOutcome.NEW, state=state, leads=(lead,)))
    assert resolve(store, JUDGES, NOON).found == 0
    intake.keep_find(Find(lead=lead, outcome=FindOutcome.LATER, reason="503"))
    assert resolve(store, JUDGES, NOON + timedelta(hours=1)).found == 1
    [entry] = desk.entries(store, CAMPAIGN.slug)
    assert (entry.article.url, entry.outlet) == (PAGE.url, "NBC News")
    read(store)
    [entry] = desk.entries(store, CAMPAIGN.slug)
    assert len(entry.story.members) == 2


def test_what_a_person_decided_about_the_result_holds_for_the_page(store: Store) -> None:
    told = search(store)
    desk.accept(store, CAMPAIGN.slug, [told.key], ANA)
    read(store)
    resolve(store, JUDGES, NOON)
    [entry] = desk.entries(store, CAMPAIGN.slug)
    assert entry.status is Status.ACCEPTED
    [item] = desk.listing(store, CAMPAIGN.slug).items
    assert item.url == PAGE.url


def test_it_is_looked_for_again_at_growing_pauses_and_given_up_after_a_month(store: Store) -> None:
    search(store)
    looks: list[datetime] = []
    for hour in range(0, 24 * 40, 6):
        at = NOON + timedelta(hours=hour)
        if resolve(store, JUDGES, at).looked_for:
            looks.append(at)
    assert looks[0] == NOON and looks[-1] >= NOON + timedelta(days=30)
    assert 30 < len(looks) < 45
    assert status_of(store) == leads.FAILED
    assert len(desk.entries(store, CAMPAIGN.slug)) == 1


def test_a_sweep_looks_for_no_more_than_its_budget_and_the_rest_comes_next(store: Store) -> None:
    for number in range(5):
        url = f"https://news.google.com/rss/articles/CBMi{number}xyz"
        search(store, replace(HIDDEN, url=url, headline=f"{HEADLINE} number {number}"))
    assert resolve(store, JUDGES, NOON, budget=3).looked_for == 3
    assert resolve(store, JUDGES, NOON, budget=3).looked_for == 2
    assert resolve(store, JUDGES, NOON, budget=3).looked_for == 0


def told_of(lead: Lead) -> Article:
    return from_lead(lead, DIRECTORY, Access.UNREADABLE, NOON)


@pytest.mark.parametrize(
    ("lead", "page", "same"),
    [
        (HIDDEN, PAGE, True),
        (HIDDEN, replace(PAGE, headline="Another one", headlines=(("og:title", HEADLINE),)), True),
        (HIDDEN, replace(PAGE, headline="We can hide: sanctuary cities part"), False),
        (HIDDEN, replace(PAGE, url="https://khq.example/1", outlet_slug="khq", outlet="KHQ"), False),
        (HIDDEN, replace(PAGE, url="https://khq.example/1", outlet_slug=None, outlet="NBC News"), False),
        (HIDDEN, replace(PAGE, published=Moment(instant=NOON - timedelta(days=9))), False),
        (HIDDEN, replace(PAGE, published=None), True),
        (HIDDEN, replace(PAGE, url="https://news.google.com/rss/articles/CBMiother"), False),
        (replace(HIDDEN, outlet_url=None), replace(PAGE, outlet_slug=None), True),
        (replace(HIDDEN, outlet_url=None, outlet="KHQ"), replace(PAGE, outlet_slug=None), False),
        (replace(HIDDEN, outlet_url=None, outlet=None), replace(PAGE, outlet_slug=None), False),
        (replace(HIDDEN, headline="…"), replace(PAGE, headline="“”"), False),
    ],
)
def test_a_page_is_the_results_by_outlet_headline_and_day(lead: Lead, page: Article, same: bool) -> None:
    assert is_page_of(lead, told_of(lead), page) is same
