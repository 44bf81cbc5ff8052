"""Campaigns and all their earlier versions; what a version matches is the matcher's to say."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from aggregator.errors import Conflict, UnknownSubject
from aggregator.records import Campaign
from aggregator.store import rows
from aggregator.store.packing import pack, unpack
from aggregator.store.tables import campaign_versions, campaigns

RUNNING: Select[Any] = select(campaigns.c.slug, campaigns.c.version).where(campaigns.c.retired_at.is_(None))


def save(c: Connection, campaign: Campaign, by: str, at: datetime) -> Campaign:
    """Save a campaign as its next version, which is answered; unchanged, it stays the version that it is.

    `campaign.version` is the version that the person changed. Raises Conflict when
    somebody saved another one since.
    """
    known = version(c, campaign.slug)
    if known is None:
        return write(c, campaign, 1, by, at)
    if known != campaign.version:
        raise Conflict(
            f"{campaign.slug} was changed by somebody else (version {known}, you changed "
            f"{campaign.version}); look at theirs and save yours again"
        )
    if get(c, campaign.slug) == campaign:
        return campaign
    return write(c, campaign, known + 1, by, at)


def write(c: Connection, campaign: Campaign, number: int, by: str, at: datetime) -> Campaign:
    """Write the campaign down as this version."""
    saved = replace(campaign, version=number)
    rows.put(c, campaigns, [{"slug": saved.slug, "version": number, "retired_at": None}])
    line = {"slug": saved.slug, "version": number, "record": pack(saved), "saved_by": by, "saved_at": at}
    c.execute(insert(campaign_versions), [line])
    return saved


def version(c: Connection, slug: str) -> int | None:
    """The number of the newest version; None where there is no such campaign."""
    return c.scalar(select(campaigns.c.version).where(campaigns.c.slug == slug))


def get(c: Connection, slug: str, number: int | None = None) -> Campaign:
    """A campaign: its newest version, or the one asked for. Raises UnknownSubject."""
    wanted = version(c, slug) if number is None else rows.bounded(number)
    query = select(campaign_versions.c.record).where(
        campaign_versions.c.slug == slug, campaign_versions.c.version == wanted
    )
    packed = c.scalar(query)
    if packed is None:
        what = f"version {number} of " if number is not None else ""
        raise UnknownSubject(f"there is no {what}campaign {slug!r}; `inthenews campaigns show` names them")
    return unpack(Campaign, packed)


def every(c: Connection, *, ended: bool = False) -> list[Campaign]:
    """The newest versions of all campaigns that are not retired, or of all there ever were, by slug."""
    newest = (campaign_versions.c.slug == campaigns.c.slug) & (
        campaign_versions.c.version == campaigns.c.version
    )
    query = select(campaign_versions.c.record).join(campaigns, newest)
    if not ended:
        query = query.where(campaigns.c.retired_at.is_(None))
    return [unpack(Campaign, packed) for packed in c.scalars(query.order_by(campaigns.c.slug))]


def ended(c: Connection) -> dict[str, datetime]:
    """Since when each campaign is retired that is."""
    found = c.execute(
        select(campaigns.c.slug, campaigns.c.retired_at).where(campaigns.c.retired_at.is_not(None))
    )
    return {row.slug: row.retired_at for row in found}


def running(c: Connection) -> dict[str, int]:
    """The newest version of each campaign that is not retired."""
    return {row.slug: row.version for row in c.execute(RUNNING)}


def versions(c: Connection, slug: str) -> list[tuple[Campaign, str, datetime]]:
    """All versions of a campaign, newest first: the campaign, who saved it, when."""
    query = select(campaign_versions).where(campaign_versions.c.slug == slug)
    found = c.execute(query.order_by(campaign_versions.c.version.desc()))
    return [(unpack(Campaign, row.record), row.saved_by, row.saved_at) for row in found]


def retire(c: Connection, slug: str, at: datetime | None) -> None:
    """End a campaign, or (with None) take it up again; nothing is forgotten. Raises UnknownSubject."""
    if c.execute(update(campaigns).where(campaigns.c.slug == slug).values(retired_at=at)).rowcount == 0:
        raise UnknownSubject(f"there is no campaign {slug!r}; `inthenews campaigns show` names them")
