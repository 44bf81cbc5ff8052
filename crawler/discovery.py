"""From an outlet's address to its sources: feeds, news sitemaps and section pages, each with what it yields.

Everything is asked through the gate, in the order of how sure it is. Whether a source is added is
left to people.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.discovery_words import explain
from crawler.records import SourceKind
from crawler.spiders.child import run_errand
from crawler.spiders.crawling import Errand
from crawler.spiders.order import Held, Looked, Measured, SweepOrder

__all__ = ["Discovery", "Measured", "discover"]

_ORDER = (SourceKind.FEED, SourceKind.SITEMAP, SourceKind.SECTION)


@dataclass(frozen=True, kw_only=True, slots=True)
class Discovery:
    """What was found at an outlet: places that list news, the most useful first.

    `troubles` are sentences on what was not: what answered and named none, what did not answer and how,
    and what a person can do. `held` are the domains that asked for a pause meanwhile.
    """

    places: tuple[Measured, ...]
    troubles: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()


def discover(home_url: str, order: SweepOrder) -> Discovery:
    """Look around at an outlet; `order` gives manners, clock and limits, its sources are not used.

    Raises KeyboardInterrupt where it was interrupted: what was not looked at is not told as missing.
    """
    told: list[Measured | Looked | Held | str] = []
    url = home_url if "://" in home_url else f"https://{home_url}/"
    errand = Errand(spider="crawler.spiders.scout.Scout", order=order, more={"home_url": url})
    ended = run_errand(errand, told.append)
    if ended.interrupted:
        raise KeyboardInterrupt
    places = [each for each in told if isinstance(each, Measured) and each.leads]
    words = explain([each for each in told if isinstance(each, Looked | Measured)])
    others = [each for each in told if isinstance(each, str)]
    return Discovery(
        places=tuple(sorted(_without_twins(places), key=_usefulness)),
        troubles=(*words, *others, *((ended.broken,) if ended.broken else ())),
        held=tuple(each for each in told if isinstance(each, Held)),
    )


def _usefulness(place: Measured) -> tuple[int, float, int]:
    """Feeds before sitemaps before sections; among them the one that brings most."""
    return (_ORDER.index(place.kind), -(place.items_per_day or 0.0), -place.leads)


def _without_twins(places: Sequence[Measured]) -> list[Measured]:
    """One of several addresses that show the same: the first found, which is the surest."""
    kept: dict[tuple[SourceKind, int, tuple[str, ...]], Measured] = {}
    for place in places:
        kept.setdefault((place.kind, place.leads, place.headlines or (place.url,)), place)
    return list(kept.values())
