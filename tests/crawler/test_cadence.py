from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.cadence import HARD, LONGEST, SHORTEST, SLOWEST, SOFT, TEMPORARY, Look, next_state
from crawler.records import PollOutcome, PollState, Source, SourceKind

NOW = datetime(2017, 3, 30, 12, tzinfo=UTC)
DAILY = Source(id="daily", kind=SourceKind.FEED, url="https://daily.example/feed")
FRESH = PollState(source_id="daily")


def look(outcome: PollOutcome = PollOutcome.NEW, **more: Any) -> Look:
    return replace(Look(outcome=outcome, at=NOW), **more)


def pause(state: PollState) -> timedelta:
    assert state.next_poll_at is not None
    return state.next_poll_at - NOW


def about(wanted: timedelta, got: timedelta) -> bool:
    return 0.94 * wanted <= got <= 1.06 * wanted


def items(every: timedelta, count: int) -> list[datetime]:
    return [NOW - every * number for number in range(1, count + 1)]


def test_a_source_is_looked_at_twice_for_each_new_item() -> None:
    state = next_state(DAILY, FRESH, look(dates=items(timedelta(hours=4), 20)))
    assert about(timedelta(hours=2), pause(state))
    assert state.items_per_day == pytest.approx(6.0)
    assert state.last_new_at == NOW - timedelta(hours=4)


def test_a_busy_source_is_not_hammered_and_a_slow_one_not_forgotten() -> None:
    busy = next_state(DAILY, FRESH, look(dates=items(timedelta(seconds=30), 50)))
    slow = next_state(DAILY, FRESH, look(dates=items(timedelta(days=6), 2)))
    assert about(SHORTEST, pause(busy))
    assert about(LONGEST, pause(slow))


def test_an_answer_is_remembered_for_the_next_conditional_request() -> None:
    headers = (("etag", '"1"'), ("last-modified", "Tue, 28 Mar 2017 10:00:00 GMT"))
    state = next_state(DAILY, FRESH, look(headers=headers, body_digest="d"))
    assert (state.etag, state.last_modified, state.body_digest) == ('"1"', headers[1][1], "d")
    later = next_state(DAILY, state, look(PollOutcome.UNCHANGED))
    assert (later.etag, later.body_digest, later.polled_at) == ('"1"', "d", NOW)


@pytest.mark.parametrize(
    ("asked", "hours"),
    [
        ({"headers": (("cache-control", "public, max-age=7200"),)}, 2.0),
        ({"hints": {"ttl": "180"}}, 3.0),
        ({"hints": {"update_period": "daily", "update_frequency": "4"}}, 6.0),
        ({"hints": {"ttl": "nonsense", "update_period": "sometimes"}}, 1.0),
        ({"headers": (("cache-control", "max-age=31536000"),)}, 12.0),
    ],
)
def test_the_sources_own_wish_counts_up_to_a_bound(asked: dict[str, Any], hours: float) -> None:
    assert about(timedelta(hours=hours), pause(next_state(DAILY, FRESH, replace(look(), **asked))))


def test_the_teams_wish_goes_before_the_rhythm() -> None:
    often = replace(DAILY, every=timedelta(minutes=5))
    assert about(timedelta(minutes=5), pause(next_state(often, FRESH, look(hints={"ttl": "600"}))))


def test_quiet_hours_are_skipped() -> None:
    hints = {"skip_hours": "13 14 15", "skip_days": ""}
    state = next_state(DAILY, FRESH, look(hints=hints))
    assert state.next_poll_at == datetime(2017, 3, 30, 16, tzinfo=UTC)


@pytest.mark.parametrize("nonsense", ["²", "9" * 5_000, "1.5", "-1", "١٢x"], ids=lambda each: each[:4])
def test_hours_that_are_none_are_passed_over(nonsense: str) -> None:
    state = next_state(DAILY, FRESH, look(hints={"skip_hours": f"{nonsense} 13 14 15"}))
    assert state.next_poll_at == datetime(2017, 3, 30, 16, tzinfo=UTC)


def test_a_feed_that_skips_all_hours_is_still_looked_at() -> None:
    hints = {"skip_hours": " ".join(str(hour) for hour in range(24))}
    assert about(timedelta(hours=1), pause(next_state(DAILY, FRESH, look(hints=hints))))


@pytest.mark.parametrize(("weight", "within_a_day"), [(TEMPORARY, 12), (SOFT, 8), (HARD, 5)])
def test_a_failing_source_is_asked_less_and_less_but_for_ever(weight: float, within_a_day: int) -> None:
    state, now, looks = FRESH, NOW, 0
    while now < NOW + timedelta(days=60):
        failed = Look(outcome=PollOutcome.FAILED, at=now, weight=weight, trouble="broken")
        state = next_state(DAILY, state, failed)
        assert state.next_poll_at is not None and state.next_poll_at - now <= SLOWEST * 1.06
        looks += now < NOW + timedelta(days=1)
        now = state.next_poll_at
    assert looks <= within_a_day
    assert state.trouble == "broken"
    healed = next_state(DAILY, state, look())
    assert (healed.failures, healed.trouble) == (0.0, None)
    assert about(timedelta(hours=1), pause(healed))


def test_a_source_that_is_gone_is_asked_weekly() -> None:
    gone = look(PollOutcome.GONE, weight=HARD, trouble="gone for good (410)")
    once = next_state(DAILY, FRESH, gone)
    twice = next_state(DAILY, once, gone)
    assert pause(once) < SLOWEST
    assert about(timedelta(days=7), pause(twice))


def test_a_pause_that_was_asked_for_is_kept_and_is_no_failure() -> None:
    until = NOW + timedelta(hours=7)
    state = next_state(DAILY, FRESH, look(PollOutcome.LATER, until=until, trouble="asked for a pause"))
    assert state.next_poll_at == until
    assert state.failures == 0.0


def test_nothing_is_ever_due_at_once() -> None:
    for outcome in PollOutcome:
        assert pause(next_state(DAILY, FRESH, look(outcome))) >= SHORTEST * 0.94


def test_a_source_that_falls_silent_says_so_while_it_answers_well() -> None:
    state = next_state(DAILY, FRESH, look(dates=items(timedelta(hours=12), 20)))
    assert state.trouble is None
    later = replace(look(PollOutcome.UNCHANGED), at=NOW + timedelta(days=4))
    quiet = next_state(DAILY, state, later)
    assert quiet.trouble == "no new item for 4 days; there used to be one every 12 hours"
    assert quiet.failures == 0.0
    again = replace(look(dates=[later.at]), at=later.at + timedelta(hours=1))
    assert next_state(DAILY, quiet, again).trouble is None


def test_a_source_that_brings_much_less_than_it_used_to_says_so() -> None:
    state = next_state(DAILY, FRESH, look(dates=items(timedelta(hours=1), 336)))
    dates = [*items(timedelta(hours=1), 300)[72:], NOW - timedelta(hours=2)]
    assert (
        next_state(DAILY, state, look(dates=dates)).trouble == "brings 0.3 items a day; it used to bring 24"
    )
