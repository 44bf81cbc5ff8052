"""By which path each piece of a campaign was found, what each path yields, and how much they leave out; pure.

A path is a kind of source (feed, news sitemap, search …) or of help (pasted, a table). What is
counted is the story: copies of one wire report are found together, so that each would tell the
same again. What sources saw is kept by the store, the arithmetic of overlap is `completeness`'s.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from aggregator.completeness import Estimate, estimate
from aggregator.wording import count
from crawler.records import Moment, Precision, SourceKind

# What people call the paths, in the order in which they are shown.
NAMES: dict[str, str] = {
    SourceKind.FEED: "feeds",
    SourceKind.SITEMAP: "news sitemaps",
    SourceKind.SECTION: "section pages",
    SourceKind.SEARCH: "searches",
    SourceKind.NEWSLETTER: "newsletters",
    SourceKind.PRESS_PAGE: "press pages",
    SourceKind.ARCHIVE: "archives",
    SourceKind.MANUAL: "added by hand",
    SourceKind.TABLE: "tables (CSV)",
}
OUTLETS, SEARCHES, PEOPLE = "the outlets' own lists", "searches and alerts", "people"
# Paths that find the same for the same reason are one way: an outlet that we watch is found by
# its feed and by its sitemap, one that we do not watch by neither. A path of no other is its own.
WAYS: dict[str, str] = {
    SourceKind.FEED: OUTLETS,
    SourceKind.SITEMAP: OUTLETS,
    SourceKind.SECTION: OUTLETS,
    SourceKind.SEARCH: SEARCHES,
    SourceKind.NEWSLETTER: SEARCHES,
    SourceKind.PRESS_PAGE: PEOPLE,
    SourceKind.MANUAL: PEOPLE,
    SourceKind.TABLE: PEOPLE,
}
# What was published longer ago when we first saw it was found in somebody's archive, not by watching.
LONGEST_DELAY = timedelta(days=30)
ASSUMPTIONS = (
    "Stories are counted, not copies: all that is accepted, and what waits and names us or covers the event.",
    "The estimate compares ways of finding that do not know of each other: the outlets' own lists (feeds, "
    "sitemaps, section pages), searches and alerts, and people (pasted, tables, press pages).",
    "It takes a story to be found by one way whether or not another found it. Who pastes only what is "
    "missing makes the number too high.",
    "What is hard to find for every way is not seen at all: read the number as “at least”.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighting:
    """That a source pointed to an article's page, first at `seen_at` (None where that was not kept)."""

    article_key: str
    source_id: str
    path: str
    url: str
    seen_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """An article of a campaign, the story it belongs to, and when it was published."""

    article_key: str
    story_id: str
    published: Moment | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Yield:
    """What one path or one source brought.

    `only` are stories that no other one found, `first` those that it was the first to find.
    `delay` is how long after publication it found half of its articles; None where no
    publication is known to the minute.
    """

    name: str
    path: str
    stories: int
    only: int
    first: int
    articles: int
    delay: timedelta | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """How a campaign's stories were found: by path and by source, most first, and how many there may be."""

    stories: int
    articles: int
    paths: tuple[Yield, ...]
    sources: tuple[Yield, ...]
    estimate: Estimate


def tell(pieces: Sequence[Piece], sightings: Iterable[Sighting]) -> Found:
    """What each path and each source yielded of these pieces; sightings of others are left out."""
    home = {piece.article_key: piece for piece in pieces}
    ours = [sighting for sighting in sightings if sighting.article_key in home]
    by_path = _yields(home, ours, {each.path: (path_name(each.path), each.path) for each in ours}, "path")
    by_source = _yields(home, ours, {each.source_id: (each.url, each.path) for each in ours}, "source_id")
    stories = {piece.story_id for piece in pieces}
    ways: dict[str, set[str]] = defaultdict(set)
    for sighting in ours:
        ways[home[sighting.article_key].story_id].add(way_of(sighting.path))
    return Found(
        stories=len(stories),
        articles=len(home),
        paths=by_path,
        sources=by_source,
        estimate=estimate(ways.values(), unknown=len(stories) - len(ways)),
    )


def path_name(path: str) -> str:
    """What people call a path."""
    return NAMES.get(path, path.replace("_", " "))


def way_of(path: str) -> str:
    """Those paths together that may stand or fall together."""
    return WAYS.get(path, path_name(path))


def _yields(
    home: Mapping[str, Piece],
    sightings: Sequence[Sighting],
    named: Mapping[str, tuple[str, str]],
    by: str,
) -> tuple[Yield, ...]:
    """What each of the named brought; `by` is the field of a sighting that names it."""
    seen: dict[str, dict[str, datetime | None]] = defaultdict(dict)
    finders: dict[str, set[str]] = defaultdict(set)
    first: dict[str, tuple[datetime, str]] = {}
    for sighting in sightings:
        who, story = getattr(sighting, by), home[sighting.article_key].story_id
        finders[story].add(who)
        known = seen[who].get(sighting.article_key)
        seen[who][sighting.article_key] = min(filter(None, (known, sighting.seen_at)), default=None)
        if sighting.seen_at is not None:
            first[story] = min(first.get(story, (sighting.seen_at, who)), (sighting.seen_at, who))
    made = []
    for who, articles in seen.items():
        stories = {home[key].story_id for key in articles}
        name, path = named[who]
        made.append(
            Yield(
                name=name,
                path=path,
                stories=len(stories),
                only=sum(finders[story] == {who} for story in stories),
                first=sum(story in first and first[story][1] == who for story in stories),
                articles=len(articles),
                delay=_delay(home, articles),
            )
        )
    return tuple(sorted(made, key=lambda each: (-each.stories, -each.only, each.name)))


def _delay(home: Mapping[str, Piece], seen: Mapping[str, datetime | None]) -> timedelta | None:
    """Half of the articles were seen within so long after publication; old ones tell nothing of watching."""
    delays = []
    for key, seen_at in seen.items():
        published = home[key].published
        if seen_at is not None and published is not None and published.precision is not Precision.DAY:
            delay = max(seen_at - published.instant, timedelta())
            if delay <= LONGEST_DELAY:
                delays.append(delay.total_seconds())
    return timedelta(seconds=median(delays)) if delays else None


def sentence(told: Estimate) -> str:
    """The estimate in words."""
    held = f"We hold {count(told.held, 'story', 'stories')}"
    if told.total is None or told.low is None or told.high is None:
        return f"{held}. How many there are cannot be estimated: {told.reason}."
    about = round(told.total)
    if about <= told.held:
        return f"{held}, nearly all there are: with 95 % confidence there are at most {told.high:,}."
    return (
        f"About {count(about, 'story exists', 'stories exist')}, we hold {told.held:,}. "
        f"With 95 % confidence there are between {told.low:,} and {told.high:,}."
    )
