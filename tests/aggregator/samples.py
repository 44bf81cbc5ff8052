"""Articles, leads and simple judges for the tests of the store; the real judges have tests of their own."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from aggregator.intake import Intake
from aggregator.judges import Judges
from aggregator.records import (
    Campaign,
    Exclusion,
    Member,
    Mention,
    Pack,
    Passage,
    Relation,
    Story,
    Tier,
)
from aggregator.replay import Wishes
from aggregator.shelf import Shelf
from aggregator.store import campaigns
from aggregator.store.session import Store
from crawler import urls
from crawler.records import Article, Find, FindOutcome, Lead, Moment, Source, SourceKind, Zone

NOON = datetime(2017, 3, 28, 12, 0, tzinfo=UTC)
CAMPAIGN = Campaign(
    slug="sanctuary",
    name="Seeking Sanctuary",
    pack=Pack(names=("sanctuary",), context=("deportation",)),
    own_domains=("localprogress.example",),
)
FEED = Source(id="feed-1", kind=SourceKind.FEED, url="https://outlet.example/feed")


def clock() -> datetime:
    """It is always noon in the tests."""
    return NOON


def make_article(number: int = 1, /, **changes: Any) -> Article:
    """An article about the campaign, each number its own; found a minute after the one before."""
    url = changes.pop("url", f"https://outlet{number}.example/news/{number}")
    article = Article(
        key=urls.key(url),
        url=url,
        canonical_url=url,
        headline=f"Sanctuary cities meet, part {number}",
        outlet=f"Outlet {number}",
        first_seen=NOON + timedelta(minutes=number),
        published=Moment(instant=NOON, offset_minutes=-240),
        language="en",
        text=f"City leaders met about sanctuary policy, reports number {number}.",
        urls=(url,),
    )
    return replace(article, **changes)


def make_lead(number: int = 1, /, **changes: Any) -> Lead:
    """A lead to the article of the same number."""
    lead = Lead(
        url=f"https://outlet{number}.example/news/{number}",
        source_id=FEED.id,
        found_at=NOON,
        headline=f"Sanctuary cities meet, part {number}",
    )
    return replace(lead, **changes)


def make_find(article: Article, **changes: Any) -> Find:
    """The article, read at its address."""
    lead = Lead(url=article.url, source_id=FEED.id, found_at=NOON, headline=article.headline)
    return replace(Find(lead=lead, outcome=FindOutcome.READ, article=article), **changes)


class WordMatcher:
    """A piece names us when one of the pack's names is in it; its context words make it context."""

    def __init__(self, campaigns: Sequence[Campaign]) -> None:
        self.campaigns = campaigns

    def judge(self, article: Article) -> "Judged":
        """One judgement a campaign."""
        return Judged(judge(article, campaign) for campaign in self.campaigns)


class Judged(tuple[Mention | Exclusion, ...]):
    """All that was judged, whichever campaigns are asked for."""

    def telling(self, asked: Collection[str] = ()) -> "Judged":
        """All of them."""
        return self


def judge(article: Article, campaign: Campaign) -> Mention | Exclusion:
    """What the article is to the campaign."""
    told = f"{article.headline} {article.text}".lower()
    for words, tier in ((campaign.pack.names, Tier.NAMES_US), (campaign.pack.context, Tier.CONTEXT)):
        for word in words:
            if (at := told.find(word)) >= 0:
                passage = Passage(zone=Zone.TEXT, text=told, marks=((at, at + len(word)),), clause=word)
                return Mention(
                    article_key=article.key,
                    campaign=campaign.slug,
                    tier=tier,
                    passages=(passage,),
                    reason=f"it says {word}",
                    rules_version=campaign.version,
                )
    return Exclusion(
        article_key=article.key, campaign=campaign.slug, cause="no match", reason="no word of the pack"
    )


@dataclass(frozen=True, kw_only=True)
class HeadlineSketch:
    """Enough of an article to group by equal headlines."""

    key: str
    headline: str
    first_seen: datetime

    @property
    def index_keys(self) -> frozenset[str]:
        """Its headline, and its own page."""
        return frozenset({self.headline, f"u:{self.key}"})

    @property
    def kin_keys(self) -> frozenset[str]:
        """The last word of its headline, twice, since kin share two."""
        last = self.headline.split()[-1:]
        return frozenset(f"n:{place}:{word}" for place in (1, 2) for word in last)

    @property
    def pages(self) -> frozenset[str]:
        """Its own page."""
        return frozenset({self.key})

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {"key": self.key, "headline": self.headline, "seen": self.first_seen.isoformat()}


