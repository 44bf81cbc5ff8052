"""Which article mentions which campaign, as last judged; judging is `matching`'s."""

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select, update

from aggregator.records import Exclusion, Mention, Tier
from aggregator.store import campaigns, rows
from aggregator.store.packing import pack, unpack
from aggregator.store.rows import KEYS
from aggregator.store.tables import mentions

# The mention as last seen, and why it is gone (None while it holds).
Held = tuple[Mention, str | None]


HELD: Select[Any] = select(mentions).where(mentions.c.article_key.in_(KEYS))
KNOWN: Select[Any] = select(mentions.c.campaign, mentions.c.article_key).where(
    mentions.c.article_key.in_(KEYS), mentions.c.brought_by.is_(None)
)
CAME: Select[Any] = select(mentions.c.campaign, mentions.c.article_key, mentions.c.came_at).where(
    mentions.c.article_key.in_(KEYS), mentions.c.gone_because.is_(None)
)
CAMPAIGNS: Select[Any] = select(mentions.c.campaign).where(mentions.c.article_key.in_(KEYS))
BRING = (
    update(mentions)
    .where(mentions.c.article_key == bindparam("at"), mentions.c.campaign == bindparam("to"))
    .values(brought_by=bindparam("who"))
)


def replace(c: Connection, judgements: Iterable[Mention | Exclusion], at: datetime) -> None:
    """Make these judgements the ones that hold, since `at` where they did not hold before.

    A mention that an exclusion replaces is kept with the reason why it is gone: somebody
    may have decided about it. What a person brought to the desk no exclusion takes away.
    """
    judged = list(judgements)
    found = [one for one in judged if isinstance(one, Mention)]
    came = arrivals(c, found, at)
    rows.put(
        c, mentions, [mention_row(one) | {"came_at": when} for one, when in zip(found, came, strict=True)]
    )
    for one in found:
        if one.brought_by is not None:
            c.execute(BRING, {"at": one.article_key, "to": one.campaign, "who": one.brought_by})
    excluded = {(one.campaign, one.article_key): one for one in judged if isinstance(one, Exclusion)}
    known = [
        (row.campaign, row.article_key)
        for batch in rows.batches(sorted({article_key for _, article_key in excluded}))
        for row in c.execute(KNOWN, {"keys": batch})
    ]
    for campaign, article_key in set(known) & set(excluded):
        gone = (mentions.c.article_key == article_key) & (mentions.c.campaign == campaign)
        reason = excluded[campaign, article_key].reason
        c.execute(update(mentions).where(gone).values(gone_because=reason))


def arrivals(c: Connection, found: Sequence[Mention], at: datetime) -> list[datetime | None]:
    """Since when each of these brings its article to the desk: as before, now, or not at all.

    Context that does not wait brings nothing; it comes when its campaign wants it, or with a nearer tier.
    """
    keys = sorted({one.article_key for one in found})
    known = {
        (row.campaign, row.article_key): row.came_at
        for batch in rows.batches(keys)
        for row in c.execute(CAME, {"keys": batch})
    }
    aside = set()
    if any(one.tier is Tier.CONTEXT for one in found):
        aside = {each.slug for each in campaigns.every(c, ended=True) if not each.context_waits}
    return [
        None
        if one.tier is Tier.CONTEXT and one.campaign in aside
        else known.get((one.campaign, one.article_key)) or at
        for one in found
    ]


def mention_row(mention: Mention) -> dict[str, object]:
    """A mention that holds, as the table has it."""
    return {
        "article_key": mention.article_key,
        "campaign": mention.campaign,
        "tier": mention.tier.value,
        "rules_version": mention.rules_version,
        "record": pack(mention),
        "gone_because": None,
    }


def read_mention(row: Row[Any]) -> Mention:
    """A mention of the table; who brought it stays known when a rule finds it as well."""
    mention = unpack(Mention, row.record)
    return dataclasses.replace(mention, brought_by=row.brought_by) if row.brought_by else mention


def campaigns_of(c: Connection, article_key: str) -> set[str]:
    """The campaigns that an article mentions, or did once."""
    return set(c.scalars(CAMPAIGNS, {"keys": [article_key]}))


def some(c: Connection, article_keys: Iterable[str]) -> dict[tuple[str, str], Held]:
    """What is known of these articles: (campaign, article key) -> mention, why it is gone."""
    return {
        (row.campaign, row.article_key): (read_mention(row), row.gone_because)
        for batch in rows.batches(article_keys)
        for row in c.execute(HELD, {"keys": batch})
    }


def keys_of(c: Connection, campaign: str) -> set[str]:
    """The articles that mention a campaign, or did once."""
    return set(c.scalars(select(mentions.c.article_key).where(mentions.c.campaign == campaign)))


def of_campaign(c: Connection, campaign: str, article_keys: Iterable[str]) -> dict[str, Held]:
    """What is known of these articles in one campaign: article key -> mention, why it is gone."""
    ours = mentions.c.campaign == campaign
    return {
        row.article_key: (read_mention(row), row.gone_because)
        for batch in rows.batches(article_keys)
        for row in c.execute(select(mentions).where(ours, mentions.c.article_key.in_(batch)))
    }
