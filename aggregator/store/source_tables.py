"""The tables of where we look: sources, how they fared, pauses, archives. The others are in `tables.py`."""

from sqlalchemy import JSON, Boolean, Column, Float, Index, PrimaryKeyConstraint, Table

from aggregator.store.columns import Instant, Words, instant, large, number, whole, words
from aggregator.store.tables import metadata

sources = Table(
    "sources",
    metadata,
    words("id", key=True),
    words("kind"),
    words("url"),
    Column("outlet", Words),
    Column("every_seconds", Float),
    Column("enabled", Boolean, nullable=False),
    Column("configured", Boolean, nullable=False),
    Column("added_by", Words),
    Column("added_at", Instant),
    Column("paused_by", Words),
    Column("paused_at", Instant),
)

poll_states = Table(
    "poll_states",
    metadata,
    words("source_id", key=True),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("body_digest", Words),
    Column("polled_at", Instant),
    Column("next_poll_at", Instant, index=True),
    Column("last_new_at", Instant),
    Column("failures", Float, nullable=False),
    Column("trouble", Words),
    Column("moved_to", Words),
    Column("items_per_day", Float),
    Column("hours", JSON),
)

polls = Table(
    "polls",
    metadata,
    number(),
    words("source_id"),
    instant("at"),
    words("outcome"),
    whole("leads"),
    whole("unseen"),
    Column("problems", JSON, nullable=False),
    Index(None, "source_id", "at"),
)

holds = Table("holds", metadata, words("domain", key=True), instant("until"))

link_habits = Table(
    "link_habits",
    metadata,
    words("site", key=True),
    words("feature", key=True),
    words("value", key=True),
    Column("articles", Float, nullable=False),
    Column("others", Float, nullable=False),
    instant("seen_at"),
)

archives = Table(
    "archives",
    metadata,
    words("name"),
    large("bytes"),
    large("read_to"),
    large("pages"),
    large("kept"),
    Column("ended_at", Instant),
    PrimaryKeyConstraint("name", "bytes"),
)
