"""Reads what can be seen of entries before anybody decides; what it means is left to `relevance`."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, select

from aggregator.records import Mention, Status, Tier
from aggregator.relevance import Signs
from aggregator.store import rows
from aggregator.store.packing import unpack
from aggregator.store.rows import KEYS
from aggregator.store.tables import articles, entries, mentions, stories

MOST = 500  # decided entries of each kind that are learnt from: the newest

_SHOWN: Select[Any] = (
    select(entries.c.story_id, entries.c.tier, entries.c.outlet, articles.c.headline, mentions.c.record)
    .join(stories, stories.c.id == entries.c.story_id)
    .join(articles, articles.c.key == stories.c.shown)
    .outerjoin(
        mentions,
        and_(mentions.c.article_key == stories.c.shown, mentions.c.campaign == entries.c.campaign),
    )
)


def of_status(c: Connection, campaign: str, status: Status) -> list[Signs]:
    """The signs of the newest entries of a status."""
    here = (entries.c.campaign == campaign) & (entries.c.status == status.value)
    newest = _SHOWN.where(here).order_by(entries.c.found_at.desc(), entries.c.story_id).limit(MOST)
    return [read_signs(row) for row in c.execute(newest)]


def of_stories(c: Connection, campaign: str, story_ids: Iterable[str]) -> dict[str, Signs]:
    """The signs of the entries of these stories, by story id."""
    query = _SHOWN.where(entries.c.campaign == campaign, entries.c.story_id.in_(KEYS))
    return {
        row.story_id: read_signs(row)
        for batch in rows.batches(story_ids)
        for row in c.execute(query, {"keys": batch})
    }


def read_signs(row: Row[Any]) -> Signs:
    """The signs of one entry."""
    mention = unpack(Mention, row.record) if row.record is not None else None
    return Signs(tier=Tier(row.tier), outlet=row.outlet, headline=row.headline, mention=mention)
