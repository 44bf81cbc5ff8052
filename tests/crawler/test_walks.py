"""What a look at a source asks for, and when what it sees may not be all."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.records import Lead, Moment, PollState, SourceKind
from crawler.spiders.walks import Walk
from crawler.sweep import run_sweep
from tests.crawler.loopback import Web
from tests.crawler.notebook import Notebook
from tests.crawler.sweeping import order, rss, source
from tests.crawler.test_sweep import FEED, put_daily

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


def at_noon() -> datetime:
    return datetime(2017, 3, 28, 12, tzinfo=UTC)  # two hours before the items that `rss` makes


def at_midnight() -> datetime:
    return datetime(2017, 3, 29, tzinfo=UTC)


def test_a_feed_that_shows_only_what_is_new_is_read_back_to_where_we_were(
    web: Web, notebook: Notebook
) -> None:
    put_daily(web, 1)
    run_sweep(order(web, [source(FEED)], clock=at_noon), notebook)
    web.log.clear()
    pages = [FEED, f"{FEED}?page=2", f"{FEED}?page=3"]
    for number, url in enumerate(pages, 10):
        older = f"{FEED}?page={number - 8}"
        later = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="{older}"/>'
        body = rss((f"Headline {number}", f"http://daily.example/story/{number}"), channel=later)
        web.put(url, body.replace(b"28 Mar", b"27 Mar") if number == 11 else body, "text/xml")
    run_sweep(order(web, [(source(FEED), notebook.polls[0].state)], clock=at_midnight), notebook)
    assert [line.path for line in web.log if line.path.startswith("/feed")] == ["/feed", "/feed?page=2"]
    assert {lead.url[-2:] for lead in notebook.polls[1].leads} == {"10", "11"}
