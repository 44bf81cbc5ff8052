"""Finds what a new article can change: the articles it fits, those they fit, and so on.

Grouping this neighbourhood alone gives the same stories for its articles as grouping everything.
A story that is large already is not grouped anew for each further copy: it takes the copy in.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from aggregator.records import Relation, Story
from aggregator.stories import telling
from aggregator.stories.candidates import MET
from aggregator.stories.constraints import Constraints, Wanted, partners
from aggregator.stories.fits import Fit, Prepared, fit, prepare
from aggregator.stories.grouping import group_prepared, vouches
from aggregator.stories.sketches import Sketch
from aggregator.stories.telling import Moment

# A story of more articles than this only takes in: what it is does not hang on one more copy.
MOST_MEMBERS = 24
# More articles or comparisons than this are given to no new one: such a flood is a template or an attack.
MOST_ARTICLES = 120
MOST_COMPARED = 2_000

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

    def homes(self, keys: Iterable[str]) -> Mapping[str, Story]:
        """The stories that hold these articles now, by article key."""
        ...


def place(sketch: Sketch, shelf: Shelf, constraints: Wanted = _FREE) -> tuple[Story, ...]:
    """The stories around a new article, to be stored in place of all that hold one of their members."""
    around = _Neighbourhood(sketch, shelf, constraints)
    around.explore()
    larger = around.larger()
    return (larger,) if larger is not None else around.stories()


class _Neighbourhood:
    """The articles around a new one, as far as one fit leads to the next; of large stories only a few."""

    def __init__(self, sketch: Sketch, shelf: Shelf, constraints: Wanted) -> None:
        self.start = prepare(sketch)
        self.shelf = shelf
        self.constraints = constraints
        self.together = partners(constraints.together)
        self.apart = partners(constraints.apart)
        self.seen = {sketch.key: self.start}
        self.found = [self.start]
        self.compared: dict[tuple[str, str], Fit | None] = {}
        self.large: dict[str, Story] = {}
        self.is_whole = True

    def explore(self) -> None:
        """Follow fits from the new article until nothing is added, or too much was."""
        known = {self.start.sketch.key}
        for article in self.found:
            bonds = self.together.get(article.sketch.key, frozenset())
            for other in self._candidates(article, bonds):
                fitting = self._compare(article, other)
                if other.sketch.key not in known and (fitting or other.sketch.key in bonds):
                    known.add(other.sketch.key)
                    self.found.append(other)
                if len(self.found) > MOST_ARTICLES or len(self.compared) >= MOST_COMPARED:
                    self.is_whole = False
                    return

    def larger(self) -> Story | None:
        """The large story that takes the new article in, with it; None where none does."""
        fitting = [
            (len(story.members), found.strength, story.id, found)
            for story in self.large.values()
            if (found := self._fit_in(story)) is not None and not self._is_kept_out(story)
        ]
        if not fitting:
            return None
        *_, story_id, found = max(fitting)
        story = self.large[story_id]
        standing = self._take(telling.standing_for(story))
        held = {member.article_key for member in story.members}
        bound = [each for each in self._bound() if each is not None and each.sketch.key not in held]
        for article in (self.start, *bound):
            story = telling.take_in(story, article, (standing, found), self._moment)
        return story

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
        """The articles that share a key with one, and those put together with it, without large stories'."""
        keys = article.sketch.index_keys | {f"u:{key}" for key in bonds}
        near = {each.key: each for each in self.shelf.holding(keys) if each.key != article.sketch.key}
        homes = self.shelf.homes(sorted(near))
        for key in sorted(near):
            home = homes.get(key)
            if home is not None and len(home.members) > MOST_MEMBERS:
                if article is self.start:
                    self.large[home.id] = home
                    self.seen.setdefault(key, prepare(near[key]))
            else:
                yield self.seen.setdefault(key, prepare(near[key]))

    def _fit_in(self, story: Story) -> Fit | None:
        """How the new article fits what stands for a large story, or else most of a few of its members."""
        key = self.start.sketch.key
        members = [member.article_key for member in story.members if member.article_key != key]
        if self.together.get(key, frozenset()) & set(members):
            return Fit(Relation.COPY, 1.0, "put together by hand")
        standing = self._take(telling.standing_for(story))
        if standing is not None and standing is not self.start:
            found = self._compare(self.start, standing)
            if found is not None and vouches(standing, self.start, found):
                return found
        met = [self.seen[each] for each in members if each in self.seen][:MET]
        fits = [
            found
            for each in met
            if (found := self._compare(self.start, each)) and vouches(each, self.start, found)
        ]
        return max(fits, key=lambda found: found.strength) if 2 * len(fits) > len(met) else None

    def _is_kept_out(self, story: Story) -> bool:
        """Whether people keep the new article, or what they put together with it, apart from a member."""
        key = self.start.sketch.key
        members = {member.article_key for member in story.members} - {key}
        return any(self.apart.get(each, frozenset()) & members for each in {key, *self.together.get(key, ())})

    def _bound(self) -> list[Prepared | None]:
        """What people put together with the new article."""
        return [self._take(key) for key in sorted(self.together.get(self.start.sketch.key, ()))]

    def _take(self, key: str) -> Prepared | None:
        if key not in self.seen:
            sketch = self.shelf.get(key)
            if sketch is None:
                return None
            self.seen[key] = prepare(sketch)
        return self.seen[key]

    def _moment(self, key: str) -> Moment:
        """When a member was told, by which it stands in its place."""
        article = self._take(key)
        return (article.sketch.told, key) if article is not None else ("", key)

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
