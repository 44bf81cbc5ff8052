"""One look at one source while it lasts: what was known before, what was found so far, what to ask. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from crawler.cadence import find_silence
from crawler.moves import address_of
from crawler.pushes import Offer
from crawler.records import Lead, Page, PollState, Source, SourceKind


@dataclass(kw_only=True)
class Walk:
    """One look at one source, while it lasts."""

    source: Source
    before: PollState
    first: Page | None = None
    moved_to: str | None = None
    leads: dict[str, Lead] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    hints: dict[str, str] = field(default_factory=dict)
    to_ask: list[str] = field(default_factory=list)
    offer: Offer | None = None
    known: set[str] = field(default_factory=set)
    asked: int = 0
    is_index: bool = False
    is_whole: bool = True
    is_partly_same: bool = False

    @property
    def url(self) -> str:
        """Where the source is asked: its own address, or the one that it moved to."""
        return address_of(self.source.url, self.before.move)

    @property
    def was_index(self) -> bool:
        """Whether the sitemap was an index the last time: that it is unchanged tells nothing of its parts."""
        return self.source.kind == SourceKind.SITEMAP and self.before.body_digest is None

    @property
    def was_broken_off(self) -> bool:
        """Whether an index was not read to its end the last time, or nobody can say."""
        before = self.before
        return self.was_index and before.polled_at is not None and before.last_modified is None

    def conditions(self, now: datetime) -> dict[str, str]:
        """What the outlet gave us to ask "anything new?" with, unless it came from an address left since.

        Some servers answer for ever that nothing changed: where a source is silent, the first look of each
        day asks for all of it.
        """
        before = self.before
        if before.move.address not in (None, self.url):
            return {}
        is_first_today = before.polled_at is None or before.polled_at.date() != now.date()
        if is_first_today and find_silence(before, now):
            return {}
        headers = {"If-None-Match": before.etag, "If-Modified-Since": before.last_modified}
        return {name: value for name, value in headers.items() if value}

    def headers_to_keep(self) -> tuple[tuple[str, str], ...]:
        """Of an index not whether it changed, but when, by its own clock, all of it was read."""
        headers = self.first.headers if self.first else ()
        if not self.is_index:
            return headers
        date = self.first.header("date") if self.first and self.is_whole else None
        kept = tuple(each for each in headers if each[0] not in ("etag", "last-modified"))
        return (*kept, ("last-modified", date)) if date else kept

    def has_overflowed(self, leads: Sequence[Lead]) -> bool:
        """Whether a feed shows nothing that was there at the last look: there may have been more between."""
        seen = self.before.polled_at
        if seen is None or self.before.body_digest is None or self.source.kind != SourceKind.FEED:
            return False
        return bool(leads) and all(lead.published and lead.published.instant > seen for lead in leads)
