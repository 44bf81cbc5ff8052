"""Hostile rules and texts cost no more than their length."""

import time
from random import Random

import pytest

from aggregator.errors import RuleError
from aggregator.matching import Matcher
from aggregator.records import Campaign
from tests.aggregator.matching.sanctuary import CAMPAIGN, article

PIECES = [
    "(",
    ")",
    '"',
    "a",
    "abc",
    "abc*",
    "*b*",
    "*",
    "st.",
    "AND",
    "OR",
    "NOT",
    "-",
    "|",
    "NEAR/3",
    "BEFORE/9",
]
PIECES += [
    "#x",
    "title:",
    "foo:",
    "lang:en",
    "ATLEAST/2",
    "OUTSIDE",
    "~5",
    "\x00",
    "\u202e",
    "京",
    "\n",
    "U.S.",
    "IBM",
]
TEXT = "abc st. U.S. x 京都 #x IBM a b " * 40


def test_thousands_of_hostile_rules_are_explained_or_answered_within_a_blink() -> None:
    random = Random(5)
    slowest, answered = 0.0, 0
    for _ in range(5_000):
        rule = " ".join(random.choices(PIECES, k=random.choice([3, 5, 9, 40])))
        began = time.process_time()
        try:
            answered += bool(Matcher([Campaign(slug="c", name="C", rule=rule)]).judge(article(TEXT)))
        except RuleError as error:
            assert error.column >= 1
        slowest = max(slowest, time.process_time() - began)
    assert answered > 200
    assert slowest < 0.5


@pytest.mark.parametrize(
    "rule",
    [
        " OR ".join(f"word{n}*" for n in range(700)),
        " ".join(f"word{n}" for n in range(1_000)),
        '"' + "st " * 3_000 + '"',
        '"' + "U.S. " * 1_500 + '"',
        "a" + " NEAR/3 a" * 45,
        "("
        + " OR ".join(f"w{n}" for n in range(400))
        + ") NEAR/9 ("
        + " OR ".join(f"w{n}" for n in range(400))
        + ")",
    ],
)
def test_the_longest_rules_are_answered(rule: str) -> None:
    began = time.process_time()
    Matcher([Campaign(slug="c", name="C", rule=rule)]).judge(article("a st. w1 w2 " * 200))
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "text",
    [
        "Local Progress " * 20_000,
        "sanctuary cities gathered New York " * 5_000,
        "Mark-Viverito Mayor Lander " * 10_000,
        "&amp;" * 50_000,
        "e\u0301" * 50_000,
        "' " * 100_000,
        ". " * 100_000,
        "x" * 500_000,
        "東京都" * 50_000,
    ],
)
def test_the_longest_texts_are_judged(text: str) -> None:
    began = time.process_time()
    Matcher([CAMPAIGN]).judge(article(text + " Local Progress"))
    assert time.process_time() - began < 5
