"""The estimate of how much there is: known formulas, known populations, and when to say nothing."""

from collections import Counter
from collections.abc import Sequence
from math import exp, isclose, log, sqrt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.completeness import LEAST_TWICE, WIDTH, Estimate, estimate

WAYS = ("outlets", "searches", "people", "fourth")


def two_ways(both: int, first: int, second: int) -> list[set[str]]:
    """Things that both ways found, and that just one of them did."""
    return [{"a", "b"}] * both + [{"a"}] * first + [{"b"}] * second


def draw(random: Random, size: int, chances: Sequence[float], spread: float = 0.0) -> list[set[str]]:
    """What ways with these chances find of a population; `spread` makes some things easier to find."""
    caught = []
    for _ in range(size):
        ease = random.gauss(0, spread)
        odds = [exp(log(chance / (1 - chance)) + ease) for chance in chances]
        caught.append(
            {way for way, odd in zip(WAYS, odds, strict=False) if random.random() < odd / (1 + odd)}
        )
    return caught


@given(st.integers(LEAST_TWICE, 200), st.integers(1, 200), st.integers(1, 200))
def test_two_ways_give_chapmans_estimate_and_sadinles_interval(both: int, first: int, second: int) -> None:
    told = estimate(two_ways(both, first, second))
    if told.total is None:
        return
    assert isclose(told.total, (both + first + 1) * (both + second + 1) / (both + 1) - 1, rel_tol=1e-6)
    a, b, c = both + 0.5, first + 0.5, second + 0.5
    factor = exp(WIDTH * sqrt(1 / a + 1 / b + 1 / c + a / (b * c)))
    held = both + first + second
    assert told.low is not None and told.high is not None
    assert abs(told.low - max(held, held - 0.5 + b * c / a / factor)) <= 1
    assert abs(told.high - (held - 0.5 + b * c / a * factor)) <= 1


def test_a_textbook_population_is_estimated_as_the_textbook_does() -> None:
    # Seber (1982), p. 107, as cited by Rcapture: 167 in both samples, 781 and 254 in one of them.
    told = estimate(two_ways(167, 781, 254))
    assert told.total is not None and round(told.total) == 2383


@pytest.mark.parametrize(
    "chances", [(0.5, 0.4), (0.8, 0.15), (0.6, 0.4, 0.3), (0.5, 0.2, 0.1), (0.4, 0.4, 0.3, 0.2)]
)
@pytest.mark.parametrize("size", [40, 150])
def test_the_interval_holds_the_true_number_at_its_nominal_rate(chances: Sequence[float], size: int) -> None:
    random = Random(f"{chances}{size}")
    told = [estimate(draw(random, size, chances)) for _ in range(200)]
    said = [each for each in told if each.low is not None and each.high is not None]
    right = sum(
        each.low <= size <= each.high for each in said if each.low is not None and each.high is not None
    )
    assert len(said) > 150
    # Of 200 at a rate of 95 % fewer than 181 are right once in a thousand times.
    assert right / len(said) > 0.905


@pytest.mark.parametrize("chances", [(0.6, 0.4, 0.3), (0.3, 0.3, 0.3)])
def test_what_is_hard_to_find_makes_it_a_lower_bound_and_never_promises_too_much(
    chances: Sequence[float],
) -> None:
    random = Random(f"uneven {chances}")
    told = [estimate(draw(random, 150, chances, spread=1.0)) for _ in range(100)]
    totals = sorted(each.total for each in told if each.total is not None)
    assert totals[len(totals) // 2] < 150
    assert sum(each.low > 150 for each in told if each.low is not None) <= 2


HISTORIES = st.lists(st.sets(st.sampled_from(WAYS)), max_size=60)


@settings(max_examples=200, deadline=None)
@given(HISTORIES, st.integers(0, 5))
def test_an_estimate_is_never_below_what_is_held_and_lies_in_its_interval(
    caught: list[set[str]], unknown: int
) -> None:
    told = estimate(caught, unknown)
    assert told.held == sum(bool(names) for names in caught) + unknown
    if told.total is None:
        assert told.reason and told.low is None and told.high is None
        return
    assert told.low is not None and told.high is not None
    assert told.held <= told.low <= told.high
    assert told.held <= told.total and told.low - 1 <= told.total <= told.high + 1
    assert not told.reason and told.share is not None and 0 < told.share <= 1


@settings(max_examples=100, deadline=None)
@given(HISTORIES, st.randoms(use_true_random=False))
def test_the_order_and_the_names_of_the_ways_make_no_difference(
    caught: list[set[str]], random: Random
) -> None:
    shuffled = random.sample(caught, len(caught))
    renamed = dict(zip(WAYS, random.sample(("p", "q", "r", "s"), len(WAYS)), strict=True))
    one, other = estimate(caught), estimate({renamed[way] for way in names} for names in shuffled)
    assert (one.held, one.twice, one.total is None) == (other.held, other.twice, other.total is None)
    if one.total is not None and other.total is not None:
        assert isclose(one.total, other.total, rel_tol=1e-3)


@pytest.mark.parametrize(
    ("caught", "unknown", "why"),
    [
        ([], 0, "nothing has been found yet"),
        ([], 4, "it is not known how"),
        ([{"outlets"}] * 40, 0, "one way only (outlets)"),
        ([{"outlets"}] * 20 + [{"searches"}] * 20, 0, "too few were found by two ways (0 of 40"),
        (two_ways(2, 20, 20), 0, "too few were found by two ways (2 of 42"),
        (two_ways(3, 200, 200), 0, "too few were found by two ways (3 of 403"),
    ],
)
def test_where_nothing_can_be_said_it_says_why(caught: list[set[str]], unknown: int, why: str) -> None:
    told = estimate(caught, unknown)
    assert told.total is None and why in told.reason


def test_a_way_that_found_nothing_of_its_own_still_leaves_room_for_doubt() -> None:
    told = estimate(two_ways(30, 10, 0))
    assert told.total is not None and isclose(told.total, 40) and told.low == 40
    assert told.high is not None and told.high > 40


def test_what_is_held_without_a_known_way_raises_the_floor_only() -> None:
    known = estimate(two_ways(30, 6, 5))
    more = estimate(two_ways(30, 6, 5), unknown=1)
    assert (known.held, more.held, more.twice) == (41, 42, 30)
    assert more.total == max(42.0, known.total or 0.0) and isinstance(more, Estimate)
    assert Counter(more.ways) == Counter(("a", "b"))
