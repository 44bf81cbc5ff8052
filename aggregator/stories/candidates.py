"""Finds which of many articles may be one story: pairs that share an index key; nothing is compared here."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
import xxhash
from numpy.typing import NDArray

# A key that more articles hold than this says nothing (a station's own sentence, "Morning briefing").
MOST_HOLDERS = 200
# Of those many holders, so many meet each of the others: enough to be the middle of a story of hundreds.
MET = 12


def pairs(keys_of: Iterable[frozenset[str]]) -> list[tuple[int, int]]:
    """The places of articles that share a key few hold; `keys_of` gives each article's keys.

    The smaller place first, and in order of the larger: those that many meet stay at hand meanwhile.
    An article of whose keys many hold a third meets the first few holders of these. Of each
    key twelve bytes are held, whatever the articles' size.
    """
    hashes, holders, sizes = _columns(keys_of)
    found: set[tuple[int, int]] = set()
    crowds: dict[int, list[int]] = {}
    for held in _shared(hashes, holders):
        if len(held) <= MOST_HOLDERS:
            found.update(combinations(held, 2))
        else:
            for place in held:
                crowds.setdefault(place, []).extend(held[:MET])
            for place in held:
                sizes[place] -= 3
    for place, met in crowds.items():
        if sizes[place] <= 0:  # at least a third of its keys are of many
            found.update((min(place, other), max(place, other)) for other in met if other != place)
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def _columns(
    keys_of: Iterable[frozenset[str]],
) -> tuple[NDArray[np.uint64], NDArray[np.uint32], list[int]]:
    """A hash of each key, the article that holds it, and how many keys each article has."""
    hashes: list[NDArray[np.uint64]] = []
    sizes = []
    for keys in keys_of:
        numbers = [xxhash.xxh3_64_intdigest(key.encode("utf-8", "replace")) for key in keys]
        hashes.append(np.array(numbers, dtype=np.uint64))
        sizes.append(len(numbers))
    all_hashes = np.concatenate(hashes) if hashes else np.zeros(0, np.uint64)
    return all_hashes, np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes), sizes


def _shared(hashes: NDArray[np.uint64], holders: NDArray[np.uint32]) -> Iterator[list[int]]:
    """The articles of each key that several hold, in order."""
    order = np.argsort(hashes, kind="stable")
    sorted_hashes = hashes[order]
    starts = np.flatnonzero(np.append(True, sorted_hashes[1:] != sorted_hashes[:-1]))
    ends = np.append(starts[1:], len(sorted_hashes))
    for place in np.flatnonzero(ends - starts > 1).tolist() if len(hashes) else ():
        yield holders[order[starts[place] : ends[place]]].tolist()


def connected(count: int, links: Iterable[tuple[int, int]]) -> list[Sequence[int]]:
    """The places 0 to `count` in sets that links hold together, each in order."""
    leader = list(range(count))

    def find(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for one, other in links:
        a, b = find(one), find(other)
        leader[max(a, b)] = min(a, b)
    sets: dict[int, list[int]] = {}
    for place in range(count):
        sets.setdefault(find(place), []).append(place)
    return list(sets.values())
