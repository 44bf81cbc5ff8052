"""What people decided about stories, as constraints that always win over the machine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from aggregator.records import Decision, Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Constraints:
    """Pairs of article keys that belong together or stay apart, and articles chosen to be shown.

    Each pair is a frozenset of two keys. Tuples are in the order of the decisions: where two
    contradict each other, the later one holds.
    """

    together: tuple[frozenset[str], ...] = ()
    apart: tuple[frozenset[str], ...] = ()
    shown: tuple[str, ...] = ()


def from_decisions(decisions: Iterable[Decision]) -> Constraints:
    """The constraints that merge, keep apart and show amount to; later ones hold, undone ones do not."""
    ordered = sorted(decisions, key=lambda decision: decision.id)
    undone = {
        subject for decision in ordered if decision.verdict is Verdict.UNDO for subject in decision.subjects
    }
    pairs: dict[frozenset[str], Verdict] = {}
    shown: dict[str, None] = {}
    for decision in ordered:
        if str(decision.id) in undone:
            continue
        if decision.verdict in (Verdict.MERGE, Verdict.KEEP_APART):
            for pair in combinations(sorted(set(decision.subjects)), 2):
                pairs.pop(frozenset(pair), None)
                pairs[frozenset(pair)] = decision.verdict
        elif decision.verdict is Verdict.SHOW:
            for subject in decision.subjects:
                shown.pop(subject, None)
                shown[subject] = None
    return Constraints(
        together=tuple(pair for pair, verdict in pairs.items() if verdict is Verdict.MERGE),
        apart=tuple(pair for pair, verdict in pairs.items() if verdict is Verdict.KEEP_APART),
        shown=tuple(shown),
    )


def bound(keys: Iterable[str], constraints: Constraints) -> Mapping[str, frozenset[str]]:
    """For each key the set of keys that people put together with it, itself included.

    A pair that would put two together that are to stay apart is left out; the latest pairs come first.
    """
    groups = {key: frozenset((key,)) for key in keys}
    apart = partners(constraints.apart)
    for pair in reversed(constraints.together):
        one, other = min(pair), max(pair)
        if one not in groups or other not in groups or groups[one] is groups[other]:
            continue
        joined = groups[one] | groups[other]
        if any(apart.get(key, frozenset()) & joined for key in joined):
            continue
        for key in joined:
            groups[key] = joined
    return groups


def partners(pairs: Iterable[frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """For each key the keys it is paired with."""
    found: dict[str, set[str]] = {}
    for pair in pairs:
        for key in pair:
            found.setdefault(key, set()).update(pair - {key})
    return {key: frozenset(others) for key, others in found.items()}
