"""Who judges: the forms in which matching and grouping are given to the jobs that keep what they say.

They are functions of modules, given by the entry points; nothing is judged or kept here.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from aggregator.records import Campaign, Exclusion, Joined, Mention, Relation, Story
from aggregator.replay import Wishes
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
    def key(self) -> str:
        """The article's key."""
        ...

    @property
    def index_keys(self) -> frozenset[str]:
        """The keys under which its neighbours find it; those of its page's addresses begin with `u:`."""
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
    around one sketch, to stand in place of all that hold one of their members, or the very
    large one that it joins; `group` does the same for all sketches at once, a mapping by
    article key. `conflicts` tells where the texts contradict what people wished.
    `most_holders` is how many articles may hold an index key that still says something, `met`
    how many of more are looked at all the same, and `most_members` the size of a story that
    only takes in. `relate` tells which of other stories' sketches are kin to one;
    `asked_of_kin` under which keys of names (kin share two) and of pages (one is enough) to
    look for them.
    """

    matcher: Callable[[Sequence[Campaign]], Matcher]
    sketch: Callable[[Article], Sketch]
    read_sketch: Callable[[Mapping[str, Any]], Any]
    place: Callable[[Any, Any, Wishes], Iterable[Story | Joined]]
    group: Callable[[Mapping[str, Any], Wishes], Iterable[Story]]
    conflicts: Callable[[Sequence[Any], Wishes], Iterable[Conflict]]
    most_holders: int
    met: int
    most_members: int
    relate: Callable[[Any, Iterable[Any]], Iterable[Kin]]
    asked_of_kin: Callable[[frozenset[str], frozenset[str]], tuple[frozenset[str], frozenset[str]]]
