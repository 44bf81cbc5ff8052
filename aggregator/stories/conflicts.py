"""Where people and the machine disagree about stories: reported, never acted upon; the person wins."""

from collections.abc import Iterable
from dataclasses import dataclass

from aggregator.stories.constraints import Wanted, bound, pairs_of
from aggregator.stories.fits import fit, prepare
from aggregator.stories.sketches import Sketch


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """Two articles on which a person and the machine, or two decisions, disagree; `reason` is a sentence."""

    keys: frozenset[str]
    reason: str


def conflicts(sketches: Iterable[Sketch], constraints: Wanted) -> tuple[Conflict, ...]:
    """The decisions that the texts contradict, and those that contradict each other."""
    by_key = {sketch.key: sketch for sketch in sketches}
    bonds = bound(by_key, constraints)
    found = []
    for one, other in pairs_of(constraints.together):
        if one not in by_key or other not in by_key:
            continue
        pair = frozenset((one, other))
        if other not in bonds[one]:
            found.append(
                Conflict(keys=pair, reason="put together, but other decisions keep their stories apart")
            )
        elif fit(prepare(by_key[one]), prepare(by_key[other])) is None:
            found.append(Conflict(keys=pair, reason="put together by hand; the texts do not show one story"))
    for one, other in pairs_of(constraints.apart):
        if one not in by_key or other not in by_key:
            continue
        fitting = fit(prepare(by_key[one]), prepare(by_key[other]))
        if fitting is not None:
            found.append(
                Conflict(
                    keys=frozenset((one, other)),
                    reason=f"kept apart by hand; the texts say one story: {fitting.reason}",
                )
            )
    return tuple(found)
