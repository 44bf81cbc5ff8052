"""What the decisions of people add up to; pure, so that it can be laid over every recomputation.

Nothing is ever deleted: undoing is a decision too, and can be undone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from aggregator.records import Decision, Status, Verdict

STATUS_OF = {
    Verdict.ACCEPT: Status.ACCEPTED,
    Verdict.REJECT: Status.REJECTED,
    Verdict.LATER: Status.LATER,
}


def undone(decisions: Iterable[Decision]) -> frozenset[int]:
    """The ids of all decisions that do not count any more.

    An undo that was itself undone undoes nothing; so the newest undo is looked at first.
    """
    gone: set[int] = set()
    undos = [decision for decision in decisions if decision.verdict is Verdict.UNDO]
    for undo in sorted(undos, key=lambda undo: undo.id, reverse=True):
        if undo.id not in gone:
            gone.update(int(subject) for subject in undo.subjects)
    return frozenset(gone)


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that count, in the order in which they were taken."""
    taken = sorted(decisions, key=lambda decision: decision.id)
    gone = undone(taken)
    return tuple(
        decision for decision in taken if decision.verdict is not Verdict.UNDO and decision.id not in gone
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Wishes:
    """What people said about which articles are one story, the older wish first.

    `together` and `apart` are the keys named in one decision each; `shown` are keys of
    members to show. Where two wishes contradict each other, the later one wins.
    """

    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    shown: tuple[str, ...] = ()


def wishes(counting: Iterable[Decision]) -> Wishes:
    """The wishes for stories in standing decisions, whatever the campaign.

    A pair is together or apart by the latest decision that names both; one that was split
    off from many is no longer apart from any as soon as it is merged with one of them.
    """
    together: list[tuple[str, ...]] = []
    apart: list[tuple[str, ...]] = []
    splits: dict[int, list[tuple[str, ...]]] = {}
    shown: list[str] = []
    for decision in counting:
        if decision.verdict is Verdict.MERGE:
            apart = without_pairs(apart, decision.subjects)
            splits = {
                each: pairs for each, pairs in splits.items() if not holds_one(pairs, decision.subjects)
            }
            together.append(decision.subjects)
        elif decision.verdict is Verdict.KEEP_APART:
            together = without_pairs(together, decision.subjects)
            apart.append(decision.subjects)
        elif decision.verdict is Verdict.SPLIT:
            splits[decision.id] = [(one, other) for one in decision.subjects for other in decision.along]
            for pair in splits[decision.id]:
                together = without_pairs(together, pair)
        elif decision.verdict is Verdict.SHOW and decision.campaign is None:
            shown.extend(decision.subjects)
    apart += [pair for pairs in splits.values() for pair in pairs]
    return Wishes(together=tuple(together), apart=tuple(apart), shown=tuple(shown))


def holds_one(pairs: Iterable[tuple[str, ...]], named: Collection[str]) -> bool:
    """Whether one of the pairs is named: who merges an article back wants all of a split gone."""
    return any(set(pair) <= set(named) for pair in pairs)


def without_pairs(groups: Sequence[tuple[str, ...]], named: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The groups, with those that hold two or more of the named keys taken apart there."""
    kept: list[tuple[str, ...]] = []
    for group in groups:
        inside = [key for key in group if key in named]
        outside = [key for key in group if key not in named]
        parts = [(*outside, key) for key in inside] if len(inside) > 1 else [group]
        kept.extend(part for part in parts if len(part) > 1)
    return kept


@dataclass(frozen=True, kw_only=True, slots=True)
class Laid:
    """What people decided about one entry.

    `verdict` is None while nobody decided; `overruled` is a later verdict on a member that
    joined the entry afterwards. `version` is the number of the newest decision about it,
    undone ones and undoing included.
    """

    verdict: Decision | None = None
    overruled: Decision | None = None
    corrections: Mapping[str, str] = field(default_factory=dict)
    starred: bool = False
    shown: str | None = None
    version: int = 0
    changed_at: datetime | None = None


def lay(decisions: Sequence[Decision], keys: Sequence[str]) -> Laid:
    """Lay decisions over the entry with these members; those about other articles may be among them."""
    members = frozenset(keys)
    mine = about(decisions, members)
    counting = standing(mine)
    named = [decision for decision in counting if not members.isdisjoint(decision.subjects)]
    verdicts = [decision for decision in named if decision.verdict in STATUS_OF]
    chosen = accepted_still(counting, members) or (verdicts[-1] if verdicts else None)
    shows = [decision.subjects[-1] for decision in named if decision.verdict is Verdict.SHOW]
    return Laid(
        verdict=chosen,
        overruled=verdicts[-1] if verdicts and verdicts[-1] is not chosen else None,
        corrections=latest_corrections(named),
        starred=any(decision.verdict is Verdict.STAR for decision in named),
        shown=shows[-1] if shows else None,
        version=max((decision.id for decision in mine), default=0),
        changed_at=max((d.at for d in mine if d.verdict is not Verdict.UNRELATED), default=None),
    )


def about(decisions: Sequence[Decision], keys: frozenset[str]) -> list[Decision]:
    """The decisions that name one of the keys or saw it in the entry, and all undoing of these."""
    mine = {d.id: d for d in decisions if not (keys.isdisjoint(d.subjects) and keys.isdisjoint(d.along))}
    for undo in sorted((d for d in decisions if d.verdict is Verdict.UNDO), key=lambda d: d.id):
        if any(int(subject) in mine for subject in undo.subjects):
            mine[undo.id] = undo
    return list(mine.values())


def accepted_still(counting: Sequence[Decision], keys: frozenset[str]) -> Decision | None:
    """The newest acceptance that nobody took back.

    A machine that joins an accepted story to a rejected one must not take an accepted
    entry off the list. So an acceptance of a member holds until a later verdict names this
    member, or was taken by somebody who saw it in the entry.
    """
    latest: dict[str, Decision] = {}
    for decision in counting:
        if decision.verdict in STATUS_OF:
            latest.update((key, decision) for key in (*decision.along, *decision.subjects) if key in keys)
    held = [
        decision
        for key, decision in latest.items()
        if decision.verdict is Verdict.ACCEPT and key in decision.subjects
    ]
    return max(held, key=lambda decision: decision.id, default=None)


def latest_corrections(counting: Iterable[Decision]) -> dict[str, str]:
    """The newest value of each field that people corrected; an empty one gives the field back to the web."""
    values: dict[str, str] = {}
    for decision in counting:
        if decision.verdict is Verdict.CORRECT:
            values.update(decision.corrections)
    return {field: value for field, value in values.items() if value != ""}
