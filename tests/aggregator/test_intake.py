"""Taking in what a sweep finds: nothing is lost, nothing is there twice."""

import pickle
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select

from aggregator import desk
from aggregator.intake import Intake
from aggregator.judges import Judges
from aggregator.records import Pack, Status
from aggregator.store import articles, campaigns, leads, pages, sources, stories
from aggregator.store.migrations import metadata
from aggregator.store.session import Store
from crawler.records import (
    Access,
    Find,
    FindOutcome,
    Page,
    Part,
    Poll,
    PollOutcome,
    PollState,
    Source,
    Zone,
)
from tests.aggregator.samples import (
    CAMPAIGN,
    FEED,
    JUDGES,
    NOON,
    clock,
    make_article,
    make_find,
    make_lead,
    open_intake,
    take_in,
)


def sizes(store: Store) -> dict[str, int]:
    """How many rows each table has."""
    with store.reading() as c:
        return {
            name: c.scalar(select(func.count()).select_from(table)) or 0
            for name, table in metadata.tables.items()
        }


def make_poll(*numbers: int, source: Source = FEED) -> Poll:
    """A look at a source that brought the leads of these numbers."""
    return Poll(
        source=source,
        outcome=PollOutcome.NEW,
        state=PollState(
            source_id=source.id, etag='"1"', polled_at=NOON, next_poll_at=NOON + timedelta(hours=1)
        ),
        leads=tuple(make_lead(number, source_id=source.id) for number in numbers),
    )


def test_a_poll_answers_only_leads_that_were_not_seen_before(store: Store) -> None:
    intake = open_intake(store)
    assert [lead.url[-1] for lead in intake.keep_poll(make_poll(1, 2))] == ["1", "2"]
    assert [lead.url[-1] for lead in intake.keep_poll(make_poll(2, 3, 3))] == ["3"]


def test_a_poll_keeps_leads_and_state_together(store: Store) -> None:
    intake = open_intake(store)
    with store.writing() as c:
        sources.register(c, [FEED])
        assert [source for source, _ in sources.due(c, NOON)] == [FEED]
    poll = make_poll(1)
    intake.keep_poll(poll)
    with store.reading() as c:
        assert sources.due(c, NOON) == []
        assert sources.due(c, NOON + timedelta(hours=1)) == [(FEED, poll.state)]
        [look] = sources.history(c, FEED.id)
    assert (look.outcome, look.leads, look.unseen) == ("new", 1, 1)


def test_leads_never_read_wait_for_the_next_sweep(store: Store) -> None:
    intake = open_intake(store)
    found = intake.keep_poll(make_poll(1, 2, 3))
    intake.keep_find(make_find(make_article(2)))
    assert intake.waiting(10) == [found[0], found[2]]
    assert intake.waiting(1) == [found[0]]


def test_a_lead_is_tried_again_when_its_pause_is_over(store: Store) -> None:
    intake = open_intake(store)
    [lead] = intake.keep_poll(make_poll(1))
    intake.keep_find(Find(lead=lead, outcome=FindOutcome.LATER, reason="503"))
    an_hour_later = Intake(store, (CAMPAIGN,), JUDGES, lambda: NOON + timedelta(hours=1))
    assert an_hour_later.waiting(10) == [lead]


def test_a_page_read_under_another_address_is_not_asked_for_again(store: Store) -> None:
    intake = open_intake(store)
    article = make_article(1, urls=("https://outlet1.example/news/1", "https://outlet9.example/news/9"))
    page = Page(
        requested_url="https://short.example/x",
        final_url="https://outlet5.example/news/5",
        status=200,
        headers=(("content-type", "text/html"),),
        body=b"<html>",
        fetched_at=NOON,
    )
    intake.keep_find(make_find(article, page=page))
    unseen = intake.keep_poll(make_poll(1, 5, 9))
    # 9 is only claimed by the page: nobody ever read it, and another article may be there.
    assert [lead.url for lead in unseen] == ["https://outlet9.example/news/9"]
    with store.reading() as c:
        assert pages.find(c, "https://outlet5.example/news/5") == page
        assert articles.known_as(c, "https://outlet9.example/news/9") == [article.key]


