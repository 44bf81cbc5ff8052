"""What to propose to people about where we look: outlets to be watched, sources that bring nothing; pure.

A proposal is never carried out by itself, and one that a person refused is not made again. What
was found, seen and asked for is the store's to tell.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from aggregator.paths import Piece, Sighting, path_name
from aggregator.wording import ago, count, listed
from crawler.records import Source, SourceKind

# A source is proposed for removal after at least so many looks over so long a time.
LEAST_LOOKS = 100
NOTHING_NEW = timedelta(days=60)
NOTHING_OF_OURS = timedelta(days=90)
# Where an outlet's own lists bring its pieces, it is watched already.
OWN_LISTS = (SourceKind.FEED, SourceKind.SITEMAP, SourceKind.SECTION)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Whose an article is: `site` is the outlet's slug or its registrable domain, `home` where it lives."""

    site: str
    name: str
    home: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ToWatch:
    """An outlet that no list of its own brings us, and what the other paths found of it."""

    place: Place
    stories: int
    articles: int
    paths: tuple[tuple[str, int], ...]
    newest: datetime | None

    @property
    def subject(self) -> str:
        """What an answer to this proposal holds on to."""
        return f"watch:{self.place.site}"

    @property
    def words(self) -> str:
        """The measured yield in a sentence."""
        told = listed([f"{path} {number}" for path, number in self.paths]) or "nobody knows how"
        return f"{count(self.stories, 'story', 'stories')}, none by a list of its own ({told})"


@dataclass(frozen=True, kw_only=True, slots=True)
class Quiet:
    """A source that brings nothing new at all (`new_at` long ago or never), or nothing of any campaign."""

    source: Source
    since: datetime
    new_at: datetime | None
    looks: int = 0
    brings_news: bool = False

    @property
    def subject(self) -> str:
        """What an answer to this proposal holds on to."""
        return f"quiet:{self.source.id}"

    def words(self, now: datetime) -> str:
        """Why it is proposed, in a sentence."""
        looked = f"looked at {count(self.looks, 'time')} over {count((now - self.since).days, 'day')}"
        if self.brings_news:
            return f"{looked}, nothing of any campaign"
        last = f"the last {ago(self.new_at, now)}" if self.new_at else "nothing ever"
        return f"{looked}, nothing new ({last})"


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """That a person does not want this proposed, or wants it again; `title` says in words what it is."""

    subject: str
    refused: bool
    by: str
    at: datetime
    note: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposals:
    """What is proposed now, and what people refused. `quiet_in_all` counts those not shown too."""

    watch: tuple[ToWatch, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    quiet_in_all: int = 0
    refused: tuple[Answer, ...] = ()


def to_watch(
    places: Mapping[str, Place],
    pieces: Sequence[Piece],
    sightings: Iterable[Sighting],
    watched: frozenset[str],
) -> list[ToWatch]:
    """The outlets of these pieces that are not watched, those with most stories first.

    `places` says whose each article is; an article without one is left out. `watched` are
    the sites that we have a source of.
    """
    by_site: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if place := places.get(piece.article_key):
            by_site[place.site].append(piece)
    seen: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        seen[sighting.article_key].append(sighting)
    proposed = [
        _measure(places[found[0].article_key], found, seen)
        for site, found in by_site.items()
        if site not in watched
        and not any(each.path in OWN_LISTS for piece in found for each in seen[piece.article_key])
    ]
    return sorted(proposed, key=lambda each: (-each.stories, -each.articles, each.place.site))


def _measure(place: Place, pieces: Sequence[Piece], seen: Mapping[str, Sequence[Sighting]]) -> ToWatch:
    stories: dict[str, set[str]] = defaultdict(set)
    for piece in pieces:
        for sighting in seen.get(piece.article_key, ()):
            stories[path_name(sighting.path)].add(piece.story_id)
    counted = Counter({path: len(found) for path, found in stories.items()})
    return ToWatch(
        place=place,
        stories=len({piece.story_id for piece in pieces}),
        articles=len(pieces),
        paths=tuple(counted.most_common()),
        newest=max((piece.published.instant for piece in pieces if piece.published), default=None),
    )


def quiet(looked: Iterable[Quiet], now: datetime, *, any_found: bool) -> list[Quiet]:
    """Those of these sources that may go: first those without anything new, then without anything of ours.

    None of them found anything of a campaign; `any_found` says that others did.
    """
    silent, foreign = [], []
    for each in looked:
        if max(filter(None, (each.since, each.new_at))) <= now - NOTHING_NEW:
            silent.append(each)
        elif any_found and each.since <= now - NOTHING_OF_OURS:
            foreign.append(replace(each, brings_news=True))
    return [*sorted(silent, key=_age), *sorted(foreign, key=_age)]


def _age(each: Quiet) -> tuple[datetime, str]:
    return each.since, each.source.url
