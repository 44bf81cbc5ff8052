"""Which sources pointed to which article, and what that adds up to for a campaign; the sums are `paths`'s."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, or_, select

from aggregator.paths import Found, Piece, Sighting, path_name, tell
from aggregator.records import Status, Tier
from aggregator.store import articles, rows
from aggregator.store.rows import KEYS
from aggregator.store.source_tables import sources
from aggregator.store.tables import article_addresses, entries, members, mentions, sightings
from crawler.outlets import BY_HAND, source_id
from crawler.records import SourceKind

# A page is the article's where it was read, or where a lead told of it that could not be read.
SEEN: Select[Any] = (
    select(
        article_addresses.c.article_key,
        sightings.c.source_id,
        sightings.c.seen_at,
        sources.c.kind,
        sources.c.url,
    )
    .join(sightings, sightings.c.lead_key == article_addresses.c.url_key)
    .outerjoin(sources, sources.c.id == sightings.c.source_id)
    .where(
        article_addresses.c.article_key.in_(KEYS),
        or_(article_addresses.c.was_read, article_addresses.c.url_key == article_addresses.c.article_key),
    )
)
BROUGHT: Select[Any] = (
    select(mentions.c.article_key)
    .where(mentions.c.article_key.in_(KEYS), mentions.c.brought_by.is_not(None))
    .distinct()
)
COUNTED: Select[Any] = (
    select(members.c.article_key, members.c.story_id)
    .join(entries, entries.c.story_id == members.c.story_id)
    .where(
        or_(
            entries.c.status == Status.ACCEPTED.value,
            entries.c.status.in_([Status.WAITING.value, Status.LATER.value])
            & (entries.c.tier != Tier.CONTEXT.value),
        )
    )
)


def note(c: Connection, keys: Iterable[str], way: SourceKind, at: datetime) -> None:
    """Remember that people brought these pages, and which way; the first time stays."""
    line = {"source_id": source_id(way, BY_HAND), "seen_at": at, "headline": None}
    rows.add_missing(c, sightings, [line | {"lead_key": key} for key in dict.fromkeys(keys)])


def of_articles(c: Connection, keys: Collection[str]) -> list[Sighting]:
    """All sightings of these articles; what people brought before that was kept is there without a time."""
    found: list[Sighting] = []
    for batch in rows.batches(keys):
        told = [read_sighting(row) for row in c.execute(SEEN, {"keys": batch})]
        by_hand = {each.article_key for each in told if each.path in (SourceKind.MANUAL, SourceKind.TABLE)}
        brought = set(c.scalars(BROUGHT, {"keys": batch})) - by_hand
        found += told + [brought_before(key) for key in sorted(brought)]
    return found


def read_sighting(row: Any) -> Sighting:
    """A sighting of the table; what was never a source of the table says by its id what it is."""
    path = row.kind or row.source_id.partition("-")[0]
    return Sighting(
        article_key=row.article_key,
        source_id=row.source_id,
        path=path,
        url=row.url or path_name(path),
        seen_at=row.seen_at,
    )


def brought_before(key: str) -> Sighting:
    """That a person brought the article, nobody knows when."""
    kind = SourceKind.MANUAL
    identity = source_id(kind, BY_HAND)
    return Sighting(article_key=key, source_id=identity, path=kind, url=path_name(kind), seen_at=None)


def counted(c: Connection, campaign: str) -> Mapping[str, str]:
    """The articles of the stories that count for a campaign: article key -> story id.

    Those are what is accepted, and what waits or was put aside and is more than context.
    """
    found = c.execute(COUNTED.where(entries.c.campaign == campaign))
    return {row.article_key: row.story_id for row in found}


def found(c: Connection, campaign: str) -> Found:
    """How the stories of a campaign were found, and how many more there may be."""
    homes = counted(c, campaign)
    seen = of_articles(c, homes)
    published = articles.published(c, {each.article_key for each in seen if each.seen_at})
    pieces = [
        Piece(article_key=key, story_id=story_id, published=published.get(key))
        for key, story_id in homes.items()
    ]
    return tell(pieces, seen)
