"""Puts the entries of a page of the desk in order: the newest first, or those likely to be accepted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from aggregator.records import Campaign, Entry, Status
from aggregator.relevance import Taste, likely_first
from aggregator.review.filters import LIKELY_FIRST, PAGE_SIZE, Filters, view_of
from aggregator.store import entries, signs
from aggregator.store.session import Connection

# So many of the newest are put in order by likelihood; those behind them follow, newest first.
MOST_ORDERED = 10 * PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Page:
    """The entries of a page; why each stands where it does, by story id; how far the order is learnt."""

    entries: list[Entry]
    reasons: Mapping[str, tuple[str, ...]]
    learnt: str = ""


def put_in_order(c: Connection, campaign: Campaign, filters: Filters, page: int) -> Page:
    """The entries of a page of the desk."""
    view = view_of(filters, page)
    if filters.order != LIKELY_FIRST:
        return Page(_entries(c, campaign, entries.find(c, campaign.slug, view)), {})
    taste = Taste(
        signs.of_status(c, campaign.slug, Status.ACCEPTED), signs.of_status(c, campaign.slug, Status.REJECTED)
    )
    if not taste.is_known or view.offset >= MOST_ORDERED:
        return Page(_entries(c, campaign, entries.find(c, campaign.slug, view)), {}, taste.told)
    newest = entries.find(c, campaign.slug, replace(view, limit=MOST_ORDERED, offset=0))
    known = signs.of_stories(c, campaign.slug, newest)
    ids = likely_first(newest, known, taste)[view.offset : view.offset + view.limit]
    reasons = {story_id: taste.judge(known[story_id]).reasons for story_id in ids if story_id in known}
    return Page(_entries(c, campaign, ids), reasons, taste.told)


def _entries(c: Connection, campaign: Campaign, ids: list[str]) -> list[Entry]:
    found = entries.of_stories(c, campaign, ids)
    return [found[story_id] for story_id in ids if story_id in found]
