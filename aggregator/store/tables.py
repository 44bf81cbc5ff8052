"""The tables, and nothing else. What each column means stands in `docs/columns.md`.

Facts (leads, pages, articles), machine judgements (mentions, stories, entries) and human
decisions live in tables of their own: a judgement can be emptied and computed again, a
decision cannot. Where we look stands in `source_tables.py`, who uses the desk in `people_tables.py`.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects import postgresql

from aggregator.store.columns import Instant, Words, instant, large, number, packed, whole, words

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

# Facts.

leads = Table(
    "leads",
    metadata,
    number(),
    words("key"),
    words("source_id"),
    packed("record"),
    instant("found_at"),
    words("status"),
    whole("attempts"),
    Column("next_try_at", Instant),
    Column("ended_at", Instant),
    Column("outcome", Words),
    words("reason"),
    Column("article_key", Words),
    UniqueConstraint("key"),
    Index("ix_leads_waiting", "status", "next_try_at", "id"),
)

sightings = Table(
    "sightings",
    metadata,
    words("lead_key"),
    words("source_id"),
    instant("seen_at"),
    Column("headline", Words),
    PrimaryKeyConstraint("lead_key", "source_id"),
)

pages = Table(
    "pages",
    metadata,
    words("key", key=True),
    words("requested_url"),
    words("final_url"),
    whole("status"),
    Column("headers", JSON, nullable=False),
    packed("body"),
    Column("fetched_at", Instant, nullable=False, index=True),
)

lost_pages = Table("lost_pages", metadata, words("key", key=True), instant("since"), words("reason"))

articles = Table(
    "articles",
    metadata,
    words("key", key=True),
    whole("version_id", of="article_versions.id"),
    Column("first_seen", Instant, nullable=False, index=True),
    instant("updated_at"),
    words("headline"),
    words("outlet"),
    words("access"),
    words("url"),
    Column("outlet_slug", Words),
)

article_versions = Table(
    "article_versions",
    metadata,
    number(),
    words("article_key"),
    words("digest"),
    instant("seen_at"),
    words("headline"),
    packed("record"),
    UniqueConstraint("article_key", "digest"),
)

article_addresses = Table(
    "article_addresses",
    metadata,
    words("url_key"),
    words("article_key", of="articles.key"),
    Column("was_read", Boolean, nullable=False),
    PrimaryKeyConstraint("url_key", "article_key"),
    Index(None, "article_key"),
)

article_words = Table(
    "article_words",
    metadata,
    number(),
    words("article_key", of="articles.key"),
    whole("version_id", of="article_versions.id"),
    whole("form"),
    Column("words", Text().with_variant(postgresql.TSVECTOR(), "postgresql")),
    UniqueConstraint("article_key"),
    # The number of a row that is gone may still stand in the full-text table of SQLite.
    sqlite_autoincrement=True,
)

# Machine judgements.

mentions = Table(
    "mentions",
    metadata,
    words("article_key", of="articles.key"),
    words("campaign"),
    words("tier"),
    whole("rules_version"),
    packed("record"),
    Column("brought_by", Words),
    Column("gone_because", Words),
    Column("came_at", Instant),
    PrimaryKeyConstraint("article_key", "campaign"),
    Index(None, "campaign", "article_key"),
)

sketches = Table(
    "sketches",
    metadata,
    words("article_key", key=True, of="articles.key"),
    packed("record"),
    large("number"),
    packed("indexed"),
    Index(None, "number"),
)

index_keys = Table(
    "index_keys",
    metadata,
    large("index_key"),
    large("holder"),
    PrimaryKeyConstraint("index_key", "holder"),
    sqlite_with_rowid=False,
)

stories = Table(
    "stories", metadata, words("id", key=True), words("shown"), words("shown_because"), instant("updated_at")
)

members = Table(
    "members",
    metadata,
    words("article_key", key=True, of="articles.key"),
    words("story_id", of="stories.id"),
    words("told"),
    words("relation"),
    words("reason"),
    Index(None, "story_id", "told"),
)

entries = Table(
    "entries",
    metadata,
    words("campaign"),
    words("story_id", of="stories.id"),
    words("status"),
    words("tier"),
    Column("day", Date),
    instant("found_at"),
    words("outlet"),
    words("search"),
    Column("starred", Boolean, nullable=False),
    PrimaryKeyConstraint("campaign", "story_id"),
    Index("ix_entries_desk", "campaign", "status", "found_at"),
    Index(None, "story_id"),
)

# Human decisions.

decisions = Table(
    "decisions",
    metadata,
    number(),
    Column("campaign", Words),
    words("verdict"),
    words("by"),
    instant("at"),
    Column("corrections", JSON, nullable=False),
    words("note"),
    Index(None, "campaign", "id"),
    # SQLite would give the number of a lost newest row again; an undo names a decision by it.
    sqlite_autoincrement=True,
)

decision_subjects = Table(
    "decision_subjects",
    metadata,
    whole("decision_id", of="decisions.id"),
    whole("position"),
    words("subject"),
    Column("along", Boolean, nullable=False),
    PrimaryKeyConstraint("decision_id", "position"),
    Index(None, "subject"),
)

undone = Table(
    "undone",
    metadata,
    whole("decision_id", of="decisions.id"),
    PrimaryKeyConstraint("decision_id"),
)

campaigns = Table(
    "campaigns",
    metadata,
    words("slug", key=True),
    whole("version"),
    Column("retired_at", Instant),
)

campaign_versions = Table(
    "campaign_versions",
    metadata,
    words("slug", of="campaigns.slug"),
    whole("version"),
    packed("record"),
    words("saved_by"),
    instant("saved_at"),
    PrimaryKeyConstraint("slug", "version"),
)

# Ledgers of the jobs.

rematches = Table(
    "rematches",
    metadata,
    words("campaign", key=True),
    whole("version"),
    words("after"),
    whole("done"),
    whole("wanted"),
    whole("gained"),
    whole("lost"),
    Column("ended", Boolean, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    number(),
    words("job"),
    instant("started"),
    instant("ended"),
    Column("counts", JSON, nullable=False),
    Column("troubles", JSON, nullable=False),
    Index(None, "job", "id"),
)

deliveries = Table(
    "deliveries",
    metadata,
    number(),
    words("campaign"),
    words("target"),
    words("digest"),
    instant("sent_at"),
    words("outcome"),
    Index(None, "campaign", "target", "id"),
)
