"""At which hours of the day a source brings news, and how long until more is to be expected. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

Hours = tuple[int, ...]
"""How many items each hour of the day (UTC, from midnight) brought; empty where nothing is known."""

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_LEAST = 24  # items: with fewer, one hour is as likely as another
_MOST = 400  # items: beyond, the older half is forgotten, so that a new habit is learnt
_CHANCE = 0.5  # of an item in each hour that was never seen to bring one


def count_hours(before: Hours, dates: Iterable[datetime]) -> Hours:
    """The counts with items published then."""
    counts = list(before or (0,) * 24)
    for date in dates:
        counts[date.astimezone(UTC).hour] += 1
    if sum(counts) > _MOST:
        counts = [(number + 1) // 2 for number in counts]
    return tuple(counts) if any(counts) else ()


def wait_for(items: float, items_per_day: float, hours: Hours, now: datetime) -> timedelta:
    """How long until so many items are to be expected, at this rate and at these hours of the day."""
    shares = _shares(hours)
    left = items / items_per_day
    whole_days = int(left)
    left -= whole_days
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    begun = (now - midnight) / _HOUR
    hour, into = int(begun), begun % 1
    while left > shares[hour % 24] * (1 - into):
        left -= shares[hour % 24] * (1 - into)
        hour, into = hour + 1, 0.0
    return (hour + into + left / shares[hour % 24] - begun) * _HOUR + whole_days * _DAY


def _shares(hours: Hours) -> list[float]:
    """Which part of a day's items each hour brings; none of them nothing."""
    total = sum(hours)
    if total < _LEAST:
        return [1 / 24] * 24
    return [(number + _CHANCE) / (total + 24 * _CHANCE) for number in hours]
