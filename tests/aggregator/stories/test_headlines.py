"""Headlines compare without the outlet's name, in all their forms, and round-ups are known."""

from dataclasses import replace

import pytest

from aggregator.stories import headlines
from tests.aggregator.stories import press

PLAIN = press.article("https://www.khq.example/1", "", (), outlet="KHQ")


@pytest.mark.parametrize(
    "headline",
    [
        "Sanctuary cities huddle in New York",
        "Sanctuary cities huddle in New York - KHQ",
        "Sanctuary cities huddle in New York | KHQ Right Now",
        "KHQ: Sanctuary cities huddle in New York",
        "Sanctuary cities huddle in New York – khq.example",
        "SANCTUARY CITIES HUDDLE IN NEW YORK - KHQNews.com",
    ],
)
def test_the_outlets_name_is_no_part_of_a_headline(headline: str) -> None:
    (form,) = headlines.forms(replace(PLAIN, headline=headline))
    assert form == ("sanctuary", "cities", "huddle", "in", "new", "york")


def test_a_quotation_before_a_colon_is_part_of_the_headline() -> None:
    (form,) = headlines.forms(replace(PLAIN, headline="'We Cannot Hide': Sanctuary Cities Join Forces"))
    assert form[:3] == ("we", "cannot", "hide")


def test_other_forms_of_the_headline_count_too() -> None:
    article = replace(
        PLAIN, headline="Cities huddle", headlines=(("og:title", "Mayors meet"), ("feed", "Cities huddle"))
    )
    assert headlines.forms(article) == (("cities", "huddle"), ("mayors", "meet"))


def test_the_best_forms_are_compared() -> None:
    one, other = (("cities", "huddle"), ("mayors", "meet")), (("mayors", "meet", "again"),)
    assert headlines.likeness(one, other) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    "headline", ["National news briefs", "In brief: the region", "5 things to know today"]
)
def test_round_ups_are_known_by_their_headlines(headline: str) -> None:
    assert headlines.is_round_up(headlines.forms(replace(PLAIN, headline=headline)))


@pytest.mark.parametrize("headline", ["Sanctuary cities huddle in New York", "Judge briefly halts the order"])
def test_articles_are_no_round_ups(headline: str) -> None:
    assert not headlines.is_round_up(headlines.forms(replace(PLAIN, headline=headline)))
