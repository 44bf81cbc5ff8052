"""The list: only what people accepted, newest day first, in their order, unchanged while nothing changes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.cases import Case
from aggregator.exports.wording import source
from aggregator.listing import NEVER, compose, entries
from aggregator.records import (
    Decision,
    Entry,
    LinkTarget,
    ListForm,
    Listing,
    Member,
    Mention,
    Relation,
    Status,
    Story,
    Verdict,
)
from crawler.records import Article, Moment
from tests.aggregator.samples import CAMPAIGN, NOON, judge, make_article


def make_case(*members: Article, mentioned: bool = True, **changes: Any) -> Case:
    """The case of a story with these members, the first one shown."""
    keys = [article.key for article in members]
    found = {article.key: judge(article, CAMPAIGN) for article in members}
    case = Case(
        story=Story(
            id=f"story {keys[0]}",
            members=tuple(Member(article_key=key, relation=Relation.COPY, reason="") for key in keys),
            shown=keys[0],
            shown_because="first",
        ),
        articles={article.key: article for article in members},
        mentions={key: one for key, one in found.items() if isinstance(one, Mention)} if mentioned else {},
        gone={},
        updated={article.key: article.first_seen for article in members},
        former={},
    )
    return replace(case, **changes)


def decide(number: int, verdict: Verdict, *articles: Article) -> Decision:
    """Ana's decision about these articles, `number` hours after noon."""
    return Decision(
        id=number,
        campaign=CAMPAIGN.slug,
        verdict=verdict,
        subjects=tuple(article.key for article in articles),
        by="Ana",
        at=NOON + timedelta(hours=number),
    )


def make_entry(case: Case, *taken: Decision) -> Entry:
    """The one entry of a case with these decisions."""
    [entry] = entries(CAMPAIGN, [replace(case, decisions=taken)])
    return entry


def listed(articles: list[Article], *more: Decision) -> Listing:
    """The list after all articles were accepted at once, and more was decided."""
    taken = [decide(1, Verdict.ACCEPT, *articles), *more]
    return compose(CAMPAIGN, entries(CAMPAIGN, [make_case(one, decisions=taken) for one in articles]), taken)


def on_day(number: int, day: int) -> Article:
    """An article of that day in March."""
    published = Moment(instant=datetime.combine(date(2017, 3, day), NOON.timetz()))
    return make_article(number, published=published)


def test_the_newest_day_comes_first_and_an_unknown_day_last() -> None:
    undated = make_article(4, published=None)
    listing = listed([on_day(1, 27), on_day(2, 29), undated, on_day(3, 28)])
    assert [item.day and item.day.day for item in listing.items] == [29, 28, 27, None]
    assert [item.position for item in listing.items] == [0, 1, 2, 3]


def test_the_day_is_that_on_the_outlets_own_clock() -> None:
    late = Moment(instant=datetime(2017, 3, 29, 2, 0, tzinfo=NOON.tzinfo), offset_minutes=-240)
    assert make_entry(make_case(make_article(published=late))).day == date(2017, 3, 28)


def test_an_entry_without_a_mention_is_none_and_one_nobody_decided_about_goes_with_its_mention() -> None:
    article = make_article()
    assert entries(CAMPAIGN, [make_case(article, mentioned=False)]) == ()
    lost = make_case(article, gone={article.key: "the name is gone"})
    assert entries(CAMPAIGN, [lost]) == ()
    entry = make_entry(lost, decide(1, Verdict.ACCEPT, article))
    assert (entry.status, entry.notices) == (Status.ACCEPTED, ("No longer matches: the name is gone",))


def test_a_page_of_the_organisation_itself_is_neither_shown_nor_counted_as_a_carrier() -> None:
    own = make_article(1, url="https://www.localprogress.example/blog/1", headline="Our blog", text="Ours.")
    theirs, copy = make_article(2, outlet="NBC News"), make_article(3, outlet="FOX61")
    case = make_case(own, theirs, copy)
    entry = make_entry(case, decide(1, Verdict.ACCEPT, theirs))
    assert entry.article == theirs
    [item] = compose(CAMPAIGN, [entry], []).items
    assert (item.outlet, item.also_in) == ("NBC News", ("FOX61",))


