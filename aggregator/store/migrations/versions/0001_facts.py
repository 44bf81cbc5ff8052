"""Make the tables of what the web said: sources, leads, pages, articles."""

from alembic import op
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    UniqueConstraint,
)

from aggregator.store.columns import Instant, Words

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables; those that are pointed to first."""
    make_sources()
    make_polls()
    make_leads()
    make_articles()


def downgrade() -> None:
    """Remove the tables; those that point to others first."""
    for name in (
        "article_addresses",
        "articles",
        "article_versions",
        "pages",
        "sightings",
        "leads",
        "polls",
        "poll_states",
        "holds",
        "sources",
    ):
        op.drop_table(name)


def make_sources() -> None:
    """Where we look, and where we must not."""
    op.create_table(
        "sources",
        Column("id", Words, nullable=False),
        Column("kind", Words, nullable=False),
        Column("url", Words, nullable=False),
        Column("outlet", Words),
        Column("every_seconds", Float),
        Column("enabled", Boolean, nullable=False),
        Column("configured", Boolean, nullable=False),
        Column("added_by", Words),
        Column("added_at", Instant),
        Column("paused_by", Words),
        Column("paused_at", Instant),
        PrimaryKeyConstraint("id", name="pk_sources"),
    )
    op.create_table(
        "holds",
        Column("domain", Words, nullable=False),
        Column("until", Instant, nullable=False),
        PrimaryKeyConstraint("domain", name="pk_holds"),
    )


def make_polls() -> None:
    """What we remember of each look."""
    op.create_table(
        "poll_states",
        Column("source_id", Words, nullable=False),
        Column("etag", Words),
        Column("last_modified", Words),
        Column("body_digest", Words),
        Column("polled_at", Instant),
        Column("next_poll_at", Instant),
        Column("last_new_at", Instant),
        Column("failures", Float, nullable=False),
        Column("trouble", Words),
        Column("moved_to", Words),
        Column("items_per_day", Float),
        PrimaryKeyConstraint("source_id", name="pk_poll_states"),
    )
    op.create_index("ix_poll_states_next_poll_at", "poll_states", ["next_poll_at"])
    op.create_table(
        "polls",
        Column("id", Integer, autoincrement=True, nullable=False),
        Column("source_id", Words, nullable=False),
        Column("at", Instant, nullable=False),
        Column("outcome", Words, nullable=False),
        Column("leads", Integer, nullable=False),
        Column("unseen", Integer, nullable=False),
        Column("problems", JSON, nullable=False),
        PrimaryKeyConstraint("id", name="pk_polls"),
    )
    op.create_index("ix_polls_source_id_at", "polls", ["source_id", "at"])


def make_leads() -> None:
    """What points to articles, and the pages read."""
    op.create_table(
        "leads",
        Column("id", Integer, autoincrement=True, nullable=False),
        Column("key", Words, nullable=False),
        Column("source_id", Words, nullable=False),
        Column("record", LargeBinary, nullable=False),
        Column("found_at", Instant, nullable=False),
        Column("status", Words, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("next_try_at", Instant),
        Column("ended_at", Instant),
        Column("outcome", Words),
        Column("reason", Words, nullable=False),
        Column("article_key", Words),
        PrimaryKeyConstraint("id", name="pk_leads"),
        UniqueConstraint("key", name="uq_leads_key"),
    )
    op.create_index("ix_leads_waiting", "leads", ["status", "next_try_at", "id"])
    op.create_table(
        "sightings",
        Column("lead_key", Words, nullable=False),
        Column("source_id", Words, nullable=False),
        Column("seen_at", Instant, nullable=False),
        Column("headline", Words),
        PrimaryKeyConstraint("lead_key", "source_id", name="pk_sightings"),
    )
    op.create_table(
        "pages",
        Column("key", Words, nullable=False),
        Column("requested_url", Words, nullable=False),
        Column("final_url", Words, nullable=False),
        Column("status", Integer, nullable=False),
        Column("headers", JSON, nullable=False),
        Column("body", LargeBinary, nullable=False),
        Column("fetched_at", Instant, nullable=False),
        PrimaryKeyConstraint("key", name="pk_pages"),
    )
    op.create_index("ix_pages_fetched_at", "pages", ["fetched_at"])


def make_articles() -> None:
    """What the pages said."""
    op.create_table(
        "article_versions",
        Column("id", Integer, autoincrement=True, nullable=False),
        Column("article_key", Words, nullable=False),
        Column("digest", Words, nullable=False),
        Column("seen_at", Instant, nullable=False),
        Column("headline", Words, nullable=False),
        Column("record", LargeBinary, nullable=False),
        PrimaryKeyConstraint("id", name="pk_article_versions"),
        UniqueConstraint("article_key", "digest", name="uq_article_versions_article_key_digest"),
    )
    op.create_table(
        "articles",
        Column("key", Words, nullable=False),
        Column("version_id", Integer, nullable=False),
        Column("first_seen", Instant, nullable=False),
        Column("updated_at", Instant, nullable=False),
        Column("headline", Words, nullable=False),
        Column("outlet", Words, nullable=False),
        Column("access", Words, nullable=False),
        ForeignKeyConstraint(["version_id"], ["article_versions.id"], name="fk_articles_version_id"),
        PrimaryKeyConstraint("key", name="pk_articles"),
    )
    op.create_index("ix_articles_first_seen", "articles", ["first_seen"])
    op.create_table(
        "article_addresses",
        Column("url_key", Words, nullable=False),
        Column("article_key", Words, nullable=False),
        Column("was_read", Boolean, nullable=False),
        ForeignKeyConstraint(["article_key"], ["articles.key"], name="fk_article_addresses_article_key"),
        PrimaryKeyConstraint("url_key", "article_key", name="pk_article_addresses"),
    )
    op.create_index("ix_article_addresses_article_key", "article_addresses", ["article_key"])
