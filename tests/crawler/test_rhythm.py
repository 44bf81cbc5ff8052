"""A source that sleeps at night is asked by day."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.rhythm import count_hours, wait_for

MORNING = datetime(2017, 3, 28, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
BY_DAY = count_hours((), [MORNING + HOUR * number for number in range(8)] * 40)  # 8 to 15 o'clock


def test_without_knowledge_every_hour_is_alike() -> None:
    for few in ((), count_hours((), [MORNING] * 23)):
        assert wait_for(0.5, 6.0, few, MORNING) == 2 * HOUR


def test_by_day_it_is_asked_more_often_and_by_night_not_before_the_morning() -> None:
    by_day = wait_for(0.5, 8.0, BY_DAY, MORNING)
    by_night = wait_for(0.5, 8.0, BY_DAY, MORNING + 10 * HOUR)
    assert by_day < HOUR < 1.5 * HOUR == wait_for(0.5, 8.0, (), MORNING)
    assert (
        MORNING + timedelta(days=1) - HOUR
        < MORNING + 10 * HOUR + by_night
        < MORNING + timedelta(days=1, hours=1)
    )


def test_hours_are_counted_in_utc_and_an_old_habit_is_forgotten() -> None:
    evening_elsewhere = datetime.fromisoformat("2017-03-28T23:30:00-04:00")
    assert count_hours((), [evening_elsewhere]).index(1) == 3
    hours = BY_DAY
    for _ in range(40):
        hours = count_hours(hours, [MORNING + 12 * HOUR] * 30)
    assert hours[20] > 10 * max(hours[:20])


@given(
    items=st.floats(0.01, 5), rate=st.floats(0.05, 500), at=st.datetimes(timezones=st.just(UTC)),
    hours=st.lists(st.integers(0, 50), min_size=24, max_size=24),
)  # fmt: skip
def test_the_wait_ends_and_longer_for_more(items: float, rate: float, at: datetime, hours: list[int]) -> None:
    at = at.replace(year=2017)
    wait = wait_for(items, rate, tuple(hours), at)
    assert timedelta() < wait <= wait_for(2 * items, rate, tuple(hours), at)
    assert abs(wait - timedelta(days=items / rate)) <= timedelta(days=1)
