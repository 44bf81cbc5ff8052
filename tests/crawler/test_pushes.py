"""A source that a hub tells us of is looked at less, as long as the hub really does, and no longer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawler.cadence import LONGEST, Look, next_state
from crawler.pushes import SAFETY_PACE, Offer, Push, heed, is_due, is_pushed
from crawler.records import PollOutcome, PollState, Source, SourceKind

NOW = datetime(2017, 3, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SOURCE = Source(id="feed-1", kind=SourceKind.FEED, url="https://daily.example/feed")
OFFER = Offer(hub="https://hub.example/", topic="https://daily.example/feed")
ALIVE = Push(hub=OFFER.hub, topic=OFFER.topic, until=NOW + 24 * 9 * HOUR)
TELLING = replace(ALIVE, noticed_at=NOW - 3 * HOUR, heeded_at=NOW - 3 * HOUR)


def look(
    push: Push, newest: datetime, outcome: PollOutcome = PollOutcome.NEW, offer: Offer | None = OFFER
) -> PollState:
    """The state after a look now at a busy source whose newest piece is of that time."""
    before = PollState(
        source_id="feed-1",
        polled_at=NOW - HOUR,
        last_new_at=NOW - 3 * HOUR,
        items_per_day=24.0,
        push=push,
    )
    dates = [newest - HOUR * number for number in range(30)]
    return next_state(SOURCE, before, Look(outcome=outcome, at=NOW, dates=dates, offer=offer))


def pause(state: PollState) -> timedelta:
    assert state.next_poll_at is not None
    return state.next_poll_at - NOW


def test_a_subscription_alone_is_not_believed() -> None:
    assert pause(look(ALIVE, NOW - 3 * HOUR)) < HOUR


def test_once_a_notice_came_we_look_slowly() -> None:
    assert is_pushed(TELLING, NOW)
    for outcome in (PollOutcome.NEW, PollOutcome.UNCHANGED):
        state = look(TELLING, NOW - 3 * HOUR, outcome)
        assert 0.9 * SAFETY_PACE <= pause(state) <= 1.1 * SAFETY_PACE
    assert SAFETY_PACE <= LONGEST


def test_a_notice_whose_piece_is_not_there_yet_makes_us_look_once_more_soon() -> None:
    told = replace(TELLING, noticed_at=NOW)
    for outcome in (PollOutcome.NEW, PollOutcome.UNCHANGED):
        stale = look(told, NOW - 3 * HOUR, outcome)
        assert pause(stale) <= timedelta(minutes=11)
        assert not is_due(stale.push)
    assert pause(look(told, NOW - timedelta(minutes=1))) >= 0.9 * SAFETY_PACE
    late = replace(TELLING, noticed_at=NOW - HOUR / 2, heeded_at=NOW - HOUR / 2)
    assert look(late, NOW - HOUR).push.missed_at is None  # it was told of, before it was there


def test_never_beyond_the_end_of_the_lease() -> None:
    ending = replace(TELLING, until=NOW + 2 * HOUR)
    assert pause(look(ending, NOW - 3 * HOUR)) <= 2.2 * HOUR
    over = replace(TELLING, until=NOW)
    assert pause(look(over, NOW - 3 * HOUR)) < HOUR


def test_a_piece_that_nobody_told_of_brings_the_own_rhythm_back() -> None:
    missed = look(TELLING, NOW - HOUR)
    assert missed.push.missed_at == NOW
    assert pause(missed) < HOUR
    again = replace(missed.push, noticed_at=NOW + HOUR)
    assert is_pushed(again, NOW + 2 * HOUR)


def test_a_piece_of_this_minute_may_still_be_told_of() -> None:
    assert look(TELLING, NOW - timedelta(minutes=2)).push.missed_at is None


def test_a_piece_that_the_notice_announced_is_none_that_was_missed() -> None:
    told = replace(TELLING, noticed_at=NOW - HOUR)
    assert is_due(told)
    state = look(told, NOW - HOUR)
    assert state.push.missed_at is None
    assert not is_due(state.push)


def test_a_notice_that_comes_during_a_look_is_not_lost() -> None:
    before = replace(TELLING, noticed_at=NOW)
    after = replace(heed(before), noticed_at=NOW + timedelta(seconds=1))
    assert is_due(after)


def test_what_is_offered_is_remembered_and_forgotten() -> None:
    assert look(Push(), NOW).push.hub == OFFER.hub
    assert look(Push(), NOW, offer=None).push.hub is None
    assert look(TELLING, NOW, offer=None).push.hub == ""
    assert look(TELLING, NOW, PollOutcome.UNCHANGED, offer=None).push.hub == OFFER.hub


def test_the_teams_own_wish_is_kept() -> None:
    before = PollState(source_id="feed-1", push=TELLING)
    wish = replace(SOURCE, every=timedelta(minutes=30))
    state = next_state(wish, before, Look(outcome=PollOutcome.UNCHANGED, at=NOW))
    assert pause(state) < HOUR
