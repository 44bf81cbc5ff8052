"""Make the tables of what the machine thinks: mentions, stories, places at the desks."""

from alembic import op
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
)

from aggregator.store.columns import Instant, Words

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables; those that are pointed to first."""
    make_judgements()
    make_stories()


def downgrade() -> None:
    """Remove the tables; those that point to others first."""
    for name in ("entries", "members", "stories", "index_keys", "sketches", "mentions"):
        op.drop_table(name)


def make_judgements() -> None:
    """What machines think of articles."""
    op.create_table(
        "mentions",
        Column("article_key", Words, nullable=False),
        Column("campaign", Words, nullable=False),
        Column("tier", Words, nullable=False),
        Column("rules_version", Integer, nullable=False),
        Column("record", LargeBinary, nullable=False),
        Column("brought_by", Words),
        Column("gone_because", Words),
        ForeignKeyConstraint(["article_key"], ["articles.key"], name="fk_mentions_article_key"),
        PrimaryKeyConstraint("article_key", "campaign", name="pk_mentions"),
    )
    op.create_index("ix_mentions_campaign_article_key", "mentions", ["campaign", "article_key"])
    op.create_table(
        "sketches",
        Column("article_key", Words, nullable=False),
        Column("record", LargeBinary, nullable=False),
        ForeignKeyConstraint(["article_key"], ["articles.key"], name="fk_sketches_article_key"),
        PrimaryKeyConstraint("article_key", name="pk_sketches"),
    )
    op.create_table(
        "index_keys",
        Column("index_key", Words, nullable=False),
        Column("article_key", Words, nullable=False),
        ForeignKeyConstraint(["article_key"], ["articles.key"], name="fk_index_keys_article_key"),
        PrimaryKeyConstraint("index_key", "article_key", name="pk_index_keys"),
    )
    op.create_index("ix_index_keys_article_key", "index_keys", ["article_key"])


def make_stories() -> None:
    """Stories and their places at the desks."""
    op.create_table(
        "stories",
        Column("id", Words, nullable=False),
        Column("shown", Words, nullable=False),
        Column("shown_because", Words, nullable=False),
        Column("updated_at", Instant, nullable=False),
        PrimaryKeyConstraint("id", name="pk_stories"),
    )
    op.create_table(
        "members",
        Column("article_key", Words, nullable=False),
        Column("story_id", Words, nullable=False),
        Column("position", Integer, nullable=False),
        Column("relation", Words, nullable=False),
        Column("reason", Words, nullable=False),
        ForeignKeyConstraint(["article_key"], ["articles.key"], name="fk_members_article_key"),
        ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_members_story_id"),
        PrimaryKeyConstraint("article_key", name="pk_members"),
    )
    op.create_index("ix_members_story_id_position", "members", ["story_id", "position"])
    op.create_table(
        "entries",
        Column("campaign", Words, nullable=False),
        Column("story_id", Words, nullable=False),
        Column("status", Words, nullable=False),
        Column("tier", Words, nullable=False),
        Column("day", Date),
        Column("found_at", Instant, nullable=False),
        Column("outlet", Words, nullable=False),
        Column("search", Words, nullable=False),
        Column("starred", Boolean, nullable=False),
        ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_entries_story_id"),
        PrimaryKeyConstraint("campaign", "story_id", name="pk_entries"),
    )
    op.create_index("ix_entries_desk", "entries", ["campaign", "status", "found_at"])
    op.create_index("ix_entries_story_id", "entries", ["story_id"])
