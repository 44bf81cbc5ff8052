"""What a host's robots.txt said, kept for a day. A record only, light enough for every process."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_KEPT = timedelta(hours=24)  # RFC 9309, 2.4


@dataclass(frozen=True, kw_only=True, slots=True)
class RobotsAnswer:
    """A robots.txt by the origin it rules over (`https://daily.example`), and when it was asked for."""

    origin: str
    status: int
    text: str
    at: datetime

    def is_fresh(self, now: datetime) -> bool:
        """Whether it still holds."""
        return timedelta() <= now - self.at < LONGEST_KEPT
