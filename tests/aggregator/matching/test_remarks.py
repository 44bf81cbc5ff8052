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
    ],
)
def test_ones_own_reporting_is_not_second_hand(text: str) -> None:
    assert "second-hand" not in reason_of(text)


def test_a_listing_is_called_one() -> None:
    assert reason_of("", "Calendar: what to see").endswith("the headline is that of a listing")
