"""Puts articles into their stories, together with the neighbours that may be the same story.

It fetches the neighbours, asks for the grouping and keeps it; which articles are one
story is judged by `Judges`, what people wished by `replay`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from aggregator.records import Campaign, Exclusion, Link, Mention, Relation, Story
from aggregator.replay import Wishes, wishes
from aggregator.store import decisions, entries, links, stories
from aggregator.store.packing import pack_json, unpack_json
from aggregator.store.session import Connection
from aggregator.stories.telling import standing_for
from crawler.records import Article


class Judgements(Protocol):
    """What an article is to all campaigns; to most of them nothing, which costs nothing to say."""

    def telling(self, asked: Collection[str] = ()) -> Sequence[Mention | Exclusion]:
        """Those of the campaigns that it may mention, and of those that are asked for by slug."""
        ...


class Matcher(Protocol):
    """Says of an article what it is to each campaign."""

    def judge(self, article: Article) -> Judgements:
        """What it is to them."""
        ...


class Sketch(Protocol):
    """What grouping needs of an article; articles that may be one story share an index key."""

    @property
    def index_keys(self) -> frozenset[str]:
        """The keys under which its neighbours find it."""
        ...

    @property
    def kin_keys(self) -> frozenset[str]:
        """The keys under which its kin find it."""
        ...

    @property
    def pages(self) -> frozenset[str]:
        """The identities of its page's addresses."""
        ...

    def to_json(self) -> Mapping[str, Any]:
        """The sketch as JSON values."""
        ...


class Kin(Protocol):
    """How a story is kin to another, by the article that stands for it; `comes_from_it`: as its rewrite."""

    @property
    def key(self) -> str: ...
    @property
    def relation(self) -> Relation: ...
    @property
    def strength(self) -> float: ...
    @property
    def reason(self) -> str: ...
    @property
    def comes_from_it(self) -> bool: ...


class Conflict(Protocol):
    """Articles on which people and the machine disagree, and how."""

    @property
    def keys(self) -> frozenset[str]:
        """The articles."""
        ...

    @property
    def reason(self) -> str:
        """A sentence."""
        ...


@dataclass(frozen=True, kw_only=True)
class Judges:
    """Who judges: functions of modules, so that they can be sent to another process.

    `matcher` makes a Matcher of campaigns; `sketch` makes of an article what grouping needs,
    and `read_sketch` makes it again of what `to_json` wrote. `place` answers the stories
    around one sketch, to stand in place of all that hold one of their members; `group` does
    the same for all sketches at once, a mapping by article key. `conflicts` tells where the
    texts contradict what people wished. `most_holders` is how many articles may hold an index
    key that still says something, `met` how many of more are looked at all the same, and
    `most_members` the size of a story that only takes in. `relate` tells which of other
    stories' sketches are kin to one; `asked_of_kin` under which keys of names (kin share two)
    and of pages (one is enough) to look for them.
    """

    matcher: Callable[[Sequence[Campaign]], Matcher]
    sketch: Callable[[Article], Sketch]
    read_sketch: Callable[[Mapping[str, Any]], Any]
    place: Callable[[Any, "Shelf", Wishes], Iterable[Story]]
    group: Callable[[Mapping[str, Any], Wishes], Iterable[Story]]
    conflicts: Callable[[Sequence[Any], Wishes], Iterable[Conflict]]
    most_holders: int
    met: int
    most_members: int
    relate: Callable[[Any, Iterable[Any]], Iterable[Kin]]
    asked_of_kin: Callable[[frozenset[str], frozenset[str]], tuple[frozenset[str], frozenset[str]]]


def keep_sketch(c: Connection, article: Article, judges: Judges) -> None:
    """Keep what grouping needs of the article."""
    sketch = judges.sketch(article)
    stories.save_sketch(c, article.key, pack_json(sketch.to_json()), sketch.index_keys | sketch.kin_keys)


