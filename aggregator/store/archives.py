"""How far each archive was read, so that a reading that was broken off goes on where it was."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from aggregator.store import rows
from aggregator.store.source_tables import archives


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """An archive, known by its file's name and size in bytes; all before the offset `read_to` is done."""

    name: str
    bytes: int
    read_to: int = 0
    pages: int = 0
    kept: int = 0
    ended_at: datetime | None = None


def find(c: Connection, name: str, size: int) -> Reading:
    """How far this archive was read; not at all where it is not known."""
    row = c.execute(select(archives).where(archives.c.name == name, archives.c.bytes == size)).one_or_none()
    return Reading(**row._mapping) if row else Reading(name=name, bytes=size)


def note(c: Connection, reading: Reading) -> None:
    """Write down how far it is."""
    rows.put(c, archives, [{slot: getattr(reading, slot) for slot in Reading.__slots__}])
