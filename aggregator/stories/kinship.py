"""Decides how two stories are kin although they are two: a rewrite, a translation, two reports of one event.

Nothing here merges anything. The judgement of two sketches is the same in either order and whatever
else is known, so links can be computed again at any time. The numbers were chosen on the real reports
of the development data; docs/decisions/0006-one-story-many-copies.md has the figures.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from aggregator.records import Relation
from aggregator.stories.fits import Prepared, prepare, told_by
from aggregator.stories.newsroom import COMMON_NAMES, agency, is_own_page
from aggregator.stories.sketches import Sketch

_EVENT_DAYS = 2
_REWRITE_DAYS = 3
_TRANSLATION_DAYS = 4
_DECLARED_DAYS = 30
_MOST_NAMED = 4  # names that a reason lists
_IDLE = {"the", "news", "online", "com", "newspaper", "noticias", "digital"}


class Kin(NamedTuple):
    """By which article another story is kin, how, how surely (0 to 1), why, and whether as the source."""

    key: str
    relation: Relation
    strength: float
    reason: str
    comes_from_it: bool


class _Two(NamedTuple):
    """What two stories' articles have in common."""

    one: Prepared
    other: Prepared
    days: int | None
    shared: tuple[str, ...]
    part: float
    order: float
    told: float


def relate(sketch: Sketch, others: Iterable[Sketch]) -> tuple[Kin, ...]:
    """Which of the others' stories are kin to this one's, the nearest first."""
    one = prepare(sketch)
    found = [kin for other in others if (kin := _kin(one, prepare(other))) is not None]
    return tuple(sorted(found, key=lambda kin: (-kin.strength, kin.key)))


def _kin(one: Prepared, other: Prepared) -> Kin | None:
    if one.is_round_up or other.is_round_up or one.sketch.key == other.sketch.key:
        return None
    two = _two(one, other)
    if _in_two_languages(two):
        return _translation(two) or _rewrite(two) or _event_in_two_languages(two)
    if one.sketch.outlet == other.sketch.outlet:
        return None
    return _rewrite(two) or _event(two)


def _two(one: Prepared, other: Prepared) -> _Two:
    there = set(_telling(other))
    shared = tuple(name for name in _telling(one) if name in there)
    fewer = min(len(_telling(one)), len(there))
    days = abs(one.day - other.day) if one.day is not None and other.day is not None else None
    return _Two(
        one=one,
        other=other,
        days=days,
        shared=shared,
        part=len(shared) / fewer if fewer else 0.0,
        order=_in_order(shared, [name for name in _telling(other) if name in shared]),
        told=max(told_by(one, other), told_by(other, one)),
    )


def _telling(article: Prepared) -> list[str]:
    """The names that say something, in order."""
    return [name for name in article.sketch.names if name not in COMMON_NAMES]


def _in_order(some: Sequence[str], others: Sequence[str]) -> float:
    """The share of common names that stand in the same order in both (longest common subsequence)."""
    row = [0] * (len(others) + 1)
    for name in some:
        before = 0
        for place, rival in enumerate(others, start=1):
            before, row[place] = row[place], before + 1 if name == rival else max(row[place], row[place - 1])
    return row[-1] / len(some) if some else 0.0


def _in_two_languages(two: _Two) -> bool:
    languages = {two.one.sketch.language, two.other.sketch.language} - {None}
    return len(languages) == 2


def _translation(two: _Two) -> Kin | None:
    """The same text in another language: so declared, or one house, and the same names in the same order."""
    one, other = two.one.sketch, two.other.sketch
    if one.translations & other.pages or other.translations & one.pages:
        near = two.days is None or two.days <= _DECLARED_DAYS
        return (
            _made(two, Relation.TRANSLATION, 1.0, "the page says that this is its other language")
            if near
            else None
        )
    if two.days is None or two.days > _TRANSLATION_DAYS or not 0.4 <= _length_ratio(two) <= 2.5:
        return None
    house = _house(two)
    if not house or len(two.shared) < 3 or two.part < 0.4 or two.order < 0.6:
        return None
    return _made(two, Relation.TRANSLATION, 0.6 + 0.3 * two.part, f"{house}; {_names(two)} in the same order")


def _length_ratio(two: _Two) -> float:
    return (two.one.length + 1) / (two.other.length + 1)