def test_a_page_whose_feed_tells_another_headline_is_read_again_but_not_at_every_look(store: Store) -> None:
    intake = open_intake(store)
    hours = iter((0, 1, 7, 8, 14))
    intake = Intake(store, intake.campaigns, JUDGES, lambda: NOON + timedelta(hours=next(hours)))
    [lead] = intake.keep_poll(make_poll(1))
    intake.keep_find(make_find(make_article(1)))
    changed = replace(lead, headline="Mayors met on sanctuary")
    same = replace(lead, headline=f"  {lead.headline} ")
    poll = make_poll(1)
    assert [intake.keep_poll(replace(poll, leads=(one,))) for one in (changed, same, changed)] == [
        [changed],
        [],
        [],
    ]
    article = make_article(1, headline="Mayors met on sanctuary", first_seen=NOON + timedelta(hours=7))
    with store.reading() as c:
        assert leads.waiting(c, NOON + timedelta(hours=8), 5) == [changed]
    again = Intake(store, intake.campaigns, JUDGES, lambda: NOON + timedelta(hours=8))
    again.keep_find(make_find(article))
    assert again.waiting(5) == []
    [entry] = desk.entries(store, CAMPAIGN.slug)
    assert entry.notices == ("Outlet 1 changed the headline; it was: Sanctuary cities meet, part 1",)
    back = replace(poll, leads=(lead,))
    soon = Intake(store, intake.campaigns, JUDGES, lambda: NOON + timedelta(hours=9))
    late = Intake(store, intake.campaigns, JUDGES, lambda: NOON + timedelta(hours=14))
    assert (soon.keep_poll(back), late.keep_poll(back)) == ([], [lead])


def test_an_article_is_kept_whole(store: Store) -> None:
    article = make_article(1, parts=(Part(zone=Zone.CAPTION, text="City Hall"),), authors=("Ana Ruiz",))
    take_in(store, article)
    with store.reading() as c:
        assert articles.get(c, article.key) == article
        assert articles.some(c, [article.key, "none"]) == {article.key: article}


def test_the_same_find_twice_changes_nothing(store: Store) -> None:
    intake = open_intake(store)
    intake.keep_poll(make_poll(1))
    intake.keep_find(make_find(make_article(1)))
    before = sizes(store)
    intake.keep_find(make_find(make_article(1)))
    later_look = make_article(
        1, first_seen=NOON + timedelta(days=1), parts=(Part(zone=Zone.FURNITURE, text="ad"),)
    )
    intake.keep_find(make_find(later_look))
    assert sizes(store) == before


def test_a_found_article_waits_at_the_desk_with_its_mention(store: Store) -> None:
    take_in(store, make_article(1), make_article(2, headline="Rain", text="It rains."))
    [entry] = desk.entries(store, CAMPAIGN.slug)
    assert entry.article == make_article(1)
    assert (entry.status, entry.mention.reason) == (Status.WAITING, "it says sanctuary")
    assert entry.headline == "Sanctuary cities meet, part 1"


def test_context_waits_only_where_the_campaign_wants_it(store: Store) -> None:
    take_in(store, make_article(1, headline="DOJ", text="A deportation story."))
    [entry] = desk.entries(store, CAMPAIGN.slug)
    assert entry.status is Status.CONTEXT
    with store.writing() as c:
        campaigns.save(c, replace(CAMPAIGN, context_waits=True), "Ana", NOON)
    desk.rebuild(store)
    [entry] = desk.entries(store, CAMPAIGN.slug)
    assert entry.status is Status.WAITING


def test_copies_become_one_entry_whatever_the_order(store: Store) -> None:
    copies = [make_article(number, headline="Mayors meet") for number in (1, 2, 3)]
    take_in(store, copies[2], copies[0], make_article(4), copies[1])
    found = desk.entries(store, CAMPAIGN.slug)
    assert [len(entry.story.members) for entry in found] == [1, 3]
    assert found[1].article == copies[0]
    assert [each.key for each in found[1].carriers] == [copies[1].key, copies[2].key]


