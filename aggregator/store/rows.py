"""Writing many rows at once in the dialect at hand; which rows, the nouns know."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Row = Mapping[str, Any]
Thing = TypeVar("Thing")

# Both databases bound the number of values in one statement (32,766 and 65,535).
MOST_VALUES = 1_000


def batches(things: Iterable[Thing], size: int = MOST_VALUES) -> Iterator[list[Thing]]:
    """The things in lists of at most `size`."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch


def insert_for(c: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT, in the dialect of this connection."""
    return sqlite.insert(table) if c.dialect.name == "sqlite" else postgresql.insert(table)


def add_missing(c: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert those rows that are not there yet; those that are stay as they are."""
    if rows:
        c.execute(insert_for(c, table).on_conflict_do_nothing(), list(rows))


def put(c: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert the rows, or bring those that are there (by primary key) up to date.

    Columns that the rows do not name stay as they are. All rows name the same columns.
    """
    if not rows:
        return
    key = [column.name for column in table.primary_key]
    insert = insert_for(c, table)
    others = {name: insert.excluded[name] for name in rows[0] if name not in key}
    statement = (
        insert.on_conflict_do_update(index_elements=key, set_=others)
        if others
        else insert.on_conflict_do_nothing(index_elements=key)
    )
    c.execute(statement, list(rows))
