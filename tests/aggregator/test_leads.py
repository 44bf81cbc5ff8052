"""Leads whose pages did not come: how often and when they are asked for again, on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from aggregator.store import leads, sources
from aggregator.store.session import Store
from crawler.records import Find, FindOutcome, Page
from crawler.sweep import run_sweep
from tests.aggregator.samples import NOON, clock, open_intake
from tests.aggregator.test_intake import make_poll
from tests.crawler.loopback import Web
from tests.crawler.sweeping import order, source
from tests.crawler.test_sweep import FEED, put_daily


def test_a_lead_that_must_come_later_waits_longer_each_time_and_then_has_failed(store: Store) -> None:
    intake = open_intake(store)
    [lead] = intake.keep_poll(make_poll(1))
    pauses = []
    for _ in range(leads.MOST_ATTEMPTS):
        intake.keep_find(Find(lead=lead, outcome=FindOutcome.LATER, reason="503"))
        with store.reading() as c:
            row = leads.find(c, lead.url)
        assert row is not None
        ended = (row.status, row.reason)
        pauses.append(row.next_try_at and (row.next_try_at - NOON) / timedelta(hours=1))
        assert intake.waiting(10) == []
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, None]
    assert ended == ("failed", "503")


def test_a_lead_whose_outlet_wants_a_pause_waits_for_its_end_and_was_not_tried(store: Store) -> None:
    intake = open_intake(store)
    [lead] = intake.keep_poll(make_poll(1))
    end = NOON + timedelta(hours=30)
    for _ in range(2 * leads.MOST_ATTEMPTS):
        intake.keep_find(Find(lead=lead, outcome=FindOutcome.LATER, reason="a pause", until=end))
    with store.reading() as c:
        row = leads.find(c, lead.url)
        assert row is not None
        assert (row.status, row.attempts, row.next_try_at) == ("waiting", 0, end)
        assert leads.waiting(c, end, 10) == [lead]


def an_hour_later() -> datetime:
    return NOON + timedelta(minutes=61)


def test_a_crawl_delay_is_remembered_by_the_database_with_a_turn_for_each_lead(store: Store) -> None:
    with Web().serving() as web:
        put_daily(web, 3)
        web.put("http://daily.example/robots.txt", b"User-agent: *\nCrawl-delay: 3600\n", "text/plain")
        intake = open_intake(store)
        with store.writing() as c:
            sources.register(c, [source(FEED)])
        report = run_sweep(order(web, [source(FEED)], clock=clock, manners={"pause": 0.01}), intake)
    assert (report.ended, report.counts["find: later"]) == ("done", 3), report.broken
    assert web.asked() == ["/feed"]
    assert intake.held() == {"daily.example": NOON + timedelta(hours=1)}
    assert intake.waiting(9) == []
    later = replace(intake, clock=an_hour_later)
    assert (later.held(), [lead.headline for lead in later.waiting(9)]) == ({}, ["Headline 0"])


@pytest.mark.parametrize(("status", "pauses"), [(404, [1, 2, None]), (410, [None])])
def test_a_page_that_is_not_found_is_looked_for_again_before_it_counts_as_gone(
    store: Store, status: int, pauses: list[float | None]
) -> None:
    intake = open_intake(store)
    [lead] = intake.keep_poll(make_poll(1))
    page = Page(
        requested_url=lead.url, final_url=lead.url, status=status, headers=(), body=b"", fetched_at=NOON
    )
    for pause in pauses:
        intake.keep_find(Find(lead=lead, outcome=FindOutcome.GONE, reason="not there", page=page))
        with store.reading() as c:
            row = leads.find(c, lead.url)
        assert row is not None
        assert row.next_try_at == (NOON + timedelta(hours=pause) if pause else None)
        assert (row.status, row.outcome) == ("waiting" if pause else "done", "gone")
