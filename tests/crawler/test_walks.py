"""What a look at a source asks for, and when what it sees may not be all."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.records import Lead, Moment, PollState, SourceKind
from crawler.spiders.walks import Walk
from tests.crawler.sweeping import source

NOW = datetime(2017, 3, 30, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def walk(kind: SourceKind = SourceKind.FEED, **before: object) -> Walk:
    feed = source("https://daily.example/feed", kind)
    known = {"polled_at": NOW - HOUR, "etag": '"7"', "body_digest": "x"} | before
    return Walk(source=feed, before=PollState(source_id=feed.id, **known))  # type: ignore[arg-type]


def leads(*published: datetime | None) -> list[Lead]:
    return [
        Lead(
            url=f"https://daily.example/{number}",
            source_id="daily",
            found_at=NOW,
            published=Moment(instant=at) if at else None,
        )
        for number, at in enumerate(published)
    ]


def test_a_source_that_is_well_is_asked_whether_anything_is_new() -> None:
    assert walk(last_new_at=NOW - DAY, items_per_day=3.0).conditions(NOW) == {"If-None-Match": '"7"'}


@pytest.mark.parametrize(
    ("polled", "conditions"),
    [(NOW - DAY, {}), (NOW - HOUR, {"If-None-Match": '"7"'})],
    ids=["the first look of the day", "a later one"],
)
def test_a_silent_source_is_asked_for_all_of_it_once_a_day(
    polled: datetime, conditions: dict[str, str]
) -> None:
    silent = walk(last_new_at=NOW - 10 * DAY, items_per_day=3.0, polled_at=polled)
    assert silent.conditions(NOW) == conditions


@pytest.mark.parametrize(
    ("found", "overflowed"),
    [
        (leads(NOW, NOW - HOUR / 2), True),
        (leads(NOW, NOW - 2 * HOUR), False),
        (leads(NOW, None), False),
        ([], False),
    ],
    ids=["all newer", "one that was there", "one without a date", "none"],
)
def test_a_feed_overflowed_when_nothing_of_the_last_look_is_left(
    found: list[Lead], *, overflowed: bool
) -> None:
    assert walk().has_overflowed(found) is overflowed
    assert not walk(polled_at=None).has_overflowed(found), "a new source"
    assert not walk(SourceKind.SECTION).has_overflowed(found), "no feed"
