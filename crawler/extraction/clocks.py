"""The offset of an outlet's clock, where a page tells an instant in UTC and shows its own clock or day."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from crawler import dates
from crawler.extraction.datings import Seen
from crawler.records import Moment, Precision

_QUARTER = timedelta(minutes=15)
_MOST = 50  # clocks of a kind that are compared, the first
_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)


def offset_between(seen: Sequence[Seen], zone: str | None) -> int | None:
    """The minutes by which stamps without an offset are ahead of stamps in UTC that show the same second.

    None where no two do. `zone` is the outlet's supposed one: clocks that are as far apart the other
    way round are a local time called UTC beside the true one, and tell nothing.
    """
    stamps = dict.fromkeys(each.stamp for each in seen)
    exact = [stamp for stamp in stamps if stamp.precision is Precision.INSTANT and stamp.clock.second]
    in_utc = [stamp.clock for stamp in exact if stamp.offset_minutes == 0][:_MOST]
    shown = [stamp.clock for stamp in exact if stamp.offset_minutes is None][:_MOST]
    ahead = Counter(there - here for there in shown for here in in_utc if _is_offset(there - here))
    for apart, _ in ahead.most_common(1):
        minutes = round(apart.total_seconds() / 60)
        supposed = dates.offset_at(in_utc[0], zone) if zone else None
        return None if supposed == -minutes else minutes
    return None


def is_borne_out(zone: str, moment: Moment, shown: Collection[date]) -> bool:
    """Whether a supposed zone, and not UTC, puts an instant on one of the days that the page shows."""
    return moment.day not in shown and dates.shift(moment, zone).day in shown


def next_day_shown(moment: Moment, shown: Collection[date]) -> date | None:
    """The day that the page shows where that is not the day of its stamp in UTC, but the one beside it."""
    if moment.offset_minutes != 0 or moment.precision is Precision.DAY or moment.day in shown:
        return None
    return next((day for day in sorted(shown) if abs((day - moment.day).days) == 1), None)


def _is_offset(apart: timedelta) -> bool:
    return bool(apart) and not apart % _QUARTER and _WEST <= apart <= _EAST
