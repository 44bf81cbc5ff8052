"""Which members of a very large story matter to a desk: with these alone its entry stands as with all. Pure.

What an entry is told from are firsts and nearests among its members. So of ten thousand a few are enough,
and of these and a newcomer the ones that matter are those that matter among all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from aggregator.cases import Case
from aggregator.listing import nearest, preferred_of
from aggregator.records import Campaign
from aggregator.replay import Laid


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """One campaign's desk: the members that matter there, and what people decided; for this version of it."""

    version: int
    heads: tuple[str, ...]
    laid: Laid


@dataclass(frozen=True, kw_only=True, slots=True)
class Desks:
    """What all desks need of a very large story, by campaign; the times as in `cases.Rest`."""

    found_at: datetime
    updated_at: datetime
    desks: Mapping[str, Desk]

    @property
    def heads(self) -> set[str]:
        """The members that matter at some desk."""
        return {key for desk in self.desks.values() for key in desk.heads}


def make_desk(campaign: Campaign, case: Case, laid: Laid) -> Desk:
    """What a desk needs of a story; of the decisions what they amount to, without whom they name."""
    return Desk(version=campaign.version, heads=tuple(sorted(set(heads(campaign, case)))), laid=brief(laid))


def heads(campaign: Campaign, case: Case) -> Iterator[str]:
    """The members that matter at this campaign's desk, besides the shown one and a person's choice."""
    yield from [key for key in case.keys if case.articles[key].wire_credit][:1]
    mentioned = [key for key in case.keys if key in case.mentions]
    for keys in ([key for key in mentioned if key not in case.gone], mentioned):
        if keys:
            yield keys[0]
            yield nearest(case, keys).article_key
            if (preferred := preferred_of(campaign, case, keys)) is not None:
                yield preferred


def brief(laid: Laid) -> Laid:
    """The same without the articles that decisions name, which may be thousands."""
    verdict, overruled = (
        replace(each, subjects=(), along=()) if each is not None else None
        for each in (laid.verdict, laid.overruled)
    )
    return replace(laid, verdict=verdict, overruled=overruled)