def _house(two: _Two) -> str:
    """What says that two texts come from one newsroom; empty where nothing does."""
    one, other = two.one.sketch, two.other.sketch
    if one.outlet == other.outlet:
        return "the same outlet"
    if one.wire and other.wire and agency(one.wire) == agency(other.wire):
        return f"both credit {_spelt(one.wire)}"
    if one.picture and one.picture == other.picture:
        return "the same picture"
    return ""


def _rewrite(two: _Two) -> Kin | None:
    """Own words on another's reporting: it credits the other, is not older, and names the same people."""
    if two.days is None or two.days > _REWRITE_DAYS or len(two.shared) < 2 or _is_thin(two):
        return None
    if max(two.told, two.part) < 0.4:
        return None
    sides = [
        (later, credit)
        for later, earlier in ((two.one, two.other), (two.other, two.one))
        if (credit := _credit(later.sketch, earlier.sketch)) and _may_follow(later, earlier)
    ]
    if not sides:
        return None
    later, credit = max(sides, key=lambda side: (side[0].sketch.told, side[0].sketch.key))
    own = len(_telling(later))
    if own and len(two.shared) / own < 0.3:  # it names its own people and cites the other in passing
        return None
    return _made(
        two,
        Relation.REWRITE,
        0.5 + 0.3 * two.part + 0.2 * two.told,
        f"credits {_spelt(credit)}; {_names(two)}",
        later.sketch.key,
    )


def _may_follow(later: Prepared, earlier: Prepared) -> bool:
    return later.day is not None and earlier.day is not None and later.day >= earlier.day


def _is_thin(two: _Two) -> bool:
    return min(two.one.length, two.other.length) < 30


def _credit(sketch: Sketch, origin: Sketch) -> str:
    """The credit by which one names the other's outlet or the agency that it carries; empty without."""
    if sketch.outlet == origin.outlet:
        return ""
    wire = agency(origin.wire) if origin.wire else ""
    if sketch.wire and agency(sketch.wire) == wire:
        wire = ""  # two carriers of one agency credit it, not each other
    told = (*sketch.credits, sketch.wire) if sketch.wire else sketch.credits
    for credit in told:
        if agency(credit) == wire or is_own_page(origin.outlet, credit) or _is_called(origin, credit):
            return credit
    return ""


def _is_called(origin: Sketch, credit: str) -> bool:
    """Whether a credit is the outlet's name, up to a "News", or the name of its site."""
    said, name = (
        [word for word in called.replace("-", " ").split() if word not in _IDLE]
        for called in (credit, origin.outlet)
    )
    site = "".join(credit.split())
    sites = {page.split("/")[0].split(".")[-2:][0] for page in origin.pages}
    return (bool(said) and said == name) or (len(site) >= 4 and site in sites)


def _event(two: _Two) -> Kin | None:
    """Two outlets' own reports of one event: the same names, and one's headline in the other's opening."""
    if two.days is None or two.days > _EVENT_DAYS or _is_thin(two):
        return None
    several = [name for name in two.shared if " " in name]
    if len(several) < 2 or two.told < 0.5 or (len(several) < 3 and two.part < 0.25):
        return None
    reason = f"{_names(two)}; {two.told:.0%} of a headline told in the other's opening"
    return _made(two, Relation.RELATED, 0.4 * two.part + 0.4 * two.told, reason)


def _event_in_two_languages(two: _Two) -> Kin | None:
    several = [name for name in two.shared if " " in name]
    if two.days is None or two.days > _EVENT_DAYS or _is_thin(two) or len(several) < 3 or two.part < 0.4:
        return None
    return _made(two, Relation.RELATED, 0.4 * two.part, f"{_names(two)}, in two languages")


def _spelt(name: str) -> str:
    """A folded name as it may be read: short words are mostly initials."""
    return " ".join(word.upper() if len(word) <= 3 else word.title() for word in name.split())


def _names(two: _Two) -> str:
    several = sorted(two.shared, key=lambda name: (" " not in name, name))[:_MOST_NAMED]
    more = len(two.shared) - len(several)
    listed = ", ".join(name.title() for name in several) + (f" and {more} more" if more else "")
    return f"{len(two.shared)} names in common ({listed}; {two.part:.0%})"


def _made(two: _Two, relation: Relation, strength: float, because: str, source_of: str | None = None) -> Kin:
    days = {None: "", 0: ", on the same day", 1: ", a day apart"}.get(two.days, f", {two.days} days apart")
    return Kin(
        key=two.other.sketch.key,
        relation=relation,
        strength=round(min(1.0, strength), 3),
        reason=f"{because}{days}",
        comes_from_it=source_of is not None and source_of == two.one.sketch.key,
    )