def read_sketch(stored: Mapping[str, Any]) -> HeadlineSketch:
    """The sketch that `to_json` wrote."""
    return HeadlineSketch(
        key=stored["key"],
        headline=stored["headline"],
        first_seen=datetime.fromisoformat(stored["seen"]),
    )


def sketch(article: Article) -> HeadlineSketch:
    """Articles with one headline are one story."""
    return HeadlineSketch(
        key=article.key, headline=article.headline.casefold(), first_seen=article.first_seen
    )


def place(sketch: HeadlineSketch, shelf: Shelf, wishes: Wishes) -> tuple[Story, ...]:
    """The stories of all that can be reached by headlines and by what people put together."""
    found = [sketch]
    for one in found:
        together = {f"u:{key}" for wish in wishes.together if one.key in wish for key in wish}
        found += [other for other in shelf.holding(one.index_keys | together) if other not in found]
    return group({one.key: one for one in found}, wishes)


def group(sketches: Mapping[str, HeadlineSketch], wishes: Wishes) -> tuple[Story, ...]:
    """One story a headline; then people's wishes: together, and apart."""
    home = {one.key: one.headline for one in sketches.values()}
    for wish in wishes.together:
        joined = {home[key] for key in wish if key in home}
        home = {key: min(joined) if place in joined else place for key, place in home.items()}
    for wish in wishes.apart:
        home |= {key: f"apart {key}" for key in wish if key in home}
    seen = {one.key: one.first_seen for one in sketches.values()}
    return tuple(make_story(place, home, seen, wishes) for place in sorted(set(home.values())))


def make_story(place: str, home: dict[str, str], seen: dict[str, datetime], wishes: Wishes) -> Story:
    """The story of one place, the first seen member first and shown."""
    keys = sorted((key for key in home if home[key] == place), key=lambda key: (seen[key], key))
    wanted = [key for key in wishes.shown if key in keys]
    relations = [Relation.ORIGINAL, *[Relation.COPY] * (len(keys) - 1)]
    return Story(
        id=f"story of {min(keys)}",
        members=tuple(
            Member(article_key=key, relation=relation, reason="one headline", told=seen[key].isoformat())
            for key, relation in zip(keys, relations, strict=True)
        ),
        shown=wanted[-1] if wanted else keys[0],
        shown_because="a person wanted it" if wanted else "seen first",
    )


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """Two articles that people put together although their headlines differ."""

    keys: frozenset[str]
    reason: str


def conflicts(sketches: Sequence[HeadlineSketch], wishes: Wishes) -> list[Disagreement]:
    """Where people put articles together that have not one headline."""
    told = {one.key: one.headline for one in sketches}
    return [
        Disagreement(keys=frozenset(wish), reason="the headlines differ")
        for wish in wishes.together
        if len({told[key] for key in wish}) > 1
    ]


class HeadlineKin(NamedTuple):
    """Another story whose headline ends alike."""

    key: str
    relation: Relation = Relation.RELATED
    strength: float = 0.5
    reason: str = "the headlines end alike"
    comes_from_it: bool = False


def relate(_sketch: HeadlineSketch, others: Iterable[HeadlineSketch]) -> list[HeadlineKin]:
    """All that could be found are kin."""
    return [HeadlineKin(other.key) for other in others]


def asked_of_kin(keys: frozenset[str], _pages: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The same keys, and no pages."""
    return keys, frozenset()


JUDGES = Judges(
    matcher=WordMatcher,
    sketch=sketch,
    read_sketch=read_sketch,
    place=place,
    settle=place,
    group=group,
    conflicts=conflicts,
    most_holders=200,
    met=5,
    most_members=24,
    relate=relate,
    asked_of_kin=asked_of_kin,
)


def open_intake(store: Store, campaign: Campaign = CAMPAIGN) -> Intake:
    """The intake of a store that has this campaign."""
    with store.writing() as c:
        if campaigns.version(c, campaign.slug) is None:
            campaigns.save(c, campaign, "Ana", NOON)
    return Intake(store, (campaign,), JUDGES, clock)


def take_in(store: Store, *articles: Article, at: Callable[[], datetime] = clock) -> None:
    """Take the articles in as a sweep would."""
    intake = replace(open_intake(store), clock=at)
    for article in articles:
        intake.keep_find(make_find(article))
