"""Hostile rules and texts cost no more than their length."""

import contextlib
import gc
import time

import pytest

from aggregator.errors import RuleError
from aggregator.matching import Matcher
from aggregator.records import Campaign
from benchmarks.hostile import try_rule
from benchmarks.hostile_rules import rules
from tests.aggregator.matching.sanctuary import CAMPAIGN, article

# A rule that runs away takes minutes; the hundred milliseconds promised are measured by `benchmarks.hostile`.
RUNAWAY = 2.0  # seconds of CPU time


def test_hostile_rules_are_explained_or_answered_and_none_runs_away() -> None:
    """Each on an article of 800 words and a long one of its own words; `benchmarks.hostile` has more."""
    gc.collect()
    trials = [try_rule(kind, rule, size=20_000) for kind, rule in rules(550, seed=11)]
    assert sum(trial.explained is None for trial in trials) > 120
    assert sum(trial.explained is not None for trial in trials) > 120
    assert [(trial.kind, trial.rule[:80], trial.seconds) for trial in trials if trial.seconds > RUNAWAY] == []


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
def test_the_longest_rules_are_answered_or_refused(rule: str) -> None:
    began = time.process_time()
    with contextlib.suppress(RuleError):
        Matcher([Campaign(slug="c", name="C", rule=rule)]).judge(article("a st. w1 w2 " * 200))
    assert time.process_time() - began < RUNAWAY


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
    assert time.process_time() - began < 10 * RUNAWAY
