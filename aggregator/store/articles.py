"""Articles as facts: a version per change, never rewritten; the newest good one is the current one."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from aggregator.store import rows
from aggregator.store.columns import storable
from aggregator.store.packing import as_json, pack_json, unpack
from aggregator.store.rows import KEYS
from aggregator.store.tables import article_addresses, article_versions, articles
from crawler import urls
from crawler.records import Access, Article, Moment, Zone


class Change(StrEnum):
    """What keeping an article changed."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    POORER = "poorer"


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """What became of an article: `article` is the current one now, with the time it was first seen."""

    change: Change
    article: Article
    former_headline: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Dated:
    """Of a stored article, when it was published."""

    published: Moment | None = None


# What may differ from one look at an unchanged page to the next, or with a new version of ours.
PASSING = ("first_seen", "evidence", "parts", "urls", "image_url", "url")
PASSING_ZONES = (Zone.FURNITURE, Zone.LINK)
KNOWN: Select[Any] = select(articles).where(articles.c.key.in_(KEYS))
ADDRESSES: Select[Any] = select(articles.c.key, articles.c.url, articles.c.outlet).where(
    articles.c.key.in_(KEYS)
)
ADD = insert(articles)
ADD_VERSION = insert(article_versions).returning(article_versions.c.id)
UNREAD = (Access.BLOCKED, Access.UNREADABLE)


def digest(article: Article, values: Mapping[str, Any]) -> str:
    """A short name for what a reader of the page gets: headline, text, date … without what passes."""
    content = {name: value for name, value in values.items() if name not in PASSING}
    content["parts"] = [part.text for part in article.parts if part.zone not in PASSING_ZONES]
    told = json.dumps(content, sort_keys=True)
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


def keep(c: Connection, article: Article, read_at: Iterable[str] = ()) -> Kept:
    """Keep what a page said. Twice the same is kept once.

    `read_at` are the addresses at which the page was really read. POORER: a page that we
    read before is now shut (blocked, unreadable); what we read stays the current version.
    """
    row = c.execute(KNOWN, {"keys": [article.key]}).first()
    version_id, seen_at = add_version(c, article, is_new=row is None), article.first_seen
    if row is None:
        c.execute(ADD, [article_row(article, version_id, seen_at)])
        save_addresses(c, article, read_at)
        return Kept(change=Change.NEW, article=article)
    save_addresses(c, article, read_at)
    article = replace(article, first_seen=min(article.first_seen, row.first_seen))
    if version_id == row.version_id:
        return Kept(change=Change.SAME, article=article)
    if article.access in UNREAD and Access(row.access) not in UNREAD:
        return Kept(change=Change.POORER, article=get(c, article.key) or article)
    change = update(articles).where(articles.c.key == article.key)
    c.execute(change.values(article_row(article, version_id, seen_at)))
    return Kept(change=Change.CHANGED, article=article, former_headline=row.headline)


def add_version(c: Connection, article: Article, *, is_new: bool) -> int:
    """The number of the version that says just this; made where there is none yet."""
    values = as_json(article)
    name = digest(article, values)
    if not is_new:
        same = (article_versions.c.article_key == article.key) & (article_versions.c.digest == name)
        known: int | None = c.scalar(select(article_versions.c.id).where(same))
        if known is not None:
            return known
    line = {
        "article_key": article.key,
        "digest": name,
        "seen_at": article.first_seen,
        "headline": article.headline,
        "record": pack_json(values),
    }
    made: int = c.execute(ADD_VERSION, line).scalar_one()
    return made


def article_row(article: Article, version_id: int, seen_at: datetime) -> dict[str, Any]:
    """The current version of an article as the table has it."""
    return {
        "key": article.key,
        "version_id": version_id,
        "first_seen": article.first_seen,
        "updated_at": seen_at,
        "headline": article.headline,
        "outlet": article.outlet,
        "access": article.access.value,
        "url": article.url,
        "outlet_slug": article.outlet_slug,
    }


def save_addresses(c: Connection, article: Article, read_at: Iterable[str]) -> None:
    """Remember under which addresses the article is known; once read at one, always read there."""
    read = {urls.key(url) for url in read_at}
    known = {urls.key(url) for url in (article.url, article.canonical_url, *article.urls) if url}
    lines = [
        {"url_key": key, "article_key": article.key, "was_read": key in read}
        for key in sorted(known | read | {article.key})
    ]
    rows.put(c, article_addresses, [line for line in lines if line["was_read"]])
    rows.add_missing(c, article_addresses, [line for line in lines if not line["was_read"]])


