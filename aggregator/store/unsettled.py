"""Articles with which more hangs together than they were given time for when they came."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, delete, select

from aggregator.store import rows
from aggregator.store.crowd_tables import unsettled


def note(c: Connection, article_keys: Iterable[str]) -> None:
    """These are to be grouped in their own time."""
    rows.add_missing(c, unsettled, [{"article_key": key} for key in sorted(article_keys)])


def every(c: Connection) -> list[str]:
    """All that are to be grouped in their own time."""
    return list(c.scalars(select(unsettled.c.article_key).order_by(unsettled.c.article_key)))


def clear(c: Connection, article_keys: Collection[str]) -> None:
    """These are grouped."""
    for batch in rows.batches(article_keys):
        c.execute(delete(unsettled).where(unsettled.c.article_key.in_(batch)))
