"""Published pages that could not be opened when they were looked at again: since when, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from aggregator.store import rows
from aggregator.store.tables import lost_pages
from crawler import urls


@dataclass(frozen=True, kw_only=True, slots=True)
class LostPage:
    """A page that did not open: the first time of all since it last did, and what was wrong then."""

    since: datetime
    reason: str


def note(c: Connection, troubles: Mapping[str, str], now: datetime) -> None:
    """Keep what is wrong with these addresses; of those that are known already, since when stays."""
    known = some(c, troubles)
    new = {
        urls.key(url): {"since": known[url].since if url in known else now, "reason": reason}
        for url, reason in troubles.items()
    }
    rows.put(c, lost_pages, [{"key": key, **row} for key, row in new.items()])


def clear(c: Connection, addresses: Iterable[str]) -> None:
    """Forget these addresses: they open again."""
    for batch in rows.batches(map(urls.key, addresses)):
        c.execute(delete(lost_pages).where(lost_pages.c.key.in_(batch)))


def some(c: Connection, addresses: Iterable[str]) -> dict[str, LostPage]:
    """Those of these addresses that are lost."""
    keys = {address: urls.key(address) for address in addresses}
    query = select(lost_pages)
    found = {
        row.key: LostPage(since=row.since, reason=row.reason)
        for batch in rows.batches(set(keys.values()))
        for row in c.execute(query.where(lost_pages.c.key.in_(batch)))
    }
    return {address: found[key] for address, key in keys.items() if key in found}
