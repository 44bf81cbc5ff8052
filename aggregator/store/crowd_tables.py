"""What is kept beside a story of very many articles. The other tables are in `tables.py`."""

from sqlalchemy import Boolean, Column, LargeBinary, PrimaryKeyConstraint, Table

from aggregator.store.columns import Words, whole, words
from aggregator.store.tables import metadata

crowds = Table(
    "crowds",
    metadata,
    words("story_id", key=True, of="stories.id"),
    whole("size"),
    words("first_told"),
    words("first_key"),
    Column("original", Words),
    Column("mentioned", Boolean),
    Column("desks", LargeBinary),
)

crowd_words = Table(
    "crowd_words",
    metadata,
    words("story_id", of="stories.id"),
    words("words"),
    PrimaryKeyConstraint("story_id", "words"),
)
