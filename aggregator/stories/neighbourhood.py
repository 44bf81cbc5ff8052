"""Finds what a new article can change: the articles it fits, those they fit, and so on.

Grouping this neighbourhood alone gives the same stories for its articles as grouping everything.
A story that is large already is not grouped anew for each further copy: it takes the copy in.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, Protocol

from aggregator.records import Crowd, Joined, Relation, Story
from aggregator.stories import telling
from aggregator.stories.candidates import MET
from aggregator.stories.constraints import Constraints, Wanted, partners_once
from aggregator.stories.fits import Fit, Prepared, fit, prepare
from aggregator.stories.grouping import group_prepared, vouches
from aggregator.stories.sketches import Sketch
from aggregator.stories.telling import Moment

# A story of more articles than this only takes in: what it is does not hang on one more copy.
MOST_MEMBERS = 24


class Reach(NamedTuple):
    """How many articles and comparisons are given to one article, at most."""

    articles: int
    compared: int


# A new article is given no more than this: such a flood is a template or an attack, or a long chain, and is
# grouped in its own time, with all that hangs together.
NEAR = Reach(articles=120, compared=2_000)
FAR = Reach(articles=4_000, compared=100_000)

_FREE = Constraints()


class Shelf(Protocol):
    """The stored sketches, and the stories that hold them now."""

    def holding(self, index_keys: frozenset[str]) -> Iterable[Sketch]:
        """The sketches that hold any of these keys, of keys that few hold.

        For articles of whose keys many hold a third: the first holders of these as well.
        """
        ...

    def get(self, key: str) -> Sketch | None:
        """One article's sketch."""
        ...

    def homes(self, keys: Iterable[str]) -> Mapping[str, Story | Crowd]:
        """The stories that hold these articles now, by article key; a large one may come without members."""
        ...

    def leave_unsettled(self, key: str) -> None:
        """More hangs together with this article than it was given time for."""
        ...

    def first_besides(self, story_id: str, key: str) -> Moment:
        """The first of a story's members besides this one."""
        ...


def place(
    sketch: Sketch, shelf: Shelf, constraints: Wanted = _FREE, reach: Reach = NEAR
) -> tuple[Story | Joined, ...]:
    """The stories around a new article, to be stored in place of all that hold one of their members.

    Or the one large story that takes it in: its other members stay as they are.
    """
    around = _Neighbourhood(sketch, shelf, constraints)
    around.explore(reach)
    if not around.is_whole:
        shelf.leave_unsettled(sketch.key)
    larger = around.larger()
    return (larger,) if larger is not None else around.stories()


def settle(sketch: Sketch, shelf: Shelf, constraints: Wanted = _FREE) -> tuple[Story | Joined, ...]:
    """The same with all that hangs together with an article, thousands if need be: it takes seconds."""
    return place(sketch, shelf, constraints, FAR)