def read_article(row: Row[Any]) -> Article:
    """The current version, with the time when the page was first seen."""
    return replace(unpack(Article, row.record), first_seen=row.first_seen)


CURRENT: Select[*tuple[Any, ...]] = select(
    articles.c.key, articles.c.first_seen, article_versions.c.record
).join(article_versions, article_versions.c.id == articles.c.version_id)


SOME = CURRENT.where(articles.c.key.in_(KEYS))


def get(c: Connection, key: str) -> Article | None:
    """The current version of an article."""
    row = c.execute(CURRENT.where(articles.c.key == storable(key))).first()
    return read_article(row) if row else None


def first_seen(c: Connection, key: str) -> datetime | None:
    """When an article was first seen."""
    return c.scalar(select(articles.c.first_seen).where(articles.c.key == key))


def some(c: Connection, keys: Iterable[str]) -> dict[str, Article]:
    """The current versions of these articles, by key; those that are not there are left out."""
    return {
        row.key: read_article(row) for batch in rows.batches(keys) for row in c.execute(SOME, {"keys": batch})
    }


def published(c: Connection, keys: Iterable[str]) -> dict[str, Moment | None]:
    """When these articles were published, without reading all the rest of them."""
    return {
        row.key: unpack(Dated, row.record).published
        for batch in rows.batches(keys)
        for row in c.execute(SOME, {"keys": batch})
    }


def addresses(c: Connection, keys: Iterable[str]) -> dict[str, Row[Any]]:
    """Where these articles stand (url, outlet), without reading all the rest of them."""
    return {row.key: row for batch in rows.batches(keys) for row in c.execute(ADDRESSES, {"keys": batch})}


def every(c: Connection, size: int = 500) -> Iterator[list[Article]]:
    """All current versions in batches, in the order of their keys; the store's size costs no memory."""
    after = ""
    while batch := next_after(c, after, size):
        yield batch
        after = batch[-1].key


def next_after(c: Connection, key: str, size: int) -> list[Article]:
    """The current versions of the articles that follow this key."""
    query = CURRENT.where(articles.c.key > key).order_by(articles.c.key).limit(size)
    return [read_article(row) for row in c.execute(query)]


def keys_after(c: Connection, key: str, limit: int) -> list[str]:
    """The keys of the articles that follow this key, in order."""
    query = select(articles.c.key).where(articles.c.key > key).order_by(articles.c.key).limit(limit)
    return list(c.scalars(query))


def newest_version(c: Connection) -> int:
    """The number of the newest version of any article; 0 where there is none."""
    return c.scalar(select(func.max(article_versions.c.id))) or 0


def changed_after(c: Connection, version: int) -> set[str]:
    """The articles of which a version is newer than this one."""
    return set(c.scalars(select(article_versions.c.article_key).where(article_versions.c.id > version)))


def count(c: Connection) -> int:
    """How many articles there are."""
    return c.scalar(select(func.count()).select_from(articles)) or 0


def versions(c: Connection, key: str) -> list[Article]:
    """All that the page ever said, in the order in which we saw it; `first_seen` is when that was."""
    query = select(article_versions.c.record).where(article_versions.c.article_key == key)
    return [unpack(Article, packed) for packed in c.scalars(query.order_by(article_versions.c.id))]


def headlines(c: Connection, keys: Iterable[str]) -> dict[str, set[str]]:
    """All headlines that these pages ever had, by key."""
    version = article_versions.c
    found: dict[str, set[str]] = {}
    for batch in rows.batches(keys):
        query = select(version.article_key, version.headline).where(version.article_key.in_(batch))
        for row in c.execute(query):
            found.setdefault(row.article_key, set()).add(row.headline)
    return found


def known_as(c: Connection, url: str) -> list[str]:
    """The keys of the articles known under this address: those really read there first."""
    query = select(article_addresses.c.article_key).where(article_addresses.c.url_key == urls.key(url))
    return list(
        c.scalars(query.order_by(article_addresses.c.was_read.desc(), article_addresses.c.article_key))
    )
