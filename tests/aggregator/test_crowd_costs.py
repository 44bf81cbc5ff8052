"""Of a story that very many carry, one more copy costs what the fiftieth cost."""

from collections import Counter

from aggregator.intake import Intake
from aggregator.records import Campaign
from aggregator.store import stories as stored
from aggregator.store.session import Store
from tests.aggregator.flock import CITIES, NOBODY, copies, keep_all, working
from tests.aggregator.samples import clock, make_find
from tests.aggregator.test_kin import REAL
from tests.aggregator.test_placing import counting


def cost_of_one_more(store: Store, carried: int, looked_for: Campaign) -> Counter[str]:
    """What taking one more copy in costs where so many carry the story, the first time left out."""
    flock = copies(carried + 3)
    keep_all(store, flock[:carried], looked_for)
    intake = Intake(store, (looked_for,), REAL, clock)
    for article in flock[carried:-1]:
        intake.keep_find(make_find(article))
    with counting(store) as given, working() as count:
        intake.keep_find(make_find(flock[-1]))
    with store.reading() as c:
        assert len(set(stored.of_articles(c, [each.key for each in flock]).values())) == 1
    count["statements"] = len(given)
    return count


def test_one_more_copy_costs_the_same_whether_fifty_or_a_thousand_carry_the_story(store: Store) -> None:
    assert_as_cheap(*(cost_of_one_more(store, carried, CITIES) for carried in (50, 1_000)))


def test_so_does_one_more_that_mentions_nobody(sqlite_store: Store) -> None:
    assert_as_cheap(*(cost_of_one_more(sqlite_store, carried, NOBODY) for carried in (50, 300)))


def assert_as_cheap(few: Counter[str], many: Counter[str]) -> None:
    """The work for the thousandth copy is that for the fiftieth."""
    for work in ("articles unpacked", "members read", "texts compared"):
        assert many[work] <= max(few[work], 6), (work, few, many)
    assert many["statements"] <= few["statements"] + 2
    # Of a key that many articles hold two hundred are looked at: that is all that is more.
    assert many["calls"] <= 2 * few["calls"]