class _Neighbourhood:
    """The articles around a new one, as far as one fit leads to the next; of large stories only a few."""

    def __init__(self, sketch: Sketch, shelf: Shelf, constraints: Wanted) -> None:
        self.start = prepare(sketch)
        self.shelf = shelf
        self.constraints = constraints
        self.together = partners_once(constraints.together)
        self.apart = partners_once(constraints.apart)
        self.seen = {sketch.key: self.start}
        self.found = [self.start]
        self.compared: dict[tuple[str, str], Fit | None] = {}
        self.large: dict[str, Crowd] = {}
        self.met: dict[str, list[Prepared]] = {}
        self.is_whole = True

    def explore(self, reach: Reach) -> None:
        """Follow fits from the new article until nothing is added, or too much was."""
        known = {self.start.sketch.key}
        for article in self.found:
            bonds = self.together.get(article.sketch.key, frozenset())
            for other in self._candidates(article, bonds):
                fitting = self._compare(article, other)
                if other.sketch.key not in known and (fitting or other.sketch.key in bonds):
                    known.add(other.sketch.key)
                    self.found.append(other)
                if len(self.found) > reach.articles or len(self.compared) >= reach.compared:
                    self.is_whole = False
                    return

    def larger(self) -> Joined | None:
        """The large story that takes the new article in, with it; None where none does."""
        fitting = [
            (crowd.size, found.strength, crowd.id, found)
            for crowd in self.large.values()
            if (found := self._fit_in(crowd)) is not None and not self._is_kept_out(crowd)
        ]
        if not fitting:
            return None
        *_, story_id, found = max(fitting)
        return self._join(self.large[story_id], found)

    def _join(self, before: Crowd, found: Fit) -> Joined:
        """The large story with the new article and what people put together with it."""
        standing = self._take(telling.standing_for(before))
        bound = self._bound()
        homes = self.shelf.homes([each.sketch.key for each in (self.start, *bound)])
        held = {key for key, home in homes.items() if home.id == before.id}
        crowd, members = before, {}
        for article in (self.start, *(each for each in bound if each.sketch.key not in held)):
            key = article.sketch.key
            if key == crowd.first[1]:
                crowd = replace(crowd, first=self.shelf.first_besides(crowd.id, key))
            crowd, members[key] = telling.take_in(crowd, article, (standing, found), is_new=key not in held)
        former = self._take(before.original) if before.original not in (None, crowd.original) else None
        if former is None or crowd.original is None or former.sketch.key in members:
            return Joined(crowd=crowd, members=tuple(members.values()))
        retold = telling.as_copy(former, crowd.original, found)
        return Joined(crowd=crowd, members=tuple(members.values()), retold=(retold,))

    def stories(self) -> tuple[Story, ...]:
        """The stories of what was found; where it was too much, only those near to the new article."""
        grouped = group_prepared(self.found, self.constraints, self.compared)
        if self.is_whole:
            return grouped
        near = {
            key
            for pair, found in self.compared.items()
            if found and self.start.sketch.key in pair
            for key in pair
        }
        near.add(self.start.sketch.key)
        return tuple(
            story for story in grouped if any(member.article_key in near for member in story.members)
        )

    def _candidates(self, article: Prepared, bonds: frozenset[str]) -> Iterator[Prepared]:
        """The articles that share a key with one, and those put together with it, without large stories'.

        Those that people put together with what they keep out of a large story leave it.
        """
        keys = article.sketch.index_keys | {f"u:{key}" for key in bonds}
        near = {each.key: each for each in self.shelf.holding(keys) if each.key != article.sketch.key}
        homes = self.shelf.homes(sorted(near))
        for key in sorted(near):
            home = homes.get(key)
            if isinstance(home, Story) and len(home.members) > MOST_MEMBERS:
                home = telling.crowd_of(home)
            if not isinstance(home, Crowd) or (key in bonds and self._is_kept_out(home)):
                yield self.seen.setdefault(key, prepare(near[key]))
            elif article is self.start:
                self.large[home.id] = home
                self.met.setdefault(home.id, []).append(self.seen.setdefault(key, prepare(near[key])))

    def _fit_in(self, crowd: Crowd) -> Fit | None:
        """How the new article fits what stands for a large story, or else most of a few of its members."""
        if self._holds_any(crowd, self.together.get(self.start.sketch.key, frozenset())):
            return Fit(Relation.COPY, 1.0, "put together by hand")
        standing = self._take(telling.standing_for(crowd))
        if standing is not None and standing is not self.start:
            found = self._compare(self.start, standing)
            if found is not None and vouches(standing, self.start, found):
                return found
        near = {each.sketch.key: each for each in (*self.met[crowd.id], standing) if each is not None}
        near.pop(self.start.sketch.key, None)
        met = sorted(near.values(), key=lambda each: (each.sketch.told, each.sketch.key))[:MET]
        fits = [
            found
            for each in met
            if (found := self._compare(self.start, each)) and vouches(each, self.start, found)
        ]
        return max(fits, key=lambda found: found.strength) if 2 * len(fits) > len(met) else None

    def _is_kept_out(self, crowd: Crowd) -> bool:
        """Whether people keep the new article, or what they put together with it, apart from a member."""
        key = self.start.sketch.key
        bound = {key, *self.together.get(key, ())}
        apart = frozenset().union(*(self.apart.get(each, frozenset()) for each in bound))
        return self._holds_any(crowd, apart - {key})

    def _holds_any(self, crowd: Crowd, keys: frozenset[str]) -> bool:
        """Whether one of these articles is in a large story."""
        return any(home.id == crowd.id for home in self.shelf.homes(sorted(keys)).values())

    def _bound(self) -> list[Prepared]:
        """What people put together with the new article."""
        taken = (self._take(key) for key in sorted(self.together.get(self.start.sketch.key, ())))
        return [each for each in taken if each is not None]

    def _take(self, key: str) -> Prepared | None:
        if key not in self.seen:
            sketch = self.shelf.get(key)
            if sketch is None:
                return None
            self.seen[key] = prepare(sketch)
        return self.seen[key]

    def _compare(self, one: Prepared, other: Prepared) -> Fit | None:
        keys = sorted((one.sketch.key, other.sketch.key))
        pair = keys[0], keys[1]
        if pair not in self.compared:
            self.compared[pair] = _fit_once(one, other)
        return self.compared[pair]


# The fits found by this process so far: each further copy of a story meets pairs that were compared for
# the copy before. Emptied when full, so that no flood keeps memory.
_FOUND: dict[tuple[int, int], Fit | None] = {}
_MOST_FOUND = 20_000


def _fit_once(one: Prepared, other: Prepared) -> Fit | None:
    """Whether two articles are one story; of texts that were compared before, as it was found then."""
    pair = one.identity, other.identity
    if pair not in _FOUND:
        if len(_FOUND) >= _MOST_FOUND:
            _FOUND.clear()
        _FOUND[pair] = fit(one, other)
    return _FOUND[pair]
