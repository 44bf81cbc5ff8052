"""Make the table of which stories are kin."""

from alembic import op
from sqlalchemy import Column, Float, ForeignKeyConstraint, PrimaryKeyConstraint

from aggregator.store.columns import Words

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table; `inthenews regroup --save` fills it for stories that are there already."""
    op.create_table(
        "links",
        Column("one", Words, nullable=False),
        Column("other", Words, nullable=False),
        Column("relation", Words, nullable=False),
        Column("reason", Words, nullable=False),
        Column("strength", Float, nullable=False),
        ForeignKeyConstraint(["one"], ["stories.id"], name="fk_links_one"),
        ForeignKeyConstraint(["other"], ["stories.id"], name="fk_links_other"),
        PrimaryKeyConstraint("one", "other", name="pk_links"),
    )
    op.create_index("ix_links_other", "links", ["other"])


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("links")
