"""What was fetched or uploaded and shown, but not saved yet: kept over a restart, and bounded."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, delete, insert, select

from aggregator.store.packing import pack, unpack
from aggregator.store.people_tables import drafts

Draft = TypeVar("Draft")


def keep(c: Connection, records: Sequence[object], at: datetime, most: int) -> list[str]:
    """Keep records of one kind; answers the name of each. The oldest of the kind make room: `most` stay."""
    lines = [
        {"name": secrets.token_urlsafe(16), "kind": type(one).__name__, "record": pack(one), "kept_at": at}
        for one in records
    ]
    if lines:
        c.execute(insert(drafts), lines)
        own = drafts.c.kind == lines[0]["kind"]
        newest = select(drafts.c.id).where(own).order_by(drafts.c.id.desc()).limit(most)
        c.execute(delete(drafts).where(own, drafts.c.id.not_in(newest)))
    return [str(line["name"]) for line in lines]


def get(c: Connection, kind: type[Draft], name: str) -> Draft | None:
    """The draft of this name, if it is still there."""
    packed = c.scalar(select(drafts.c.record).where(drafts.c.name == name, drafts.c.kind == kind.__name__))
    return None if packed is None else unpack(kind, packed)
