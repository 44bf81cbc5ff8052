"""What the pages are given: store, clock and jobs, all from outside; they look nothing up themselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from aggregator.judges import Judges
from aggregator.records import Campaign
from aggregator.store.session import Store
from crawler.outlets import Directory
from crawler.records import Article, Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """What became of a pasted address: an article, or why there is none."""

    url: str
    article: Article | None = None
    trouble: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """What a site offers to read, and in words what was looked for and not found."""

    sources: Sequence[Source]
    troubles: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """What a changed campaign would find among the stored articles, beside what it finds now.

    Each holds article keys with headlines; `endangered` are accepted entries that the new
    rules would not have found. Of very many, only the first are named.
    """

    gained: Sequence[tuple[str, str]]
    lost: Sequence[tuple[str, str]]
    endangered: Sequence[tuple[str, str]]
    looked_at: int
    gained_in_all: int
    lost_in_all: int


class Jobs(Protocol):
    """What needs the crawler or takes long; connected to `runs` by whoever starts the web page."""

    def fetch(self, urls: Sequence[str]) -> Sequence[Fetched]:
        """Reads pages through the gate and extracts them; keeps nothing."""

    def discover(self, address: str) -> Offered:
        """The feeds, sitemaps and sections that a site offers."""

    def try_out(self, campaign: Campaign) -> Trial:
        """What the campaign would find among the stored articles; changes nothing."""

    def rematch(self, campaign: Campaign) -> None:
        """Begins to judge the stored articles anew; may return before it is done.

        How far it is, `store.rematches` tells.
        """


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """Everything that the review desk stands on; `preferred` are the outlets a new campaign prefers."""

    store: Store
    judges: Judges
    jobs: Jobs
    now: Callable[[], datetime]
    directory: Directory = field(default_factory=Directory)
    preferred: tuple[str, ...] = ()
