"""Writing many rows at once in the dialect at hand; which rows, the nouns know."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Connection, Insert, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite

Row = Mapping[str, Any]
Thing = TypeVar("Thing")

# Queries on the way of every article are made once, with this in the place of the keys: making
# a query in Python takes longer than running it.
KEYS: BindParameter[Any] = bindparam("keys", expanding=True)

# People type larger ones; PostgreSQL does not look for them, SQLite not beyond twice as many digits.
LARGEST = 2**31 - 1

# Both databases bound the number of values in one statement (32,766 and 65,535).
MOST_VALUES = 1_000


def bounded(number: int) -> int:
    """A number that both databases can look for, in the place of one that no row of ours can have."""
    return max(0, min(number, LARGEST))


def batches(things: Iterable[Thing], size: int = MOST_VALUES) -> Iterator[list[Thing]]:
    """The things in lists of at most `size`."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch


@cache
def insert_missing(dialect: str, table: Table) -> Insert:
    """An INSERT that leaves rows alone that are there already; making it takes longer than running it."""
    return insert_for(dialect, table).on_conflict_do_nothing()


@cache
def insert_or_update(dialect: str, table: Table, names: tuple[str, ...]) -> Insert:
    """An INSERT of these columns that brings rows up to date that are there already."""
    key = [column.name for column in table.primary_key]
    insert = insert_for(dialect, table)
    others = {name: insert.excluded[name] for name in names if name not in key}
    if not others:
        return insert.on_conflict_do_nothing(index_elements=key)
    return insert.on_conflict_do_update(index_elements=key, set_=others)


def insert_for(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def add_missing(c: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert those rows that are not there yet; those that are stay as they are."""
    if rows:
        c.execute(insert_missing(c.dialect.name, table), list(rows))


def put(c: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert the rows, or bring those that are there (by primary key) up to date.

    Columns that the rows do not name stay as they are. All rows name the same columns.
    """
    if rows:
        c.execute(insert_or_update(c.dialect.name, table, tuple(rows[0])), list(rows))
