"""Groups sketches into stories: the same stories whatever the order in which the articles came.

Articles that fit (see `fits`) are joined around the article that most others fit, so a story has
no chains: each member fits the middle of its story, not just some neighbour. What people decided
comes first. How a story is named and which member is shown is for `telling`.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

from aggregator.records import Relation, Story
from aggregator.stories import telling
from aggregator.stories.constraints import Constraints, Wanted, bound, partners
from aggregator.stories.fits import Fit, Prepared, fit, prepare
from aggregator.stories.sketches import Sketch

# A key that more articles hold than this says nothing (a station's own sentence, "Morning briefing").
MOST_HOLDERS = 200
# Of those many holders, so many meet each of the others: enough to be the middle of a story of hundreds.
_MET = 5

# The middle of a story vouches for texts up to this many times its length, and a station's own words more.
_VOUCHED = 1.5
_STATION = 100

Fits = Mapping[str, Mapping[str, Fit]]
Moment = tuple[str, str]  # when an article was told, and its key
Weight = tuple[int, float, Moment, str]
Compared = Mapping[tuple[str, str], Fit | None]
_FREE = Constraints()


def group(sketches: Iterable[Sketch], constraints: Wanted = _FREE) -> tuple[Story, ...]:
    """The stories of these articles, in order of their ids.

    Deterministic: the order of the sketches makes no difference. An article that came twice
    (one key) counts once.
    """
    return group_prepared([prepare(sketch) for sketch in sketches], constraints, {})


def group_prepared(
    articles: Iterable[Prepared], constraints: Wanted, compared: Compared
) -> tuple[Story, ...]:
    """The same for prepared sketches, of which some pairs have been compared already."""
    by_key = {
        article.sketch.key: article for article in sorted(articles, key=lambda article: article.sketch.key)
    }
    fits = _fits_among(by_key, compared)
    stories = (
        telling.story([by_key[key] for key in keys], fits, constraints)
        for keys in _groups(by_key, fits, constraints)
    )
    return tuple(sorted(stories, key=lambda story: story.id))


def _fits_among(articles: Mapping[str, Prepared], compared: Compared) -> Fits:
    """Which of these articles fit each other, of those that share a key few hold."""
    found: dict[str, dict[str, Fit]] = defaultdict(dict)
    for pair in sorted(_candidates(articles)):
        one, other = pair
        fitting = compared[pair] if pair in compared else fit(articles[one], articles[other])
        if fitting is not None:
            found[one][other] = found[other][one] = fitting
    return found


def _candidates(articles: Mapping[str, Prepared]) -> set[tuple[str, str]]:
    """Pairs that share a key few hold; an article with mostly keys that many hold meets a few of these."""
    holders: dict[str, list[str]] = defaultdict(list)
    for key in sorted(articles):
        for index_key in articles[key].sketch.index_keys:
            holders[index_key].append(key)
    few = (held for held in holders.values() if len(held) <= MOST_HOLDERS)
    pairs = {pair for held in few for pair in combinations(held, 2)}
    for key in sorted(articles):
        index_keys = articles[key].sketch.index_keys
        many = [index_key for index_key in index_keys if len(holders[index_key]) > MOST_HOLDERS]
        if 2 * len(many) >= len(index_keys):
            met = {other for index_key in many for other in holders[index_key][:_MET]} - {key}
            pairs.update((min(key, other), max(key, other)) for other in met)
    return pairs


def _groups(articles: Mapping[str, Prepared], fits: Fits, constraints: Wanted) -> list[tuple[str, ...]]:
    """The keys of each story: bound sets of articles gathered around those that most others fit."""
    bonds = bound(articles, constraints)
    apart = partners(constraints.apart)
    nodes = {min(keys): keys for keys in bonds.values()}
    node_of = {key: node for node, keys in nodes.items() for key in keys}
    # For each node those it can be the middle for, and how surely they fit.
    near: dict[str, dict[str, float]] = {node: {} for node in nodes}
    for one, others in fits.items():
        for other, fitting in others.items():
            a, b = node_of[one], node_of[other]
            vouched = a != b and _vouches(articles[one], articles[other], fitting)
            if vouched and not _kept_apart(nodes[a], nodes[b], apart):
                near[a][b] = max(near[a].get(b, 0.0), fitting.strength)
    order = {node: min((articles[key].sketch.told, key) for key in keys) for node, keys in nodes.items()}
    return [_keys_of(gathered, nodes) for gathered in _gather(near, nodes, order, apart)]


def _vouches(middle: Prepared, other: Prepared, fitting: Fit) -> bool:
    """Whether one can be the middle for another: a short text fits many longer ones that are no story."""
    if fitting.relation is Relation.SAME_PAGE and middle.sketch.pages & other.sketch.pages:
        return True
    return len(other.text.words) <= _VOUCHED * len(middle.text.words) + _STATION


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


def _kept_apart(some: Iterable[str], held: Iterable[str], apart: Mapping[str, frozenset[str]]) -> bool:
    there = set(held)
    return any(apart.get(key, frozenset()) & there for key in some)


def _keys_of(gathered: list[str], nodes: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    return tuple(key for node in gathered for key in sorted(nodes[node], key=lambda key: (key != node, key)))
