"""Thousands of feeds, odd and broken ones among them, read by us and by feedparser: nothing lost or late."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from crawler.records import SourceKind
from tests.crawler.readers.feed_makers import KINDS
from tests.crawler.readers.feed_peer import Comparison, Difference, compare
from tests.crawler.readers.feeds_made import make_feeds, make_json_feeds
from tests.crawler.readers.pages import read

pytestmark = pytest.mark.xdist_group("feed suites")

LONGEST = 2.0  # seconds on the processor for one feed


@pytest.fixture(scope="module")
def compared() -> dict[str, Comparison]:
    return {made.name: compare(made.body, dict(made.headers), made.true_date) for made in make_feeds()}


def test_titles_links_and_dates_are_those_that_feedparser_reads(compared: dict[str, Comparison]) -> None:
    unequal = [f"{name}: {words}" for name, found in compared.items() for words in found.unequal]
    values = sum(found.values for found in compared.values())
    assert len(compared) >= 2_500
    assert values >= 14_000
    assert len(unequal) <= 0.005 * values
    assert unequal == []


def test_where_we_differ_it_is_for_a_reason_that_is_counted(compared: dict[str, Comparison]) -> None:
    meant = Counter(difference for found in compared.values() for difference in found.meant)
    assert set(meant) == set(Difference)
    # Most of the feeds are odd on purpose; even so most values are those of feedparser.
    assert meant[Difference.BETTER_DATE] + meant[Difference.UNBELIEVABLE] < 900


def test_no_feed_takes_long(compared: dict[str, Comparison]) -> None:
    slow = {name: found.seconds for name, found in compared.items() if found.seconds > LONGEST}
    assert not slow


def test_json_feeds_of_every_version_are_read() -> None:
    cases = list(make_json_feeds())
    assert len(cases) >= 250
    for made, headline, url in cases:
        reading = read(made.body, SourceKind.FEED)
        (lead,) = reading.leads
        assert (lead.headline, lead.url) == (headline, url), made.name
        assert lead.published and lead.published.instant.replace(microsecond=0) == datetime(
            2017, 3, 28, 14, tzinfo=UTC
        )
        assert len(reading.problems) == 2, "what is no item, and what has no address, is told"


def test_every_kind_is_among_them(compared: dict[str, Comparison]) -> None:
    assert all(sum(name.startswith(kind) for name in compared) >= 70 for kind in KINDS)
