"""The order "likely first" at the desk: there to be chosen, explained, and hiding nothing."""

from dataclasses import replace

from fastapi.testclient import TestClient

from aggregator import desk
from aggregator.desk import Signature
from aggregator.records import Status
from aggregator.review.filters import Filters
from aggregator.review.ordering import put_in_order
from aggregator.store import campaigns
from tests.aggregator.review.morning import NOW, Morning
from tests.aggregator.samples import make_article, take_in

ANA = Signature(by="Ana", at=NOW)
LIKELY = Filters(order="likely")


def decide(morning: Morning, wanted: int, unwanted: int) -> None:
    """So many entries from an outlet that is wanted, so many from one that is not, and two more of each."""
    store = morning.room.store
    good = [make_article(100 + n, outlet="City Ledger", headline=f"Hall {n}") for n in range(wanted + 2)]
    bad = [make_article(200 + n, outlet="Sports Daily", headline=f"Goal {n}") for n in range(unwanted + 2)]
    take_in(store, *good, *bad)
    desk.accept(store, "sanctuary", [each.key for each in good[:wanted]], ANA)
    desk.reject(store, "sanctuary", [each.key for each in bad[:unwanted]], ANA)


def test_the_likely_come_first_with_a_reason_and_nothing_is_hidden(
    morning: Morning, client: TestClient
) -> None:
    decide(morning, 12, 10)
    usual, likely = (
        client.get("/c/sanctuary/desk", params={"order": order}).text for order in ("", "likely")
    )
    assert "higher: 12 of 12 from City Ledger were accepted" in likely
    assert "lower: 0 of 10 from Sports Daily were accepted" in likely
    assert likely.index("Hall 12") < likely.index("Goal 10")
    assert "Learnt from 12 accepted and 10 rejected entries. Nothing is hidden" in likely
    assert "were accepted" not in usual
    assert likely.count("<article") == usual.count("<article")


def test_before_there_are_decisions_enough_the_page_says_so(morning: Morning, client: TestClient) -> None:
    decide(morning, 3, 1)
    page = client.get("/c/sanctuary/desk?order=likely").text
    assert "begins with 20 decisions" in page
    assert "so far there are 3 accepted and 1 rejected" in page


def test_every_entry_is_on_one_page_whatever_the_order(morning: Morning) -> None:
    decide(morning, 12, 10)
    store = morning.room.store
    before = desk.entries(store, "sanctuary")
    with store.reading() as c:
        campaign = campaigns.get(c, "sanctuary")
        waiting = replace(LIKELY, status=str(Status.WAITING))
        shown = [
            entry.story.id
            for page in range(1, 4)
            for entry in put_in_order(c, campaign, waiting, page).entries
        ]
    there = [entry.story.id for entry in before if entry.status is Status.WAITING]
    assert sorted(shown) == sorted(there)
    assert desk.entries(store, "sanctuary") == before
