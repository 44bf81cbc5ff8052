"""Decides whether a rule holds for an article, and collects the sightings that make it hold.

Finding terms is done in `vocabulary`, facts about the article in `facts`; this module
only joins them as the rule says.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from aggregator.matching.pieces import OWN_ZONES, REPEATING_ZONES, ZONES_OF
from aggregator.matching.vocabulary import Sighting, Sightings
from aggregator.rules import (
    And,
    AtLeast,
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
)
from crawler.records import Zone

# What makes a rule hold; empty where it holds because of facts or of what is not there.
Found = tuple[Sighting, ...]


@dataclass(frozen=True)
class View:
    """One article as a rule sees it.

    `zones` narrows it to parts of the article; `counts` leaves out single sightings;
    `knows` answers facts.
    """

    sightings: Sightings
    knows: Callable[[Fact], bool]
    zones: frozenset[Zone] = OWN_ZONES
    counts: Callable[[Sighting], bool] = lambda sighting: True

    def of(self, term: Term) -> list[Sighting]:
        """Where a term stands in the zones of this view; hashtags count in link targets, too."""
        zones = self.zones
        if isinstance(term, Hashtag) and zones is OWN_ZONES:
            zones = OWN_ZONES | ZONES_OF[Place.LINK]
        pieces = self.sightings.pieces
        return [s for s in self.sightings.of(term) if pieces[s.piece].zone in zones and self.counts(s)]


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
            return find(item, replace(view, zones=ZONES_OF[place]))
        case AtLeast(times, item):
            return _find_often(times, item, view)
    return tuple(s for stretch in stretches(rule, view) for s in stretch.seen) or None


def _find_all(items: Iterable[Rule], view: View) -> Found | None:
    together: list[Sighting] = []
    for item in items:
        if (found := find(item, view)) is None:
            return None
        together += found
    return tuple(together)


def _find_any(items: Iterable[Rule], view: View) -> Found | None:
    findings = [found for item in items if (found := find(item, view)) is not None]
    return tuple(s for found in findings for s in found) if findings else None


def _find_often(times: int, item: Rule, view: View) -> Found | None:
    found = stretches(item, view)
    zones = [view.sightings.pieces[stretch.piece].zone for stretch in found]
    if Zone.TEXT in zones:
        found = [s for s, zone in zip(found, zones, strict=True) if zone not in REPEATING_ZONES]
    return tuple(s for stretch in found for s in stretch.seen) if len(found) >= times else None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of words of one piece in which something measurable was found."""

    piece: int
    first: int
    last: int
    seen: Found


def stretches(rule: Rule, view: View) -> list[Stretch]:
    """Where a term, an OR of terms, or a NEAR of them stands, in order."""
    match rule:
        case Phrase() | Hashtag() | Person():
            return [Stretch(s.piece, s.first, s.last, (s,)) for s in view.of(rule)]
        case Or(items):
            found = {stretch for item in items for stretch in stretches(item, view)}
            return sorted(found, key=lambda s: (s.piece, s.first, s.last))
        case Near(one, other, distance, ordered):
            return _pair_up(stretches(one, view), stretches(other, view), _Measure(view, distance, ordered))
    raise TypeError(f"{type(rule).__name__} has no place in the text")


# How many on each side are tried; more than one, because they may overlap what they should be near to.
_NEIGHBOURS = 3
_ENOUGH = 1_000  # pairs; no person reads more


@dataclass(frozen=True, slots=True)
class _Measure:
    view: View
    distance: int
    ordered: bool

    def allows(self, one: Stretch, other: Stretch) -> bool:
        """Whether two stretches of a piece are near enough and do not overlap."""
        if other.first <= one.last and one.first <= other.last:
            return False
        before, after = (one, other) if one.last < other.first else (other, one)
        if self.ordered and before is not one:
            return False
        marks = self.view.sightings.pieces[one.piece].distances
        return (marks[after.first] - marks[before.last + 1]) // 2 <= self.distance


def _pair_up(ones: list[Stretch], others: list[Stretch], measure: _Measure) -> list[Stretch]:
    """Each of the first with its neighbours among the second: enough to find all that are near."""
    starts = [(other.piece, other.first) for other in others]
    pairs: dict[tuple[int, int, int], Stretch] = {}
    for one in ones:
        place = bisect_left(starts, (one.piece, one.first))
        for other in others[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS]:
            if other.piece == one.piece and measure.allows(one, other):
                pair = _join(one, other)
                pairs.setdefault((pair.piece, pair.first, pair.last), pair)
        if len(pairs) >= _ENOUGH:
            break
    return [pairs[place] for place in sorted(pairs)]


def _join(one: Stretch, other: Stretch) -> Stretch:
    return Stretch(one.piece, min(one.first, other.first), max(one.last, other.last), one.seen + other.seen)


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
