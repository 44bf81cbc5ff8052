"""Finds what a new article can change: the articles it fits, those they fit, and so on.

Grouping this neighbourhood alone gives the same stories for its articles as grouping everything.
"""

from collections.abc import Callable, Iterable, Iterator

from aggregator.records import Story
from aggregator.stories.constraints import Constraints, Wanted, partners
from aggregator.stories.fits import Fit, Prepared, fit, prepare
from aggregator.stories.grouping import group_prepared
from aggregator.stories.sketches import Sketch

# More articles than this are looked at for no new one: such a flood is one template or one attack.
MOST_ARTICLES = 400

Fetch = Callable[[frozenset[str]], Iterable[Sketch]]
_FREE = Constraints()


def place(sketch: Sketch, fetch: Fetch, constraints: Wanted = _FREE) -> tuple[Story, ...]:
    """The stories around a new article, to be stored in place of all stories that hold one of their members.

    `fetch` answers the stored sketches that hold any of some index keys; keys that more than
    `grouping.MOST_HOLDERS` articles hold are to be left out by it.
    """
    together = partners(constraints.together)
    seen = {sketch.key: prepare(sketch)}
    found = [seen[sketch.key]]
    known = {sketch.key}
    compared: dict[tuple[str, str], Fit | None] = {}
    for article in found:
        if len(found) >= MOST_ARTICLES:
            break
        bonds = together.get(article.sketch.key, frozenset())
        for other in _candidates(article, bonds, fetch, seen):
            pair = _pair(article, other)
            if pair not in compared:
                compared[pair] = fit(article, other)
            if other.sketch.key not in known and (compared[pair] or other.sketch.key in bonds):
                known.add(other.sketch.key)
                found.append(other)
    return group_prepared(found, constraints, compared)


def _candidates(
    article: Prepared, bonds: frozenset[str], fetch: Fetch, seen: dict[str, Prepared]
) -> Iterator[Prepared]:
    """The stored articles that share a key with one, and those that people put together with it."""
    keys = article.sketch.index_keys | {f"u:{key}" for key in bonds}
    for candidate in sorted(fetch(keys), key=lambda candidate: candidate.key):
        if candidate.key != article.sketch.key:
            if candidate.key not in seen:
                seen[candidate.key] = prepare(candidate)
            yield seen[candidate.key]


def _pair(one: Prepared, other: Prepared) -> tuple[str, str]:
    keys = sorted((one.sketch.key, other.sketch.key))
    return keys[0], keys[1]
