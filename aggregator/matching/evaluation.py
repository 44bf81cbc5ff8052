"""Decides whether a rule holds for an article, and collects the sightings that make it hold.

Finding terms is done in `vocabulary`, facts about the article in `facts`; this module
only joins them as the rule says.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from aggregator.matching.pieces import OWN_ZONES, REPEATING_ZONES, ZONES_OF
from aggregator.matching.spots import (
    Choice,
    Distance,
    Spots,
    first_of_each_piece,
    merge,
    pair_up,
)
from aggregator.matching.vocabulary import FEW, Sighting, Sightings
from aggregator.rules import (
    And,
    AtLeast,
    Case,
    Fact,
    Hashtag,
    In,
    Near,
    Not,
    Or,
    Person,
    Phrase,
    Place,
    Rule,
    Term,
    terms_of,
)
from crawler.records import Zone

# What makes a rule hold, the first places of each term in each piece; empty where it holds
# because of facts or of what is not there.
Found = tuple[Sighting, ...]


@dataclass(frozen=True)
class View:
    """One article as a rule sees it.

    `zones` narrows it to parts of the article; `knows` answers facts; `doubts` says of a
    sighting of a name, which lies in one of the `doubtful` pieces, whether it does not count.
    """

    sightings: Sightings
    knows: Callable[[Fact], bool]
    zones: frozenset[Zone] = OWN_ZONES
    doubtful: frozenset[int] = frozenset()
    doubts: Callable[[Sighting], bool] = lambda sighting: False
    _seen: dict[tuple[Term, bool], Spots] = field(default_factory=dict)

    def within(self, zones: frozenset[Zone]) -> "View":
        """The same view of other parts of the article."""
        return replace(self, zones=zones, _seen={})

    def of(self, term: Term, *, few: bool = False) -> Spots:
        """Where a term stands in the zones of this view; hashtags count in link targets, too.

        `few` asks only for the first places in each piece, for whoever does not measure.
        """
        if (term, few) not in self._seen:
            self._seen[term, few] = self._choose(term, self.sightings.of(term, few=few))
        return self._seen[term, few]

    def _choose(self, term: Term, spots: Spots) -> Spots:
        if not len(spots):
            return spots
        in_links = isinstance(term, Hashtag) and self.zones is OWN_ZONES
        chosen = (self._with_links if in_links else self._allowed)[self.pieces_of(spots)]
        if self.doubtful and isinstance(term, Phrase) and term.case is Case.NAME:
            chosen &= ~self._in_doubt(term, spots)
        return spots.where(chosen)

    def _in_doubt(self, term: Term, spots: Spots) -> Choice:
        doubtful = np.isin(self.pieces_of(spots), list(self.doubtful))
        for place in np.flatnonzero(doubtful).tolist():
            doubtful[place] = self.doubts(self._sighting(term, spots, place))
        return doubtful

    def _sighting(self, term: Term, spots: Spots, place: int) -> Sighting:
        ((piece, first, last),) = first_of_each_piece(spots.where([place]), self.sightings.begins, 1)
        return Sighting(term, piece, first, last)

    def pieces_of(self, spots: Spots) -> Any:
        """The number of the piece in which each spot lies."""
        return np.searchsorted(self.sightings.begins, spots.first, side="right") - 1

    def zone_of(self, spots: Spots) -> list[Zone]:
        """The zone in which each spot lies."""
        return [self.sightings.pieces[piece].zone for piece in self.pieces_of(spots).tolist()]

    @cached_property
    def _allowed(self) -> Choice:
        return self._pieces_in(self.zones)

    @cached_property
    def _with_links(self) -> Choice:
        return self._pieces_in(self.zones | ZONES_OF[Place.LINK])

    def _pieces_in(self, zones: frozenset[Zone]) -> Choice:
        return np.array([piece.zone in zones for piece in self.sightings.pieces], dtype=np.bool_)

    def show(self, rule: Rule, held: Spots) -> Found:
        """The first places of each term of a rule within the spots that make it hold."""
        if isinstance(rule, Term):
            places = first_of_each_piece(held, self.sightings.begins, FEW)
            return tuple(Sighting(rule, *place) for place in places)
        return tuple(
            Sighting(term, *place)
            for term in dict.fromkeys(terms_of(rule))
            if len(spots := self.of(term))
            for place in first_of_each_piece(spots.where(spots.inside(held)), self.sightings.begins, FEW)
        )


def find(rule: Rule, view: View) -> Found | None:
    """What makes the rule hold, None where it does not."""
    match rule:
        case And(items):
            return _find_all(items, view)
        case Or(items):
            return _find_any(items, view)
        case Not(item):
            return () if find(item, view) is None else None
        case Fact():
            return () if view.knows(rule) else None
        case In(place, item):
            return find(item, view.within(ZONES_OF[place]))
        case AtLeast(times, item):
            return _find_often(times, item, view)
    held = view.of(rule, few=True) if isinstance(rule, Term) else measure(rule, view)
    return view.show(rule, held) if len(held) else None


def _find_all(items: Iterable[Rule], view: View) -> Found | None:
    together: list[Sighting] = []
    for item in dict.fromkeys(items):
        if (found := find(item, view)) is None:
            return None
        together += found
    return tuple(together)


def _find_any(items: Iterable[Rule], view: View) -> Found | None:
    findings = [found for item in dict.fromkeys(items) if (found := find(item, view)) is not None]
    return tuple(s for found in findings for s in found) if findings else None


def _find_often(times: int, item: Rule, view: View) -> Found | None:
    held = measure(item, view)
    if len(held) < times:
        return None
    zones = view.zone_of(held)
    if Zone.TEXT in zones:
        held = held.where(np.array([zone not in REPEATING_ZONES for zone in zones]))
    return view.show(item, held) if len(held) >= times else None


def measure(rule: Rule, view: View) -> Spots:
    """Where a term, an OR of terms, or a NEAR of them stands."""
    match rule:
        case Phrase() | Hashtag() | Person():
            return view.of(rule)
        case Or(items):
            return merge(measure(item, view) for item in dict.fromkeys(items))
        case Near(one, other, words, ordered):
            ones = measure(one, view)
            if not len(ones):
                return ones
            return pair_up(ones, measure(other, view), Distance(words, ordered, view.sightings.marks))
    raise TypeError(f"{type(rule).__name__} has no place in the text")


def may_hold(rule: Rule, sightings: Sightings) -> bool:
    """Whether enough of a rule's terms were found, before any closer look, for it to hold at all."""
    match rule:
        case Phrase() | Hashtag() | Person():
            return sightings.may_have(rule)
        case And(items):
            return all(may_hold(item, sightings) for item in items)
        case Near(one, other):
            return may_hold(one, sightings) and may_hold(other, sightings)
        case Or(items):
            return any(may_hold(item, sightings) for item in items)
        case In(_, item) | AtLeast(_, item):
            return may_hold(item, sightings)
    return True


def anchors(rule: Rule) -> frozenset[Term] | None:
    """Terms of which at least one must stand in an article for the rule to hold; None where there are none.

    Of several things that must all be there, the one with the longest words is taken:
    long words are rarer.
    """
    match rule:
        case Phrase() | Hashtag() | Person():
            return frozenset({rule})
        case And(items):
            return _rarest(anchors(item) for item in items)
        case Near(one, other):
            return _rarest((anchors(one), anchors(other)))
        case Or(items):
            sides = [anchors(item) for item in items]
            return None if None in sides else frozenset().union(*(side for side in sides if side))
        case In(_, item) | AtLeast(_, item):
            return anchors(item)
    return None


def _rarest(sides: Iterable[frozenset[Term] | None]) -> frozenset[Term] | None:
    return max((side for side in sides if side is not None), key=_shortest_length, default=None)


def _shortest_length(terms: frozenset[Term]) -> int:
    return min(len(_text_of(term)) for term in terms)


def _text_of(term: Term) -> str:
    """What of a term is looked for: of a person, the surname."""
    match term:
        case Phrase(text):
            return text
        case Hashtag(tag):
            return f"#{tag}"
        case Person(name):
            return name.split()[-1]
