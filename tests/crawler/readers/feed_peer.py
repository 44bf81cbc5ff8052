"""feedparser's own reading of a feed beside ours: titles, links and dates, value by value.

Where we mean to differ, the difference has a name and a reason and is counted; it counts as meant only
where our own value is known to be the right one. Whatever is left has no excuse.
"""

import calendar
import io
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import feedparser

from crawler.errors import UnreadableFeed
from crawler.readers import read_source
from crawler.readers.moments import is_believable
from crawler.records import Lead, Page, Source, SourceKind
from crawler.text import plain
from crawler.urls import resolve

URL = "https://daily.example/feed/news"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


class Difference(StrEnum):
    """Where we mean to differ from feedparser; the text is the reason."""

    NO_PAGE = "an item without an address of http(s) leads nowhere: left out, and told as a problem"
    LEADS_BACK = "an item whose address is the feed's own leads nowhere: left out, and told as a problem"
    STAND_IN = "an identity that is an address stands in for a link that is missing"
    UNBELIEVABLE = "no article was published before 1990 or will be in two days: no date is better"
    BETTER_DATE = "we read the date that stands there; feedparser reads none or another"
    BREAKS_OFF = "feedparser breaks off at a reference to no character; we read on"


@dataclass(frozen=True)
class Told:
    """What feedparser tells of one item."""

    title: str
    link: str
    identity: str
    date: datetime | None


@dataclass
class Comparison:
    """Two readings of one feed: how many values were compared, what differs, and what on purpose."""

    values: int = 0
    unequal: list[str] = field(default_factory=list)
    meant: list[Difference] = field(default_factory=list)
    seconds: float = 0.0


def compare(body: bytes, headers: Mapping[str, str], true_date: str | None) -> Comparison:
    """Read with both; `true_date` is what an odd date means ("" is no date), None for ordinary ones."""
    page = Page(
        requested_url=URL,
        final_url=URL,
        status=200,
        headers=tuple(headers.items()),
        body=body,
        fetched_at=NOW,
    )
    found = Comparison()
    began = time.process_time()
    leads = _read(page)
    found.seconds = time.process_time() - began
    try:
        told = _theirs(page)
    except ValueError:
        found.meant.append(Difference.BREAKS_OFF)
        return found
    expected = _expect(told, found)
    found.values = 3 * len(expected)
    if len(leads) != len(expected):
        found.unequal += [f"{len(leads)} items instead of {len(expected)}"] * max(found.values, 3)
        return found
    for theirs, ours in zip(expected, leads, strict=True):
        _compare_item(theirs, ours, true_date, found)
    return found


def _read(page: Page) -> Sequence[Lead]:
    try:
        return read_source(page, Source(id="peer", kind=SourceKind.FEED, url=URL)).leads
    except UnreadableFeed:
        return ()


def _theirs(page: Page) -> list[Told]:
    """feedparser as it comes: relative links resolved, markup made safe."""
    parsed = feedparser.parse(
        io.BytesIO(page.body), response_headers={"content-location": URL, **dict(page.headers)}
    )
    return [
        Told(
            title=plain(entry.get("title", "")),
            link=entry.get("link", ""),
            identity=entry.get("id", ""),
            date=_date(entry),
        )
        for entry in parsed.entries
    ]


def _date(entry: Any) -> datetime | None:
    parsed = (dict.get(entry, f"{name}_parsed") for name in ("published", "updated", "created"))
    first = next((each for each in parsed if each), None)
    return datetime.fromtimestamp(calendar.timegm(first), UTC) if first else None


def _expect(told: Sequence[Told], found: Comparison) -> list[Told]:
    expected = []
    for item in told:
        link = _address(item.link)
        if not link and item.identity.startswith("http"):
            found.meant.append(Difference.STAND_IN)
            link = _address(item.identity)
        if link == URL:
            found.meant.append(Difference.LEADS_BACK)
        elif not link:
            found.meant.append(Difference.NO_PAGE)
        else:
            expected.append(Told(title=item.title, link=link, identity="", date=item.date))
    return expected


def _address(text: str) -> str:
    """The address in one spelling, empty where it is none."""
    found = resolve(URL, text) if text.strip() else None
    return found.partition("#")[0] if found and found.startswith("http") else ""


def _compare_item(theirs: Told, ours: Lead, true_date: str | None, found: Comparison) -> None:
    if theirs.title != (ours.headline or ""):
        found.unequal.append(f"title {ours.headline!r} instead of {theirs.title!r}")
    if theirs.link != _address(ours.url):
        found.unequal.append(f"link {ours.url!r} instead of {theirs.link!r}")
    date = ours.published.instant.replace(microsecond=0) if ours.published else None
    if date == theirs.date:
        return
    if true_date is not None and date == (datetime.fromisoformat(true_date) if true_date else None):
        found.meant.append(Difference.BETTER_DATE)
    elif date is None and theirs.date and not is_believable(theirs.date, NOW):
        found.meant.append(Difference.UNBELIEVABLE)
    else:
        found.unequal.append(f"date {date} instead of {theirs.date}")
