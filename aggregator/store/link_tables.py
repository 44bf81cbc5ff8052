"""The table of stories that are kin. The others are in `tables.py`."""

from sqlalchemy import Column, Float, Index, PrimaryKeyConstraint, Table

from aggregator.store.columns import words
from aggregator.store.tables import metadata

links = Table(
    "links",
    metadata,
    words("one", of="stories.id"),
    words("other", of="stories.id"),
    words("relation"),
    words("reason"),
    Column("strength", Float, nullable=False),
    PrimaryKeyConstraint("one", "other"),
    Index(None, "other"),
)
