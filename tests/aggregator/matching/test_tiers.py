"""How near a piece is to the campaign: names us, covers the event unnamed, context only, or nothing."""

from dataclasses import replace

import pytest

from aggregator.records import Exclusion, Mention, Pack, Tier
from crawler.records import Zone
from tests.aggregator.matching.sanctuary import CAMPAIGN, PACK, article, judge, moment

NAMED = [
    "Tweets under #SEEKINGSANCTUARY came from all over.",
    "Tweets under ＃seeking\u00adsanctuary came from all over.",
    "See https://twitter.com/hashtag/SeekingSanctuary?src=hash for more.",
    "The Seeking\u00a0Sanctuary convening opened on Monday.",
    "It was organised by Local Progress and the Center for Popular Democracy.",
    "LOCAL PROGRESS brought them together.",
    "“We will fight,” wrote @LocalProgress.",
]
UNNAMED = [
    "Council Speaker Melissa Mark-Viverito urged sanctuary cities to resist.",
    "Speaker Mark-Viverito opened the day. She was cheered. Sanctuary cities, she said, would stand firm.",
    "M. Mark-Viverito defended the city's sanctuary policies.",
    "Councilman Lander said sanctuary cities would sue.",
    "Officials of forty towns gathered in Manhattan. Their sanctuary policies are under threat.",
    "Leaders of sanctuary cities met on Monday to compare notes.",
    "La conferencia de ciudades santuario en Nueva York terminó.",
    "City leaders from all over the country convened in New York to defend their sanctuary policies.",
]
CONTEXT = [
    "The attorney general threatened sanctuary cities with the loss of grants.",
    "Ninety percent of sanctuary cities did not answer our questions, a press conference was told.",
    "He once lived in New York. Much later he wrote a book on sanctuary cities.",
]
NOTHING = [
    "Families seeking sanctuary were welcomed in the church.",
    "The council hailed local progress on potholes in New York.",
    "Mr. Lander spoke about bicycles.",
    "The #SeekingSanctuaryNow march was another one.",
    "The mayor gathered reporters in Manhattan to speak of the budget.",
]


@pytest.mark.parametrize("text", NAMED)
def test_a_piece_that_names_us_is_tier_one(text: str) -> None:
    verdict = judge(article(text))
    assert isinstance(verdict, Mention) and verdict.tier is Tier.NAMES_US


@pytest.mark.parametrize("text", UNNAMED)
def test_a_piece_on_the_event_without_our_name_is_tier_two(text: str) -> None:
    verdict = judge(article(text))
    assert isinstance(verdict, Mention) and verdict.tier is Tier.COVERS_EVENT


@pytest.mark.parametrize("text", CONTEXT)
def test_a_piece_on_the_subject_alone_is_context(text: str) -> None:
    verdict = judge(article(text))
    assert isinstance(verdict, Mention) and verdict.tier is Tier.CONTEXT


@pytest.mark.parametrize("text", NOTHING)
def test_ordinary_prose_is_no_mention(text: str) -> None:
    verdict = judge(article(text))
    assert isinstance(verdict, Exclusion) and verdict.cause == "no match"


def test_capitals_prove_nothing_in_a_headline_that_has_them_everywhere() -> None:
    headline = "Mayor Hails Local Progress On Potholes"
    assert isinstance(judge(article("Potholes are fewer.", headline)), Exclusion)
    in_doubt = judge(article("Sanctuary cities are another matter.", headline))
    assert isinstance(in_doubt, Mention) and in_doubt.tier is Tier.COVERS_EVENT
    unread = judge(article("", headline))
    assert isinstance(unread, Mention) and unread.tier is Tier.NAMES_US


def test_an_acronym_is_asked_for_in_capitals() -> None:
    green = replace(CAMPAIGN, pack=Pack(hosts=("BUND",)))
    assert isinstance(judge(article("Der BUND klagt."), green), Mention)
    assert isinstance(judge(article("Der Bund klagt."), green), Exclusion)
    assert isinstance(judge(article("Es regnet.", "BUND Klagt Gegen Neue Straße"), green), Mention)
    assert isinstance(judge(article("Es regnet.", "BUND KLAGT GEGEN NEUE STRASSE"), green), Exclusion)


def test_a_name_typed_in_capitals_is_found_in_ordinary_spelling() -> None:
    shouted = replace(CAMPAIGN, pack=Pack(hosts=("LOCAL PROGRESS",)))
    assert isinstance(judge(article("Local Progress met."), shouted), Mention)
    assert isinstance(judge(article("It made local progress."), shouted), Exclusion)


def test_a_gathering_on_the_subject_is_the_event_only_on_its_days() -> None:
    text = "Leaders of sanctuary cities met on Monday to compare notes."
    later = judge(article(text, published=moment("2017-04-12")))
    assert isinstance(later, Mention) and later.tier is Tier.CONTEXT


def test_a_link_to_our_site_and_the_subject_is_the_event() -> None:
    link = (Zone.LINK, "https://localprogress.org/toolkit/")
    verdict = judge(article("A toolkit for sanctuary cities.", "How to help", link))
    assert isinstance(verdict, Mention) and verdict.tier is Tier.COVERS_EVENT
    assert "link to localprogress.org" in verdict.reason


def test_every_tier_says_its_reason_in_words() -> None:
    verdict = judge(article("It was organised by Local Progress.", published=None))
    assert isinstance(verdict, Mention)
    assert verdict.reason == (
        "names us: has our name: host Local Progress in text"
        "; its date is not known, so that it may lie outside the window"
    )


def test_a_campaign_without_context_still_finds_its_name() -> None:
    bare = replace(CAMPAIGN, pack=replace(PACK, context=(), people=()))
    assert isinstance(judge(article("Local Progress met."), bare), Mention)
    empty = replace(CAMPAIGN, pack=Pack())
    assert isinstance(judge(article("Local Progress met."), empty), Exclusion)