def test_the_line_links_where_the_form_or_a_person_wants() -> None:
    article = make_article(canonical_url="https://outlet1.example/canonical")
    accepted = decide(1, Verdict.ACCEPT, article)
    linked = replace(decide(2, Verdict.CORRECT, article), corrections={"link": "https://archive.example/1"})
    for target, taken, url in (
        (LinkTarget.CANONICAL, [accepted], article.canonical_url),
        (LinkTarget.ARTICLE, [accepted], article.url),
        (LinkTarget.NONE, [accepted], ""),
        (LinkTarget.CANONICAL, [accepted, linked], "https://archive.example/1"),
    ):
        campaign = replace(CAMPAIGN, form=replace(CAMPAIGN.form, link=target))
        [item] = compose(campaign, [make_entry(make_case(article), *taken)], taken).items
        assert item.url == url


@given(st.permutations(range(1, 6)))
def test_a_day_put_in_order_by_people_stands_in_that_order(order: list[int]) -> None:
    articles = [make_article(number) for number in range(1, 6)]
    wanted = [make_article(number) for number in order]
    listing = listed(articles, decide(2, Verdict.REORDER, *wanted))
    assert [item.key for item in listing.items] == [article.key for article in wanted]


def test_reordering_some_leaves_the_others_where_they_are() -> None:
    one, two, three, four = (make_article(number) for number in (1, 2, 3, 4))
    listing = listed([one, two, three, four], decide(2, Verdict.REORDER, four, one))
    assert [item.key for item in listing.items] == [four.key, two.key, three.key, one.key]


def test_an_order_does_not_move_an_entry_to_another_day() -> None:
    early, late = on_day(1, 27), on_day(2, 28)
    listing = listed([early, late], decide(2, Verdict.REORDER, early, late))
    assert [item.key for item in listing.items] == [late.key, early.key]


def test_the_time_of_the_list_moves_with_the_list_only() -> None:
    article, other = make_article(1), make_article(2)
    taken = [decide(1, Verdict.ACCEPT, article)]
    case = make_case(article, decisions=taken)
    before = compose(CAMPAIGN, entries(CAMPAIGN, [case]), taken)
    assert before.changed_at == NOON + timedelta(hours=1)
    elsewhere = [*taken, decide(2, Verdict.REJECT, other)]
    assert compose(CAMPAIGN, entries(CAMPAIGN, [case]), elsewhere) == before
    taken_off = [*taken, decide(3, Verdict.REJECT, article)]
    after = compose(CAMPAIGN, entries(CAMPAIGN, [replace(case, decisions=taken_off)]), taken_off)
    assert (after.items, after.changed_at) == ((), NOON + timedelta(hours=3))
    assert compose(CAMPAIGN, [], []).changed_at == NEVER


def wired(number: int, outlet: str, **changes: Any) -> Article:
    """A page that carries a wire's story."""
    return make_article(number, outlet=outlet, wire_credit="CNN Wire", **changes)


@pytest.mark.parametrize("wanted", ["FOX61", "outlet2.example", "www.outlet2.example", "fox61"])
def test_of_a_wires_story_the_preferred_outlet_is_shown(wanted: str) -> None:
    own, carrier, other = make_article(1, outlet="CNN Wire"), wired(2, "FOX61"), wired(3, "KTLA")
    case = make_case(own, carrier, other)
    liking = replace(CAMPAIGN, preferred=("Nobody", wanted))
    [plain], [liked] = entries(CAMPAIGN, [case]), entries(liking, [case])
    assert (plain.article, liked.article) == (own, carrier)
    by_hand = replace(case, decisions=[decide(1, Verdict.SHOW, other)])
    assert entries(liking, [by_hand])[0].article == other


def test_what_an_outlet_reported_itself_is_shown_there_whatever_is_preferred() -> None:
    own, copy = make_article(1, outlet="NBC News"), make_article(2, outlet="FOX61")
    [entry] = entries(replace(CAMPAIGN, preferred=("FOX61",)), [make_case(own, copy)])
    assert entry.article == own


def test_the_line_names_the_wire_where_a_carrier_is_shown() -> None:
    carrier = wired(2, "FOX61")
    case = make_case(carrier, make_article(1, outlet="CNN Wire"), wired(3, "KTLA"), wired(4, "WTVR"))
    entry = make_entry(case, decide(1, Verdict.ACCEPT, carrier))
    [item] = compose(CAMPAIGN, [entry], ()).items
    assert (item.wire, item.also_in) == ("CNN Wire", ("KTLA", "WTVR"))
    assert source(item, ListForm(carriers=True)) == "CNN Wire via FOX61 and 2 others"
    assert source(item, ListForm()) == "FOX61"
