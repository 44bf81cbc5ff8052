"""An offset that no stamp names, from two stamps that show the same second on two clocks."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.dates import Stamp
from crawler.extraction import extract
from crawler.extraction.clocks import offset_between
from crawler.extraction.datings import Seen
from crawler.outlets import Directory
from crawler.records import Article, Page, Precision

NOON = datetime(2026, 1, 14, 17, 4, 31, tzinfo=UTC).replace(tzinfo=None)
MORE = (
    "The council voted on Tuesday to keep the last ferry of the evening, which fishermen had asked for. " * 6
)


def seen(clock: datetime, offset: int | None, precision: Precision = Precision.INSTANT) -> Seen:
    return Seen(Stamp(clock, precision, offset), "meta published")


def ahead(minutes: int) -> Seen:
    return seen(NOON + timedelta(minutes=minutes), None)


@pytest.mark.parametrize("minutes", [-480, -210, 60, 345, 330, 840])
def test_a_clock_beside_utc_tells_its_offset(minutes: int) -> None:
    assert offset_between([seen(NOON, 0), ahead(minutes)], None) == minutes


@pytest.mark.parametrize(
    "other",
    [
        ahead(0),
        ahead(61),
        ahead(-900),
        seen(NOON + timedelta(hours=1, seconds=1), None),
        seen(NOON + timedelta(hours=1), None, Precision.MINUTE),
        seen(NOON + timedelta(hours=1), 60),
    ],
    ids=["the same", "no offset is so", "too far", "another second", "only a minute", "named"],
)
def test_others_tell_none(other: Seen) -> None:
    assert offset_between([seen(NOON, 0), other], None) is None


def test_full_minutes_may_be_two_other_times() -> None:
    sharp = NOON.replace(second=0)
    assert offset_between([seen(sharp, 0), seen(sharp + timedelta(hours=1), None)], None) is None


def test_a_local_time_called_utc_is_not_taken_for_the_true_one() -> None:
    assert offset_between([seen(NOON, 0), ahead(300)], "America/New_York") is None


def article_of(head: str, shown: str = "", tag: str = "") -> Article:
    markup = (
        f"<html lang='{tag}'><head><title>Council keeps the ferry</title>{head}</head>"
        f"<body><h1>Council keeps the ferry</h1>{shown}<p>{MORE}</p></body></html>"
    )
    url = "https://gazette.example/council-keeps-the-ferry"
    fetched = datetime(2026, 1, 16, tzinfo=UTC)
    page = Page(
        requested_url=url, final_url=url, status=200, headers=(), body=markup.encode(), fetched_at=fetched
    )
    article = extract(page, Directory(()))
    assert isinstance(article, Article) and article.published
    return article


def local_time(article: Article) -> str:
    assert article.published
    return article.published.local.isoformat()


def test_the_list_shows_the_day_of_the_clock_that_the_page_shows() -> None:
    read = article_of(
        "<meta property='article:published_time' content='2026-01-15T04:58:46+00:00'>"
        "<meta name='date' content='2026-01-14T20:58:46'>"
    )
    assert local_time(read) == "2026-01-14T20:58:46-08:00"


STAMP = "<meta property='article:published_time' content='2026-01-15T02:30:00Z'>"


def test_a_supposed_zone_counts_where_it_puts_a_stamp_in_utc_on_the_day_that_the_page_shows() -> None:
    there = article_of(STAMP, "<span class='date'>January 14, 2026</span>", "en-US")
    assert local_time(there) == "2026-01-14T21:30:00-05:00"
    assert local_time(article_of(STAMP, tag="en-US")) == "2026-01-15T02:30:00+00:00", "no day is shown"
    same = article_of(STAMP, "<span class='date'>January 15, 2026</span>", "en-US")
    assert local_time(same) == "2026-01-15T02:30:00+00:00", "UTC's own day is shown"


def test_a_stamp_in_utc_beside_the_day_that_is_shown_is_for_the_reviewer() -> None:
    late = STAMP.replace("02:30", "22:30").replace("01-15", "01-14")
    read = article_of(late, "<span class='date'>January 15, 2026</span>", "en-US")
    assert "shows 2026-01-15" in (read.evidence["published"].doubt or "")
