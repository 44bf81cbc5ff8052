"""Which domains asked us to stay away, and until when; who keeps to it is the crawler."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from aggregator.store import rows
from aggregator.store.source_tables import holds


def held(c: Connection, now: datetime) -> dict[str, datetime]:
    """The registrable domains to leave alone, until when."""
    query = select(holds.c.domain, holds.c.until).where(holds.c.until > now)
    return {row.domain: row.until for row in c.execute(query)}


def hold(c: Connection, domain: str, until: datetime) -> None:
    """Stay away from a domain; a longer pause that was asked for before still counts."""
    known = c.scalar(select(holds.c.until).where(holds.c.domain == domain))
    rows.put(c, holds, [{"domain": domain, "until": max(until, known or until)}])


def forget_past(c: Connection, now: datetime) -> None:
    """Remove the pauses that are over."""
    c.execute(delete(holds).where(holds.c.until <= now))
