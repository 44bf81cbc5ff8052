"""`docs/columns.md` says what each column means; it names exactly the tables and columns that there are."""

import re
from pathlib import Path

from aggregator.store.migrations import metadata

PAGE = Path(__file__).parents[2] / "docs" / "columns.md"


def explained() -> dict[str, list[str]]:
    """The tables of the page and the columns that it explains, in its order."""
    tables: dict[str, list[str]] = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"### (\w+)", line):
            columns = tables.setdefault(heading[1], [])
        elif (row := re.fullmatch(r"\| ([a-z_, ]+) \| (.+) \|", line)) and row[1] != "column":
            columns.extend(row[1].split(", "))
    return tables


def test_every_column_is_explained_and_none_that_is_not_there() -> None:
    there = {name: [column.name for column in table.columns] for name, table in metadata.tables.items()}
    assert explained() == there
