"""Domains that asked for a pause: what 429 and 503 say, kept until the time is over.

Holds last beyond a sweep: `tell` hands each one to whoever remembers it, those of a Crawl-delay
included, which `turns` keeps itself while it lasts. Pure but for that.
"""

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from crawler.politeness.errors import NotNow

UNTOLD_PAUSE = timedelta(minutes=15)  # for a 429 that does not say how long
SHORTEST = timedelta(seconds=5)


def read_retry_after(value: str | None, now: datetime) -> timedelta | None:
    """The pause that a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date).

    None where it says nothing we can read, or a time that is over.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:12]), 10**9))
    try:
        asked = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    asked = asked if asked.tzinfo else asked.replace(tzinfo=UTC)
    return asked - now if asked > now else None


class Holds:
    """Who must be left alone until when, by registrable domain."""

    def __init__(
        self,
        held: Mapping[str, datetime],
        longest: timedelta,
        tell: Callable[[str, datetime], None],
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._held = dict(held)
        self._longest = longest
        self._tell = tell
        self._chance = chance

    def left(self, domain: str, now: datetime) -> float:
        """Seconds for which this domain is still to be left alone; of a clock that was wrong, the longest."""
        until = self._held.get(domain)
        return min(max(until - now, timedelta()), self._longest).total_seconds() if until else 0.0

    def remember(self, domain: str, until: datetime) -> None:
        """Tell of a pause that ends by itself in this sweep, for whoever comes after it."""
        self._tell(domain, until)

    def check(self, domain: str, now: datetime) -> None:
        """Raise NotNow while this domain is to be left alone."""
        until = self._held.get(domain)
        if until and until > now:
            raise NotNow(f"{domain} asked for a pause until {until:%Y-%m-%d %H:%M:%S} UTC", until)

    def heed(self, domain: str, status: int, retry_after: str | None, now: datetime) -> None:
        """Remember what an answer asks for; a 503 that names no time is an ordinary failure."""
        pause = read_retry_after(retry_after, now)
        if status not in (429, 503) or (status == 503 and pause is None):
            return
        wanted = max(pause or UNTOLD_PAUSE, SHORTEST)
        # Up to a tenth later, so that not everybody comes back at the same second.
        until = now + min(wanted * (1 + self._chance() / 10), self._longest)
        if until > self._held.get(domain, now):
            self._held[domain] = until
            self._tell(domain, until)
