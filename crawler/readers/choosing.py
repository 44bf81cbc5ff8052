"""Chooses among the links of a section page: what the site's habits say first, else how a link looks. Pure.

No link is left out in silence: a problem tells how many of which kind, and a few of each look are
followed all the same, so that a site that changes its ways is learnt anew.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.habits import LIKELY, Habits, Tally, explain_shape, shape_of

MOST_LINKS = 150  # of one look at one page
EXPLORED = 2  # links of one look that are followed though nothing speaks for them
LOOKS_LIKE_ONE = 3.0  # the score from which a link looks like an article's

_TOLD = 5  # kinds of links left out that are told one by one


@dataclass(frozen=True, slots=True)
class Candidate:
    """A link of the page's own site: its words, where it stands, and how much it looks like an article's."""

    url: str
    words: str
    place: str
    score: float


@dataclass(frozen=True, slots=True)
class Choice:
    """The links to follow, in the page's order, and in words what became of the others."""

    taken: tuple[Candidate, ...]
    problems: tuple[str, ...] = ()


def choose_links(candidates: Sequence[Candidate], habits: Habits, at: datetime, explored: int) -> Choice:
    """The links to follow: those whose like were mostly articles, and so many others to learn from."""
    ranked = sorted(candidates, key=lambda each: -_expect(each, habits))
    likely = [each for each in ranked if _expect(each, habits) >= LIKELY]
    others = [each for each in ranked if _expect(each, habits) < LIKELY]
    tried = sorted(others, key=lambda each: _draw_lot(each, at))[:explored]
    taken = {each.url for each in [*likely[: MOST_LINKS - len(tried)], *tried]}
    return Choice(
        taken=tuple(each for each in candidates if each.url in taken),
        problems=_tell([each for each in candidates if each.url not in taken], habits),
    )


def _expect(candidate: Candidate, habits: Habits) -> float:
    """The share of articles to expect of such links; a link of a kind never followed goes by its looks."""
    known = _known(candidate, habits)
    if known:
        return known.share
    return 0.7 if candidate.score >= LOOKS_LIKE_ONE else 0.3


def _known(candidate: Candidate, habits: Habits) -> Tally | None:
    return habits.expect(shape_of(candidate.url), candidate.place)


def _draw_lot(candidate: Candidate, at: datetime) -> bytes:
    """Another order at every look, the same for the same look."""
    return hashlib.blake2b(f"{candidate.url} {at.isoformat()}".encode(), digest_size=8).digest()


def _tell(left: Sequence[Candidate], habits: Habits) -> tuple[str, ...]:
    kinds = Counter(shape_of(each.url) for each in left)
    told = []
    for shape, count in kinds.most_common(_TOLD):
        tally = habits.shapes.get(shape)
        why = explain_shape(shape, tally) if tally else f"links like {shape} do not look like articles"
        told.append(f"{count} link{'s' if count > 1 else ''} left out: {why}")
    rest = sum(kinds.values()) - sum(count for _, count in kinds.most_common(_TOLD))
    return (*told, *((f"{rest} more links left out, of {len(kinds) - _TOLD} other kinds",) if rest else ()))
