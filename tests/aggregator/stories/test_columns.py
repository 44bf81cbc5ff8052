"""Columns bear one headline day after day: where their text is not told, only the day tells them apart."""

from dataclasses import replace

import pytest

from aggregator import stories
from crawler.records import Article
from tests.aggregator.stories import press

TEASER = ("A daily look at what matters, from our desk.",)
COLUMNS = [
    "Morning Briefing: What you need to know today",
    "Your daily horoscope for all signs of the zodiac",
    "Today’s crossword puzzle and Sudoku solutions",
    "Letters to the editor from our readers across town",
    "Editorial cartoons by Mike Smith and others",
    "Winning numbers drawn in the Powerball game",
    "Photos of the day from around the region",
    "Die Lage am Morgen: Was heute wichtig wird",
    "El tiempo hoy en Madrid: previsión por horas",
    "Les titres de la presse aujourd’hui en France",
    "Погода в Москве сегодня: прогноз синоптиков",
    "오늘의 날씨 전국 흐리고 곳곳 비",
]


def page(headline: str, day: str | None, number: int, paragraphs: tuple[str, ...] = ()) -> Article:
    """A page of the one outlet."""
    url = f"https://www.alpha.example/page/{number}-column"
    return press.article(url, headline, paragraphs, outlet="Alpha", day=day)


def count(*pages: Article) -> int:
    """How many stories these pages are."""
    return len(stories.group(map(stories.sketch, pages)))


@pytest.mark.parametrize("headline", COLUMNS)
def test_a_column_of_another_day_is_another_story(headline: str) -> None:
    assert count(page(headline, "2017-03-28", 1), page(headline, "2017-03-29", 2)) == 2
    assert count(page(headline, "2017-03-28", 1, TEASER), page(headline, "2017-03-29", 2, TEASER)) == 2
    assert count(page(headline, "2017-03-28", 1, TEASER), page(headline, None, 2)) == 2


@pytest.mark.parametrize("headline", COLUMNS)
def test_a_column_of_the_same_day_under_another_address_is_the_same(headline: str) -> None:
    assert count(page(headline, "2017-03-28", 1, TEASER), page(headline, "2017-03-28", 2)) == 1


def test_an_event_told_without_text_is_the_page_of_the_day_before() -> None:
    one = page("Ethanol train derails near Springfield", "2017-03-28", 1, press.WIRE_STORY)
    assert count(one, replace(page(one.headline, "2017-03-29", 2), language="en")) == 1