def test_a_changed_headline_is_a_new_version_and_moves_the_article_to_its_story(store: Store) -> None:
    first = make_article(1, headline="Mayors meet")
    changed = replace(first, headline="Mayors met on sanctuary", first_seen=NOON + timedelta(hours=2))
    take_in(store, first, make_article(2, headline="Mayors meet"), changed)
    with store.reading() as c:
        assert [one.headline for one in articles.versions(c, first.key)] == [first.headline, changed.headline]
        current = articles.get(c, first.key)
        homes = stories.of_articles(c, [first.key, make_article(2).key])
    assert current == replace(changed, first_seen=first.first_seen)
    assert len(set(homes.values())) == 2
    headlines = {entry.headline for entry in desk.entries(store, CAMPAIGN.slug)}
    assert headlines == {"Mayors met on sanctuary", "Mayors meet"}


def test_a_page_that_closes_later_does_not_take_back_what_was_read(store: Store) -> None:
    article = make_article(1)
    take_in(store, article, replace(article, text="", access=Access.BLOCKED))
    with store.reading() as c:
        assert articles.get(c, article.key) == article
    [entry] = desk.entries(store, CAMPAIGN.slug)
    assert entry.article.access is Access.OPEN


def test_a_page_that_opens_later_fills_in_what_the_feed_told(store: Store) -> None:
    article = make_article(1)
    take_in(store, replace(article, text="", access=Access.BLOCKED), article)
    with store.reading() as c:
        assert articles.get(c, article.key) == article


def test_a_lead_that_cannot_be_read_is_done_with_its_reason(store: Store) -> None:
    intake = open_intake(store)
    [lead] = intake.keep_poll(make_poll(1))
    told = make_article(1, text="", access=Access.BLOCKED)
    intake.keep_find(Find(lead=lead, outcome=FindOutcome.BLOCKED, article=told, reason="robots.txt"))
    assert intake.waiting(10) == []
    with store.reading() as c:
        row = leads.find(c, lead.url)
    assert row is not None
    assert (row.status, row.outcome, row.reason, row.article_key) == (
        "done",
        "blocked",
        "robots.txt",
        told.key,
    )
    assert [entry.article for entry in desk.entries(store, CAMPAIGN.slug)] == [told]


def test_hostile_text_is_kept_and_harms_nothing(store: Store) -> None:
    nasty = "Sanctuary '); DROP TABLE articles;-- \0 \ud83d %_ <script>"
    take_in(store, make_article(1, headline=nasty, outlet=nasty, authors=(nasty,), text=nasty * 3))
    [entry] = desk.entries(store, CAMPAIGN.slug, desk.View(search="drop table"))
    assert "DROP TABLE articles;--" in entry.headline
    assert desk.entries(store, CAMPAIGN.slug, desk.View(search="100%")) == []


def test_a_campaign_changed_during_a_sweep_counts_from_the_next_article_on(store: Store) -> None:
    intake = open_intake(store)
    intake.keep_find(make_find(make_article(1, headline="Rain", text="It rains.")))
    with store.writing() as c:
        campaigns.save(c, replace(CAMPAIGN, pack=Pack(names=("rain",))), "Ana", NOON)
    for number in (2, 3):
        intake.keep_find(make_find(make_article(number, headline=f"Rain {number}", text="It rains.")))
    assert [entry.mention.rules_version for entry in desk.entries(store, CAMPAIGN.slug)] == [2, 2]


def test_holds_are_remembered_and_the_longer_one_counts(store: Store) -> None:
    intake = open_intake(store)
    intake.hold("a.example", NOON + timedelta(hours=2))
    intake.hold("a.example", NOON + timedelta(hours=1))
    intake.hold("b.example", NOON - timedelta(hours=1))
    assert intake.held() == {"a.example": NOON + timedelta(hours=2)}


def test_an_intake_travels_to_another_process(store: Store) -> None:
    intake = open_intake(store)
    intake.keep_poll(make_poll(1))
    other = pickle.loads(pickle.dumps(intake))
    assert other.waiting(5) == intake.waiting(5)
    assert isinstance(other.judges, Judges) and other.clock is clock
    other.store.close()
