"""Leads whose pages did not come: how often and when they are asked for again, on both databases."""

from datetime import timedelta

from aggregator.store import leads
from aggregator.store.session import Store
from crawler.records import Find, FindOutcome
from tests.aggregator.samples import NOON, open_intake
from tests.aggregator.test_intake import make_poll


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