@dataclass(frozen=True)
class Shelf:
    """The kept sketches and stories, as grouping asks for them."""

    c: Connection
    judges: Judges

    def holding(self, index_keys: frozenset[str]) -> list[Any]:
        """The sketches that hold any of these keys that few hold; the first of many, where most are so."""
        most, met = self.judges.most_holders, self.judges.met
        return read_sketches(self.c, stories.holders(self.c, index_keys, most, met=met), self.judges)

    def get(self, key: str) -> Any:
        """One article's sketch, or None."""
        return next(iter(read_sketches(self.c, [key], self.judges)), None)

    def homes(self, keys: Iterable[str]) -> dict[str, Story]:
        """The stories that hold these articles, by article key."""
        home = stories.of_articles(self.c, keys)
        known = stories.some(self.c, set(home.values()))
        return {key: known[story_id] for key, story_id in home.items()}


def place(c: Connection, keys: Collection[str], judges: Judges, now: datetime) -> set[str]:
    """Put these articles into their stories, and anew those that they were in one story with.

    Answers the ids of the stories that changed. The desks are brought up to date for these
    only: whoever changed an article or a decision refreshes the entry of its story himself.
    Of a large story only the named articles are placed; it takes them in, or lets them go.
    """
    shelf = Shelf(c, judges)
    wanted = wishes(decisions.about_stories(c))
    changed: set[str] = set()
    placed: set[str] = set()
    for sketch in read_sketches(c, stories.fellows(c, keys, judges.most_members), judges):
        if sketch.key not in placed:
            around = tuple(judges.place(sketch, shelf, wanted))
            placed.update(member.article_key for story in around for member in story.members)
            changed |= stories.save(c, around, now)
    entries.refresh(c, changed)
    link(c, changed.union(stories.of_articles(c, keys).values()), judges)
    return changed


def link(c: Connection, story_ids: Collection[str], judges: Judges) -> None:
    """Find anew which stories these are kin to; links that hold no longer go.

    A link is judged between the articles that stand for two stories and nothing else, so
    the same links come out in whatever order the stories were made.
    """
    home = {standing_for(story): story.id for story in stories.some(c, story_ids).values()}
    found = set()
    for sketch in read_sketches(c, home, judges):
        others = kin_candidates(c, sketch, judges)
        for kin in judges.relate(sketch, read_sketches(c, others, judges)):
            found.add(make_link(home[sketch.key], others[kin.key], kin))
    links.replace(c, story_ids, found)


def make_link(mine: str, theirs: str, kin: Kin) -> Link:
    """The link of two stories, the same from whichever of them it is looked at: a rewrite comes first."""
    one, other = (mine, theirs) if kin.comes_from_it else (theirs, mine)
    if kin.relation is not Relation.REWRITE:
        one, other = sorted((mine, theirs))
    return Link(one=one, other=other, relation=kin.relation, reason=kin.reason, strength=kin.strength)


def kin_candidates(c: Connection, sketch: Sketch, judges: Judges) -> dict[str, str]:
    """The articles that stand for other stories and may be kin: article key -> story id."""
    names, pages = judges.asked_of_kin(sketch.kin_keys, sketch.pages)
    near = stories.holders(c, names, judges.most_holders, at_least=2)
    near |= stories.holders(c, pages, judges.most_holders)
    homes = stories.of_articles(c, near)
    standing = {standing_for(story): story.id for story in stories.some(c, set(homes.values())).values()}
    return {key: story_id for key, story_id in standing.items() if key in near and key not in sketch.pages}


def disagreements(c: Connection, judges: Judges) -> list[Conflict]:
    """Where the machine would not do what people wished of stories, or two wishes exclude each other.

    People win; this is for showing.
    """
    taken = decisions.about_stories(c)
    named = {key for decision in taken for key in decision.subjects}
    return list(judges.conflicts(read_sketches(c, named, judges), wishes(taken)))


def read_sketches(c: Connection, keys: Iterable[str], judges: Judges) -> list[Any]:
    """The kept sketches of these articles, in the order of their keys."""
    packed = stories.sketches_of(c, keys)
    return [judges.read_sketch(unpack_json(packed[key])) for key in sorted(packed)]
