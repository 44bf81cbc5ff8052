"""A source that moved for good is asked at its new address, and at its own again when that was no source."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.cadence import HARD, SOFT, TEMPORARY, Look, next_state
from crawler.moves import ENOUGH_TIME, Move, address_of
from crawler.records import PollOutcome, PollState, Source, SourceKind

NOW = datetime(2017, 3, 1, tzinfo=UTC)
OLD, NEW = "http://old.example/feed", "https://new.example/feed"
SOURCE = Source(id="feed-1", kind=SourceKind.FEED, url=OLD)
FRESH = PollState(source_id="feed-1")


def looked(state: PollState, days: float, told: str | None = NEW, **more: object) -> PollState:
    """The state after a look so many days from the beginning."""
    outcome = PollOutcome.NEW
    if "weight" in more:
        outcome = PollOutcome.FAILED
    look = Look(**({"outcome": outcome, "at": NOW + timedelta(days=days), "moved_to": told} | more))  # type: ignore[arg-type]
    return next_state(SOURCE, state, look)


def moved() -> PollState:
    """A source that was told to have moved three times over three days."""
    state = FRESH
    for days in (0, 1, 3):
        state = looked(state, days, headers=(("etag", '"new"'),), body_digest="new")
    return state


def test_the_same_address_three_times_over_three_days_is_believed() -> None:
    state = moved()
    assert state.move.address == NEW
    assert state.move.at == NOW + timedelta(days=3)
    assert address_of(OLD, state.move) == NEW


@pytest.mark.parametrize("days", [(0, 0.1, 0.2, 0.3), (0, 4), (0,)])
def test_less_than_that_is_not(days: tuple[float, ...]) -> None:
    state = FRESH
    for day in days:
        state = looked(state, day)
    assert state.moved_to == NEW
    assert address_of(OLD, state.move) == OLD


def test_another_address_or_none_in_between_begins_anew() -> None:
    for other in ("https://elsewhere.example/feed", None):
        state = FRESH
        for day, told in ((0, NEW), (1, NEW), (2, other), (3, NEW), (4, NEW)):
            state = looked(state, day, told)
        assert state.move.address is None
        assert looked(state, 6).move.address == NEW


def test_a_failed_look_at_the_end_of_a_redirect_is_no_word_on_a_move() -> None:
    state = FRESH
    for day in (0, 1, 3, 5):
        state = looked(state, day, weight=SOFT, trouble="the answer is a web page (HTML), not a feed")
    assert state.move.address is None


@pytest.mark.parametrize("weight", [SOFT, HARD])
def test_a_new_address_that_is_no_feed_sends_us_back(weight: float) -> None:
    state = looked(moved(), 4, None, weight=weight, trouble="no feed")
    assert address_of(OLD, state.move) == OLD
    assert (state.etag, state.last_modified, state.body_digest) == (None, None, None)


def test_a_network_that_is_down_or_a_wall_does_not() -> None:
    down = looked(moved(), 4, None, weight=TEMPORARY, trouble="the host refuses connections")
    wall = looked(moved(), 4, None, weight=HARD, outcome=PollOutcome.BLOCKED, trouble="refuses us")
    assert address_of(OLD, down.move) == address_of(OLD, wall.move) == NEW


def test_it_may_move_again_from_where_it_moved() -> None:
    state = moved()
    third = "https://third.example/feed"
    for day in (4, 5, 8):
        state = looked(state, day, third)
    assert address_of(OLD, state.move) == third


def test_an_address_that_a_person_declined_is_never_asked() -> None:
    declined = Move(declined=NEW)
    state = PollState(source_id="feed-1", move=declined)
    for day in (0, 1, 3, 5):
        state = looked(state, day)
    assert state.move.address is None
    already = Move(address=NEW, at=NOW, declined=NEW)
    assert address_of(OLD, already) == OLD
    settled = looked(PollState(source_id="feed-1", move=already), 1, None)
    assert settled.move.address is None


def test_enough_time_is_some_days() -> None:
    assert timedelta(days=2) <= ENOUGH_TIME <= timedelta(days=14)
