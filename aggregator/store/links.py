"""Which stories are kin, as a machine judged; how they are judged is for others."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Select, delete, select

from aggregator.records import Link, Relation
from aggregator.store import rows
from aggregator.store.link_tables import links
from aggregator.store.rows import KEYS

OF_STORIES: Select[Any] = select(links).where(links.c.one.in_(KEYS) | links.c.other.in_(KEYS))
LEAVE = delete(links).where(links.c.one.in_(KEYS) | links.c.other.in_(KEYS))


def replace(c: Connection, story_ids: Collection[str], found: Iterable[Link]) -> None:
    """Make these the only links that these stories have."""
    for batch in rows.batches(sorted(story_ids)):
        c.execute(LEAVE, {"keys": batch})
    rows.put(c, links, [asdict(link) for link in found])


def of_stories(c: Connection, story_ids: Iterable[str]) -> list[Link]:
    """The links of these stories, the strongest first."""
    found = {
        (row.one, row.other): Link(
            one=row.one,
            other=row.other,
            relation=Relation(row.relation),
            reason=row.reason,
            strength=row.strength,
        )
        for batch in rows.batches(story_ids)
        for row in c.execute(OF_STORIES, {"keys": batch})
    }
    return sorted(found.values(), key=lambda link: (-link.strength, link.one, link.other))
