"""Groups sketches into stories: the same stories whatever the order in which the articles came.

Articles that fit (see `fits`) are joined around the article that most others fit, so a story has
no chains: each member fits the middle of its story, not just some neighbour. What people decided
comes first. How a story is named and which member is shown is for `telling`.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from aggregator.records import Relation, Story
from aggregator.stories import telling
from aggregator.stories.candidates import connected, pairs
from aggregator.stories.constraints import Constraints, Wanted, bound, pairs_of, partners_once
from aggregator.stories.fits import Fit, Prepared, fit, prepare
from aggregator.stories.sketches import Sketch
from aggregator.stories.telling import Moment

# Prepared sketches that are kept at hand while all are compared.
_IN_HAND = 2_000

# The middle of a story vouches for texts up to this many times its length, and a station's own words more.
_VOUCHED = 1.5
_STATION = 100

Fits = Mapping[str, Mapping[str, Fit]]
Weight = tuple[int, float, Moment, str]
Compared = Mapping[tuple[str, str], Fit | None]
_FREE = Constraints()


def group(sketches: Iterable[Sketch], constraints: Wanted = _FREE) -> tuple[Story, ...]:
    """The stories of these articles, in order of their ids.

    Deterministic: the order of the sketches makes no difference. An article that came twice
    (one key) counts once.
    """
    found = group_each({sketch.key: sketch for sketch in sketches}, constraints)
    return tuple(sorted(found, key=lambda story: story.id))


def group_each(shelf: Mapping[str, Sketch], constraints: Wanted = _FREE) -> Iterator[Story]:
    """The same stories, one by one and in no order, of sketches that need not all be in memory at once.

    `shelf` gives a sketch by its article's key; each is asked for a few times.
    """
    keys = sorted(shelf)
    place_of = {key: place for place, key in enumerate(keys)}
    take = lru_cache(_IN_HAND)(lambda place: prepare(shelf[keys[place]]))
    fits: dict[int, dict[int, Fit]] = defaultdict(dict)
    told: list[str] = []
    for one, other in pairs(_keys_noting(told, shelf[key]) for key in keys):
        fitting = fit(take(one), take(other))
        if fitting is not None:
            fits[one][other] = fits[other][one] = fitting
    bonds = [
        (place_of[one], place_of[other])
        for one, other in pairs_of(constraints.together)
        if one in place_of and other in place_of
    ]
    links = ((one, other) for one, others in fits.items() for other in others)
    for places in connected(len(keys), (*bonds, *links)):
        if len(places) == 1:
            yield telling.alone(keys[places[0]], told[places[0]])
            continue
        near = {keys[one]: {keys[other]: found for other, found in fits[one].items()} for one in places}
        articles = {keys[place]: prepare(shelf[keys[place]]) for place in places}
        yield from _tell(articles, near, constraints)


def _keys_noting(told: list[str], sketch: Sketch) -> frozenset[str]:
    """The keys of a sketch, while it is noted when it was told: each sketch is read once for both."""
    told.append(sketch.told)
    return sketch.index_keys


def group_prepared(
    articles: Iterable[Prepared], constraints: Wanted, compared: Compared
) -> tuple[Story, ...]:
    """The stories of a few prepared sketches, of which some pairs have been compared already."""
    by_key = {
        article.sketch.key: article for article in sorted(articles, key=lambda article: article.sketch.key)
    }
    keys = list(by_key)
    fits: dict[str, dict[str, Fit]] = defaultdict(dict)
    for one, other in (
        (keys[a], keys[b]) for a, b in pairs(each.sketch.index_keys for each in by_key.values())
    ):
        known = (one, other) in compared
        fitting = compared[one, other] if known else fit(by_key[one], by_key[other])
        if fitting is not None:
            fits[one][other] = fits[other][one] = fitting
    return tuple(sorted(_tell(by_key, fits, constraints), key=lambda story: story.id))


def _tell(articles: Mapping[str, Prepared], fits: Fits, constraints: Wanted) -> Iterator[Story]:
    for keys in _groups(articles, fits, constraints):
        yield telling.story([articles[key] for key in keys], fits, constraints)


def _groups(articles: Mapping[str, Prepared], fits: Fits, constraints: Wanted) -> list[tuple[str, ...]]:
    """The keys of each story: bound sets of articles gathered around those that most others fit."""
    bonds = bound(articles, constraints)
    apart = partners_once(constraints.apart)
    nodes = {min(keys): keys for keys in bonds.values()}
    node_of = {key: node for node, keys in nodes.items() for key in keys}
    # For each node those it can be the middle for, and how surely they fit.
    near: dict[str, dict[str, float]] = {node: {} for node in nodes}
    for one, others in fits.items():
        for other, fitting in others.items():
            a, b = node_of[one], node_of[other]
            vouched = a != b and vouches(articles[one], articles[other], fitting)
            if vouched and not _kept_apart(nodes[a], nodes[b], apart):
                near[a][b] = max(near[a].get(b, 0.0), fitting.strength)
    order = {node: min((articles[key].sketch.told, key) for key in keys) for node, keys in nodes.items()}
    return [_keys_of(gathered, nodes) for gathered in _gather(near, nodes, order, apart)]


def vouches(middle: Prepared, other: Prepared, fitting: Fit) -> bool:
    """Whether one can be the middle for another: a short text fits many longer ones that are no story."""
    if fitting.relation is Relation.SAME_PAGE and middle.sketch.pages & other.sketch.pages:
        return True
    return other.length <= _VOUCHED * middle.length + _STATION


def _gather(
    near: Mapping[str, Mapping[str, float]],
    nodes: Mapping[str, frozenset[str]],
    order: Mapping[str, Moment],
    apart: Mapping[str, frozenset[str]],
) -> list[list[str]]:
    """Again and again the node with most free neighbours, and those; ties by strength, time, key."""
    vouchers: dict[str, set[str]] = defaultdict(set)
    for node, others in near.items():
        for other in others:
            vouchers[other].add(node)
    free = set(nodes)
    weights = {node: _weight(node, near[node], free, order) for node in nodes}
    heap = list(weights.values())
    heapq.heapify(heap)
    gathered = []
    while heap:
        entry = heapq.heappop(heap)
        node = entry[-1]
        if node not in free or entry != weights[node]:
            continue
        members = [node]
        held = set(nodes[node])
        for other in sorted(near[node], key=lambda other: (-near[node][other], order[other])):
            if other in free and not _kept_apart(nodes[other], held, apart):
                members.append(other)
                held |= nodes[other]
        free.difference_update(members)
        gathered.append(members)
        for voucher in {voucher for member in members for voucher in vouchers[member]} & free:
            weights[voucher] = _weight(voucher, near[voucher], free, order)
            heapq.heappush(heap, weights[voucher])
    return gathered


def _weight(node: str, near: Mapping[str, float], free: set[str], order: Mapping[str, Moment]) -> Weight:
    """What makes a node the next middle, smallest first: many free neighbours, near ones, an early time."""
    left = [strength for other, strength in near.items() if other in free]
    return -len(left), -round(sum(left), 3), order[node], node


def _kept_apart(some: Iterable[str], held: Collection[str], apart: Mapping[str, frozenset[str]]) -> bool:
    return any(not apart[key].isdisjoint(held) for key in some if key in apart)


def _keys_of(gathered: list[str], nodes: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    return tuple(key for node in gathered for key in sorted(nodes[node], key=lambda key: (key != node, key)))
