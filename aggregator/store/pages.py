"""The bytes of the pages that were read, kept for a while so that they can be read again."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from aggregator.store import rows
from aggregator.store.packing import pack_bytes, unpack_bytes
from aggregator.store.tables import pages
from crawler import urls
from crawler.records import Page


def keep(c: Connection, page: Page) -> None:
    """Keep the newest answer of a page."""
    row = {
        "key": urls.key(page.final_url),
        "requested_url": page.requested_url,
        "final_url": page.final_url,
        "status": page.status,
        "headers": [list(pair) for pair in page.headers],
        "body": pack_bytes(page.body),
        "fetched_at": page.fetched_at,
    }
    rows.put(c, pages, [row])


def read_page(row: Row[Any]) -> Page:
    """A page of the table."""
    return Page(
        requested_url=row.requested_url,
        final_url=row.final_url,
        status=row.status,
        headers=tuple((name, value) for name, value in row.headers),
        body=unpack_bytes(row.body),
        fetched_at=row.fetched_at,
    )


def find(c: Connection, url: str) -> Page | None:
    """The newest answer of this address that is still kept."""
    row = c.execute(select(pages).where(pages.c.key == urls.key(url))).first()
    return read_page(row) if row else None


def fetched_at(c: Connection, addresses: Iterable[str]) -> dict[str, datetime]:
    """When each of these addresses last answered, of those whose answer is still kept."""
    named = {urls.key(address): address for address in addresses}
    query = select(pages.c.key, pages.c.fetched_at)
    return {
        named[row.key]: row.fetched_at
        for batch in rows.batches(named)
        for row in c.execute(query.where(pages.c.key.in_(batch)))
    }


def every(c: Connection) -> Iterator[Page]:
    """All kept pages in the order of their keys, one after the other: they are too many to hold."""
    after = ""
    query = select(pages).order_by(pages.c.key).limit(100)
    while batch := c.execute(query.where(pages.c.key > after)).all():
        yield from map(read_page, batch)
        after = batch[-1].key


def forget(c: Connection, before: datetime) -> int:
    """Remove the pages fetched before then; the articles read from them stay. Answers how many."""
    return c.execute(delete(pages).where(pages.c.fetched_at < before)).rowcount
