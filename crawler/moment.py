"""The record of a published date: the instant, the outlet's own offset, and how much of it was told."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache


class Precision(StrEnum):
    """How much of a published date the outlet told."""

    INSTANT = "instant"
    MINUTE = "minute"
    DAY = "day"


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A published date: the instant (UTC), the outlet's own offset, and the precision.

    `offset_minutes` is None where the outlet gave none and none could be inferred. A Moment of
    precision DAY holds midnight of that day at the offset (UTC where the offset is unknown).
    """

    instant: datetime
    offset_minutes: int | None = None
    precision: Precision = Precision.INSTANT

    @property
    def local(self) -> datetime:
        """The time on the outlet's own clock."""
        return self.instant.astimezone(_zone_at(self.offset_minutes or 0))

    @property
    def day(self) -> date:
        """The outlet's local day: the one the list shows."""
        return self.local.date()


@lru_cache(maxsize=128)
def _zone_at(offset_minutes: int) -> timezone:
    return timezone(timedelta(minutes=offset_minutes))
