"""What a campaign's list is made of, told without composing it: whether anything changed since, cheaply."""

import hashlib
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, func, or_, select

from aggregator.records import Status
from aggregator.store.people_tables import outlet_names
from aggregator.store.tables import (
    articles,
    campaign_versions,
    campaigns,
    decisions,
    entries,
    members,
    stories,
)
from aggregator.store.tables import mentions as held

SLUG: BindParameter[str] = bindparam("slug")
VERSION: Select[Any] = (
    select(campaigns.c.version, campaign_versions.c.saved_at)
    .join(
        campaign_versions,
        (campaign_versions.c.slug == campaigns.c.slug) & (campaign_versions.c.version == campaigns.c.version),
    )
    .where(campaigns.c.slug == SLUG)
)
# Decisions are only ever added, and undoing one is one more.
DECIDED: Select[*tuple[Any, ...]] = select(func.max(decisions.c.id), func.count()).where(
    or_(decisions.c.campaign == SLUG, decisions.c.campaign.is_(None))
)
NAMES: Select[Any] = select(outlet_names.c.outlet, outlet_names.c.name).order_by(outlet_names.c.outlet)
# A version of an article is never rewritten; which of its mentions hold decides which member is shown.
LISTED: Select[Any] = (
    select(
        entries.c.story_id,
        entries.c.found_at,
        stories.c.shown,
        members.c.article_key,
        members.c.told,
        articles.c.version_id,
        articles.c.updated_at,
        articles.c.first_seen,
        held.c.tier,
        held.c.gone_because,
    )
    .join(stories, stories.c.id == entries.c.story_id)
    .join(members, members.c.story_id == entries.c.story_id)
    .join(articles, articles.c.key == members.c.article_key)
    .outerjoin(held, (held.c.article_key == members.c.article_key) & (held.c.campaign == SLUG))
    .where(entries.c.campaign == SLUG, entries.c.status == Status.ACCEPTED.value)
    .order_by(entries.c.story_id, members.c.told, members.c.article_key)
)


def fingerprint(c: Connection, campaign: str) -> str:
    """A short name for all that the list of a campaign is made of: another one where any of it changed.

    It may change where the list stays the same (a decision about an entry that is not on it), never
    the other way round. What our own code makes of it is not in it.
    """
    told = hashlib.blake2b(digest_size=16)
    for query in (VERSION, DECIDED, NAMES, LISTED):
        for row in c.execute(query, {"slug": campaign} if query is not NAMES else {}):
            told.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
        told.update(b"\0")
    return told.hexdigest()
