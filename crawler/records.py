"""The facts of the crawler: what the web said, as frozen records. They do nothing.

Every time is an aware UTC `datetime`; a published date is a `Moment`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from crawler.moment import Moment as Moment
from crawler.moment import Precision as Precision
from crawler.moves import Move
from crawler.pushes import Offer, Push


class Scope(StrEnum):
    """What kind of outlet it is."""

    NATIONAL = "national"
    LOCAL = "local"
    WIRE = "wire"
    TRADE = "trade"
    BLOG = "blog"
    PRESS_RELEASE = "press-release"


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlet:
    """One outlet of the directory (`config/outlets/*.toml`).

    `domains` are host names or registrable domains, the main one first; one may carry a path prefix
    for a sub-brand (`theguardian.com/australia`). `timezone` is an IANA name (`America/New_York`).
    The pages of a `rendered` outlet are empty until their scripts have run: a browser draws them.
    The name of one that is not `confirmed` yields to what its pages call themselves in agreement.
    """

    slug: str
    name: str
    domains: tuple[str, ...]
    former_names: tuple[str, ...] = ()
    scope: Scope | None = None
    language: str | None = None
    country: str | None = None
    timezone: str | None = None
    home_url: str | None = None
    rendered: bool = False
    confirmed: bool = True


class SourceKind(StrEnum):
    """How a source is read: a file in `crawler/readers/`; or what people bring: MANUAL, TABLE (rows)."""

    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    SEARCH = "search"
    PRESS_PAGE = "press_page"
    ARCHIVE = "archive"
    MANUAL = "manual"
    NEWSLETTER = "newsletter"
    TABLE = "table"


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A place that is looked at again and again; without `every`, `cadence` decides how often."""

    id: str
    kind: SourceKind
    url: str
    outlet: str | None = None
    every: timedelta | None = None
    enabled: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class PollState:
    """What we remember of a source; `failures` are weighted (soft 0.5, temporary 0.25, hard 1)."""

    source_id: str
    etag: str | None = None
    last_modified: str | None = None
    body_digest: str | None = None
    polled_at: datetime | None = None
    next_poll_at: datetime | None = None
    last_new_at: datetime | None = None
    failures: float = 0.0
    trouble: str | None = None
    moved_to: str | None = None
    items_per_day: float | None = None
    hours: tuple[int, ...] = ()
    move: Move = field(default_factory=Move)
    push: Push = field(default_factory=Push)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lead:
    """What points to an article; `outlet` and `outlet_url` are as the source tells (`news:name`)."""

    url: str
    source_id: str
    found_at: datetime
    headline: str | None = None
    summary: str | None = None
    published: Moment | None = None
    guid: str | None = None
    outlet: str | None = None
    outlet_url: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    place: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One answer of the web after decompression; `headers` are (lower-case name, value) pairs."""

    requested_url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime

    def header(self, name: str) -> str | None:
        """The first value of a header, None where it was not sent."""
        return next((value for key, value in self.headers if key == name.lower()), None)


class Access(StrEnum):
    """How much of an article we were given."""

    OPEN = "open"
    PAYWALL = "paywall"
    BLOCKED = "blocked"
    UNREADABLE = "unreadable"


class Zone(StrEnum):
    """Where in a page a piece of text stood. Only FURNITURE is not the article's own."""

    HEADLINE = "headline"
    SUMMARY = "summary"
    TEXT = "text"
    CAPTION = "caption"
    QUOTE = "quote"
    EMBEDDED = "embedded"
    LINK = "link"
    FURNITURE = "furniture"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A piece of a page outside headline, summary and main text, with its zone.

    A word in FURNITURE (navigation, related links, comments, bios …) is no mention, but `why` tells it.
    """

    zone: Zone
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Rival:
    """A candidate value that lost, and how it was found."""

    value: str
    found_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """Why a field has its value: how it was found, which candidates lost, what is doubtful."""

    value: str
    found_by: str
    rivals: tuple[Rival, ...] = ()
    doubt: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """What one page says, with evidence for each field; never rewritten, a newer version is a new fact.

    `key` is the identity of the page (`crawler.urls.key`): decisions hold on to it. `urls` are all
    addresses under which it is known. `text` is the main text, paragraphs parted by a blank line.
    `headlines` are other forms of the headline: (where it stood, text). `wire_credit` names the agency.
    `translations` are addresses that the page gives as itself in another language.
    """

    key: str
    url: str
    canonical_url: str
    headline: str
    outlet: str
    first_seen: datetime
    outlet_slug: str | None = None
    published: Moment | None = None
    modified: Moment | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    wire_credit: str | None = None
    summary: str = ""
    text: str = ""
    parts: tuple[Part, ...] = ()
    image_url: str | None = None
    access: Access = Access.OPEN
    media_type: str = "article"
    notice: str | None = None
    headlines: tuple[tuple[str, str], ...] = ()
    urls: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class NotAnArticle:
    """A page that was read and is no article: a front page, an error served with 200, a wall."""

    url: str
    kind: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a reader found in a source's answer.

    `follow` are further addresses of the same source (the children of a sitemap index). `hints` are the
    source's own words on when to come back (`ttl`, `skip_hours`, `update_period`) as text, with `hub` (a
    line for each) and `self` as the feed wrote them; `offer` are the hubs that would tell us of news.
    """

    leads: tuple[Lead, ...]
    follow: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)
    offer: Offer | None = None


class PollOutcome(StrEnum):
    """How a look at a source ended."""

    NEW = "new"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    FAILED = "failed"
    BLOCKED = "blocked"
    GONE = "gone"
    LATER = "later"


@dataclass(frozen=True, kw_only=True, slots=True)
class Poll:
    """One look at one source, as a value: its outcome, the leads and the state to remember."""

    source: Source
    outcome: PollOutcome
    state: PollState
    leads: tuple[Lead, ...] = ()
    problems: tuple[str, ...] = ()


class FindOutcome(StrEnum):
    """How the fetch of one lead ended. Only LATER is tried again; HIDDEN is of `urls.is_hidden`."""

    READ = "read"
    NOT_AN_ARTICLE = "not an article"
    BLOCKED = "blocked"
    UNREADABLE = "unreadable"
    GONE = "gone"
    LATER = "later"
    HIDDEN = "hidden"


@dataclass(frozen=True, kw_only=True, slots=True)
class Find:
    """What became of one lead; `reason` says in words why it is not READ.

    `article` is there for READ; for BLOCKED, UNREADABLE and HIDDEN as far as the lead told of it.
    `until` is there where the outlet was not asked at all, because it wants to be left alone until then.
    """

    lead: Lead
    outcome: FindOutcome
    article: Article | None = None
    reason: str = ""
    page: Page | None = None
    until: datetime | None = None
