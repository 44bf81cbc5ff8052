"""What proofreading says of single lines: pure, on entries made for it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.listing import compose
from aggregator.proof import Finding, Kind, Knowledge, proofread
from aggregator.proof.likeness import differences, is_written_so
from aggregator.records import (
    Campaign,
    Carrier,
    Entry,
    ListForm,
    Member,
    Mention,
    Relation,
    Status,
    Story,
    Tier,
)
from crawler.outlets import Directory
from crawler.readers.news_list import ListedLine
from crawler.records import Article, Evidence, Moment, Outlet
from crawler.urls import key
from tests.aggregator.samples import make_article

DAY = date(2017, 3, 28)
CAMPAIGN = Campaign(slug="sanctuary", name="Seeking Sanctuary", own_domains=("ours.example",))
DIRECTORY = Directory(
    [
        Outlet(slug="nyp", name="New York Post", domains=("nypost.example",)),
        Outlet(
            slug="nydn", name="New York Daily News", domains=("nydn.example",), former_names=("Daily News",)
        ),
        Outlet(slug="fox61", name="FOX61", domains=("fox61.example",)),
    ]
)
HEADLINE = "Mayors of thirty cities answer the threat to their funds"


def article(number: int = 1, **changes: Any) -> Article:
    told = {"headline": HEADLINE, "outlet": "New York Post", "url": f"https://nypost.example/2017/{number}"}
    return make_article(number, **(told | changes))


def entry(shown: Article, *others: Article, **changes: Any) -> Entry:
    """An accepted entry of these pages."""
    members = tuple(
        Member(article_key=each.key, relation=Relation.COPY, reason="") for each in (shown, *others)
    )
    carriers = (Carrier(key=a.key, outlet=a.outlet, headline=a.headline, url=a.url) for a in others)
    mention = Mention(
        article_key=shown.key,
        campaign="sanctuary",
        tier=Tier.NAMES_US,
        passages=(),
        reason="",
        rules_version=1,
    )
    made = Entry(
        campaign="sanctuary",
        story=Story(id=shown.key, members=members, shown=shown.key, shown_because="the first"),
        status=Status.ACCEPTED,
        article=shown,
        carriers=tuple(carriers),
        mention=mention,
        headline=shown.headline,
        outlet=shown.outlet,
        day=DAY,
    )
    return replace(made, **changes)


def findings(line: ListedLine, *entries: Entry, **known: Any) -> list[Finding]:
    form = known.pop("form", CAMPAIGN.form)
    campaign = replace(CAMPAIGN, form=form)
    addresses = {each.article.url: each.article.key for each in entries}
    addresses |= {carrier.url: carrier.key for each in entries for carrier in each.carriers}
    addresses |= {line.url: key(line.url)} if key(line.url) in addresses.values() else {}
    knowledge = Knowledge(
        campaign=campaign,
        listing=compose(campaign, entries, ()),
        entries=entries,
        directory=DIRECTORY,
        addresses=known.pop("addresses", addresses),
        **known,
    )
    [checked] = proofread([line], knowledge).lines
    return list(checked.findings)


def line(**changes: Any) -> ListedLine:
    return replace(ListedLine(number=1, headline=HEADLINE, outlet="New York Post", day=DAY), **changes)


RIGHT = [
    line(),
    line(headline=f"  {HEADLINE} "),
    line(outlet=""),
    line(day=None),
    line(url="https://nypost.example/2017/1"),
    line(url="http://www.nypost.example/2017/1/"),
]


@pytest.mark.parametrize("told", RIGHT)
def test_a_line_that_says_what_the_list_says_is_right(told: ListedLine) -> None:
    assert findings(told, entry(article())) == []


def test_typography_is_no_mistake_but_letters_are() -> None:
    curly = article(headline="‘We Cannot Hide’ – Mayors’ “answer”")
    assert findings(line(headline="'We Cannot Hide' - Mayors' \"answer\""), entry(curly)) == []
    assert is_written_so("A – B", "A - B") and not is_written_so("Asi", "Así")
    [found] = findings(line(headline="‘we cannot hide’ – Mayors’ “answer”"), entry(curly))
    assert found.word == "capitals: “‘we cannot hide’” for “‘We Cannot Hide’”"


def test_the_wire_where_the_list_shows_a_carrier_is_told() -> None:
    shown = article(url="https://fox61.example/a/1", outlet="FOX61", wire_credit="CNN Wire")
    [found] = findings(line(outlet="CNN Wire"), entry(shown))
    assert (found.kind, found.right) == (Kind.CARRIER, "FOX61")
    assert found.word == "CNN Wire wrote it; the list shows the page of FOX61, who carries it"


def test_a_line_in_the_form_with_carriers_is_right_where_the_list_has_that_form() -> None:
    shown, copy = (
        article(outlet="CNN Wire", url="https://cnn.example/1"),
        article(2, outlet="FOX61", url="https://fox61.example/2"),
    )
    told = line(outlet="CNN Wire via FOX61")
    assert findings(told, entry(shown, copy), form=ListForm(carriers=True)) == []
    assert findings(told, entry(shown, copy))[0].kind in (Kind.OUTLET, Kind.CARRIER)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("New York Pots", "“New York Pots” is misspelt for New York Post"),
        (
            "nypost.example",
            "New York Post is what the list calls it; “nypost.example” is another of its names",
        ),
        (
            "The New York Post",
            "New York Post is what the list calls it; “The New York Post” is another of its names",
        ),
        ("New York Daily News", "it is an article of New York Post, not of New York Daily News"),
        ("Daily Planet", "it is an article of New York Post, not of Daily Planet"),
    ],
)
def test_an_outlet_is_misspelt_or_called_otherwise_or_another_one(said: str, word: str) -> None:
    [found] = findings(line(outlet=said), entry(article()))
    assert (found.kind, found.word, found.right) == (Kind.OUTLET, word, "New York Post")


def test_a_former_name_is_another_of_its_names() -> None:
    shown = article(url="https://nydn.example/1", outlet="New York Daily News")
    [found] = findings(line(outlet="Daily News"), entry(shown))
    assert found.word.endswith("“Daily News” is another of its names")


def test_the_same_headline_of_another_outlet_on_another_day_is_another_article() -> None:
    [found] = findings(line(outlet="Daily Planet", day=date(2017, 4, 28)), entry(article()))
    assert found.kind is Kind.UNKNOWN and found.evidence == f"nearest: {HEADLINE}"


def test_a_headline_that_a_person_corrected_is_the_right_one() -> None:
    fixed = entry(article(), headline="Mayors answer, thirty of them", corrected=("headline",))
    [found] = findings(line(), fixed)
    assert (found.kind, found.right) == (Kind.HEADLINE, "Mayors answer, thirty of them")
    assert found.word == "the list does not show this form, which stands on the page itself"
    assert found.evidence == "corrected by a person at the desk"


@pytest.mark.parametrize(
    ("headlines", "slug", "former", "where"),
    [
        ((("lead", "Cities fight back in court over grants"),), "1", (), "in the feed"),
        ((("og:title", "Cities fight back in court over grants"),), "1", (), "in the page's og:title"),
        ((), "cities-fight-back-in-court-over-grants-12345", (), "in its address"),
        ((), "1", ("Cities fight back in court over grants",), "on the page before it was changed"),
    ],
)
def test_a_form_of_the_headline_that_is_not_shown_is_named(
    headlines: tuple[tuple[str, str], ...], slug: str, former: tuple[str, ...], where: str
) -> None:
    shown = article(headlines=headlines, url=f"https://nypost.example/{slug}")
    told = line(headline="Cities fight back in court over grants")
    [found] = findings(told, entry(shown), former={shown.key: former} if former else {})
    assert found.word == f"the list does not show this form, which stands {where}"
    assert found.right == HEADLINE


def test_the_outlets_own_day_counts_and_a_persons_correction_of_it() -> None:
    late = Moment(instant=datetime(2017, 3, 29, 1, 30, tzinfo=UTC), offset_minutes=-240)
    shown = article(published=late, evidence={"published": Evidence(value="x", found_by="JSON-LD")})
    [found] = findings(line(day=date(2017, 3, 29)), entry(shown))
    assert found.word == "it was published on 3.28.2017, the outlet's own day; 3.29.2017 was the day in UTC"
    assert found.evidence == "2017-03-28 21:30 there, 2017-03-29 01:30 UTC; JSON-LD: x"
    fixed = entry(shown, day=date(2017, 3, 27), corrected=("date",))
    assert findings(line(), fixed)[0].evidence == "corrected by a person at the desk"


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("https://nypost.example/2017/03/28/mayors-answer-threat?utm_source=x", "follows readers"),
        ("https://nypost.example/2017/03/28/mayors-answer-threat/amp/", "a special form"),
        ("https://amp.nypost.example/2017/03/28/mayors-answer-threat", "a special form"),
        ("https://nypost.example/2017/99", "not known as this article's"),
        ("https://fox61.example/2", "leads to FOX61, who carries it, not to New York Post"),
    ],
)
def test_links_that_do_not_lead_where_they_should(url: str, word: str) -> None:
    address = "https://nypost.example/2017/03/28/mayors-answer-threat"
    shown = article(url=address)
    copy = article(2, outlet="FOX61", url="https://fox61.example/2")
    [found] = findings(line(url=url), entry(shown, copy))
    assert found.kind is Kind.LINK and word in found.word
    assert found.right == address


def test_a_link_that_a_person_set_is_right_and_so_is_the_pages_own() -> None:
    shown = entry(article(), link="https://archive.example/2017/nypost-1")
    for url in ("https://archive.example/2017/nypost-1", "https://nypost.example/2017/1"):
        assert (
            findings(line(url=url), shown, addresses={"https://nypost.example/2017/1": shown.article.key})
            == []
        )


def test_two_pieces_of_one_outlet_and_day_are_not_taken_for_one_story() -> None:
    other = ListedLine(
        number=2,
        headline="Mayors of thirty cities answer the question of shelter",
        outlet="New York Post",
        day=DAY,
    )
    one = entry(article())
    known = Knowledge(
        campaign=CAMPAIGN, listing=compose(CAMPAIGN, [one], ()), entries=[one], directory=DIRECTORY
    )
    first, second = proofread([line(), other], known).lines
    assert first.findings == ()
    assert [each.kind for each in second.findings] == [Kind.UNKNOWN]


def test_differences_name_the_words() -> None:
    assert differences("a b c", "a x c") == "“b” for “x”"
    assert differences("a b b c", "a b c") == "“b” is too much"
    assert differences("a c", "a b c") == "“b” is missing"
    assert (
        differences("1 b 2 c 3 d 4 e", "1 w 2 x 3 y 4 z")
        == "“b” for “w”, “c” for “x”, “d” for “y” and 1 more"
    )


@settings(max_examples=40, deadline=None)
@given(
    st.text(max_size=60),
    st.text(max_size=30),
    st.sampled_from(["", "https://a.example/b", "https://ours.example/x", "x"]),
)
def test_whatever_stands_in_a_line_is_told_and_never_lost(headline: str, outlet: str, url: str) -> None:
    told = ListedLine(number=1, headline=headline, outlet=outlet, url=url)
    one = entry(article())
    known = Knowledge(
        campaign=CAMPAIGN, listing=compose(CAMPAIGN, [one], ()), entries=[one], directory=DIRECTORY
    )
    proof = proofread([told], known)
    assert len(proof.lines) == 1 and not proof.is_right
    assert one.article.key in {item.key for item in proof.corrected.items}
