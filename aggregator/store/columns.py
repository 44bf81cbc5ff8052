"""The kinds of column that the tables are made of: instants in UTC and text that any database can hold."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, Column, DateTime, Dialect, ForeignKey, Integer, LargeBinary, Text
from sqlalchemy.types import TypeDecorator


def storable(text: str) -> str:
    """The text without what SQLite or PostgreSQL cannot hold: NUL and lone surrogates."""
    if "\0" in text:
        text = text.replace("\0", "")
    return text.encode("utf-8", "replace").decode("utf-8")


class Words(TypeDecorator[str]):
    """Text; whatever the web put into it, it can be stored, and is compared in the same form."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Drop what no database takes."""
        return None if value is None else storable(value)


class Instant(TypeDecorator[datetime]):
    """An aware UTC time. SQLite knows no zones, so there it is kept as UTC without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any aware time into UTC; a naive one is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"the store takes aware times only, got {value!r}")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware UTC time."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def words(name: str, *, key: bool = False, of: str | None = None) -> Column[str]:
    """A text column that always has a value; `of` names the column it points to."""
    points = [ForeignKey(of)] if of else []
    return Column(name, Words, *points, nullable=False, primary_key=key)


def whole(name: str, *, of: str | None = None) -> Column[int]:
    """A whole number that is always there; `of` names the column it points to."""
    points = [ForeignKey(of)] if of else []
    return Column(name, Integer, *points, nullable=False)


def large(name: str) -> Column[int]:
    """A whole number that may be an offset in a large file, always there."""
    return Column(name, BigInteger, nullable=False)


def instant(name: str) -> Column[object]:
    """A time that is always there."""
    return Column(name, Instant, nullable=False)


def packed(name: str) -> Column[bytes]:
    """A record as compressed JSON (see `packing`)."""
    return Column(name, LargeBinary, nullable=False)


def number() -> Column[int]:
    """A number of our own that only grows."""
    return Column("id", Integer, primary_key=True, autoincrement=True)
