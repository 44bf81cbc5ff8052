"""What a reviewer is told of a mention at first sight."""

import pytest

from aggregator.records import Mention
from tests.aggregator.matching.sanctuary import article, judge

NAMED = "It was organised by Local Progress. "


def reason_of(text: str, headline: str = "City budget talks go on") -> str:
    verdict = judge(article(NAMED + text, headline))
    assert isinstance(verdict, Mention)
    return verdict.reason


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("As Reuters reported, the law is old.", "Reuters"),
        ("The New York Times first reported the plan.", "New York Times"),
        ("“We go on,” she told the Associated Press.", "Associated Press"),
        ("It was reported by Politico on Monday.", "Politico"),
        ("Según Univision, hubo treinta.", "Univision"),
        ("Según reportó Telemundo el lunes, hubo treinta.", "Telemundo"),
        ("Wie der Spiegel am Montag berichtete, waren es dreißig.", "Spiegel"),
        ("Laut einem Bericht der Süddeutschen Zeitung waren es dreißig.", "Süddeutschen Zeitung"),
        ("Selon Le Figaro, ils étaient trente.", "Le Figaro"),
        ("Secondo il Corriere della Sera, erano trenta.", "Corriere della Sera"),
        ("A Reuters report said so.", "Reuters"),
        ("It did so, KTLA reported, citing nobody.", "KTLA"),
    ],
)
def test_a_piece_that_repeats_anothers_report_says_so(text: str, cited: str) -> None:
    assert cited in reason_of(text).partition("second-hand: it cites ")[2]


@pytest.mark.parametrize(
    "text",
    [
        "She told NBC News so.",
        "He told reporters.",
        "According to the mayor, all is well.",
        "The Post is here.",
        "The WHO reported new cases.",
        "Selon le maire, tout va bien.",
        "Laut dem Bericht des Ausschusses war es so.",
    ],
)
def test_ones_own_reporting_is_not_second_hand(text: str) -> None:
    assert "second-hand" not in reason_of(text)


@pytest.mark.parametrize(
    "headline",
    [
        "Calendar: what to see",
        "Community calendar for May 3",
        "Agenda cultural del fin de semana",
        "Qué hacer este fin de semana",
        "What’s on in London",
        "Public meetings this week",
    ],
)
def test_a_listing_is_called_one(headline: str) -> None:
    assert reason_of("", headline).endswith("the headline is that of a listing")


@pytest.mark.parametrize("headline", ["The mayor’s agenda is full", "Senate blocks the agenda of the mayor"])
def test_news_of_an_agenda_is_none(headline: str) -> None:
    assert "listing" not in reason_of("", headline)
