"""What people wish of stories, as constraints that always win over the machine; `replay` tells the wishes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol


class Wanted(Protocol):
    """What people want of stories: sets of article keys to hold together or apart, and keys to show.

    All are in the order of the decisions: where two contradict each other, the later one holds.
    Of the keys of one set, all are together, or each is apart from each.
    """

    @property
    def together(self) -> Sequence[Collection[str]]: ...

    @property
    def apart(self) -> Sequence[Collection[str]]: ...

    @property
    def shown(self) -> Sequence[str]: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Constraints:
    """The plain form of `Wanted`."""

    together: tuple[Collection[str], ...] = ()
    apart: tuple[Collection[str], ...] = ()
    shown: tuple[str, ...] = ()


def bound(keys: Iterable[str], constraints: Wanted) -> Mapping[str, frozenset[str]]:
    """For each key the set of keys that people put together with it, itself included.

    A pair that would put two together that are to stay apart is left out; the latest come first.
    """
    groups = {key: frozenset((key,)) for key in keys}
    apart = partners_once(constraints.apart)
    near = ([key for key in set(named) if key in groups] for named in reversed(constraints.together))
    for one, other in pairs_of(near):
        if groups[one] is groups[other]:
            continue
        joined = groups[one] | groups[other]
        if any(apart.get(key, frozenset()) & joined for key in joined):
            continue
        for key in joined:
            groups[key] = joined
    return groups


def partners(sets: Iterable[Collection[str]]) -> Mapping[str, frozenset[str]]:
    """For each key the keys it is named with."""
    found: dict[str, set[str]] = {}
    for one, other in pairs_of(sets):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {key: frozenset(others) for key, others in found.items()}


_LAST: dict[int, tuple[Sequence[Collection[str]], Mapping[str, frozenset[str]]]] = {}
_MOST_LAST = 4


def partners_once(sets: Sequence[Collection[str]]) -> Mapping[str, frozenset[str]]:
    """`partners`, worked out once for a sequence: people wish the same for many articles in a row."""
    known = _LAST.get(id(sets))
    if known is None or known[0] is not sets:
        if len(_LAST) >= _MOST_LAST:
            _LAST.clear()
        known = _LAST[id(sets)] = sets, partners(sets)
    return known[1]


def pairs_of(sets: Iterable[Collection[str]]) -> Iterator[tuple[str, str]]:
    """All pairs of keys that stand in one set, the smaller key first."""
    for keys in sets:
        yield from combinations(sorted(set(keys)), 2)
