"""The offset of an outlet's clock, where a page tells one instant in UTC and as its own clock shows it."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from crawler import dates
from crawler.extraction.datings import Seen
from crawler.records import Precision

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


def _is_offset(apart: timedelta) -> bool:
    return bool(apart) and not apart % _QUARTER and _WEST <= apart <= _EAST
