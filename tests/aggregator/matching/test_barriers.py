"""What keeps a piece off the list although the words are there, and how that is told."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from aggregator.matching import Matcher
from aggregator.records import Campaign, Exclusion, Mention, Pack
from crawler.records import Article, Evidence, Zone
from tests.aggregator.matching.sanctuary import CAMPAIGN, OUTLETS, article, judge, moment

NAMED = "It was organised by Local Progress."


def refused(piece: Article, campaign: Campaign = CAMPAIGN) -> Exclusion:
    verdict = judge(piece, campaign)
    assert isinstance(verdict, Exclusion), verdict
    return verdict


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("https://localprogress.org/news/1", "own domain"),
        ("https://www.localprogress.org/", "own domain"),
        ("https://blog.populardemocracy.org/x", "own domain"),
        ("https://council.nyc.gov/press", "partner domain"),
    ],
)
def test_our_own_and_our_partners_voice_is_no_coverage(url: str, cause: str) -> None:
    verdict = refused(article(NAMED, url=url, canonical_url=url))
    assert verdict.cause == cause
    assert verdict.passages[0].text == NAMED
    assert refused(article("Nothing of it.", url=url, canonical_url=url)).cause == cause


def test_a_copy_of_our_page_elsewhere_is_still_our_voice() -> None:
    assert refused(article(NAMED, canonical_url="https://localprogress.org/x")).cause == "own domain"


def test_a_result_of_our_site_whose_address_a_search_keeps_is_still_our_voice() -> None:
    site = {"site": Evidence(value="https://www.localprogress.org", found_by="the lead")}
    hidden = article(NAMED, url="https://news.google.com/rss/articles/CBMi1", evidence=site)
    assert refused(hidden).cause == "own domain"


def test_a_domain_that_only_ends_alike_is_not_ours() -> None:
    assert isinstance(judge(article(NAMED, url="https://notlocalprogress.org/")), Mention)


@pytest.mark.parametrize(
    "told",
    [
        {"outlet_slug": "wire", "outlet": "PR Newswire"},
        {"wire_credit": "Business Wire", "outlet": "Money Portal", "outlet_slug": None},
        {"text": "NEW YORK, March 27, 2017 /PRNewswire/ -- Local Progress today opened a meeting."},
    ],
)
def test_an_announcement_that_is_paid_for_is_named_as_such(told: dict[str, object]) -> None:
    piece = article(**({"text": NAMED} | told))  # type: ignore[arg-type]
    verdict = refused(piece)
    assert verdict.cause == "press release"
    assert verdict.reason.endswith("no coverage")


@pytest.mark.parametrize(
    ("day", "counts"),
    [("2017-03-23", False), ("2017-03-24", True), ("2017-04-27", True), ("2017-04-28", False)],
)
def test_the_window_has_its_grace_on_both_sides(day: str, counts: bool) -> None:
    assert isinstance(judge(article(NAMED, published=moment(day))), Mention) is counts


def test_an_event_without_an_end_has_a_window_without_an_end() -> None:
    endless = replace(CAMPAIGN, starts_on=date.min, ends_on=date.max)
    assert isinstance(judge(article(NAMED, published=moment("2041-01-01")), endless), Mention)


def test_the_window_is_that_of_the_outlets_own_day() -> None:
    late_in_new_york = moment("2017-04-27", hour=23)
    assert late_in_new_york.instant.date() == date(2017, 4, 28)
    assert isinstance(judge(article(NAMED, published=late_in_new_york)), Mention)


def test_a_day_is_given_where_the_offset_is_not_known() -> None:
    assert isinstance(judge(article(NAMED, published=moment("2017-04-28", offset=None))), Mention)
    assert refused(article(NAMED, published=moment("2017-04-29", offset=None))).cause == "outside the window"


def test_how_far_outside_is_told() -> None:
    verdict = refused(article(NAMED, published=moment("2017-06-01")))
    assert verdict.reason == "published on 2017-06-01, 35 days after the window ended (2017-04-27)"


def test_a_date_that_is_not_known_keeps_nothing_out() -> None:
    verdict = judge(article(NAMED, published=None))
    assert isinstance(verdict, Mention) and "its date is not known" in verdict.reason


def test_what_was_seen_before_the_window_is_outside_whatever_its_date() -> None:
    early = datetime(2017, 3, 1, tzinfo=UTC)
    verdict = refused(article(NAMED, published=None, first_seen=early))
    assert verdict.cause == "outside the window"
    assert verdict.reason == (
        "seen, though its date is not known, not after 2017-03-02,"
        " 22 days before the window begins (2017-03-24)"
    )


def test_languages_and_outlets_are_a_campaigns_choice() -> None:
    spanish = replace(CAMPAIGN, languages=("es",))
    assert refused(article(NAMED), spanish).cause == "language"
    assert isinstance(judge(article(NAMED, language="es-MX"), spanish), Mention)
    assert isinstance(judge(article(NAMED, language=None), spanish), Mention)
    elsewhere = replace(CAMPAIGN, outlets=("observer",))
    assert refused(article(NAMED), elsewhere).cause == "outlet"
    assert isinstance(judge(article(NAMED), replace(CAMPAIGN, outlets=("nbc-news",))), Mention)


@pytest.mark.parametrize(("wanted", "told"), [("nb", "no"), ("nn", "no"), ("fil", "tl"), ("iw", "he")])
def test_a_language_that_has_several_codes_is_one(wanted: str, told: str) -> None:
    piece = article(NAMED, language=told)
    assert isinstance(judge(piece, replace(CAMPAIGN, languages=(wanted,))), Mention)
    assert isinstance(judge(piece, replace(CAMPAIGN, rule=f"lang:{wanted}", pack=Pack())), Mention)


def test_none_of_keeps_out_and_says_what_it_found() -> None:
    wary = replace(CAMPAIGN, none_of='"press release" OR title:calendar')
    verdict = refused(article(f"{NAMED} Says a press release."), wary)
    assert verdict.cause == "none of"
    assert 'rule "press release" in text' in verdict.reason


def test_words_in_the_furniture_alone_are_no_mention_but_are_told() -> None:
    verdict = refused(
        article("Rain is near.", "Weather", (Zone.FURNITURE, "Related: Local Progress convenes"))
    )
    assert verdict.cause == "only in furniture"
    assert verdict.passages[0].zone is Zone.FURNITURE
    assert (
        verdict.reason
        == "only host Local Progress in furniture: navigation, links, comments, bios or advertising"
    )


def test_how_near_a_piece_came_is_told() -> None:
    verdict = refused(article("Mr. Lander is against it. Brad Lander spoke."))
    assert verdict.cause == "no match"
    assert verdict.reason == "has person Brad Lander in text, but nothing that ties it to the event"
    assert refused(article("Rain.")).reason == "none of its words stand in the article"


def test_each_campaign_has_its_verdict_in_order() -> None:
    other = Campaign(slug="rain", name="Rain", rule="rain")
    verdicts = Matcher([other, CAMPAIGN], OUTLETS).judge(article(NAMED))
    assert [verdict.campaign for verdict in verdicts] == ["rain", "seeking-sanctuary"]
    assert [verdict.campaign for verdict in verdicts.telling()] == ["seeking-sanctuary"]
    asked = verdicts.telling(["rain", "nobody's"])
    assert [verdict.campaign for verdict in asked] == ["rain", "seeking-sanctuary"]
